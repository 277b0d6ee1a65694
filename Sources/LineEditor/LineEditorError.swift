import Glibc

/// Why there is no line editor.
public enum LineEditorError: Error, Equatable {
  /// The process has one already: libedit keeps one terminal's state in static variables.
  case alreadyOpen
  /// Input or output is not a terminal.
  case notATerminal
  /// The C library refused.
  case system(call: String, errno: Int32)
  /// The user's editor of files did not start, or ended with a failure.
  case editorFailed(command: String)
}

extension LineEditorError: CustomStringConvertible {
  /// The reason in words.
  public var description: String {
    switch self {
    case .alreadyOpen: "the process has a line editor already"
    case .notATerminal: "not a terminal"
    case .system(let call, let errno): "\(call): \(systemErrorText(errno))"
    case .editorFailed(let command): "the editor failed: \(command)"
    }
  }
}

/// The C library's text for an error number.
func systemErrorText(_ number: Int32) -> String {
  String(cString: strerror(number))
}
