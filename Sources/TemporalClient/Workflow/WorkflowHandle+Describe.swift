public import Wire

extension WorkflowHandle {
  /// Asks for the state of the workflow.
  ///
  /// - Parameter options: headers and deadline of the call.
  /// - Returns: a `DescribeWorkflowExecutionResponse`, or the server's version of it if that has more.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if there is no such workflow.
  public func describe(options: CallOptions = CallOptions()) async throws -> Message {
    let response = try await client.call(Method.describeWorkflowExecution, options: options) { request in
      request.set("namespace", client.configuration.namespace)
      request.setExecution("execution", id: id, runID: runID)
    }
    return await client.named(response, of: Method.describeWorkflowExecution, options: options)
  }
}
