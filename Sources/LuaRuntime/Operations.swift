internal import Synchronization

/// The asynchronous operations of one VM: started by bound functions, completed once each, taken by Lua code.
///
/// All of it but the mailbox belongs to the VM's thread.
final class Operations {
  private let mailbox = Mailbox()
  private var tasks: [Int: Task<Void, Never>] = [:]
  private var arrived: [Int: Result<OperationResult, any Error>] = [:]
  private var lastOperation = 0

  /// How many operations were started and have not been reported by `wait`.
  var inFlight: Int { tasks.count }

  /// The descriptor that wakes a waiting VM.
  var wakeDescriptor: Int32 { mailbox.wake.descriptor }

  /// Starts `body` and returns the operation's number.
  ///
  /// Up to its first suspension it runs here and now: to hand it to another thread would cost more than most of what it
  /// does there, and what is known already is there when the caller awaits it. From then on it runs off the VM's thread.
  func start(_ body: @escaping @Sendable () async throws -> OperationResult) -> Int {
    lastOperation += 1
    let operation = lastOperation
    tasks[operation] = Task.immediateDetached { [mailbox] in
      let result: Result<OperationResult, any Error>
      do { result = .success(try await body()) } catch { result = .failure(error) }
      mailbox.post(Mailbox.Completion(operation: operation, result: result))
    }
    return operation
  }

  /// Asks an operation to end early; its completion still arrives.
  func cancel(_ operation: Int) { tasks[operation]?.cancel() }

  /// Asks all operations to end early.
  func cancelAll() {
    for task in tasks.values { task.cancel() }
  }

  /// Waits until an operation completed, an interrupt came, or `timeout` seconds passed; returns the completed ones.
  func wait(timeout: Double?) -> [Int] {
    var completions = mailbox.take()
    if completions.isEmpty, timeout != 0 {
      mailbox.wake.wait(timeout: timeout)
      completions = mailbox.take()
    }
    return completions.map { completion in
      tasks[completion.operation] = nil
      arrived[completion.operation] = completion.result
      return completion.operation
    }
  }

  /// The result of a completed operation; handed out once.
  func take(_ operation: Int) -> Result<OperationResult, any Error>? { arrived.removeValue(forKey: operation) }

  /// Cancels what is left and forgets it: completions that come later are dropped.
  func close() {
    cancelAll()
    mailbox.close()
    tasks.removeAll()
    arrived.removeAll()
  }
}
