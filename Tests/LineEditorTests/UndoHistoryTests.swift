import Testing

@testable import LineEditor

@Suite("Undo")
struct UndoHistoryTests {
  func state(_ text: String, _ cursor: Int? = nil) -> UndoHistory.State {
    UndoHistory.State(text: Array(text.unicodeScalars), cursor: cursor ?? text.unicodeScalars.count)
  }

  @Test func aWordIsOneStep() {
    var history = UndoHistory()
    for text in ["", "a", "ab", "ab ", "ab c", "ab cd"] { history.note(state(text)) }
    #expect(history.undo() == state("ab "))
    #expect(history.undo() == state("ab"))
    #expect(history.undo() == state(""))
    #expect(history.undo() == nil)
  }

  @Test func aMotionEndsAStep() {
    var history = UndoHistory()
    history.note(state("a"))
    history.note(state("a", 0))
    history.note(state("ba", 1))
    #expect(history.undo() == state("a", 0))
  }

  @Test func whatIsDoneAfterwardsIsUndoneFirst() {
    var history = UndoHistory()
    for text in ["one", ""] { history.note(state(text)) }
    #expect(history.undo() == state("one"))
    history.note(state("one"))
    history.note(state("one!"))
    #expect(history.undo() == state("one"))
    #expect(history.undo() == state(""))
  }

  @Test func theOldestStepsAreForgotten() {
    var history = UndoHistory()
    for number in 0...200 { history.note(state(String(repeating: " ", count: number))) }
    var steps = 0
    while history.undo() != nil { steps += 1 }
    #expect(steps == 100)
  }
}
