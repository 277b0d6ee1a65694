/// The server answered with something the protocol does not allow.
public struct ProtocolError: TemporalError {
  /// What the server must not have done.
  public let message: String

  /// The name of what the Python SDK raises here.
  public var kind: String { "RuntimeError" }

  init(_ message: String) {
    self.message = message
  }
}
