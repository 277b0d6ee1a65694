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
    guard Self.isUnreachable(text), let colon = text.lastIndex(of: ":") else { return text[...] }
    return text[text.index(after: colon)...].drop { $0 == " " }
  }

  /// Whether a message is gRPC's own word that no connection came about, and not a server's answer (`subchannel.cc` and
  /// `dns_resolver_ares.cc` of gRPC 1.51).
  static func isUnreachable(_ message: String) -> Bool {
    ["failed to connect to all addresses", "DNS resolution failed"].contains { message.hasPrefix($0) }
  }
}
