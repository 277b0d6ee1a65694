import Wire

extension WorkflowHandle {
  /// Removes the run from the server with its history; one that is open is terminated first.
  ///
  /// The server does it a little later; until then the run may still be found.
  ///
  /// - Parameter options: headers and deadline of the call.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if there is no such workflow.
  public func delete(options: CallOptions = CallOptions()) async throws {
    _ = try await client.call(Method.deleteWorkflowExecution, options: options) { request in
      request.set("namespace", client.configuration.namespace)
      request.setExecution("workflow_execution", id: id, runID: runID)
    }
  }
}
