import CGRPC
import Glibc

extension Channel.Configuration {
  /// Whom to trust, and who to be, on a connection that TLS protects. Certificates and keys are the bytes of PEM files.
  public struct TLS: Sendable, Hashable {
    /// A client's certificate and its key, by which it shows the server who it is.
    public struct Identity: Sendable, Hashable {
      /// The certificate, and those between it and the server's CA.
      public var certificateChain: [UInt8]
      /// The key of the certificate.
      public var privateKey: [UInt8]

      /// Creates an identity.
      ///
      /// - Parameters:
      ///   - certificateChain: the certificate, and those between it and the server's CA.
      ///   - privateKey: the key of the certificate.
      public init(certificateChain: [UInt8], privateKey: [UInt8]) {
        self.certificateChain = certificateChain
        self.privateKey = privateKey
      }
    }

    /// The certificates of the CAs that may have signed the server's; nil for those that the system trusts.
    public var roots: [UInt8]?
    /// The name that the server's certificate is for, where it is not the target's; sent as `:authority`, too.
    public var serverName: String?
    /// Who the client is; nil for nobody.
    public var identity: Identity?

    /// Creates a setting.
    ///
    /// - Parameters:
    ///   - roots: the certificates of the CAs that may have signed the server's; nil for those that the system trusts.
    ///   - serverName: the name that the server's certificate is for, where it is not the target's.
    ///   - identity: who the client is; nil for nobody.
    public init(roots: [UInt8]? = nil, serverName: String? = nil, identity: Identity? = nil) {
      self.roots = roots
      self.serverName = serverName
      self.identity = identity
    }
  }
}

extension Channel.Configuration.TLS.Identity: CustomStringConvertible, CustomReflectable {
  /// Nothing of the key.
  public var description: String { "a client certificate of \(certificateChain.count) bytes and its key" }
  /// No children: a dump shows the description alone.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Channel.Configuration.Security {
  /// The name that the server's certificate is for, where it is not the target's.
  var serverName: String? {
    switch self {
    case .plaintext: nil
    case .tls(let tls): tls.serverName
    }
  }

  /// Makes core's credentials, which the caller owns. Core copies the bytes, and looks into them only when it connects.
  func createCredentials() -> OpaquePointer {
    switch self {
    case .plaintext: return grpc_insecure_credentials_create()
    case .tls(let tls):
      return Self.withCString(tls.roots) { roots in
        Self.withCString(tls.identity?.certificateChain) { chain in
          Self.withCString(tls.identity?.privateKey) { key in
            guard let chain, let key else { return grpc_ssl_credentials_create_ex(roots, nil, nil, nil) }
            var pair = grpc_ssl_pem_key_cert_pair(private_key: key, cert_chain: chain)
            return grpc_ssl_credentials_create_ex(roots, &pair, nil, nil)
          }
        }
      }
    }
  }

  /// Lends bytes with the NUL that core wants behind them, in memory that is wiped afterwards.
  private static func withCString<Result>(_ bytes: [UInt8]?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
    guard let bytes else { return body(nil) }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { buffer in
      for (index, byte) in bytes.enumerated() { buffer[index] = CChar(bitPattern: byte) }
      buffer[bytes.count] = 0
      defer { explicit_bzero(buffer.baseAddress!, buffer.count) }
      return body(buffer.baseAddress)
    }
  }
}
