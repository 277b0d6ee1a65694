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
  /// Begins a new line.
  case incomplete
  /// Accepts it, so that the error in it is shown.
  case invalid
}

/// How many spaces lines begin with where the editor has a say.
public struct Indentation: Sendable, Equatable {
  /// Of the line that Enter begins.
  public var next: Int
  /// Of the line that Enter leaves, where it stands out too far because of what it closes.
  public var own: Int?

  /// Creates an indentation.
  public init(next: Int, own: Int? = nil) {
    self.next = next
    self.own = own
  }
}
