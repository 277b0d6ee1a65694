import Glibc

/// A file of the user's that nobody else may read.
struct PrivateFile {
  let path: String

  /// Puts a text into the place of what the file had, in one step; makes the folders above it where there are none.
  ///
  /// - Throws: ``ShellError`` saying what the system has against it.
  func replace(with text: [UInt8]) throws(ShellError) {
    try Self.makeFolder(Self.folder(of: path))
    // A rename would replace a symbolic link instead of the file that it names.
    let resolved = realpath(path, nil)
    defer { free(resolved) }
    let target = resolved.map { String(cString: $0) } ?? path
    // Beside the file, since a rename does not cross file systems. `mkstemp` makes it for the user alone.
    var template = Array("\(target).XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw failure() }
    let isWritten = Self.write(text, to: descriptor) && fsync(descriptor) == 0
    let isClosed = close(descriptor) == 0
    guard isWritten, isClosed, rename(template, target) == 0 else {
      let failure = failure()
      unlink(template)
      throw failure
    }
  }

  private func failure() -> ShellError { ShellError("cannot write \(path): \(String(cString: strerror(errno)))") }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return false }
    }
    return true
  }

  /// Makes a folder and those above it, for the user alone; leaves alone what exists.
  private static func makeFolder(_ folder: String) throws(ShellError) {
    guard !folder.isEmpty, access(folder, F_OK) != 0 else { return }
    try makeFolder(Self.folder(of: folder))
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw ShellError("cannot make the folder \(folder): \(String(cString: strerror(errno)))")
    }
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }
}
