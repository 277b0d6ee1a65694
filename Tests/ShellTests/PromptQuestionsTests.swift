import LineEditor
import Testing

@testable import Shell

@Suite struct PromptQuestionsTests {
  private let questions = PromptQuestions()

  private func nextHint() async -> String? {
    if case .hint(let text, _) = await questions.next() { text } else { nil }
  }

  @Test func givesTheNewestQuestion() async {
    questions.askHint("a", 1)
    questions.askHint("ab", 2)
    #expect(await nextHint() == "ab")
  }

  @Test func wakesWhoWaits() async {
    async let hint = nextHint()
    questions.askHint("a", 1)
    #expect(await hint == "a")
    async let another = nextHint()
    questions.askHint("b", 1)
    #expect(await another == "b")
  }

  @Test(arguments: 0..<50) func endsAWaitThatIsCancelled(_: Int) async {
    let waiting = Task { await questions.next() == nil }
    waiting.cancel()
    #expect(await waiting.value)
    questions.askHint("a", 1)
    #expect(await nextHint() == "a")
  }

  @Test func dropsAnswersBeforeThereIsAnEditor() {
    questions.deliver(hint: "x", for: "a", cursor: 1)
  }
}
