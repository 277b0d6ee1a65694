import Glibc

/// Writes all bytes, waiting where the other side is slow.
///
/// - Returns: whether it succeeded; `errno` says why not.
func writeFully(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  var written = 0
  while written < bytes.count {
    let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count >= 0 {
      written += count
    } else if errno == EAGAIN {
      // Somebody else set O_NONBLOCK on the open file that we share with them.
      var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      poll(&wait, 1, -1)
    } else if errno != EINTR {
      return false
    }
  }
  return true
}
