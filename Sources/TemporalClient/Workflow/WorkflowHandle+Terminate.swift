extension WorkflowHandle {
  /// Ends the workflow at once, without its code running again.
  ///
  /// - Parameters:
  ///   - reason: why, for the history; the server writes its own if it is empty.
  ///   - details: values for the history.
  ///   - options: headers and deadline of the call.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if there is no such workflow in the handle's chain or it is
  ///   closed.
  public func terminate(
    reason: String = "", details: [Payload] = [], options: CallOptions = CallOptions()
  ) async throws {
    _ = try await client.call(Method.terminateWorkflowExecution, options: options) { request in
      try request.set("namespace", client.configuration.namespace)
      try request.setExecution("workflow_execution", id: id, runID: runID)
      try request.set("reason", reason)
      try request.setPayloads("details", details)
      try request.set("identity", client.configuration.identity)
      try request.set("first_execution_run_id", firstExecutionRunID ?? "")
    }
  }
}
