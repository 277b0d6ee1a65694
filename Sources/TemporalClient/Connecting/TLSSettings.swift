import Glibc
import RPC

/// Whom to trust, and who to be, on a connection that TLS protects.
///
/// The server's certificate is always verified. Files are read when the connection is made.
public struct TLSSettings: Sendable, Equatable {
  /// Where a certificate or a key comes from, in PEM form.
  public enum Source: Sendable, Equatable {
    /// A file.
    case path(String)
    /// The text itself.
    case data([UInt8])

    /// Takes text for what it is: PEM, or else the path of a file.
    ///
    /// - Parameter text: PEM or a path.
    public init(pathOrData text: String) {
      self = text.contains("-----BEGIN") ? .data(Array(text.utf8)) : .path(text)
    }
  }

  /// The certificates of the CAs that may have signed the server's; nil for those that the system trusts.
  public var serverRootCACertificate: Source?
  /// The name that the server's certificate is for, where it is not the target's; sent as `:authority`, too.
  public var domain: String?
  /// The client's certificate, and those between it and the server's CA.
  public var clientCertificate: Source?
  /// The key of the client's certificate.
  public var clientPrivateKey: Source?

  /// Creates settings that trust the system's CAs and say nothing of the client.
  public init() {}

  /// Checks what can be checked without reading a file.
  ///
  /// - Throws: ``UsageError`` if only one of the client's certificate and key is there, or if the domain is no name.
  func validate() throws(UsageError) {
    guard (clientCertificate == nil) == (clientPrivateKey == nil) else {
      throw UsageError("a client certificate and its private key go together; only one of them is given")
    }
    if let domain, domain.isEmpty || domain.utf8.contains(where: { $0 <= 0x20 || $0 == 0x2F }) {
      throw UsageError("the domain of the TLS settings is no host's name")
    }
  }

  /// Reads the files.
  ///
  /// - Throws: ``UsageError`` if a file cannot be read or is not what it has to be.
  func load() throws(UsageError) -> Channel.Configuration.TLS {
    var tls = Channel.Configuration.TLS(
      roots: try serverRootCACertificate?.pem("server's CA certificate", label: "CERTIFICATE"), serverName: domain)
    if let clientCertificate, let clientPrivateKey {
      tls.identity = Channel.Configuration.TLS.Identity(
        certificateChain: try clientCertificate.pem("client certificate", label: "CERTIFICATE"),
        privateKey: try clientPrivateKey.pem("client's private key", label: "PRIVATE KEY"))
    }
    return tls
  }
}

extension TLSSettings.Source: CustomStringConvertible, CustomReflectable {
  /// The path, or nothing of the data, which may be a key.
  public var description: String {
    switch self {
    case .path(let path): path
    case .data(let bytes): "\(bytes.count) bytes of PEM"
    }
  }
  /// No children: a dump shows the description alone.
  public var customMirror: Mirror { Mirror(self, children: []) }

  /// The bytes, which are PEM with at least one block of a kind.
  ///
  /// gRPC itself would only say that there are no addresses to connect to.
  func pem(_ role: String, label: String) throws(UsageError) -> [UInt8] {
    let (bytes, place): ([UInt8], String)
    switch self {
    case .data(let data): (bytes, place) = (data, "the \(role)")
    case .path(let path): (bytes, place) = (try Self.read(path, role), "the \(role) in \(path)")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    // A key may be a "PRIVATE KEY", an "RSA PRIVATE KEY" or an "EC PRIVATE KEY".
    let isOfKind = text.split(separator: "\n").contains { $0.hasPrefix("-----BEGIN ") && $0.contains("\(label)-----") }
    guard isOfKind, !bytes.contains(0) else {
      throw UsageError("\(place) is not PEM: it has no line -----BEGIN \(label)-----")
    }
    guard !text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----"), !text.contains("Proc-Type: 4,ENCRYPTED") else {
      throw UsageError("\(place) is encrypted; it has to be without a passphrase")
    }
    return bytes
  }

  private static func read(_ path: String, _ role: String) throws(UsageError) -> [UInt8] {
    switch File.read(path) {
    case .success(let bytes): return bytes
    case .failure(let error): throw UsageError("cannot read the \(role) in \(path): \(error.reason)")
    }
  }
}
