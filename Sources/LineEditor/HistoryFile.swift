import Glibc

/// A history file that several sessions append to at once.
///
/// Every access opens the file, locks it (`flock`) and makes sure that the path still names the opened file: a session
/// that trims the file replaces it while holding the exclusive lock, and an appender that waited for the lock on the
/// replaced file starts over on the new one. An entry is a single `write` with `O_APPEND`. On a file system without
/// locks the sessions go on without.
struct HistoryFile {
  /// Where the file is.
  let path: String

  struct Failure: Error, Equatable, CustomStringConvertible {
    var path: String
    var reason: String
    var description: String { "\(path): \(reason)" }
  }

  /// Reads the entries, oldest first, and cuts the file down to the newest `limit` of them.
  ///
  /// Makes the file, and its directory, where there is none. Takes away the group's and others' access to the file.
  func load(limit: Int) throws(Failure) -> [String] {
    try makeDirectory(Self.parent(of: path))
    return try withFile(lock: LOCK_EX) { descriptor, mode throws(Failure) in
      guard mode & S_IFMT == S_IFREG else { return [] }
      if mode & 0o077 != 0 { try check(fchmod(descriptor, 0o600)) }
      let bytes = try readAll(descriptor)
      var entries = HistoryFormat.entries(in: bytes)
      if entries.count > limit {
        entries.removeFirst(entries.count - limit)
        try replace(with: entries)
      } else if let last = bytes.last, last != UInt8(ascii: "\n") {
        // A write was cut short, by a full disk perhaps; the next entry must not become part of that line.
        try writeAll(descriptor, [UInt8(ascii: "\n")])
      }
      return entries
    }
  }

  /// Adds an entry at the end.
  func append(_ entry: String) throws(Failure) {
    let line = Array(HistoryFormat.line(for: entry).utf8)
    try withFile(lock: LOCK_SH) { descriptor, mode throws(Failure) in
      if mode & S_IFMT == S_IFREG { try writeAll(descriptor, line) }
    }
  }
}

extension HistoryFile {
  /// Opens the file and locks it for the time of `body`, which gets the descriptor and the file's type and mode.
  ///
  /// `/dev/null`, the usual way to say "no history", is taken as it is; any other special file is refused.
  private func withFile<R>(lock: Int32, _ body: (Int32, mode_t) throws(Failure) -> R) throws(Failure) -> R {
    // More than a few rounds: a file system that gives a file another number each time it is asked.
    for _ in 0..<100 {
      // O_NONBLOCK so that a FIFO in the file's place is refused, not waited for.
      let descriptor = try check(open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0o600))
      defer { close(descriptor) }
      while flock(descriptor, lock) != 0, errno == EINTR {}
      var opened = stat()
      var named = stat()
      try check(fstat(descriptor, &opened))
      switch opened.st_mode & S_IFMT {
      case S_IFREG, S_IFCHR: break
      default: throw Failure(path: path, reason: "not a regular file")
      }
      if stat(path, &named) == 0, named.st_dev == opened.st_dev, named.st_ino == opened.st_ino {
        return try body(descriptor, opened.st_mode)
      }
    }
    throw Failure(path: path, reason: "replaced again and again")
  }

  /// Puts a new file with `entries` into the place of the old one, in one step.
  private func replace(with entries: [String]) throws(Failure) {
    // A rename would replace a symbolic link instead of the file that it names.
    guard let resolved = realpath(path, nil) else { throw failure() }
    defer { free(resolved) }
    let target = String(cString: resolved)
    // Beside the file, since a rename does not cross file systems. `mkstemp` makes it for the user alone.
    var template = Array("\(target).XXXXXX".utf8CString)
    let descriptor = try check(mkstemp(&template))
    let temporary = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    do throws(Failure) {
      defer { close(descriptor) }
      try writeAll(descriptor, entries.flatMap { HistoryFormat.line(for: $0).utf8 })
      try check(fsync(descriptor))
      try check(rename(temporary, target))
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Makes a directory and those above it, readable by the user alone; leaves alone what exists.
  private func makeDirectory(_ directory: String) throws(Failure) {
    guard !directory.isEmpty, access(directory, F_OK) != 0 else { return }
    try makeDirectory(Self.parent(of: directory))
    if mkdir(directory, 0o700) != 0, errno != EEXIST { throw failure() }
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[..<slash])
  }
}

extension HistoryFile {
  private func readAll(_ descriptor: Int32) throws(Failure) -> [UInt8] {
    var all: [UInt8] = []
    var chunk: [UInt8] = Array(repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count > 0 {
        all += chunk[..<count]
      } else if count == 0 {
        return all
      } else if errno != EINTR {
        throw failure()
      }
    }
  }

  private func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) throws(Failure) {
    guard writeFully(bytes, to: descriptor) else { throw failure() }
  }

  @discardableResult
  private func check(_ result: Int32) throws(Failure) -> Int32 {
    if result == -1 { throw failure() }
    return result
  }

  private func failure() -> Failure {
    Failure(path: path, reason: systemErrorText(errno))
  }
}
