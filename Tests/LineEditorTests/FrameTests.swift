import Testing

@testable import LineEditor

@Suite("Cells of the screen")
struct FrameTests {
  init() { CharacterEncoding.useUTF8() }

  func frame(_ text: String, cursor: Int? = nil, prompt: String = "> ", columns: Int = 10) -> Frame {
    let scalars = Array(text.unicodeScalars)
    return Frame(
      prompt: prompt.unicodeScalars.map { ($0, "") }, text: scalars, cursor: cursor ?? scalars.count, columns: columns)
  }

  func cell(_ text: String, cursor: Int? = nil, prompt: String = "> ", columns: Int = 10) -> [Int] {
    let cell = frame(text, cursor: cursor, prompt: prompt, columns: columns).cursor
    return [cell.row, cell.column]
  }

  func rows(_ frame: Frame) -> [String] { frame.rows.map { String($0.glyphs.map(\.scalar)) } }

  @Test func text() {
    #expect(cell("") == [0, 2])
    #expect(cell("abc") == [0, 5])
    #expect(cell("a\nbc") == [1, 2])
    #expect(rows(frame("a\nbc")) == ["> a", "bc"])
  }

  @Test func aFullRowMovesTheCursorToTheNext() {
    #expect(cell("1234567") == [0, 9])
    #expect(cell("12345678") == [1, 0])
    #expect(cell("12345678\n") == [2, 0])
    #expect(cell("123456789") == [1, 1])
    #expect(frame("123456789").rows.map(\.wraps) == [true, false])
    #expect(frame("12345678").endsOnFreshRow)
    #expect(!frame("12345678\n").endsOnFreshRow)
    #expect(!frame("1").endsOnFreshRow)
  }

  @Test func wideCharacters() {
    #expect(cell("日本") == [0, 6])
    #expect(cell("🙂") == [0, 4])
    #expect(cell("123456日") == [1, 0])
    // One column is left: the character goes to the next row as a whole, and the cursor in front of it too.
    #expect(cell("1234567日") == [1, 2])
    #expect(cell("1234567日", cursor: 7) == [1, 0])
    #expect(cell("1234567x", cursor: 7) == [0, 9])
    #expect(cell("123456日", cursor: 6) == [0, 8])
  }

  @Test func marksHaveNoWidthAndStayWithTheirCharacter() {
    #expect(cell("e\u{301}") == [0, 3])
    #expect(rows(frame("1234567e\u{301}x")) == ["> 1234567e\u{301}", "x"])
  }

  @Test func tabsGoToTheNextMultipleOfEight() {
    #expect(cell("\t", columns: 80) == [0, 8])
    #expect(cell("abcdef\t", columns: 80) == [0, 16])
    #expect(cell("\t", columns: 8) == [1, 0])
  }

  @Test func whatCannotBePrintedIsSpelt() {
    #expect(rows(frame("\u{01}\u{7f}\u{fffff}", columns: 80)) == ["> ^A^?\\U+FFFFF"])
    #expect(cell("\u{fffff}", columns: 80) == [0, 10])
  }

  @Test func aPromptMayWrapToo() {
    #expect(cell("x", prompt: "0123456789ab", columns: 10) == [1, 3])
  }

  @Test func aScreenWithoutAWidthCountsAsEighty() {
    #expect(cell(String(repeating: "x", count: 78), columns: 0) == [1, 0])
  }

  @Test func theWindowFollowsTheCursor() {
    let text = "0\n1\n2\n3\n4\n5"
    var top = 0
    func window(_ cursor: Int) -> [String] {
      let window = frame(text, cursor: cursor, prompt: "").window(height: 3, top: &top)
      return window.rows.map { String($0.glyphs.map(\.scalar)) } + ["\(window.cursor.row)"]
    }
    #expect(window(11) == ["3", "4", "5", "2"])
    #expect(window(8) == ["3", "4", "5", "1"])
    #expect(window(4) == ["2", "3", "4", "0"])
    #expect(window(0) == ["0", "1", "2", "0"])
    #expect(window(6) == ["1", "2", "3", "2"])
  }

  @Test func aRowIsCutWhereItDoesNotFit() {
    func row(_ text: String, columns: Int) -> String {
      String(Frame.Row([(text, "")], columns: columns).glyphs.map(\.scalar))
    }
    #expect(row("12345", columns: 6) == "12345")
    #expect(row("123456", columns: 6) == "1234…")
    #expect(row("1日本語", columns: 6) == "1日…")
    #expect(row("a\u{1b}[31m\nb\u{202e}", columns: 80) == "a[31mb")
  }

  @Test func stylesOfSpans() {
    let text = Array("añb日c".unicodeScalars)
    let spans = [StyledSpan(1..<3, style: "1"), StyledSpan(4..<7, style: "2")]
    #expect(StyledSpan.styles(of: text, spans) == ["", "1", "", "2", ""])
    #expect(StyledSpan.styles(of: text, []) == ["", "", "", "", ""])
  }
}
