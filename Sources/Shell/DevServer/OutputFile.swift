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

  /// The lines that have text, of the last 64 KiB.
  var lines: [String] {
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    var status = stat()
    // Not lseek: the child's descriptor shares the offset.
    fstat(descriptor, &status)
    let count = pread(descriptor, &bytes, bytes.count, max(0, status.st_size - bytes.count))
    guard count > 0 else { return [] }
    return String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
