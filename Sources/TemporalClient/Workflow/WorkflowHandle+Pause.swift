import RPC
import Wire

extension WorkflowHandle {
  /// Keeps the workflow and its activities from going on; a namespace has to allow that.
  ///
  /// - Parameters:
  ///   - reason: why, for those who look at it.
  ///   - options: headers and deadline of the call.
  /// - Throws: ``RPCFailure``, with status `FAILED_PRECONDITION` if it is paused already.
  public func pause(reason: String = "", options: CallOptions = CallOptions()) async throws {
    try await send(Method.pauseWorkflowExecution, reason: reason, options: options)
  }

  /// Lets a workflow that is paused go on.
  ///
  /// - Parameters:
  ///   - reason: why, for those who look at it.
  ///   - options: headers and deadline of the call.
  /// - Throws: ``RPCFailure``, with status `FAILED_PRECONDITION` if it is not paused.
  public func unpause(reason: String = "", options: CallOptions = CallOptions()) async throws {
    try await send(Method.unpauseWorkflowExecution, reason: reason, options: options)
  }

  private func send(_ method: RPCMethod, reason: String, options: CallOptions) async throws {
    _ = try await client.call(method, options: options) { request in
      request.set("namespace", client.configuration.namespace)
      request.set("workflow_id", id)
      request.set("run_id", runID)
      request.set("identity", client.configuration.identity)
      request.set("reason", reason)
      request.set("request_id", UUID.version4())
    }
  }
}
