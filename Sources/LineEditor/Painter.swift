/// Brings a screen from one window to the next with as few bytes as is easy.
///
/// It needs of the terminal what all that move the cursor have in common: CR, LF, and the control sequences CUU, CUF, EL,
/// ED and SGR.
struct Painter {
  private var output = ""
  private var position: Frame.Position
  private var style = ""

  private init(at position: Frame.Position) {
    self.position = position
  }

  /// What turns `old` into `new`, with the cursor where each says.
  static func difference(from old: Window, to new: Window, columns: Int) -> String {
    var painter = Painter(at: old.cursor)
    for (index, row) in new.rows.enumerated() {
      let before = index < old.rows.count ? old.rows[index] : Frame.Row()
      if row.glyphs != before.glyphs {
        painter.paint(row, over: before, at: index, following: index > 0 ? new.rows[index - 1] : nil, columns: columns)
      }
    }
    if new.rows.count < old.rows.count {
      painter.move(to: Frame.Position(row: new.rows.count, column: 0))
      painter.output += "\u{1b}[J"
    }
    painter.move(to: new.cursor)
    return painter.output
  }

  /// What takes a window off the screen; the cursor is then where its first row began.
  static func erasure(of window: Window) -> String {
    var painter = Painter(at: window.cursor)
    painter.move(to: Frame.Position())
    return painter.output + "\r\u{1b}[J"
  }

  private mutating func paint(
    _ row: Frame.Row, over before: Frame.Row, at index: Int, following previous: Frame.Row?, columns: Int
  ) {
    var same = zip(row.glyphs, before.glyphs).prefix { $0 == $1 }.count
    // A mark without width goes with the character it is put on.
    func isMark(_ glyphs: [Frame.Glyph]) -> Bool { same < glyphs.count && glyphs[same].width == 0 }
    while same > 0, isMark(row.glyphs) || isMark(before.glyphs) { same -= 1 }
    let column = row.glyphs[..<same].reduce(0) { $0 + $1.width }
    // A terminal whose last column was just written goes to the next row by itself, and remembers that the two are one
    // line: what is copied from it has no line end there.
    let flowsOn =
      column == 0 && previous?.wraps == true && !row.glyphs.isEmpty
      && position == Frame.Position(row: index - 1, column: columns)
    if flowsOn {
      position = Frame.Position(row: index, column: 0)
    } else {
      move(to: Frame.Position(row: index, column: column))
    }
    for glyph in row.glyphs[same...] {
      setStyle(glyph.style)
      output.unicodeScalars.append(glyph.scalar)
      position.column += glyph.width
    }
    setStyle("")
    if before.width > row.width { output += "\u{1b}[K" }
  }

  private mutating func move(to target: Frame.Position) {
    if target.row < position.row {
      output += "\u{1b}[\(position.row - target.row)A"
    } else if target.row > position.row {
      // Not CUD, which stops at the bottom of the screen.
      output += String(repeating: "\r\n", count: target.row - position.row)
      position.column = 0
    }
    if target.column != position.column {
      output += "\r" + (target.column > 0 ? "\u{1b}[\(target.column)C" : "")
    }
    position = target
  }

  private mutating func setStyle(_ new: String) {
    guard new != style else { return }
    output += style.isEmpty ? "" : "\u{1b}[0m"
    output += new.isEmpty ? "" : "\u{1b}[\(new)m"
    style = new
  }
}
