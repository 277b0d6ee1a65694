/// A call that cannot be made as it was asked for; nothing was sent.
public struct UsageError: TemporalError {
  /// Which argument is wrong, and how.
  public let message: String

  /// The name that the Python SDK raises for arguments it refuses.
  public var kind: String { "ValueError" }

  init(_ message: String) {
    self.message = message
  }
}
