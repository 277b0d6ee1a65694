import Glibc

/// A worker that runs beside the dev server; it is told to end by the end of its standard input.
final class DevWorker {
  private let process: ChildProcess
  private let input: Int32

  /// Starts a worker and waits until it has written the line `worker ready`.
  ///
  /// - Throws: ``ShellError`` when it ends, or closes its output, before.
  init(_ command: String, address: String) throws(ShellError) {
    let (childInput, input) = try Self.pipe()
    let (output, childOutput) = try Self.pipe()
    process = try ChildProcess(
      ["/bin/sh", "-c", "exec \(command)"], environment: ["TEMPORAL_ADDRESS": address], input: childInput,
      output: childOutput)
    Glibc.close(childInput)
    Glibc.close(childOutput)
    self.input = input
    defer { Glibc.close(output) }
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !text.contains("worker ready") {
      let count = read(output, &buffer, buffer.count)
      guard count > 0 else {
        end()
        let last = text.split(separator: "\n").last.map(String.init) ?? "it left no message"
        throw ShellError("the worker `\(command)` ended before it was ready: \(last)")
      }
      text += String(decoding: buffer[..<count], as: UTF8.self)
    }
  }

  /// Ends the worker.
  func end() {
    Glibc.close(input)
    process.end()
  }

  private static func pipe() throws(ShellError) -> (reading: Int32, writing: Int32) {
    var descriptors: [Int32] = [0, 0]
    guard Glibc.pipe(&descriptors) == 0 else {
      throw ShellError("cannot make a pipe: \(String(cString: strerror(errno)))")
    }
    // Close-on-exec, or a child would hold the other end of its own standard input open.
    for descriptor in descriptors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    return (descriptors[0], descriptors[1])
  }
}
