import Wire

extension WorkflowHandle {
  /// Sends an update and waits until it has come as far as asked.
  ///
  /// An update that its validator rejects, or that no handler knows, has an outcome like any other: this returns, and
  /// ``UpdateHandle/result(options:)`` throws.
  ///
  /// - Parameters:
  ///   - name: the name of the update.
  ///   - arguments: the arguments of the update.
  ///   - headers: what interceptors of the workflow's workers read.
  ///   - id: the id of the update, under which sending it again gives the same outcome; nil for a random one.
  ///   - stage: accepted or completed.
  ///   - options: headers and deadline of each call, those that wait for completion among them.
  /// - Returns: a handle for the update.
  /// - Throws: ``WorkflowUpdateRPCTimeoutOrCancelledError`` if the wait timed out or the task was cancelled,
  ///   ``UsageError`` for another stage, else ``RPCFailure``.
  public func startUpdate(
    _ name: String, arguments: [Payload] = [], headers: [(key: String, value: Payload)] = [],
    id updateID: String? = nil, waitForStage stage: WorkflowUpdateStage, options: CallOptions = CallOptions()
  ) async throws -> UpdateHandle {
    guard stage != .admitted else { throw UsageError("ADMITTED wait stage not supported") }
    let updateID = updateID.flatMap { $0.isEmpty ? nil : $0 } ?? UUID.version4()
    let request = try updateRequest(name, arguments, headers, id: updateID, stage: stage)
    let response = try await WorkflowUpdateRPCTimeoutOrCancelledError.wrapping {
      while true {
        // Until it is accepted the server may lose the update, so it is sent again, under the same id.
        let response = try await paced {
          !$0.view.isAccepted
        } poll: {
          try await client.call(Method.updateWorkflowExecution, request, options: options)
        }
        if response.view.isAccepted { return response.view }
      }
    }
    let handle = UpdateHandle(
      client: client, id: updateID, workflowID: id,
      workflowRunID: response.message("update_ref")?.message("workflow_execution")?.string("run_id"),
      outcome: UpdateOutcome(view: response.message("outcome")))
    if stage == .completed { _ = try await handle.outcome(options: options) }
    return handle
  }

  /// Sends an update and waits for its result.
  ///
  /// - Parameters:
  ///   - name: the name of the update.
  ///   - arguments: the arguments of the update.
  ///   - id: the id of the update; nil for a random one.
  ///   - options: headers and deadline of each call, those that wait for completion among them.
  /// - Returns: the result: one value, or none.
  /// - Throws: what ``startUpdate(_:arguments:headers:id:waitForStage:options:)`` and ``UpdateHandle/result(options:)``
  ///   throw.
  public func executeUpdate(
    _ name: String, arguments: [Payload] = [], id updateID: String? = nil, options: CallOptions = CallOptions()
  ) async throws -> [Payload] {
    try await startUpdate(name, arguments: arguments, id: updateID, waitForStage: .completed, options: options)
      .result()
  }

  /// Makes a handle for an update; nothing is sent, and nothing tells whether there is such an update.
  ///
  /// - Parameters:
  ///   - id: the id of the update.
  ///   - runID: the run that the update was sent to; nil for the handle's.
  /// - Returns: the handle.
  public func updateHandle(id updateID: String, runID updateRunID: String? = nil) -> UpdateHandle {
    let run = updateRunID.flatMap { $0.isEmpty ? nil : $0 } ?? runID
    return UpdateHandle(client: client, id: updateID, workflowID: id, workflowRunID: run, outcome: nil)
  }

  private func updateRequest(
    _ name: String, _ arguments: [Payload], _ headers: [(key: String, value: Payload)], id updateID: String,
    stage: WorkflowUpdateStage
  ) throws -> [UInt8] {
    try client.request(Method.updateWorkflowExecution) { request in
      client.fillUpdate(request, name, arguments, id: updateID, ofWorkflow: id, runID: runID, stage: stage)
      request.set("first_execution_run_id", firstExecutionRunID)
      request.message("request").message("input").setPayloads("header", map: "fields", headers)
    }
  }
}

extension Client {
  /// Sets the fields of an `UpdateWorkflowExecutionRequest`.
  func fillUpdate(
    _ request: MessageBuilder, _ name: String, _ arguments: [Payload], id: String, ofWorkflow workflowID: String,
    runID: String?, stage: WorkflowUpdateStage
  ) {
    request.set("namespace", configuration.namespace)
    request.setExecution("workflow_execution", id: workflowID, runID: runID)
    request.message("wait_policy").set("lifecycle_stage", stage.rawValue)
    let update = request.message("request")
    let meta = update.message("meta")
    meta.set("update_id", id)
    meta.set("identity", configuration.identity)
    let input = update.message("input")
    input.set("name", name)
    input.setPayloads("args", arguments)
  }
}

extension MessageView {
  /// Whether the update that an `UpdateWorkflowExecutionResponse` tells of was accepted, so that the server keeps it.
  var isAccepted: Bool { enumeration("stage").number >= Self.accepted }

  private static let accepted: Int32 = {
    let stages = Method.updateWorkflowExecution.output.field(named: "stage")?.enumType
    guard let accepted = stages?.value(named: WorkflowUpdateStage.accepted.rawValue) else {
      preconditionFailure("UpdateWorkflowExecutionResponse has no stage ACCEPTED")
    }
    return accepted.number
  }()
}
