import RPC
import Wire

extension Client {
  /// Starts a workflow, with a signal if the start has one.
  ///
  /// The request has an id of its own, so that the server recognizes it when it is sent again after a lost answer.
  ///
  /// - Parameters:
  ///   - workflow: what to start, and how.
  ///   - options: headers and deadline of the call.
  /// - Returns: a handle that waits for the result of the run that was started, or that was found open.
  /// - Throws: ``WorkflowAlreadyStartedError`` if the policies do not allow another workflow of the id, ``UsageError``
  ///   if the start contradicts itself, else ``RPCFailure``.
  public func startWorkflow(
    _ workflow: StartWorkflow, options: CallOptions = CallOptions()
  ) async throws -> WorkflowHandle {
    let withSignal = workflow.startSignal != nil
    let method = withSignal ? Method.signalWithStartWorkflowExecution : Method.startWorkflowExecution
    let request = try request(method) { request in
      try workflow.fill(
        request, namespace: configuration.namespace, identity: configuration.identity, requestID: UUID.version4())
    }
    do {
      let response = try await call(method, request, options: options).view
      let run = response.string("run_id")
      var firstRun = response.string("first_execution_run_id")
      // Servers before 1.32 do not say the first run. It is the started one, unless the signal found another.
      if firstRun.isEmpty, !withSignal || response.boolean("started") { firstRun = run }
      return WorkflowHandle(
        client: self, id: workflow.id, runID: nil, resultRunID: run, firstExecutionRunID: firstRun)
    } catch let failure as RPCFailure {
      throw WorkflowAlreadyStartedError(failure.status, failure.details, of: workflow) ?? failure as any Error
    }
  }

  /// Starts a workflow and waits for its result.
  ///
  /// - Parameters:
  ///   - workflow: what to start, and how.
  ///   - options: headers and deadline of the start; the wait has the defaults.
  /// - Returns: the result: one value, or none.
  /// - Throws: what ``startWorkflow(_:options:)`` and ``WorkflowHandle/result(followRuns:options:)`` throw.
  public func executeWorkflow(
    _ workflow: StartWorkflow, options: CallOptions = CallOptions()
  ) async throws -> [Payload] {
    try await startWorkflow(workflow, options: options).result()
  }
}

extension WorkflowAlreadyStartedError {
  /// What the status of a start says of the workflow that exists; nil if it is about something else.
  init?(_ status: StatusCode, _ details: [RPCFailure.Detail], of workflow: StartWorkflow) {
    guard status == .alreadyExists, let first = details.first,
      first.typeName == "temporal.api.errordetails.v1.WorkflowExecutionAlreadyStartedFailure",
      let detail = first.message?.view
    else { return nil }
    let firstRun = detail.string("first_execution_run_id")
    self.init(
      workflowID: workflow.id, workflowType: workflow.workflow, runID: detail.string("run_id"),
      firstRunID: firstRun.isEmpty ? nil : firstRun)
  }
}
