/// Moving by lines inside the buffer. Positions are indices of characters; lines are separated by newlines.
enum BufferMotion {
  /// Where the line with the cursor begins.
  static func lineStart(_ text: [Unicode.Scalar], _ cursor: Int) -> Int {
    text[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0
  }

  /// Where the line with the cursor ends: at its newline, or at the end of the text.
  static func lineEnd(_ text: [Unicode.Scalar], _ cursor: Int) -> Int {
    text[cursor...].firstIndex(of: "\n") ?? text.count
  }

  /// The same column one line up, or the end of that line if it is shorter; nil on the first line.
  static func up(_ text: [Unicode.Scalar], _ cursor: Int) -> Int? {
    let start = lineStart(text, cursor)
    guard start > 0 else { return nil }
    return min(lineStart(text, start - 1) + cursor - start, start - 1)
  }

  /// The same column one line down, or the end of that line if it is shorter; nil on the last line.
  static func down(_ text: [Unicode.Scalar], _ cursor: Int) -> Int? {
    let end = lineEnd(text, cursor)
    guard end < text.count else { return nil }
    return min(end + 1 + cursor - lineStart(text, cursor), lineEnd(text, end + 1))
  }

  /// The position itself, or that of the last character of its line if it is behind that.
  static func onCharacter(_ text: [Unicode.Scalar], _ cursor: Int) -> Int {
    min(cursor, max(lineStart(text, cursor), lineEnd(text, cursor) - 1))
  }
}
