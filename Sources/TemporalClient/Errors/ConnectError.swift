/// The server did not answer the first call.
public struct ConnectError: TemporalError {
  /// The host and port that were tried.
  public let target: String

  /// What came back instead of an answer.
  public let failure: RPCFailure

  /// A name of this library: the Python SDK raises its RuntimeError here.
  public var kind: String { "ConnectError" }
  /// Which server did not answer, and why.
  public var message: String { "cannot connect to \(target): \(failure.message)" }
  /// What came back instead of an answer.
  public var cause: (any Error)? { failure }
}
