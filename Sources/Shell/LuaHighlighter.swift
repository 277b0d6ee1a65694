import LineEditor

/// The colours of Lua as it is typed: strings, numbers, keywords and comments, in the colours in which values are shown.
///
/// It knows how tokens begin and end, and no grammar: a text is coloured before it is complete, or even correct.
struct LuaHighlighter {
  private enum Style {
    static let string = "32"
    static let number = "33"
    static let keyword = "35"
    static let comment = "2"
  }

  private static let keywords: Set<String> = [
    "and", "break", "do", "else", "elseif", "end", "for", "function", "goto", "if", "in", "local", "not", "or",
    "repeat",
    "return", "then", "until", "while",
  ]
  private static let constants: Set<String> = ["false", "nil", "true"]

  private let text: [UInt8]
  private var position = 0

  private init(_ text: String) {
    self.text = Array(text.utf8)
  }

  /// The coloured parts of a text, in order.
  static func spans(of text: String) -> [StyledSpan] {
    var highlighter = LuaHighlighter(text)
    var spans: [StyledSpan] = []
    while highlighter.position < highlighter.text.count {
      let start = highlighter.position
      if let style = highlighter.token() { spans.append(StyledSpan(start..<highlighter.position, style: style)) }
    }
    return spans
  }

  /// Goes over one token, and returns its style if it has one.
  private mutating func token() -> String? {
    switch text[position] {
    case UInt8(ascii: "-") where text(at: position + 1) == UInt8(ascii: "-"):
      position += 2
      if !longBracket() { skip { $0 != UInt8(ascii: "\n") } }
      return Style.comment
    case UInt8(ascii: "["):
      if longBracket() { return Style.string }
      position += 1
      return nil
    case let quote where quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"):
      string(quote)
      return Style.string
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      number()
      return Style.number
    case UInt8(ascii: ".") where text(at: position + 1).map(Self.isDigit) ?? false:
      number()
      return Style.number
    case let byte where Self.isNameByte(byte):
      let start = position
      skip(while: Self.isNameByte)
      let name = String(decoding: text[start..<position], as: UTF8.self)
      return Self.keywords.contains(name) ? Style.keyword : Self.constants.contains(name) ? Style.number : nil
    default:
      position += 1
      return nil
    }
  }

  /// Goes over a string to its quote, or to the end of its line.
  private mutating func string(_ quote: UInt8) {
    position += 1
    while let byte = text(at: position), byte != UInt8(ascii: "\n") {
      // What is escaped may be a quote, or a line's end.
      position += byte == UInt8(ascii: "\\") ? min(2, text.count - position) : 1
      if byte == quote { return }
    }
  }

  /// Goes over `[[…]]` or `[==[…]==]`, to the end of the text where it is not closed; false if there is none.
  private mutating func longBracket() -> Bool {
    guard text(at: position) == UInt8(ascii: "[") else { return false }
    var level = 0
    while text(at: position + 1 + level) == UInt8(ascii: "=") { level += 1 }
    guard text(at: position + 1 + level) == UInt8(ascii: "[") else { return false }
    let closing = [UInt8(ascii: "]")] + Array(repeating: UInt8(ascii: "="), count: level) + [UInt8(ascii: "]")]
    position += 2 + level
    while position < text.count, !text[position...].starts(with: closing) { position += 1 }
    position = min(text.count, position + closing.count)
    return true
  }

  /// Goes over a number as Lua's lexer reads one: letters, digits, dots, and a sign behind an exponent.
  private mutating func number() {
    var previous = text[position]
    let isHexadecimal = previous == UInt8(ascii: "0") && text(at: position + 1).map { $0 | 0x20 } == UInt8(ascii: "x")
    let exponent = UInt8(ascii: isHexadecimal ? "p" : "e")
    skip { byte in
      defer { previous = byte }
      let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      return Self.isNameByte(byte) || byte == UInt8(ascii: ".") || isSign && previous | 0x20 == exponent
    }
  }

  private func text(at index: Int) -> UInt8? { index < text.count ? text[index] : nil }

  private mutating func skip(while isPart: (UInt8) -> Bool) {
    while position < text.count, isPart(text[position]) { position += 1 }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    default: isDigit(byte)
    }
  }
}
