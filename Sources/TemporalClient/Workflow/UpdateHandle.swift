import RPC
import Locks
import Wire

/// An update of a workflow, known by its id.
public struct UpdateHandle: Sendable {
  /// The client that the handle calls with.
  public let client: Client
  /// The id of the update.
  public let id: String
  /// The id of the workflow.
  public let workflowID: String
  /// The run that the update was sent to; nil for the latest.
  public let workflowRunID: String?

  private let known: KnownOutcome

  init(client: Client, id: String, workflowID: String, workflowRunID: String?, outcome: UpdateOutcome?) {
    self.client = client
    self.id = id
    self.workflowID = workflowID
    self.workflowRunID = workflowRunID?.isEmpty == true ? nil : workflowRunID
    known = KnownOutcome(outcome)
  }

  /// Waits until the update is completed, however long that takes, and gives its result.
  ///
  /// Once the outcome is known, to this handle or a copy of it, nothing is sent any more.
  ///
  /// - Parameter options: headers and deadline of each call.
  /// - Returns: the result: one value, or none.
  /// - Throws: ``WorkflowUpdateFailedError`` if the update was rejected or failed,
  ///   ``WorkflowUpdateRPCTimeoutOrCancelledError`` if the wait timed out or the task was cancelled, else
  ///   ``RPCFailure``, with status `NOT_FOUND` if there is no such update.
  public func result(options: CallOptions = CallOptions()) async throws -> [Payload] {
    switch try await outcome(options: options) {
    case .success(let result): return result
    case .failure(let failure): throw WorkflowUpdateFailedError(failure: failure)
    }
  }

  /// Waits until the update is completed.
  ///
  /// - Parameter options: headers and deadline of each call.
  /// - Returns: its outcome.
  func outcome(options: CallOptions) async throws -> UpdateOutcome {
    if let outcome = known.value.withLock({ $0 }) { return outcome }
    let request = try client.request(Method.pollWorkflowExecutionUpdate) { request in
      request.set("namespace", client.configuration.namespace)
      let reference = request.message("update_ref")
      reference.setExecution("workflow_execution", id: workflowID, runID: workflowRunID)
      reference.set("update_id", id)
      request.set("identity", client.configuration.identity)
      request.message("wait_policy").set("lifecycle_stage", WorkflowUpdateStage.completed.rawValue)
    }
    let outcome = try await WorkflowUpdateRPCTimeoutOrCancelledError.wrapping {
      while true {
        let outcome = try await paced {
          $0 == nil
        } poll: {
          let response = try await client.call(Method.pollWorkflowExecutionUpdate, request, options: options)
          return UpdateOutcome(view: response.view.message("outcome"))
        }
        if let outcome { return outcome }
      }
    }
    known.value.withLock { $0 = outcome }
    return outcome
  }

  /// What copies of a handle share.
  private final class KnownOutcome: Sendable {
    let value: Monitor<UpdateOutcome?>

    init(_ outcome: UpdateOutcome?) {
      value = Monitor(outcome)
    }
  }
}

/// How an update ended.
enum UpdateOutcome: Sendable {
  case success([Payload])
  case failure(Failure)

  /// Reads an outcome.
  ///
  /// - Parameter view: a `temporal.api.update.v1.Outcome`, or nil.
  /// - Returns: nil if there is no outcome yet.
  init?(view: MessageView?) {
    guard let view else { return nil }
    if let failure = view.message("failure") {
      self = .failure(Failure(view: failure))
    } else {
      self = .success(view.payloads("success"))
    }
  }
}

extension WorkflowUpdateRPCTimeoutOrCancelledError {
  /// Waits for an update, and turns the end of the wait into this error.
  ///
  /// Who gave up first does not matter: gRPC reports its own deadline as `DEADLINE_EXCEEDED` and the server its own as
  /// either of the two codes.
  static func wrapping<T>(_ wait: () async throws -> T) async throws -> T {
    do {
      return try await wait()
    } catch let failure as RPCFailure where [.deadlineExceeded, .cancelled].contains(failure.status) {
      throw Self(reason: failure)
    } catch let cancellation as CancellationError {
      throw Self(reason: cancellation)
    }
  }
}
