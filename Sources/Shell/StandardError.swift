import Glibc

/// Where everything goes that is not a program's result.
enum StandardError {
  static func write(_ text: String) { fputs(text, stderr) }
}
