import Testing

@testable import LineEditor

@Suite("Prompt")
struct PromptTests {
  func shown(_ prompt: Prompt, styled: Bool = true) -> [String] {
    prompt.characters(styled: styled).map { "\($0.style):\($0.scalar)" }
  }

  @Test func eachCharacterHasTheStyleOfItsSegment() {
    #expect(shown(Prompt([.init("a", style: "31"), .init("> ")])) == ["31:a", ":>", ": "])
  }

  @Test func withoutStylesThereAreNone() {
    #expect(shown(Prompt([.init("a", style: "31"), .init("b")]), styled: false) == [":a", ":b"])
  }

  @Test func controlCharactersAreLeftOut() {
    #expect(shown(Prompt("a\u{01}\u{1b}[2J\nb\u{85}")) == [":a", ":[", ":2", ":J", ":b"])
  }
}
