import Foundation
import Glibc
import Synchronization

@testable import RPC

/// A server in another process. In the same process its threads would drive the client's sockets as well, and hide a
/// client that does not poll.
final class Peer: Sendable {
  struct Failure: Error { let reason: String }

  /// The peer of the tests that do it no harm; it ends with this process.
  static let shared = Result { try Peer() }

  let port: Int
  private let pid: pid_t
  private let input: Int32
  private let hasEnded = Mutex(false)

  var target: String { "127.0.0.1:\(port)" }

  /// Starts a peer and waits until it listens.
  ///
  /// - Parameters:
  ///   - port: where to listen; 0 for any free port.
  ///   - options: more arguments of the peer.
  init(port: Int = 0, options: [String] = []) throws {
    let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let root = directory.deletingLastPathComponent().deletingLastPathComponent()
    let script = directory.appending(path: "Peer/peer.py").path
    let arguments = [root.appending(path: ".venv/bin/python").path, script, "--port", "\(port)"] + options
    let (pid, input, output) = try Self.spawn(arguments)
    defer { close(output) }
    let line = Self.firstLine(from: output)
    guard let port = Int(line) else {
      throw Failure(reason: "\(arguments) did not say its port but: \(line)")
    }
    self.pid = pid
    self.input = input
    self.port = port
  }

  deinit {
    kill()
    close(input)
  }

  /// Ends the process at once and waits for its end.
  func kill() {
    hasEnded.withLock { hasEnded in
      guard !hasEnded else { return }
      hasEnded = true
      Glibc.kill(pid, SIGKILL)
      var status: Int32 = 0
      while waitpid(pid, &status, 0) == -1, errno == EINTR {}
    }
  }

  /// Freezes the process: its connections stay open and say nothing more.
  func freeze() {
    hasEnded.withLock { hasEnded in
      if !hasEnded { _ = Glibc.kill(pid, SIGSTOP) }
    }
  }

  private static func firstLine(from descriptor: Int32) -> String {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while read(descriptor, &byte, 1) == 1, byte != 0x0A { line.append(byte) }
    return String(decoding: line, as: UTF8.self)
  }

  /// One at a time: a second peer that inherited the first one's pipe would keep it open.
  private static let spawning = Mutex(())

  private static func spawn(_ arguments: [String]) throws -> (pid: pid_t, input: Int32, output: Int32) {
    try spawning.withLock { _ in
      var toPeer: [Int32] = [0, 0]
      var fromPeer: [Int32] = [0, 0]
      guard pipe(&toPeer) == 0, pipe(&fromPeer) == 0 else { throw Failure(reason: "pipe: \(errno)") }
      for descriptor in toPeer + fromPeer { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
      var actions = posix_spawn_file_actions_t()
      posix_spawn_file_actions_init(&actions)
      defer { posix_spawn_file_actions_destroy(&actions) }
      posix_spawn_file_actions_adddup2(&actions, toPeer[0], STDIN_FILENO)
      posix_spawn_file_actions_adddup2(&actions, fromPeer[1], STDOUT_FILENO)
      var pid: pid_t = 0
      let strings: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
      defer { strings.forEach { free($0) } }
      let failure = posix_spawn(&pid, arguments[0], &actions, nil, strings, environ)
      close(toPeer[0])
      close(fromPeer[1])
      guard failure == 0 else { throw Failure(reason: "\(arguments[0]): \(String(cString: strerror(failure)))") }
      return (pid, toPeer[1], fromPeer[0])
    }
  }
}

extension Channel {
  /// A channel to the shared peer.
  static func toPeer(_ adjust: (inout Configuration) -> Void = { _ in }) throws -> Channel {
    try to(Peer.shared.get().target, adjust)
  }

  /// A channel to any target.
  static func to(_ target: String, _ adjust: (inout Configuration) -> Void = { _ in }) throws -> Channel {
    var configuration = Configuration(target: target)
    adjust(&configuration)
    return try Channel(configuration)
  }

  /// Calls a method of the peer with text, within a time that no healthy call takes.
  func call(_ method: String, _ request: String = "", metadata: Metadata = [:]) async throws -> Response {
    try await unary("/peer.Peer/\(method)", Array(request.utf8), metadata: metadata, timeout: .seconds(30))
  }
}

extension Response {
  var text: String { String(decoding: message, as: UTF8.self) }
}

/// Runs a call that has to fail, and returns its error.
func rpcError(_ body: () async throws -> Response) async throws -> RPCError {
  do {
    let response = try await body()
    throw Peer.Failure(reason: "succeeded with \(response.message.count) bytes")
  } catch let error as RPCError {
    return error
  }
}

/// A port at which nobody listens, and nobody else will as long as this object lives.
final class DeadPort: Sendable {
  let port: Int
  private let socket: Int32

  init() throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let socket = socket
    let failure = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, length) == 0 ? getsockname(socket, $0, &length) : -1
      }
    }
    guard failure == 0 else { throw Peer.Failure(reason: "bind: \(errno)") }
    port = Int(UInt16(bigEndian: address.sin_port))
  }

  deinit { close(socket) }
}
