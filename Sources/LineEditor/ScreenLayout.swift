import CEditBridge
import CLibedit

/// Where libedit puts characters on the screen, counted from the first cell of the prompt.
///
/// libedit keeps the position of its cursor to itself, so whoever writes above the prompt has to work it out. The rules
/// are those of libedit's refresh.c (`re_addc`, `re_putc`) and chartype.c (`ct_chr_class`, `ct_visual_width`); widths
/// are the C library's, so the locale must be a UTF-8 one.
struct ScreenLayout {
  /// Columns of the screen, as libedit knows them.
  let columns: Int
  private(set) var row = 0
  private(set) var column = 0

  init(columns: Int) {
    // terminal.c takes a screen narrower than two columns for one of 80.
    self.columns = columns < 2 ? 80 : columns
  }

  /// Puts one character, and moves on.
  mutating func place(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\n":
      row += 1
      column = 0
    case "\t":
      repeat { advance(1) } while column % 8 != 0
    default:
      // A character shown as several, such as ^X, may be broken in the middle; a wide one may not.
      if iswprint(scalar.value) != 0 {
        advance(Int(max(0, moondial_edit_width(Int32(scalar.value)))))
      } else {
        for _ in 0..<Self.visualWidth(ofUnprintable: scalar) { advance(1) }
      }
    }
  }

  /// Moves to where the cursor stands in front of `next`: a wide character that does not fit takes it along.
  mutating func settle(before next: Unicode.Scalar?) {
    guard let next, iswprint(next.value) != 0 else { return }
    let width = Int(moondial_edit_width(Int32(next.value)))
    if width > 1, column + width > columns { wrap() }
  }

  /// Moves right by one character of `width` columns, to the next row where it does not fit or fills the row.
  private mutating func advance(_ width: Int) {
    if column + width > columns { wrap() }
    column += width
    if column >= columns { wrap() }
  }

  private mutating func wrap() {
    row += 1
    column = 0
  }

  /// `^X` for control characters, `\U+1234` or `\U+12345` for the rest.
  private static func visualWidth(ofUnprintable scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x100, iswcntrl(scalar.value) != 0 { return 2 }
    return scalar.value > 0xffff ? 8 : 7
  }
}

extension ScreenLayout {
  /// The cell reached by a prompt and what follows it.
  ///
  /// - Parameters:
  ///   - prompt: the prompt without its escape sequences.
  ///   - text: the buffer, up to the point of interest.
  ///   - next: the character that follows there, if any.
  static func cell(
    prompt: some Sequence<Unicode.Scalar>, text: some Sequence<Unicode.Scalar>, next: Unicode.Scalar?, columns: Int
  ) -> (row: Int, column: Int) {
    var layout = ScreenLayout(columns: columns)
    for scalar in prompt { layout.place(scalar) }
    for scalar in text { layout.place(scalar) }
    layout.settle(before: next)
    return (layout.row, layout.column)
  }
}
