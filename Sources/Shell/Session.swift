import LineEditor
import LuaRuntime
import TemporalClient

/// One run of the shell on the VM's thread: the VM and what is bound to it.
final class Session {
  let vm = LuaVM()
  let options: ShellOptions
  let input: InputQueue
  let questions: PromptQuestions
  let trace: RPCTrace
  let silence: SilenceNotice
  /// The way to the terminal of the prompt; nil where there is none.
  let writer: PromptWriter?
  /// Whether a client has a codec written in Lua.
  var hasLuaCodec = false
  private let interruptDescriptor: Int32?

  /// - Parameters:
  ///   - options: what to run.
  ///   - input: where the prompt's entries come from.
  ///   - questions: what is asked while an entry is typed.
  ///   - writer: shows what is said of the RPCs of the session's clients; without it, standard error does.
  ///   - interruptDescriptor: what Ctrl-C writes a byte to, beside interrupting the VM.
  init(
    _ options: ShellOptions, input: InputQueue, questions: PromptQuestions,
    writer: PromptWriter? = nil, interruptDescriptor: Int32?
  ) {
    let write: @Sendable (String) -> Void
    if let writer { write = { writer.printAbove($0) } } else { write = StandardError.write }
    self.options = options
    self.input = input
    self.questions = questions
    self.writer = writer
    trace = RPCTrace(write: write)
    silence = SilenceNotice(write: write)
    self.interruptDescriptor = interruptDescriptor
  }

  /// Runs chunks, script and prompt as the options say, and returns the exit status.
  func run() -> Int32 {
    // Operations end with it, and so do the clients that scripts hold.
    defer { vm.close() }
    vm.answerSIGINT(alsoWaking: interruptDescriptor)
    let stack = vm.stack
    do {
      vm.collectGarbage(false)
      try vm.installStandardLibrary()
      try vm.loadModule("session")
      vm.pushHost()
      stack.pushTable(fields: 64)
      bindClient(on: stack)
      bindCodecs(on: stack)
      bindConnecting(on: stack)
      bindCallSettings(on: stack)
      bindWorkflowHandle(on: stack)
      bindUpdateHandle(on: stack)
      bindSchedules(on: stack)
      bindUpdateWithStart(on: stack)
      bindAsyncActivity(on: stack)
      bindHistory(on: stack)
      bindServices(on: stack)
      bindMessageJSON(on: stack)
      bindValues(on: stack)
      bindShell(on: stack)
      bindQuestions(on: stack)
      bindPager(on: stack)
      try vm.call(arguments: 2, results: 1)
      vm.collectGarbage(true)
      pushOptions(on: stack)
      try vm.call(arguments: 1, results: 1)
      return Int32(clamping: try stack.integer(at: -1))
    } catch {
      StandardError.write("moondial: \(error)\n")
      return ExitStatus.failure
    }
  }

  /// Starts an operation whose errors reach Lua as error values.
  func start(on stack: LuaStack, _ body: @escaping @Sendable () async throws -> OperationResult) -> Int {
    guard hasLuaCodec else { return vm.startOperation(on: stack) { try await convertingErrors(body) } }
    return vm.startOperation(on: stack) { try await convertingErrors(CodecConversation(body).next) }
  }

  private func pushOptions(on stack: LuaStack) {
    stack.pushTable(fields: 8)
    pushList(options.chunks.map { Array($0.utf8) }, on: stack)
    stack.setField("chunks", of: -2)
    pushList(options.command, on: stack)
    stack.setField("command", of: -2)
    stack.push(options.scriptPosition)
    stack.setField("script_position", of: -2)
    switch options.script {
    case .file(let path):
      stack.push(path)
      stack.setField("script", of: -2)
    case .standardInput:
      stack.push(true)
      stack.setField("standard_input", of: -2)
    case nil: break
    }
    if let timeout = options.commandTimeout {
      stack.push(timeout / .seconds(1))
      stack.setField("command_timeout", of: -2)
    }
    stack.push(options.isInteractive)
    stack.setField("interactive", of: -2)
    stack.push(options.readsInit)
    stack.setField("reads_init", of: -2)
    stack.push(options.webAddress)
    stack.setField("web_address", of: -2)
    stack.push(options.output)
    stack.setField("output", of: -2)
  }

  private func pushList(_ texts: [[UInt8]], on stack: LuaStack) {
    stack.pushTable(elements: texts.count)
    for (index, text) in texts.enumerated() {
      stack.push(text)
      stack.setElement(index + 1, of: -2)
    }
  }
}
