import Wire

extension WorkflowHandle {
  /// Sends a signal.
  ///
  /// - Parameters:
  ///   - name: the name of the signal.
  ///   - arguments: the arguments of the signal.
  ///   - headers: what interceptors of the workflow's workers read.
  ///   - options: headers and deadline of the call.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if there is no such workflow or it is closed.
  public func signal(
    _ name: String, arguments: [Payload] = [], headers: [(key: String, value: Payload)] = [],
    options: CallOptions = CallOptions()
  ) async throws {
    _ = try await client.call(Method.signalWorkflowExecution, options: options) { request in
      request.set("namespace", client.configuration.namespace)
      request.setExecution("workflow_execution", id: id, runID: runID)
      request.set("signal_name", name)
      request.setPayloads("input", arguments)
      request.setPayloads("header", map: "fields", headers)
      request.set("identity", client.configuration.identity)
      request.set("request_id", UUID.version4())
    }
  }
}
