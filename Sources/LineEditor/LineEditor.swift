import CEditBridge
import CLibedit
import Glibc
import Synchronization

/// A line editor on the process's terminal: libedit, with what people expect of a shell today.
///
/// Confined to the thread that makes it. Other threads write through `writer` and interrupt through
/// `interruptDescriptor`. A process has one at a time, and must `close` it.
public final class LineEditor {
  /// What an editor is made with.
  public struct Configuration {
    /// The name before the colon in the lines of an `.editrc` that are meant for this program.
    public var programName = "moondial"
    /// The history file, or nil for a history that ends with the session.
    public var historyPath: String?
    /// How many entries of history to keep, in memory and in the file.
    public var historyLimit = 1000
    /// Whether prompts are shown in their styles (no with `NO_COLOR`); never on a terminal without cursor movement.
    public var usesStyles = true
    /// The terminal to read from.
    public var input: Int32 = STDIN_FILENO
    /// The same terminal, to write to.
    public var output: Int32 = STDOUT_FILENO
    /// Called on the editor's thread with a sentence for the user, such as that history cannot be saved; once for each.
    public var warn: (String) -> Void = { _ in }

    /// Makes a configuration without a history file.
    public init() {}
  }

  /// Writes to the terminal from any thread without tearing the prompt.
  public let writer: PromptWriter

  /// A byte written here interrupts the `read` in progress as Ctrl-C does; may be done by a signal handler.
  ///
  /// Open, and not blocking, until the editor is gone. What is written while no `read` is in progress does nothing.
  public var interruptDescriptor: Int32 { interrupts.writeEnd }

  let editor: OpaquePointer
  let history: History
  let isComplete: (String) -> Completeness
  let configuration: Configuration
  let interrupts: SelfPipe
  let signals: SelfPipe
  let wake: SelfPipe
  /// The terminal, opened once more so that reading does not block; owned.
  ///
  /// A Ctrl-C makes the terminal drop its input, perhaps right after `poll` found some: a read that blocked then would
  /// not notice the interrupt. O_NONBLOCK on the inherited descriptor would be one for everybody who shares it.
  let keyboard: Int32
  /// Whether the terminal can move up and erase; if not, nothing but text, CR and LF is sent to it.
  let movesCursor: Bool

  var decoder = KeyDecoder()
  /// Characters decoded and not yet taken by libedit.
  var ready: [Unicode.Scalar] = []
  /// What the terminal pasted, for `Action.paste`; growing while `isPasting`.
  var pasted: [Unicode.Scalar] = []
  var isPasting = false
  /// The character pasted last, as it came.
  var lastPasted: Unicode.Scalar?
  /// Why the character function ended the read, if it did.
  var ending: Input?
  /// The prompt on the screen, without markup.
  var visiblePrompt: [Unicode.Scalar] = []
  /// The prompt as libedit gets it; owned.
  var markup: UnsafeMutablePointer<Int32>

  private static let isOpen = Atomic(false)
  private let owner = pthread_self()
  private let stream: UnsafeMutablePointer<FILE>
  let originalTerminal: termios
  /// libedit keeps the pointer it is given.
  private let commandName = WideString.allocate(Action.ownCommand.unicodeScalars)
  private var isClosed = false

  /// Takes the terminal over.
  ///
  /// Sets the character encoding of the process (`setlocale`), so make it before other threads run.
  ///
  /// - Parameters:
  ///   - configuration: history file, terminal, and the like.
  ///   - isComplete: decides what Enter does with the text typed so far; called on this thread.
  /// - Throws: `LineEditorError` if there is an editor already, or no terminal.
  public init(
    _ configuration: Configuration, isComplete: @escaping (String) -> Completeness
  ) throws(LineEditorError) {
    guard Self.isOpen.exchange(true, ordering: .acquiringAndReleasing) == false else { throw .alreadyOpen }
    var succeeded = false
    defer { if !succeeded { Self.isOpen.store(false, ordering: .releasing) } }

    var terminal = termios()
    guard tcgetattr(configuration.input, &terminal) == 0, isatty(configuration.output) == 1 else {
      throw .notATerminal
    }
    CharacterEncoding.useUTF8()
    let history = try History(
      path: configuration.historyPath, limit: configuration.historyLimit, warn: configuration.warn)
    let (interrupts, signals, wake) = (try SelfPipe(), try SelfPipe(), try SelfPipe())
    // A stream of our own: what others put into `stdout` must not come out in the middle of libedit's drawing. It is
    // given to libedit as the input too, which it does not read with `EL_GETCFN` set.
    let descriptor = fcntl(configuration.output, F_DUPFD_CLOEXEC, 3)
    guard descriptor >= 0 else { throw .system(call: "fcntl", errno: errno) }
    guard let stream = fdopen(descriptor, "w") else {
      Glibc.close(descriptor)
      throw .system(call: "fdopen", errno: errno)
    }
    let keyboard = Self.reopen(configuration.input)
    guard keyboard >= 0 else {
      fclose(stream)
      throw .system(call: "fcntl", errno: errno)
    }
    guard
      let editor = el_init_fd(
        configuration.programName, stream, stream, stream, configuration.input, descriptor, descriptor)
    else {
      fclose(stream)
      Glibc.close(keyboard)
      throw .system(call: "el_init_fd", errno: errno)
    }

    self.editor = editor
    self.stream = stream
    self.keyboard = keyboard
    self.history = history
    self.isComplete = isComplete
    self.configuration = configuration
    self.interrupts = interrupts
    self.signals = signals
    self.wake = wake
    originalTerminal = terminal
    writer = PromptWriter(output: configuration.output, wake: wake)
    movesCursor = ["up", "cd"].allSatisfy { (name: String) in
      moondial_edit_terminal_string(editor, name).map { $0.pointee != 0 } ?? false
    }
    markup = WideString.allocate([])
    installCommands()
    succeeded = true
  }

  deinit {
    assert(isClosed, "the line editor was dropped without close()")
    markup.deallocate()
    commandName.deallocate()
  }

  /// The entries of the history that may be shown and written down: all but those with a secret in them, oldest first.
  ///
  /// - Parameter ofThisSession: whether those of earlier sessions are left out.
  public func entries(ofThisSession: Bool) -> [String] {
    assertOwner()
    return history.disclosable(ofThisSession: ofThisSession)
  }

  /// Gives the terminal back as it was. The editor cannot be used after it.
  public func close() {
    assertOwner()
    precondition(!isClosed, "the line editor is closed already")
    isClosed = true
    // `el_end` would set the terminal with TCSAFLUSH and so drop what the user typed ahead; it leaves a terminal alone
    // on which editing is off. Between reads the terminal is in libedit's idea of a cooked mode, not in the user's.
    moondial_edit_set_edits(editor, false)
    el_end(editor)
    fclose(stream)
    Glibc.close(keyboard)
    var terminal = originalTerminal
    tcsetattr(configuration.input, TCSADRAIN, &terminal)
    Self.isOpen.store(false, ordering: .releasing)
  }

  /// A descriptor of the same terminal with flags of its own; of the same open file where that is not allowed.
  private static func reopen(_ terminal: Int32) -> Int32 {
    // By its descriptor: the terminal's name means nothing where it was handed into a container.
    let descriptor = Glibc.open("/proc/self/fd/\(terminal)", O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    return descriptor >= 0 ? descriptor : fcntl(terminal, F_DUPFD_CLOEXEC, 3)
  }

  /// libedit keeps its state per process and unlocked: only one thread may come near it.
  func assertOwner() {
    precondition(pthread_equal(owner, pthread_self()) != 0, "the line editor was used from another thread")
  }

  /// Tells libedit where to get characters and what they do.
  private func installCommands() {
    moondial_edit_set_handles_signals(editor, false)
    moondial_edit_set_history(editor, history.searchList)
    moondial_edit_set_client_data(editor, Unmanaged.passUnretained(self).toOpaque())
    moondial_edit_set_keymap(editor, WideString.encode("emacs".unicodeScalars))
    moondial_edit_set_prompt(editor, { LineEditor.of($0).markup }, Int32(Prompt.literalMark.value))
    moondial_edit_set_get_character(editor) { editor, out in LineEditor.of(editor).nextCharacter(out) }
    // Before the bindings: libedit does not cope with a key bound to a command that does not exist.
    moondial_edit_add_command(editor, commandName, commandName) { LineEditor.of($0).perform($1) }
    for action in Action.allCases { bind([action.character], to: action.command) }
    for control in Action.controls.keys { bind([control], to: Action.ownCommand) }
    for (keys, command) in Action.assured { bind(keys.unicodeScalars, to: command) }
  }

  private func bind(_ keys: some Sequence<Unicode.Scalar>, to command: String) {
    let result = moondial_edit_bind(editor, WideString.encode(keys), WideString.encode(command.unicodeScalars))
    assert(result == 0, "libedit has no command \(command)")
  }

  /// The editor behind a callback of libedit, which runs inside `read`.
  private static func of(_ editor: OpaquePointer) -> LineEditor {
    // Set in `init`, borrowed from an object that is in the middle of `read` and so alive.
    Unmanaged<LineEditor>.fromOpaque(moondial_edit_client_data(editor)!).takeUnretainedValue()
  }
}
