import CGRPC
import Glibc

extension Channel {
  /// The server of a channel and how to talk to it.
  ///
  /// The defaults are those of Temporal's own clients (sdk-core's `ClientOptions` and `ClientKeepAliveOptions`) wherever
  /// core's are unsuited to long polls and large histories.
  public struct Configuration: Sendable, Hashable {
    /// How the connection is protected.
    public enum Security: Sendable, Hashable {
      /// Not at all.
      case plaintext
      /// By TLS; the server's certificate is always verified.
      case tls(TLS)
    }

    /// HTTP/2 pings, which find out that a quiet connection is dead. They are sent without calls in flight, too.
    public struct Keepalive: Sendable, Hashable {
      /// The quiet time after which a ping is sent.
      public var interval: Duration
      /// How long to wait for the answer.
      public var timeout: Duration

      /// Creates a setting.
      ///
      /// - Parameters:
      ///   - interval: the quiet time after which a ping is sent.
      ///   - timeout: how long to wait for the answer.
      public init(interval: Duration = .seconds(30), timeout: Duration = .seconds(15)) {
        self.interval = interval
        self.timeout = timeout
      }
    }

    /// The server in gRPC's name syntax, usually `host:port`.
    public var target: String
    /// How the connection is protected.
    public var security = Security.plaintext
    /// The `:authority` to send; nil for that of the target.
    public var authority: String?
    /// What is put before core's own `user-agent`, as `program/1.0`; empty for nothing.
    public var userAgent = ""
    /// When to ping; nil for never.
    public var keepalive: Keepalive? = Keepalive()
    /// The largest response message in bytes; larger ones fail with ``StatusCode/resourceExhausted``.
    public var maximumResponseSize = 128 << 20
    /// The longest pause between two attempts to connect; core's own 120 s is too long for who sits and waits.
    public var maximumReconnectBackoff = Duration.seconds(5)
    /// Whether the proxy named by `grpc_proxy`, `https_proxy` or `http_proxy` in the environment is used; not by default
    /// if the target is on this machine.
    public var usesProxy: Bool
    /// Whether messages that are sent are compressed by gzip; those that come may be, always.
    public var compresses = false
    /// The HTTP CONNECT proxy to use instead of that of the environment.
    public var proxy: Proxy?

    /// Creates the default configuration for a target.
    ///
    /// - Parameter target: the server in gRPC's name syntax, usually `host:port`.
    public init(target: String) {
      self.target = target
      usesProxy = !Self.isLocal(target: target)
    }

    /// Whether a target is on this machine: a loopback address, `localhost`, or a Unix socket.
    static func isLocal(target: String) -> Bool {
      var name = Substring(target)
      if ["unix:", "unix-abstract:"].contains(where: name.hasPrefix) { return true }
      for scheme in ["dns:", "ipv4:", "ipv6:"] where name.hasPrefix(scheme) {
        name = name.dropFirst(scheme.count)
        // dns://resolver/host:port, where the resolver is usually left out.
        if name.hasPrefix("//") { name = name.dropFirst(2).drop { $0 != "/" }.dropFirst() }
      }
      let host: Substring
      if name.hasPrefix("[") {
        host = name.dropFirst().prefix { $0 != "]" }
      } else if name.count(where: { $0 == ":" }) == 1 {
        host = name.prefix { $0 != ":" }
      } else {
        host = name
      }
      if host.lowercased() == "localhost" || host == "::1" { return true }
      let parts = host.split(separator: ".", omittingEmptySubsequences: false)
      return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// Makes core's channel, which the caller owns.
    func createChannel() -> OpaquePointer {
      var options = moondial_channel_options()
      // Core switches keepalive off at INT_MAX.
      options.keepalive_time_ms = keepalive.map { Self.milliseconds($0.interval) } ?? .max
      options.keepalive_timeout_ms = keepalive.map { Self.milliseconds($0.timeout) } ?? .max
      options.keepalive_without_calls = keepalive != nil
      options.max_receive_message_length = Int32(clamping: maximumResponseSize)
      options.max_reconnect_backoff_ms = Self.milliseconds(maximumReconnectBackoff)
      options.uses_proxy = usesProxy || proxy != nil
      options.compresses = compresses
      let credentials = security.createCredentials()
      defer { grpc_channel_credentials_release(credentials) }
      let texts = [
        userAgent.isEmpty ? nil : userAgent, authority ?? security.serverName, security.serverName, proxy?.url,
      ]
      return Self.withCStrings(texts) { texts in
        options.user_agent = texts[0]
        options.authority = texts[1]
        options.server_name = texts[2]
        options.proxy = texts[3]
        return moondial_channel_create(target, credentials, &options)
      }
    }

    private static func milliseconds(_ duration: Duration) -> Int32 {
      let (seconds, attoseconds) = duration.components
      let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
      guard !overflow else { return .max }
      return Int32(clamping: milliseconds.addingReportingOverflow(attoseconds / 1_000_000_000_000_000).partialValue)
    }

    /// Lends C strings, nil for what is nil.
    private static func withCStrings<Result>(_ texts: [String?], _ body: ([UnsafePointer<CChar>?]) -> Result) -> Result
    {
      let copies = texts.map { $0.map { strdup($0) } }
      defer { for copy in copies { free(copy ?? nil) } }
      return body(copies.map { $0.flatMap { UnsafePointer($0) } })
    }
  }
}
