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
    /// The user's file of libedit commands, or nil for none; it need not exist.
    public var settingsPath: String?
    /// What the names of the files end in that the user's editor is given.
    public var editedFileSuffix = ".txt"
    /// How many entries of history to keep, in memory and in the file.
    public var historyLimit = 1000
    /// Whether prompts are shown in their styles (no with `NO_COLOR`); never on a terminal without cursor movement.
    public var usesStyles = true
    /// The terminal to read from.
    public var input: Int32 = STDIN_FILENO
    /// The same terminal, to write to.
    public var output: Int32 = STDOUT_FILENO
    /// Finds what Tab could complete, on the editor's thread and at once; nil for a Tab that is a character.
    public var complete: ((CompletionRequest) -> CompletionAnswer)?
    /// A line about what is being typed, such as the parameters of the call that the cursor is in; nil for none.
    ///
    /// Called on the editor's thread with the buffer and the cursor as an offset into its UTF-8 form, for every change.
    public var hint: ((_ text: String, _ cursor: Int) -> String?)?
    /// Asks for such a line to be delivered to `completions` later, where `hint` is nil.
    public var askHint: ((_ text: String, _ cursor: Int) -> Void)?
    /// How the lines around an Enter are indented, by the text in front of the cursor; called on the editor's thread.
    public var indentation: (_ text: String) -> Indentation = { _ in Indentation(next: 0) }
    /// The styles of parts of the buffer, in order and apart; called on the editor's thread for every change.
    public var highlight: ((_ text: String) -> [StyledSpan])?
    /// Called on the editor's thread with a sentence for the user, such as that history cannot be saved; once for each.
    public var warn: (String) -> Void = { _ in }

    /// Makes a configuration without a history file.
    public init() {}
  }

  /// Writes to the terminal from any thread without tearing the prompt.
  public let writer: PromptWriter

  /// Takes candidates and hints that come later, from any thread.
  public let completions: CompletionInbox

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
  /// The prompt, and without its styles as libedit gets it; the latter is owned.
  var prompt: [(scalar: Unicode.Scalar, style: String)] = []
  var plainPrompt = WideString.allocate([])
  /// The size of the terminal.
  var screen = (columns: 80, rows: 24)
  let backStage: BackStage
  /// What the screen shows, unless libedit draws.
  var drawing = Drawing()
  var undoHistory = UndoHistory()
  /// What Tab asked last, while its answer may still come.
  var awaited: CompletionRequest?
  var requestCount = 0
  /// The answer that came, for `Action.takeCompletion`.
  var delivered: CompletionList?
  /// The end of a suffix that Tab has just inserted, and where: typed once more right there it is that end, and not another.
  var completedEnd: (character: Unicode.Scalar, text: [Unicode.Scalar], cursor: Int)?

  private static let isOpen = Atomic(false)
  private let owner = pthread_self()
  private let stream: UnsafeMutablePointer<FILE>
  /// What libedit's own drawing goes to; owned.
  let sink: UnsafeMutablePointer<moondial_edit_sink>
  var mode: TerminalMode
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

    guard let mode = TerminalMode(configuration.input), isatty(configuration.output) == 1 else { throw .notATerminal }
    let backStage = try BackStage(settings: mode.original)
    CharacterEncoding.useUTF8()
    let history = try History(
      path: configuration.historyPath, limit: configuration.historyLimit, warn: configuration.warn)
    let (interrupts, signals, wake) = (try SelfPipe(), try SelfPipe(), try SelfPipe())
    let keyboard = Self.reopen(configuration.input)
    guard keyboard >= 0 else { throw .system(call: "fcntl", errno: errno) }
    let sink = UnsafeMutablePointer<moondial_edit_sink>.allocate(capacity: 1)
    sink.initialize(to: moondial_edit_sink(descriptor: configuration.output, shows: false, beeped: false))
    // Given to libedit as the input too, which it does not read with `EL_GETCFN` set.
    let stream = moondial_edit_open_sink(sink)
    guard let stream,
      let editor = el_init_fd(
        configuration.programName, stream, stream, stream, backStage.descriptor, backStage.descriptor,
        backStage.descriptor)
    else {
      let number = errno
      if let stream { fclose(stream) }
      sink.deallocate()
      Glibc.close(keyboard)
      throw .system(call: "el_init_fd", errno: number)
    }

    self.editor = editor
    self.stream = stream
    self.sink = sink
    self.keyboard = keyboard
    self.history = history
    self.isComplete = isComplete
    self.configuration = configuration
    self.interrupts = interrupts
    self.signals = signals
    self.wake = wake
    self.mode = mode
    self.backStage = backStage
    writer = PromptWriter(output: configuration.output, wake: wake)
    completions = CompletionInbox(wake: wake)
    movesCursor = ["up", "cd"].allSatisfy { (name: String) in
      moondial_edit_terminal_string(editor, name).map { $0.pointee != 0 } ?? false
    }
    sink.pointee.shows = !movesCursor
    installCommands()
    succeeded = true
  }

  deinit {
    assert(isClosed, "the line editor was dropped without close()")
    plainPrompt.deallocate()
    sink.deallocate()
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
    el_end(editor)
    fclose(stream)
    Glibc.close(keyboard)
    mode.restore()
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
    moondial_edit_set_prompt(editor) { LineEditor.of($0).plainPrompt }
    moondial_edit_set_get_character(editor) { editor, out in LineEditor.of(editor).nextCharacter(out) }
    // Before the bindings: libedit does not cope with a key bound to a command that does not exist.
    moondial_edit_add_command(editor, commandName, commandName) { LineEditor.of($0).perform($1) }
    bindKeys()
    loadSettings()
  }

  /// The editor behind a callback of libedit, which runs inside `read`.
  private static func of(_ editor: OpaquePointer) -> LineEditor {
    // Set in `init`, borrowed from an object that is in the middle of `read` and so alive.
    Unmanaged<LineEditor>.fromOpaque(moondial_edit_client_data(editor)!).takeUnretainedValue()
  }
}
