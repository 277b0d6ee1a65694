import Glibc

/// A worker that runs beside the dev server; it is told to end by the end of its standard input.
final class DevWorker {
  private let process: ChildProcess
  private let input: Int32

  /// Starts a worker and waits until it has written the line `worker ready`.
  ///
  /// - Throws: ``ShellError`` when it ends, or a minute passes, before.
  init(_ command: String, address: String) throws(ShellError) {
    var pipe: [Int32] = [0, 0]
    guard Glibc.pipe(&pipe) == 0 else {
      throw ShellError("cannot make a pipe: \(String(cString: strerror(errno)))")
    }
    // Close-on-exec, or the worker would hold the other end of its own standard input open.
    for descriptor in pipe { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    input = pipe[1]
    // A file and not a pipe: a worker that writes more than we read must neither block nor fail.
    let log = try OutputFile()
    process = try ChildProcess(
      ["/bin/sh", "-c", command], environment: ["TEMPORAL_ADDRESS": address], input: pipe[0],
      output: log.descriptor)
    close(pipe[0])
    try waitUntilReady(command, log)
  }

  /// Ends the worker.
  func end() {
    close(input)
    process.end()
  }

  private func waitUntilReady(_ command: String, _ log: OutputFile) throws(ShellError) {
    for _ in 0..<2400 {
      if log.lines.contains("worker ready") { return }
      if process.hasEnded {
        throw ShellError("the worker `\(command)` ended before it was ready: \(log.lines.last ?? "it left no message")")
      }
      usleep(25_000)
    }
    end()
    throw ShellError("the worker `\(command)` was not ready within a minute")
  }
}
