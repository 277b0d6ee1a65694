import Testing

@testable import LineEditor

@Suite("Cells of the screen")
struct ScreenLayoutTests {
  init() { CharacterEncoding.useUTF8() }

  func cell(_ text: String, next: Unicode.Scalar? = nil, prompt: String = "> ", columns: Int = 10) -> [Int] {
    let cell = ScreenLayout.cell(
      prompt: prompt.unicodeScalars, text: text.unicodeScalars, next: next, columns: columns)
    return [cell.row, cell.column]
  }

  @Test func text() {
    #expect(cell("") == [0, 2])
    #expect(cell("abc") == [0, 5])
    #expect(cell("a\nbc") == [1, 2])
  }

  @Test func aFullRowMovesTheCursorToTheNext() {
    #expect(cell("1234567") == [0, 9])
    #expect(cell("12345678") == [1, 0])
    #expect(cell("12345678\n") == [2, 0])
    #expect(cell("123456789") == [1, 1])
  }

  @Test func wideCharacters() {
    #expect(cell("日本") == [0, 6])
    #expect(cell("🙂") == [0, 4])
    #expect(cell("123456日") == [1, 0])
    // One column is left: the character goes to the next row as a whole.
    #expect(cell("1234567日") == [1, 2])
    #expect(cell("1234567", next: "日") == [1, 0])
    #expect(cell("1234567", next: "x") == [0, 9])
    #expect(cell("123456", next: "日") == [0, 8])
  }

  @Test func marksHaveNoWidth() {
    #expect(cell("e\u{301}") == [0, 3])
  }

  @Test func tabsGoToTheNextMultipleOfEight() {
    #expect(cell("\t", columns: 80) == [0, 8])
    #expect(cell("abcdef\t", columns: 80) == [0, 16])
    #expect(cell("\t", columns: 8) == [1, 0])
  }

  @Test func whatCannotBePrintedIsSpelt() {
    #expect(cell("\u{01}", columns: 80) == [0, 4])
    #expect(cell("\u{7f}", columns: 80) == [0, 4])
    #expect(cell("\u{e000}\u{200b}", columns: 80)[0] == 0)
    #expect(cell("\u{fffff}", columns: 80) == [0, 10])
  }

  @Test func aPromptMayWrapToo() {
    #expect(cell("x", prompt: "0123456789ab", columns: 10) == [1, 3])
  }

  @Test func aScreenWithoutAWidthCountsAsEighty() {
    #expect(cell(String(repeating: "x", count: 78), columns: 0) == [1, 0])
  }
}
