import CEditBridge
import CLibedit
import Glibc

/// The user's editor of files, run on a text.
struct ExternalEditor {
  /// The terminal.
  let input: Int32
  let output: Int32
  /// What the name of the file ends in.
  let suffix: String

  /// Lets the user edit a text; the terminal must be in order for another program.
  ///
  /// The program is what `VISUAL` or `EDITOR` says, a command of the shell, and vi if neither says anything.
  ///
  /// - Returns: the text as the user left it, without the newline that editors put at the end of a file.
  func edit(_ text: String) throws(LineEditorError) -> String {
    var path = Array("\(Self.variable("TMPDIR") ?? "/tmp")/moondial-XXXXXX\(suffix)".utf8CString)
    // For the user alone, as `mkstemps` makes it: there may be secrets in it.
    let descriptor = mkstemps(&path, Int32(suffix.utf8.count))
    guard descriptor >= 0 else { throw .system(call: "mkstemps", errno: errno) }
    defer { unlink(path) }
    let isWritten = writeFully(Array((text + "\n").utf8), to: descriptor)
    close(descriptor)
    guard isWritten else { throw .system(call: "write", errno: errno) }
    let command = Self.variable("VISUAL") ?? Self.variable("EDITOR") ?? "vi"
    try run(command, on: path)
    return try contents(of: path)
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Runs a command in the shell, and waits for its end.
  private func run(_ command: String, on path: [CChar]) throws(LineEditorError) {
    // The keys that send them are the program's meanwhile, as `system` has it.
    var ignore = sigaction()
    ignore.__sigaction_handler.sa_handler = SIG_IGN
    var previous = (sigaction(), sigaction())
    sigaction(SIGINT, &ignore, &previous.0)
    sigaction(SIGQUIT, &ignore, &previous.1)
    defer {
      sigaction(SIGINT, &previous.0, nil)
      sigaction(SIGQUIT, &previous.1, nil)
    }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, output, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGQUIT)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var child = pid_t()
    var arguments: [UnsafeMutablePointer<CChar>?] = []
    // The shell gets the signals too, and must not end before the program does; a trap is not inherited.
    for argument in ["/bin/sh", "-c", "trap : INT QUIT; \(command) \"$1\"", "sh"] { arguments.append(strdup(argument)) }
    arguments += [strdup(path), nil]
    defer { for argument in arguments { free(argument) } }
    let result = posix_spawn(&child, "/bin/sh", &actions, &attributes, &arguments, environ)
    guard result == 0 else { throw .system(call: "posix_spawn", errno: result) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else { throw .editorFailed(command: command) }
  }

  private func contents(of path: [CChar]) throws(LineEditorError) -> String {
    guard let stream = fopen(path, "re") else { throw .system(call: "fopen", errno: errno) }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var chunk: [UInt8] = Array(repeating: 0, count: 65_536)
    while case let count = fread(&chunk, 1, chunk.count, stream), count > 0 { bytes += chunk[..<count] }
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension LineEditor {
  /// Lets the user edit a text in the program that `VISUAL` or `EDITOR` names, between two reads.
  ///
  /// What other threads write meanwhile is shown afterwards. The text becomes an entry of the history, as if it was typed.
  ///
  /// - Parameter text: what the file has in it at first.
  /// - Returns: the text as the user left it.
  /// - Throws: `LineEditorError` if the program does not start, or says that it failed.
  public func edit(_ text: String) throws(LineEditorError) -> String {
    assertOwner()
    writer.beginReading()
    defer { writer.endReading() }
    let edited = try ExternalEditor(
      input: configuration.input, output: configuration.output, suffix: configuration.editedFileSuffix
    ).edit(text)
    history.add(edited)
    return edited
  }

  /// Lets the user edit the buffer elsewhere; for a command.
  func editElsewhere(_ text: [Unicode.Scalar]) -> UInt8 {
    send(eraseDrawing())
    leaveTerminal()
    defer {
      moondial_edit_watch_signals(signals.writeEnd)
      takeTerminal()
      beginLine()
      forgetDrawing()
    }
    do {
      let edited = try ExternalEditor(
        input: configuration.input, output: configuration.output, suffix: configuration.editedFileSuffix
      ).edit(String(text))
      return replace(text, edited.unicodeScalars.filter { Self.isText($0) })
    } catch {
      writer.printAbove("\(error)\n")
      return UInt8(CC_REFRESH)
    }
  }
}
