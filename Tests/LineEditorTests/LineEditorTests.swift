import Glibc
import Testing

@testable import LineEditor

/// The life of an editor in one process; what it does on the screen is tested in Tests/Terminal.
@Suite("Line editor", .serialized, .timeLimit(.minutes(1)))
struct LineEditorTests {
  let terminal: PseudoTerminal

  init() throws { terminal = try PseudoTerminal() }

  static func configuration(_ terminal: PseudoTerminal) -> LineEditor.Configuration {
    var configuration = LineEditor.Configuration()
    configuration.input = terminal.slave
    configuration.output = terminal.slave
    return configuration
  }

  func open() throws -> LineEditor {
    try LineEditor(Self.configuration(terminal)) { _ in .complete }
  }

  @Test func readsAndGivesTheTerminalBack() throws {
    let before = terminal.settings
    let editor = try open()
    terminal.type("héllo\r")
    #expect(editor.read(prompt: Prompt("> ")) == .chunk("héllo"))
    // Not typed ahead: a terminal in cooked mode takes Ctrl-D for itself.
    let thread = Thread { [terminal] in
      _ = terminal.output(through: "second> ")
      terminal.type("\u{04}")
    }
    #expect(editor.read(prompt: Prompt("second> ")) == .endOfFile)
    thread.join()
    editor.close()
    #expect(terminal.settings == before)
  }

  @Test func thereIsOneAtATime() throws {
    let editor = try open()
    #expect(throws: LineEditorError.alreadyOpen) { try open() }
    editor.close()
    try open().close()
  }

  @Test func whatIsNoTerminalIsRefusedAndBlocksNothing() throws {
    let null = Glibc.open("/dev/null", O_RDWR)
    defer { close(null) }
    var configuration = Self.configuration(terminal)
    configuration.input = null
    #expect(throws: LineEditorError.notATerminal) { try LineEditor(configuration) { _ in .complete } }
    configuration.input = terminal.slave
    configuration.output = null
    #expect(throws: LineEditorError.notATerminal) { try LineEditor(configuration) { _ in .complete } }
    try open().close()
  }

  @Test func anInterruptBeforeTheReadIsNotMeantForIt() throws {
    let editor = try open()
    defer { editor.close() }
    write(editor.interruptDescriptor, "x", 1)
    terminal.type("a\r")
    #expect(editor.read(prompt: Prompt("> ")) == .chunk("a"))
  }

  @Test func anotherThreadInterruptsTheRead() throws {
    let editor = try open()
    defer { editor.close() }
    let interrupt = editor.interruptDescriptor
    let thread = Thread { [terminal] in
      _ = terminal.output(through: "> ")
      write(interrupt, "x", 1)
    }
    #expect(editor.read(prompt: Prompt("> ")) == .interrupted)
    thread.join()
  }

  @Test func theWriterOutlivesTheEditor() throws {
    let editor = try open()
    let writer = editor.writer
    editor.close()
    writer.printAbove("after\n")
    #expect(terminal.output(through: "after\r\n").hasSuffix("after\r\n"))
  }

  @Test func anEditorThatIsDroppedOpenIsAProgrammersMistake() async {
    await #expect(processExitsWith: .failure) {
      let terminal = try PseudoTerminal()
      _ = try LineEditor(LineEditorTests.configuration(terminal)) { _ in .complete }
    }
  }

  @Test func anotherThreadMayNotUseIt() async {
    await #expect(processExitsWith: .failure) {
      let terminal = try PseudoTerminal()
      let editor = try LineEditor(LineEditorTests.configuration(terminal)) { _ in .complete }
      // Passed as an address, which the compiler does not follow: this is about the check at run time.
      let address = Int(bitPattern: Unmanaged.passRetained(editor).toOpaque())
      Thread {
        Unmanaged<LineEditor>.fromOpaque(UnsafeRawPointer(bitPattern: address)!).takeUnretainedValue().close()
      }.join()
    }
  }
}

/// A POSIX thread.
final class Thread {
  private var handle = pthread_t()

  init(_ body: @escaping @Sendable () -> Void) {
    final class Box {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    let box = Unmanaged.passRetained(Box(body)).toOpaque()
    pthread_create(
      &handle, nil,
      { box in
        Unmanaged<Box>.fromOpaque(box!).takeRetainedValue().body()
        return nil
      }, box)
  }

  func join() { pthread_join(handle, nil) }
}
