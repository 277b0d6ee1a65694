import Glibc
import LineEditor
import Locks

/// Requests of the VM's thread for a line of input, and for what else has the terminal meanwhile. The main thread serves
/// them, one after the other: only it may call the line editor.
final class InputQueue: Sendable {
  /// What the main thread is to do next.
  enum Request: Sendable {
    /// To read an entry.
    case read(Prompt, CheckedContinuation<Input, Never>)
    /// To let the user edit a text elsewhere.
    case edit(String, CheckedContinuation<Result<String, LineEditorError>, Never>)
    /// To ask a question.
    case ask(String, CheckedContinuation<String?, Never>)
    /// To tell the entries of the history.
    case history(ofThisSession: Bool, CheckedContinuation<[String], Never>)
    /// To do something that may wait, such as to write to a pager.
    case perform(@Sendable () -> Void)
    /// To end the program with a status: the session is closed.
    case end(Int32)
    /// To end the program with a status while a script stands in the middle of a call, as `os.exit` does.
    case exit(Int32)
  }

  private let requests = Monitor<[Request]>([])
  private let semaphore = Semaphore()

  /// Ends a read in progress, and all that come.
  private let endReads: @Sendable () -> Void

  /// - Parameter endReads: makes the editor end a read in progress, and all that come.
  init(endReads: @escaping @Sendable () -> Void) { self.endReads = endReads }

  /// Reads one entry on the main thread. Cancelling it is for the end of the session: there is no read after it.
  func read(_ prompt: Prompt) async -> Input {
    await withTaskCancellationHandler {
      await withCheckedContinuation { add(.read(prompt, $0)) }
    } onCancel: {
      endReads()
    }
  }

  /// Asks the user a question; the answer, or nil without one.
  func ask(_ question: String) async -> String? {
    await withCheckedContinuation { add(.ask(question, $0)) }
  }

  /// The entries of the history that may be shown and written down.
  func history(ofThisSession: Bool) async -> [String] {
    await withCheckedContinuation { add(.history(ofThisSession: ofThisSession, $0)) }
  }

  /// Does something on the main thread that may wait; no entry is read meanwhile.
  func perform<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      add(.perform { continuation.resume(returning: body()) })
    }
  }

  /// Lets the user edit a text in the program that `VISUAL` or `EDITOR` names.
  func edit(_ text: String) async -> Result<String, LineEditorError> {
    await withCheckedContinuation { add(.edit(text, $0)) }
  }

  /// Lets the main thread go on to the end of the program.
  func end(_ status: Int32) { add(.end(status)) }

  /// Ends the program from within a script.
  func exit(_ status: Int32) -> Never {
    add(.exit(status))
    // The main thread ends the process; the script must not go on meanwhile.
    while true { pause() }
  }

  /// Waits for the next request; called on the main thread.
  func next() -> Request {
    semaphore.wait()
    return requests.withLock { $0.removeFirst() }
  }

  private func add(_ request: Request) {
    requests.withLock { $0.append(request) }
    semaphore.signal()
  }
}

/// A counting semaphore of the system.
// @unchecked Sendable: POSIX semaphores are made to be posted and waited for from any threads, and the pointer never
// changes.
private final class Semaphore: @unchecked Sendable {
  private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init() { sem_init(semaphore, 0, 0) }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func signal() { sem_post(semaphore) }

  func wait() {
    // Fails only when a signal handler ran.
    while sem_wait(semaphore) != 0 {}
  }
}
