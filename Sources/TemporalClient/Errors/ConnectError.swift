/// The server did not answer the first call.
public struct ConnectError: TemporalError {
  /// The host and port that were tried.
  public let target: String

  /// What came back instead of an answer.
  public let failure: RPCFailure

  public var kind: String { "ConnectError" }
  public var message: String { "cannot connect to \(target): \(failure.message)" }
  public var cause: (any Error)? { failure }
}
