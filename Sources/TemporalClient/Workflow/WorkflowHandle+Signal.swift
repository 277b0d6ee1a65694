extension WorkflowHandle {
  /// Sends a signal.
  ///
  /// - Parameters:
  ///   - name: the name of the signal.
  ///   - arguments: the arguments of the signal.
  ///   - options: headers and deadline of the call.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if there is no such workflow or it is closed.
  public func signal(_ name: String, arguments: [Payload] = [], options: CallOptions = CallOptions()) async throws {
    _ = try await client.call(Method.signalWorkflowExecution, options: options) { request in
      try request.set("namespace", client.configuration.namespace)
      try request.setExecution("workflow_execution", id: id, runID: runID)
      try request.set("signal_name", name)
      try request.setPayloads("input", arguments)
      try request.set("identity", client.configuration.identity)
      try request.set("request_id", UUID.version4())
    }
  }
}
