import Wire

extension WorkflowHandle {
  /// Asks the workflow to cancel itself; that of a closed workflow is ignored by the server.
  ///
  /// - Parameters:
  ///   - reason: why, for the history.
  ///   - options: headers and deadline of the call.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if there is no such workflow in the handle's chain.
  public func cancel(reason: String = "", options: CallOptions = CallOptions()) async throws {
    _ = try await client.call(Method.requestCancelWorkflowExecution, options: options) { request in
      request.set("namespace", client.configuration.namespace)
      request.setExecution("workflow_execution", id: id, runID: runID)
      request.set("identity", client.configuration.identity)
      request.set("request_id", UUID.version4())
      request.set("first_execution_run_id", firstExecutionRunID)
      request.set("reason", reason)
    }
  }
}
