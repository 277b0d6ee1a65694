import RPC
import Wire

extension Client {
  /// Sends an update and, in the same request, starts its workflow where it does not run; waits until the update has
  /// come as far as asked.
  ///
  /// - Parameters:
  ///   - name: the name of the update.
  ///   - arguments: the arguments of the update.
  ///   - id: the id of the update; nil for a random one.
  ///   - operation: how to start the workflow. Its handle is there when the server has answered for the first time.
  ///   - stage: accepted or completed.
  ///   - options: headers and deadline of each call, those that wait for completion among them.
  /// - Returns: a handle for the update.
  /// - Throws: ``WorkflowAlreadyStartedError`` if the start's policies do not allow it,
  ///   ``WorkflowUpdateRPCTimeoutOrCancelledError`` if the wait timed out or the task was cancelled,
  ///   ``OperationReusedError`` if the operation was given to an update before, ``UsageError`` for another stage, else
  ///   ``RPCFailure`` with the status of that one of the two that failed.
  public func startUpdateWithStartWorkflow(
    _ name: String, arguments: [Payload] = [], id: String? = nil, operation: WithStartWorkflowOperation,
    waitForStage stage: WorkflowUpdateStage, options: CallOptions = CallOptions()
  ) async throws -> UpdateHandle {
    guard stage != .admitted else { throw UsageError("ADMITTED wait stage not supported") }
    try operation.use()
    let updateID = id.flatMap { $0.isEmpty ? nil : $0 } ?? UUID.version4()
    do {
      let update = try await sendWithStart(
        name, arguments, id: updateID, operation: operation, stage: stage, options: options)
      if stage == .completed { _ = try await update.outcome(options: options) }
      return update
    } catch {
      let error = (error as? RPCFailure)?.ofTheFailedOperation(operation.workflow) ?? error
      operation.end(.failure((error as? WorkflowUpdateRPCTimeoutOrCancelledError)?.reason ?? error))
      throw error
    }
  }

  private func sendWithStart(
    _ name: String, _ arguments: [Payload], id updateID: String, operation: WithStartWorkflowOperation,
    stage: WorkflowUpdateStage, options: CallOptions
  ) async throws -> UpdateHandle {
    let workflow = operation.workflow
    let request = try request(Method.executeMultiOperation) { request in
      request.set("namespace", configuration.namespace)
      try workflow.fill(
        request.append("operations").message("start_workflow"), namespace: configuration.namespace,
        identity: configuration.identity, requestID: UUID.version4())
      fillUpdate(
        request.append("operations").message("update_workflow"), name, arguments, id: updateID,
        ofWorkflow: workflow.id, runID: nil, stage: stage)
    }
    return try await WorkflowUpdateRPCTimeoutOrCancelledError.wrapping {
      while true {
        // As with any update: until it is accepted, the server may lose it.
        let response = try await paced {
          $0.update?.isAccepted != true
        } poll: {
          WithStartResponse(try await call(Method.executeMultiOperation, request, options: options))
        }
        guard let start = response.start, let update = response.update else {
          throw ProtocolError("ExecuteMultiOperation was answered for less than its two operations")
        }
        let run = start.string("run_id")
        let firstRun = start.string("first_execution_run_id")
        operation.end(
          .success(
            WorkflowHandle(
              client: self, id: workflow.id, runID: nil, resultRunID: run,
              firstExecutionRunID: firstRun.isEmpty ? run : firstRun)))
        if update.isAccepted {
          return UpdateHandle(
            client: self, id: updateID, workflowID: workflow.id, workflowRunID: run,
            outcome: UpdateOutcome(view: update.message("outcome")))
        }
      }
    }
  }
}

/// The two halves of an `ExecuteMultiOperationResponse`.
private struct WithStartResponse {
  let start: MessageView?
  let update: MessageView?

  init(_ message: Message) {
    let responses = message.view.messages("responses")
    start = responses.first?.message("start_workflow")
    update = responses.dropFirst().first?.message("update_workflow")
  }
}

extension RPCFailure {
  /// The error of that one of several operations which failed; those that were only given up because of it do not count.
  ///
  /// As in the Python SDK, an error that says nothing of its operations is that of the whole, and so is the status of a
  /// workflow that exists without saying which.
  fileprivate func ofTheFailedOperation(_ workflow: StartWorkflow) -> (any Error)? {
    guard let whole = firstDetail("temporal.api.errordetails.v1.MultiOperationExecutionFailure") else { return nil }
    for operation in whole.view.messages("statuses") {
      let details = operation.messages("details").map { Detail(any: $0) }
      let code = StatusCode(rawValue: Int32(truncatingIfNeeded: operation.integer("code")))
      guard code != .ok, details.first?.typeName != "temporal.api.failure.v1.MultiOperationExecutionAborted" else {
        continue
      }
      if code == .alreadyExists, !details.isEmpty {
        return WorkflowAlreadyStartedError(code, details, of: workflow)
      }
      return RPCFailure(RPCError(code, operation.string("message"), details: rawStatus))
    }
    return nil
  }
}
