import Glibc

/// A program that shows text by the screenful, in the foreground of the terminal beside this one.
///
/// Its methods wait: for the pager to take what it is given, and for the user to leave it.
final class Pager: Sendable {
  private let identifier: pid_t
  private let descriptor: Int32

  /// Starts a pager.
  ///
  /// - Parameter command: a command of the shell.
  /// - Throws: ``ShellError`` when the shell does not start.
  init(_ command: String) throws(ShellError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw ShellError("cannot make a pipe: \(String(cString: strerror(errno)))")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    do throws(ShellError) {
      identifier = try Self.start(command, input: ends[0])
    } catch {
      close(ends[1])
      throw error
    }
    descriptor = ends[1]
  }

  private static func start(_ command: String, input: Int32) throws(ShellError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)

    // It stays in our process group, which has the terminal, and so gets the terminal's Ctrl-C and Ctrl-Z itself.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)

    var child = pid_t()
    let texts: [String] = ["/bin/sh", "-c", command]
    let arguments: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    let status = posix_spawn(&child, texts[0], &actions, &attributes, arguments + [nil], environ)
    guard status == 0 else { throw ShellError("cannot start /bin/sh: \(String(cString: strerror(status)))") }
    return child
  }

  /// Gives it text.
  ///
  /// - Returns: whether it still reads; the user may leave before the end.
  func write(_ bytes: [UInt8]) -> Bool {
    // A pager that is gone is no reason to die. The signal of a write is the writing thread's own.
    var pipeSignal = sigset_t()
    var previous = sigset_t()
    sigemptyset(&pipeSignal)
    sigaddset(&pipeSignal, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &pipeSignal, &previous)
    defer {
      var now = timespec()
      while sigtimedwait(&pipeSignal, nil, &now) == SIGPIPE {}
      pthread_sigmask(SIG_SETMASK, &previous, nil)
    }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }

  /// Tells it that this was all, and waits until the user leaves it. Called once.
  ///
  /// - Returns: its exit status, 127 where there is no such command; 128 and more for a signal.
  func end() -> Int32 {
    close(descriptor)
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }
}
