@testable import LineEditor

/// A terminal's screen that knows what `Painter` sends, and refuses everything else. It does not scroll: what is painted
/// has to fit.
struct ScreenModel {
  /// A cell's character with its marks and style; empty for the right half of a wide one.
  private var cells: [[String]]
  private(set) var cursor = Frame.Position()
  private let columns: Int
  private var style = ""
  /// Whether the last column was written, and the next character goes to the next row.
  private var waits = false

  init(columns: Int, rows: Int) {
    self.columns = columns
    cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
  }

  /// The rows from top to bottom.
  var picture: [String] { cells.map { $0.joined(separator: "|") } }

  /// The picture of a window, without a painter.
  static func picture(of window: Window, columns: Int, rows: Int) -> [String] {
    var cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
    for (index, row) in window.rows.enumerated() {
      var column = 0
      for glyph in row.glyphs {
        if glyph.width == 0 {
          if column > 0 { cells[index][column - 1] += String(glyph.scalar) }
          continue
        }
        cells[index][column] = glyph.style + String(glyph.scalar)
        for half in 1..<max(1, glyph.width) { cells[index][column + half] = "" }
        // Marks are collected in the last cell of a character, which is its first one or its other half.
        column += glyph.width
      }
    }
    return cells.map { $0.joined(separator: "|") }
  }

  mutating func feed(_ output: String) {
    var rest = Array(output.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\r": (cursor.column, waits) = (0, false)
      case "\n": (cursor.row, waits) = (cursor.row + 1, false)
      case "\u{1b}":
        precondition(rest.popFirst() == "[")
        let parameters = rest.prefix { !$0.properties.isAlphabetic }
        rest = rest.dropFirst(parameters.count)
        control(rest.popFirst()!, String(parameters))
      default: write(scalar)
      }
      precondition(cells.indices.contains(cursor.row))
    }
  }

  private mutating func control(_ final: Unicode.Scalar, _ parameters: String) {
    switch final {
    case "A": cursor.row -= Int(parameters)!
    case "C": cursor.column += Int(parameters)!
    case "K": erase(row: cursor.row, from: cursor.column)
    case "J":
      erase(row: cursor.row, from: cursor.column)
      for row in (cursor.row + 1)..<max(cursor.row + 1, cells.count) { erase(row: row, from: 0) }
    case "m": style = parameters == "0" ? "" : parameters
    default: preconditionFailure("\(final)")
    }
    if final != "m" { waits = false }
  }

  private mutating func erase(row: Int, from column: Int) {
    for column in column..<columns { cells[row][column] = " " }
  }

  private mutating func write(_ scalar: Unicode.Scalar) {
    let width = Frame.Row.width(of: String(scalar))
    if width == 0 {
      let column = waits ? columns - 1 : cursor.column - 1
      if column >= 0 { cells[cursor.row][column] += String(scalar) }
      return
    }
    if waits { (cursor, waits) = (Frame.Position(row: cursor.row + 1, column: 0), false) }
    precondition(cursor.column + width <= columns)
    cells[cursor.row][cursor.column] = style + String(scalar)
    for half in 1..<max(1, width) { cells[cursor.row][cursor.column + half] = "" }
    cursor.column += width
    if cursor.column == columns { (cursor.column, waits) = (columns - 1, true) }
  }
}
