import Glibc
import LineEditor
import LuaRuntime
import Synchronization
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
    let server: DevServer?
    do {
      try Client.Configuration(target: options.address, namespace: options.namespace).validate()
    } catch {
      StandardError.write("moondial: \((error as? any TemporalError)?.message ?? "\(error)")\n")
      return ExitStatus.usage
    }
    do {
      server = options.startsDevServer ? try startDevServer(&options) : nil
      editor = options.isInteractive ? try LineEditor(for: options) : nil
    } catch {
      StandardError.write("moondial: \(error)\n")
      return ExitStatus.failure
    }
    defer {
      editor?.close()
      server?.end()
    }
    return runSession(options, editor: editor)
  }

  private static func runSession(_ options: ShellOptions, editor: LineEditor?) -> Int32 {
    let input = InputQueue()
    let status = Mutex(ExitStatus.failure)
    let interruptDescriptor = editor?.interruptDescriptor
    let thread = LuaThread {
      let session = Session(options, input: input, interruptDescriptor: interruptDescriptor)
      let result = session.run()
      status.withLock { $0 = result }
      input.end()
    }
    while case .read(let prompt, let continuation) = input.next() {
      continuation.resume(returning: editor?.read(prompt: prompt) ?? .endOfFile)
    }
    thread.join()
    return status.withLock { $0 }
  }

  private static func startDevServer(_ options: inout ShellOptions) throws -> DevServer {
    let server = try DevServer()
    options.address = server.address
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
