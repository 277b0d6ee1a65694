public import Wire

extension WorkflowHandle {
  /// Asks for the state of the workflow.
  ///
  /// - Parameter options: headers and deadline of the call.
  /// - Returns: a `DescribeWorkflowExecutionResponse`.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if there is no such workflow.
  public func describe(options: CallOptions = CallOptions()) async throws -> Message {
    try await client.call(Method.describeWorkflowExecution, options: options) { request in
      request.set("namespace", client.configuration.namespace)
      request.setExecution("execution", id: id, runID: runID)
    }
  }
}
