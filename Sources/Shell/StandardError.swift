import Glibc

/// Where everything goes that is not a program's result.
package enum StandardError {
  /// Writes text, whose control characters other than line ends are shown and do not reach the terminal.
  package static func write(_ text: String) {
    var text = shown(text)
    text.withUTF8 { bytes in _ = Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count) }
  }

  /// Text whose control characters other than line ends are shown.
  static func shown(_ text: String) -> String { text.unicodeScalars.map(shown).joined() }

  /// As `stdlib/escape.lua` shows it: by Lua's own escapes.
  private static func shown(_ scalar: Unicode.Scalar) -> String {
    guard scalar.properties.generalCategory == .control, scalar != "\n" else { return String(scalar) }
    let code = scalar.value
    return scalar.isASCII
      ? "\\" + String(repeating: "0", count: code < 10 ? 2 : code < 100 ? 1 : 0) + String(code)
      : "\\u{\(String(code, radix: 16, uppercase: true))}"
  }
}
