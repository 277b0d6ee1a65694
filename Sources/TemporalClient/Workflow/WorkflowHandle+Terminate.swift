import Wire

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
      request.set("namespace", client.configuration.namespace)
      request.setExecution("workflow_execution", id: id, runID: runID)
      request.set("reason", reason)
      request.setPayloads("details", details)
      request.set("identity", client.configuration.identity)
      request.set("first_execution_run_id", firstExecutionRunID)
    }
  }
}
