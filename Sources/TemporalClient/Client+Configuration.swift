import Glibc
public import RPC

extension Client {
  /// Which server and namespace a client speaks to, and how.
  public struct Configuration: Sendable {
    /// When a quiet connection is asked whether it is alive.
    public typealias Keepalive = Channel.Configuration.Keepalive
    /// An HTTP proxy that a connection goes through.
    public typealias Proxy = Channel.Configuration.Proxy

    /// Whether the connection is protected by TLS.
    public enum Encryption: Sendable, Equatable {
      /// If there is an API key, with the CAs that the system trusts.
      case automatic
      /// No; an API key is sent in the clear.
      case off
      /// Yes.
      case tls(TLSSettings)
    }

    /// One of the codecs of a client.
    public enum Codec: Sendable {
      /// That of a server, which is told the client's namespace.
      case remote(RemoteCodec.Settings)
      /// One of this process.
      case local(any PayloadCodec)
    }

    /// The server, as `host:port`.
    public var target = "localhost:7233"
    /// The namespace.
    public var namespace = "default"
    /// Who the client says it is in what it writes into histories.
    public var identity = Self.defaultIdentity
    /// Headers of every call; a key here replaces the client's own headers of that key.
    public var metadata: Metadata = [:]
    /// Tells the server who calls, where ``metadata`` has no `authorization`.
    public var apiKey: APIKey?
    /// Whether the connection is protected by TLS.
    public var encryption = Encryption.automatic
    /// The `:authority` to send; nil for that of the TLS settings, or of the target.
    public var authority: String?
    /// When to find out whether a quiet connection is dead; nil for never.
    public var keepalive: Keepalive? = Keepalive()
    /// Whether requests are compressed by gzip.
    public var compresses = false
    /// The HTTP CONNECT proxy to go through; nil for that of the environment, if any.
    public var proxy: Proxy?
    /// How long to wait for the server's answer when connecting; nil for the default of any call.
    public var connectTimeout: Duration?
    /// Which failures are tried again, and when.
    public var retry = RetryPolicy.standard
    /// Told of each attempt of each call when it has ended, on any thread.
    public var observer: (@Sendable (CallReport) -> Void)?
    /// Whether calls that change the server's state are refused.
    public var isReadOnly = false
    /// The profile of the configuration file that this was made from; nil for none.
    public var profile: String?
    /// Whether that profile is marked as production.
    public var isProduction = false
    /// What encodes the payloads of requests and decodes those of responses, in the order of encoding.
    public var codecs: [Codec] = []
    /// Told of payloads that are shown as they are since they could not be decoded, in a sentence, on any thread.
    public var warn: (@Sendable (String) -> Void)?
    /// The reject condition of queries that do not give one.
    public var defaultQueryRejectCondition: QueryRejectCondition?

    /// Creates the default configuration, that of a server on this machine.
    ///
    /// - Parameters:
    ///   - target: the server, as `host:port`.
    ///   - namespace: the namespace.
    public init(target: String = "localhost:7233", namespace: String = "default") {
      self.target = target
      self.namespace = namespace
    }

    /// The process and its host, as `123@example`: the default of all of Temporal's clients.
    public static var defaultIdentity: String {
      // HOST_NAME_MAX is 64 on Linux; a name that does not fit would come without its NUL.
      var name = [UInt8](repeating: 0, count: 256)
      let length = name.count - 1
      let failed = name.withUnsafeMutableBytes { gethostname($0.baseAddress!, length) } != 0
      let host = failed ? "localhost" : String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
      return "\(getpid())@\(host)"
    }

    /// Whether calls go over an encrypted connection.
    public var isEncrypted: Bool {
      switch encryption {
      case .automatic: apiKey != nil
      case .off: false
      case .tls: true
      }
    }

    /// The codecs as one; nil if there is none.
    ///
    /// - Throws: ``UsageError`` if the settings of a remote one are wrong.
    func codec() throws(UsageError) -> (any PayloadCodec)? {
      var all: [any PayloadCodec] = []
      for codec in codecs {
        switch codec {
        case .remote(let settings): all.append(try RemoteCodec(settings, namespace: namespace))
        case .local(let codec): all.append(codec)
        }
      }
      return all.count > 1 ? ChainedCodec(all) : all.first
    }

    /// The settings of the channel, for which certificates and keys are read.
    ///
    /// - Throws: ``UsageError`` if a file cannot be read or is not what it has to be.
    func channel() throws(UsageError) -> Channel.Configuration {
      var channel = Channel.Configuration(target: target)
      channel.userAgent = "moondial/\(moondialVersion)"
      channel.authority = authority
      channel.keepalive = keepalive
      channel.proxy = proxy
      channel.compresses = compresses
      if isEncrypted {
        if case .tls(let settings) = encryption {
          channel.security = .tls(try settings.load())
        } else {
          channel.security = .tls(Channel.Configuration.TLS())
        }
      }
      return channel
    }

    /// Checks that a client can be made with this.
    ///
    /// - Throws: ``UsageError`` if the target or the proxy is not a host and a port, if a header cannot be sent, if the
    ///   TLS settings are incomplete, or if those of a codec are wrong.
    public func validate() throws {
      try Self.validate(target, as: "target")
      if let proxy { try Self.validate(proxy.target, as: "proxy") }
      if let authority, authority.isEmpty || authority.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
        throw UsageError("the authority is no host's name")
      }
      if case .tls(let settings) = encryption { try settings.validate() }
      try UsageError.check(metadata)
      _ = try codec()
    }

    /// gRPC itself takes nearly any text for a name that it may be able to resolve later.
    private static func validate(_ target: String, as role: String) throws {
      func refuse(_ fault: String) -> UsageError {
        UsageError("the \(role) \"\(target)\" \(fault); it must be a host and a port, such as localhost:7233")
      }
      guard !target.contains("://") else { throw refuse("has a scheme") }
      guard !target.contains(where: { $0.isWhitespace || $0 == "\0" || $0 == "/" }) else {
        throw refuse("has characters that no host has")
      }
      guard let colon = target.lastIndex(of: ":"), target.last != "]" else { throw refuse("has no port") }
      let host = target[..<colon]
      let isBracketed = host.hasPrefix("[") && host.hasSuffix("]") && host.count > 2
      guard !host.isEmpty else { throw refuse("has no host") }
      guard isBracketed || !host.contains(where: { ":[]".contains($0) }) else {
        throw refuse("has an IPv6 address without brackets")
      }
      let port = target[target.index(after: colon)...]
      guard !port.isEmpty, port.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt16(port), number > 0
      else { throw refuse("has no valid port") }
    }
  }
}

extension UsageError {
  /// Checks that headers can be sent.
  ///
  /// - Parameter metadata: the headers.
  /// - Throws: ``UsageError`` naming the header that cannot.
  static func check(_ metadata: Metadata) throws(UsageError) {
    do {
      try metadata.validate()
    } catch {
      throw UsageError(error.message)
    }
  }
}
