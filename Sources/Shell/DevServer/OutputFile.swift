import Glibc

/// A nameless file that takes what a child writes, to be shown when the child fails.
final class OutputFile {
  let descriptor: Int32

  init() throws(ShellError) {
    var template = Array("/tmp/moondial-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw ShellError("cannot make a file in /tmp: \(String(cString: strerror(errno)))")
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
  }

  deinit { close(descriptor) }

  /// The last line that has text, if any.
  var lastLine: String? {
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    let size = lseek(descriptor, 0, SEEK_END)
    let count = pread(descriptor, &bytes, bytes.count, max(0, size - bytes.count))
    guard count > 0 else { return nil }
    return String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n").last.map(String.init)
  }
}
