import Glibc

/// Loopback ports.
enum FreePort {
  /// Finds a port that nobody listens on.
  ///
  /// - Throws: ``ShellError`` when the system has none.
  static func find() throws(ShellError) -> UInt16 {
    let port = withSocket { socket -> UInt16? in
      guard withAddress(port: 0, { bind(socket, $0, $1) }) == 0 else { return nil }
      var address = sockaddr_in()
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let status = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
      }
      return status == 0 ? UInt16(bigEndian: address.sin_port) : nil
    }
    guard let port else { throw ShellError("there is no free port: \(String(cString: strerror(errno)))") }
    return port
  }

  /// Whether someone accepts connections on a port.
  static func isServed(_ port: UInt16) -> Bool {
    withSocket { socket in withAddress(port: port) { connect(socket, $0, $1) } } == 0
  }

  private static func withSocket<Result>(_ body: (Int32) -> Result) -> Result {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    return body(descriptor)
  }

  private static func withAddress(port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }
}
