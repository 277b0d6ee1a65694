import Glibc

/// A process that serves this one and ends with it.
///
/// It runs in a process group of its own, so that Ctrl-C in the terminal does not end it, and is asked to end when this
/// process does, however that comes about: the kernel sees to it by `setpriv --pdeathsig`. That signal is bound to the
/// thread that started the process, so children are started on the main thread, which lives as long as the program.
final class ChildProcess {
  let identifier: pid_t
  private var isReaped = false

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - arguments: the program's path, and its arguments.
  ///   - environment: variables to set beside the inherited ones.
  ///   - input: the descriptor that becomes its standard input; nil for the null device.
  ///   - output: the descriptor that becomes its standard output and error.
  /// - Throws: ``ShellError`` naming the program that does not start.
  init(
    _ arguments: [String], environment: [String: String] = [:], input: Int32? = nil, output: Int32
  ) throws(ShellError) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input {
      posix_spawn_file_actions_adddup2(&actions, input, 0)
    } else {
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, output, 2)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
    posix_spawnattr_setpgroup(&attributes, 0)
    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)

    let command = ["/usr/bin/setpriv", "--pdeathsig", "TERM", "--"] + arguments
    var child = pid_t()
    let status = Self.withCStrings(command) { argv in
      Self.withCStrings(Self.environment(adding: environment)) { envp in
        posix_spawn(&child, command[0], &actions, &attributes, argv, envp)
      }
    }
    guard status == 0 else {
      throw ShellError("cannot start \(arguments[0]): \(String(cString: strerror(status)))")
    }
    identifier = child
  }

  /// Whether the process has ended by itself.
  var hasEnded: Bool {
    if isReaped { return true }
    var status: Int32 = 0
    isReaped = waitpid(identifier, &status, WNOHANG) == identifier
    return isReaped
  }

  /// Ends the process: asks it to, and after five seconds does not ask any more.
  func end() {
    guard !hasEnded else { return }
    // The group, for a shell has children of its own.
    kill(-identifier, SIGTERM)
    for _ in 0..<500 where !hasEnded { usleep(10_000) }
    if !hasEnded {
      kill(-identifier, SIGKILL)
      var status: Int32 = 0
      waitpid(identifier, &status, 0)
      isReaped = true
    }
  }

  private static func environment(adding variables: [String: String]) -> [String] {
    var entries = variables.map { "\($0.key)=\($0.value)" }
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      let name = text.prefix { $0 != "=" }
      if variables[String(name)] == nil { entries.append(text) }
      next += 1
    }
    return entries
  }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    pointers.append(nil)
    return pointers.withUnsafeBufferPointer { body($0.baseAddress!) }
  }
}
