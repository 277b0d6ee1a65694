import Testing

@testable import LineEditor

@Suite("Painting")
struct PainterTests {
  init() { CharacterEncoding.useUTF8() }

  func frame(_ text: String, cursor: Int? = nil, styles: [String] = [], columns: Int = 10) -> Frame {
    let scalars = Array(text.unicodeScalars)
    return Frame(prompt: [], text: scalars, cursor: cursor ?? scalars.count, styles: styles, columns: columns)
  }

  func difference(_ old: String?, _ new: String, cursor: Int? = nil, styles: [String] = []) -> String {
    func window(_ text: String, _ cursor: Int?) -> Window {
      let frame = frame(text, cursor: cursor, styles: styles.isEmpty ? [] : styles)
      return Window(rows: frame.rows, cursor: frame.cursor)
    }
    return Painter.difference(from: old.map { window($0, nil) } ?? Window(), to: window(new, cursor), columns: 10)
  }

  @Test func aCharacterAtTheEndIsOneByte() {
    #expect(difference("abc", "abcd") == "d")
    #expect(difference("a\nbc", "a\nbcd") == "d")
    #expect(difference("abc", "abc") == "")
  }

  @Test func onlyWhatChangedIsWritten() {
    #expect(difference("abc", "ab") == "\r\u{1b}[2C\u{1b}[K")
    #expect(difference("abc", "axc") == "\r\u{1b}[1Cxc")
    #expect(difference("a\nb\nc", "a\nb") == "\r\u{1b}[J\u{1b}[1A\r\u{1b}[1C")
  }

  @Test func aLineThatWrapsIsWrittenInOnePiece() {
    #expect(difference(nil, "0123456789ab") == "0123456789ab")
    #expect(difference(nil, "01234567\n9") == "01234567\r\n9")
  }

  @Test func stylesEndWhereTheyEnd() {
    #expect(difference(nil, "abc", styles: ["", "1", ""]) == "a\u{1b}[1mb\u{1b}[0mc")
    #expect(difference(nil, "ab", styles: ["1", "2"]) == "\u{1b}[1ma\u{1b}[0m\u{1b}[2mb\u{1b}[0m")
  }

  @Test func aMarkTakesItsCharacterAlong() {
    #expect(difference("abe", "abe\u{301}") == "\r\u{1b}[2Ce\u{301}")
  }

  /// Whatever was on the screen and whatever comes, what is written makes the one out of the other.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func anyWindows(seed: UInt64) {
    var random = Random(state: seed)
    let columns = 2 + random.below(12)
    var model = ScreenModel(columns: columns, rows: 12)
    var shown = Window()
    var top = 0
    for _ in 0..<60 {
      let alphabet = Array("ab \n\n日🙂é\u{301}\tx".unicodeScalars)
      let text = (0..<random.below(60)).map { _ in alphabet[random.below(alphabet.count)] }
      let styles = text.map { _ in ["", "1", "31"][random.below(3)] }
      let frame = Frame(
        prompt: [], text: text, cursor: random.below(text.count + 1), styles: styles, columns: columns)
      let window = frame.window(height: 12, top: &top)
      model.feed(Painter.difference(from: shown, to: window, columns: columns))
      #expect(model.picture == ScreenModel.picture(of: window, columns: columns, rows: 12), "seed \(seed)")
      #expect(model.cursor == window.cursor, "seed \(seed)")
      shown = window
    }
    model.feed(Painter.erasure(of: shown))
    #expect(model.picture == ScreenModel.picture(of: Window(), columns: columns, rows: 12), "seed \(seed)")
  }
}

/// The same numbers for the same seed.
struct Random {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }
}
