import Glibc

/// Reading small files without Foundation.
enum File {
  /// Why a file was not read.
  struct ReadError: Error {
    let code: Int32

    /// What the system says of it.
    var reason: String { String(cString: strerror(code)) }
  }

  /// The bytes of a file.
  static func read(_ path: String) -> Result<[UInt8], ReadError> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return .failure(ReadError(code: errno)) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while true {
      var block = [UInt8](repeating: 0, count: 16_384)
      let count = Glibc.read(descriptor, &block, block.count)
      if count == 0 { return .success(bytes) }
      if count < 0, errno != EINTR { return .failure(ReadError(code: errno)) }
      if count > 0 { bytes += block.prefix(count) }
    }
  }
}
