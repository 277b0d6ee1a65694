import Testing

@testable import LineEditor

@Suite("Motion inside the buffer")
struct BufferMotionTests {
  let text = Array("local\n\n  long line\nx".unicodeScalars)

  @Test func lines() {
    #expect(BufferMotion.lineStart(text, 3) == 0)
    #expect(BufferMotion.lineEnd(text, 3) == 5)
    #expect(BufferMotion.lineStart(text, 5) == 0)
    #expect(BufferMotion.lineStart(text, 6) == 6)
    #expect(BufferMotion.lineEnd(text, 6) == 6)
    #expect(BufferMotion.lineStart(text, text.count) == 19)
    #expect(BufferMotion.lineEnd(text, text.count) == text.count)
  }

  @Test func upAndDownKeepTheColumnWhereTheLineIsLongEnough() {
    #expect(BufferMotion.up(text, 2) == nil)
    #expect(BufferMotion.up(text, 6) == 0)
    #expect(BufferMotion.up(text, 11) == 6)
    #expect(BufferMotion.up(text, 20) == 8)
    #expect(BufferMotion.down(text, 3) == 6)
    #expect(BufferMotion.down(text, 6) == 7)
    #expect(BufferMotion.down(text, 15) == 20)
    #expect(BufferMotion.down(text, 19) == nil)
  }

  @Test func nothingToMoveIn() {
    #expect(BufferMotion.up([], 0) == nil)
    #expect(BufferMotion.down([], 0) == nil)
    #expect(BufferMotion.lineStart([], 0) == 0)
    #expect(BufferMotion.lineEnd([], 0) == 0)
  }

  @Test func upAndDownNeverLeaveTheTextAndMoveOneLine() {
    for cursor in 0...text.count {
      let line = text[..<cursor].count { $0 == "\n" }
      if let up = BufferMotion.up(text, cursor) { #expect(text[..<up].count { $0 == "\n" } == line - 1) }
      if let down = BufferMotion.down(text, cursor) { #expect(text[..<down].count { $0 == "\n" } == line + 1) }
    }
  }
}
