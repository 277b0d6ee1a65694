/// The server did not answer the first call.
public struct ConnectError: TemporalError {
  /// The host and port that were tried.
  public let target: String

  /// What came back instead of an answer.
  public let failure: RPCFailure

  /// A name of this library: the Python SDK raises its RuntimeError here.
  public var kind: String { "ConnectError" }
  /// Which server did not answer, and why.
  public var message: String { "cannot connect to \(target): \(reason)" }

  /// gRPC strings together what each of its layers said; the last part is the one that says why.
  private var reason: Substring {
    let text = failure.message
    let isChain = ["failed to connect to all addresses", "DNS resolution failed"].contains { text.hasPrefix($0) }
    guard isChain, let colon = text.lastIndex(of: ":") else { return text[...] }
    return text[text.index(after: colon)...].drop { $0 == " " }
  }
}
