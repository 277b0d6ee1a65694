import Locks

/// How to start a workflow that an update may find not running; for one update alone.
///
/// Given to ``Client/startUpdateWithStartWorkflow(_:arguments:id:operation:waitForStage:options:)``.
public final class WithStartWorkflowOperation: Sendable {
  /// What to start, and how.
  public let workflow: StartWorkflow

  private enum State {
    case unused
    case sent
    case ended(Result<WorkflowHandle, any Error>)
  }
  private typealias Waiters = [Int: CheckedContinuation<WorkflowHandle, any Error>]

  private let state = Monitor((state: State.unused, waiters: Waiters(), lastWaiter: 0))

  /// Creates an operation.
  ///
  /// - Parameter workflow: what to start, and how.
  /// - Throws: ``UsageError`` if it does not say what is to happen when the workflow runs already, or has a signal.
  public init(_ workflow: StartWorkflow) throws(UsageError) {
    guard workflow.idConflictPolicy != .unspecified else { throw UsageError("WorkflowIDConflictPolicy is required") }
    guard workflow.startSignal == nil else { throw UsageError("An update with start has no start signal") }
    self.workflow = workflow
  }

  /// Waits for the server's first answer to the update, however far the update has come by then.
  ///
  /// - Returns: a handle to the workflow that was started, or was found.
  /// - Throws: what the update failed with before the workflow was known; `CancellationError` if the task is cancelled.
  public func workflowHandle() async throws -> WorkflowHandle {
    let waiter = state.withLock {
      $0.lastWaiter += 1
      return $0.lastWaiter
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let result: Result<WorkflowHandle, any Error>? = state.withLock {
          if case .ended(let result) = $0.state { return result }
          // The handler below has run already where the task was cancelled before.
          guard !Task.isCancelled else { return .failure(CancellationError()) }
          $0.waiters[waiter] = continuation
          return nil
        }
        if let result { continuation.resume(with: result) }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: waiter) }?.resume(throwing: CancellationError())
    }
  }

  /// Takes the operation for an update.
  func use() throws(OperationReusedError) {
    let isUnused = state.withLock {
      guard case .unused = $0.state else { return false }
      $0.state = .sent
      return true
    }
    guard isUnused else { throw OperationReusedError() }
  }

  /// Hands out what came of the start; only the first time counts.
  func end(_ result: Result<WorkflowHandle, any Error>) {
    let waiters = state.withLock { held in
      guard case .sent = held.state else { return Waiters() }
      held.state = .ended(result)
      defer { held.waiters = [:] }
      return held.waiters
    }
    for waiter in waiters.values { waiter.resume(with: result) }
  }
}

/// An operation that is for one update was given to another.
public struct OperationReusedError: TemporalError {
  /// The name of what the Python SDK raises here.
  public var kind: String { "RuntimeError" }
  /// The text of the Python SDK.
  public var message: String { "WithStartWorkflowOperation cannot be reused" }
}
