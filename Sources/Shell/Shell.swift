import Glibc
import LineEditor
import LuaRuntime
import TemporalClient

/// The Lua shell: a script runner and a prompt.
public enum Shell {
  /// Runs as the options say and returns the exit status.
  ///
  /// The main thread starts what has to be started there, and then serves the prompt while the VM's thread runs
  /// everything else.
  public static func run(_ options: ShellOptions) -> Int32 {
    var options = options
    let editor: LineEditor?
    let questions = PromptQuestions()
    let server: DevServer?
    do {
      if !options.startsDevServer { options.configuration = try options.connection.configuration() }
    } catch {
      StandardError.write("moondial: \((error as? any TemporalError)?.message ?? "\(error)")\n")
      return ExitStatus.usage
    }
    do {
      server = options.startsDevServer ? try startDevServer(&options) : nil
      editor = options.isInteractive ? try LineEditor(for: options, asking: questions) : nil
      // Jobs print while the prompt waits.
      editor?.writer.takeStandardStreams()
    } catch {
      StandardError.write("moondial: \(error)\n")
      return ExitStatus.failure
    }
    let (status, isClosed) = runSession(options, editor: editor, questions: questions)
    editor?.close()
    server?.end()
    if isClosed { return status }
    // The VM's thread and gRPC's are alive: nothing may be destroyed under them, which `exit` would do.
    fflush(nil)
    _exit(status)
  }

  /// Runs a session and serves its prompt.
  ///
  /// - Returns: the exit status, and whether the session has ended; `os.exit` leaves it as it is.
  private static func runSession(
    _ options: ShellOptions, editor: LineEditor?, questions: PromptQuestions
  ) -> (status: Int32, isClosed: Bool) {
    let writer = editor?.writer
    let input = InputQueue { writer?.endReads() }
    let interruptDescriptor = editor?.interruptDescriptor
    let thread = LuaThread {
      let session = Session(
        options, input: input, questions: questions, writer: writer, interruptDescriptor: interruptDescriptor)
      input.end(session.run())
    }
    while true {
      switch input.next() {
      case .read(let prompt, let continuation):
        continuation.resume(returning: editor?.read(prompt: prompt) ?? .endOfFile)
      case .edit(let text, let continuation):
        continuation.resume(returning: editor?.edited(text) ?? .failure(.notATerminal))
      case .ask(let question, let continuation):
        continuation.resume(returning: editor?.answer(to: question))
      case .history(let ofThisSession, let continuation):
        continuation.resume(returning: editor?.entries(ofThisSession: ofThisSession) ?? [])
      case .perform(let body): body()
      case .end(let status):
        thread.join()
        Client.shutDownTransport()
        return (status, true)
      case .exit(let status):
        return (status, false)
      }
    }
  }

  private static func startDevServer(_ options: inout ShellOptions) throws -> DevServer {
    let server = try DevServer()
    options.configuration = try options.connection.configuration(ofDevServer: server.address)
    options.webAddress = server.webAddress
    // Programs that a script starts are to find the same server.
    setenv("TEMPORAL_ADDRESS", server.address, 1)
    if let command = options.devWorker {
      do {
        try server.startWorker(command)
      } catch {
        server.end()
        throw error
      }
    }
    return server
  }
}
