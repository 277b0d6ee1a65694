/// The server did not answer the first call.
public struct ConnectError: TemporalError {
  /// The host and port that were tried.
  public let target: String

  /// What came back instead of an answer.
  public let failure: RPCFailure

  private let isEncrypted: Bool
  private let hasClientCertificate: Bool

  /// A name of this library: the Python SDK raises its RuntimeError here.
  public var kind: String { "ConnectError" }
  /// Which server did not answer, and why.
  public var message: String { "cannot connect to \(target): \(reason)" }

  init(_ configuration: Client.Configuration, failure: RPCFailure) {
    target = configuration.target
    isEncrypted = configuration.isEncrypted
    if case .tls(let settings) = configuration.encryption {
      hasClientCertificate = settings.clientCertificate != nil
    } else {
      hasClientCertificate = false
    }
    self.failure = failure
  }

  /// Whether a message is gRPC's own word that no connection came about, and not a server's answer (`subchannel.cc`,
  /// `dns_resolver_ares.cc` and `pick_first.cc` of gRPC 1.51).
  static func isUnreachable(_ message: String) -> Bool {
    ["failed to connect to all addresses", "DNS resolution failed", "empty address list"].contains {
      message.hasPrefix($0)
    }
  }

  /// gRPC strings together what each of its layers said; the last part is the one that says why, for those who know
  /// OpenSSL. It does not hear from OpenSSL what is wrong with a certificate, only that something is.
  var reason: String {
    let text = failure.message
    if failure.status == .deadlineExceeded { return "no answer in time" }
    guard Self.isUnreachable(text) else { return text }
    func says(_ parts: String...) -> Bool { parts.contains { text.contains($0) } }
    if text.hasPrefix("empty address list"), isEncrypted {
      return "the CA certificate, or the client certificate and its key, cannot be used"
    }
    if says("certificate verify failed") {
      return "the server's certificate has expired, or it is not signed by a CA that is trusted here"
    }
    if let name = text.firstRange(of: "Peer name ").map({ text[$0.upperBound...].prefix { $0 != " " } }) {
      return "the server's certificate is not for \(name)"
    }
    if says("wrong version number", "packet length too long") { return "the server does not speak TLS" }
    if says("alert no application protocol", "missing selected ALPN property") {
      return "the server speaks TLS, but no HTTP/2"
    }
    if says("http1.x server") { return "the server speaks HTTP/1, and no gRPC" }
    if says("alert") { return "the server refused the TLS handshake: \(lastPart)" }
    if says("Socket closed", "Endpoint read failed", "Connection reset by peer") { return closingReason }
    if let code = text.firstRange(of: "HTTP proxy returned response code ") {
      return "the HTTP proxy answered CONNECT with \(text[code.upperBound...])"
    }
    return lastPart
  }

  /// The server took the connection and closed it: what it did not like is for it to know.
  private var closingReason: String {
    if !isEncrypted { return "the server closed the connection; it may want TLS" }
    return hasClientCertificate
      ? "the server closed the encrypted connection; it may not accept the client certificate"
      : "the server closed the encrypted connection; it may want a client certificate"
  }

  private var lastPart: String {
    let text = failure.message
    guard let colon = text.lastIndex(of: ":") else { return text }
    return String(text[text.index(after: colon)...].drop { $0 == " " })
  }
}
