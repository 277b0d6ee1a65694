extension Channel.Configuration {
  /// An HTTP proxy that the connection goes through, asked for it by `CONNECT`.
  ///
  /// As core has it, a target that `no_grpc_proxy` or `no_proxy` in the environment names goes past it.
  public struct Proxy: Sendable, Hashable {
    /// Its host and port.
    public var target: String
    /// The name it asks for, if any.
    public var user: String?
    /// The password that goes with the name.
    public var password: String?

    /// Creates a setting.
    ///
    /// - Parameters:
    ///   - target: its host and port.
    ///   - user: the name it asks for, if any.
    ///   - password: the password that goes with the name.
    public init(target: String, user: String? = nil, password: String? = nil) {
      self.target = target
      self.user = user
      self.password = password
    }

    /// The proxy in the form of `http_proxy`.
    var url: String {
      guard let user else { return "http://\(target)" }
      return "http://\(Self.escaped(user)):\(Self.escaped(password ?? ""))@\(target)"
    }

    private static func escaped(_ text: String) -> String {
      var escaped = ""
      for byte in text.utf8 {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
          escaped.unicodeScalars.append(Unicode.Scalar(byte))
        default:
          escaped += (byte < 0x10 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }
      }
      return escaped
    }
  }
}

extension Channel.Configuration.Proxy: CustomStringConvertible, CustomReflectable {
  /// The host and port; nothing of the password.
  public var description: String { target }
  /// No children: a dump shows the description alone.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
