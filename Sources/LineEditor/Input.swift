/// What one `read` brought.
public enum Input: Sendable, Equatable {
  /// An accepted entry, possibly of several lines, without the last newline.
  case chunk(String)
  /// Ctrl-C: what had been typed is gone, and "^C" stands in its place.
  case interrupted
  /// Ctrl-D on an empty line, or the terminal is gone.
  case endOfFile
}

/// What Enter does with the text typed so far.
public enum Completeness: Sendable, Equatable {
  /// Accepts it.
  case complete
  /// Begins a new line with this many spaces.
  case incomplete(indent: Int)
  /// Accepts it, so that the error in it is shown.
  case invalid
}
