import CEditBridge
import CLibedit

/// What a screen of a certain width shows: rows of characters with their styles, and where the cursor stands.
///
/// Widths are the C library's, so the locale must be a UTF-8 one.
struct Frame: Equatable {
  /// One character on the screen. One of no width belongs to the character before it.
  struct Glyph: Equatable {
    var scalar: Unicode.Scalar
    var width: Int
    /// Parameters of an SGR control sequence; empty for the terminal's own style.
    var style: String
  }

  struct Row: Equatable {
    var glyphs: [Glyph] = []
    /// Whether the row was full, and what follows belongs to the same line.
    var wraps = false

    var width: Int { glyphs.reduce(0) { $0 + $1.width } }
  }

  struct Position: Equatable {
    var row = 0
    var column = 0
  }

  private(set) var rows = [Row()]
  var cursor = Position()
  let columns: Int
  /// Where the next character goes.
  private(set) var end = Position()

  init(columns: Int) {
    // libedit too takes a screen narrower than two columns for one of 80.
    self.columns = columns < 2 ? 80 : columns
  }

  /// Puts one character, and moves on.
  ///
  /// - Returns: where it went, which is the next row if it does not fit.
  @discardableResult
  mutating func place(_ scalar: Unicode.Scalar, style: String = "") -> Position {
    switch scalar {
    case " "..."~":
      return put(scalar, width: 1, style)
    case "\n":
      let position = end
      newRow(wrapping: false)
      return position
    case "\t":
      let position = end
      repeat { put(" ", width: 1, style) } while end.column % 8 != 0
      return position
    default:
      if iswprint(scalar.value) != 0 {
        return put(scalar, width: Int(max(0, moondial_edit_width(Int32(scalar.value)))), style)
      }
      let spelling = Self.spelling(ofUnprintable: scalar).unicodeScalars.map { put($0, width: 1, style) }
      return spelling[0]
    }
  }

  /// Whether the text ended with its row, so that what comes next is on a row of its own already.
  var endsOnFreshRow: Bool { end.column == 0 && end.row > 0 && rows[end.row - 1].wraps }

  @discardableResult
  private mutating func put(_ scalar: Unicode.Scalar, width: Int, _ style: String) -> Position {
    if width == 0, end.column == 0, end.row > 0, rows[end.row - 1].wraps {
      rows[end.row - 1].glyphs.append(Glyph(scalar: scalar, width: 0, style: style))
      return end
    }
    if end.column + width > columns { newRow(wrapping: true) }
    let position = end
    rows[end.row].glyphs.append(Glyph(scalar: scalar, width: width, style: style))
    end.column += width
    // Not at the next character: the cursor has to stand somewhere.
    if end.column >= columns { newRow(wrapping: true) }
    return position
  }

  private mutating func newRow(wrapping: Bool) {
    rows[end.row].wraps = wrapping
    rows.append(Row())
    end = Position(row: end.row + 1, column: 0)
  }

  /// `^X` for control characters, `\U+1234` for the rest.
  private static func spelling(ofUnprintable scalar: Unicode.Scalar) -> String {
    if scalar.value < 0x80 { return "^" + String(Character(Unicode.Scalar(scalar.value ^ 0x40)!)) }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "\\U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension Frame {
  /// The frame of a prompt and a buffer.
  ///
  /// - Parameters:
  ///   - prompt: what stands in front of the first line.
  ///   - text: the buffer.
  ///   - cursor: an index into `text`, or its length.
  ///   - styles: the style of each character, or nothing.
  ///   - columns: of the screen.
  init(
    prompt: [(scalar: Unicode.Scalar, style: String)], text: [Unicode.Scalar], cursor: Int, styles: [String] = [],
    columns: Int
  ) {
    self.init(columns: columns)
    for (scalar, style) in prompt { place(scalar, style: style) }
    self.cursor = end
    for (index, scalar) in text.enumerated() {
      let position = place(scalar, style: styles.isEmpty ? "" : styles[index])
      if index == cursor { self.cursor = position }
    }
    if cursor >= text.count { self.cursor = end }
  }

  /// As many rows as fit on the screen, among them the cursor's.
  ///
  /// - Parameters:
  ///   - height: how many rows fit.
  ///   - top: the first row shown; moved as little as possible.
  func window(height: Int, top: inout Int) -> Window {
    top = max(cursor.row - height + 1, min(top, cursor.row, rows.count - height), 0)
    return Window(
      rows: Array(rows[top..<min(rows.count, top + height)]),
      cursor: Position(row: cursor.row - top, column: cursor.column))
  }
}

/// The part of a frame that is on the screen.
struct Window: Equatable {
  var rows: [Frame.Row] = []
  /// Counted from the first row here.
  var cursor = Frame.Position()
}

extension Frame.Row {
  /// A row of texts, cut where it does not fit. What a terminal would not show as a character is left out.
  ///
  /// - Parameters:
  ///   - pieces: from left to right, each with its style.
  ///   - columns: of the screen.
  init(_ pieces: [(text: String, style: String)], columns: Int) {
    // The last column stays free: a terminal that has written it waits between two rows.
    let room = max(1, columns - 1)
    var width = 0
    for (text, style) in pieces {
      for scalar in text.unicodeScalars where Self.isShown(scalar) {
        let glyph = Frame.Glyph(scalar: scalar, width: Self.width(of: scalar), style: style)
        if width + glyph.width > room {
          cut(to: room - 1)
          glyphs.append(Frame.Glyph(scalar: "…", width: 1, style: style))
          return
        }
        glyphs.append(glyph)
        width += glyph.width
      }
    }
  }

  private mutating func cut(to width: Int) {
    while self.width > width { glyphs.removeLast() }
  }

  /// The columns that a text takes in such a row.
  static func width(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + (isShown($1) ? width(of: $1) : 0) }
  }

  private static func width(of scalar: Unicode.Scalar) -> Int {
    (" "..."~").contains(scalar) ? 1 : Int(max(0, moondial_edit_width(Int32(scalar.value))))
  }

  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    // Format characters turn the direction of what follows.
    (" "..."~").contains(scalar) || iswprint(scalar.value) != 0 && scalar.properties.generalCategory != .format
  }
}
