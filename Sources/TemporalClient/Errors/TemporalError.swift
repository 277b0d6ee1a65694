/// What every error of this library says about itself.
public protocol TemporalError: Error, CustomStringConvertible {
  /// The stable name of the error: that of the Python SDK's class, where it has one.
  var kind: String { get }

  /// What happened, in one line.
  var message: String { get }

  /// The error that led to this one.
  var cause: (any Error)? { get }
}

extension TemporalError {
  /// No other error led to this one.
  public var cause: (any Error)? { nil }

  /// The kind and the message, and below them the kind and the message of each cause.
  public var description: String {
    var lines = "\(kind): \(message)"
    var next = cause
    while let error = next {
      guard let error = error as? any TemporalError else {
        lines += "\ncaused by \(error)"
        break
      }
      lines += "\ncaused by \(error.kind): \(error.message)"
      next = error.cause
    }
    return lines
  }
}
