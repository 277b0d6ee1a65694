import Glibc

/// A pipe to the process itself: any thread, or a signal handler, writes a byte, and `poll` on the reading end returns.
final class SelfPipe: Sendable {
  let readEnd: Int32
  let writeEnd: Int32

  init() throws(LineEditorError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .system(call: "pipe", errno: errno) }
    (readEnd, writeEnd) = (ends[0], ends[1])
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// Makes the reading end readable. A full pipe is as good: the reader has not looked yet.
  func signal() {
    var byte: UInt8 = 0
    write(writeEnd, &byte, 1)
  }

  /// Takes all bytes that wait.
  func drain() -> [UInt8] {
    var all: [UInt8] = []
    var chunk: [UInt8] = Array(repeating: 0, count: 64)
    while true {
      let count = Glibc.read(readEnd, &chunk, chunk.count)
      if count > 0 { all += chunk[..<count] } else if count == 0 || errno != EINTR { return all }
    }
  }
}
