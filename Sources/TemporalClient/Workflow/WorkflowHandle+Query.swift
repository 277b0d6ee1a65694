import RPC
import Wire

extension WorkflowHandle {
  /// Asks a worker about the state of the workflow.
  ///
  /// - Parameters:
  ///   - name: the name of the query.
  ///   - arguments: the arguments of the query.
  ///   - headers: what interceptors of the workflow's workers read.
  ///   - rejectCondition: when the server is to refuse the query; nil for the client's default.
  ///   - options: headers and deadline of the call.
  /// - Returns: the answer: one value, or none.
  /// - Throws: ``WorkflowQueryFailedError`` if the query failed, ``WorkflowQueryRejectedError`` if the reject condition
  ///   was met, ``QueryNotAnsweredError`` if no worker answered, else ``RPCFailure``.
  public func query(
    _ name: String, arguments: [Payload] = [], headers: [(key: String, value: Payload)] = [],
    rejectCondition: QueryRejectCondition? = nil, options: CallOptions = CallOptions()
  ) async throws -> [Payload] {
    do {
      let response = try await client.call(Method.queryWorkflow, options: options) { request in
        request.set("namespace", client.configuration.namespace)
        request.setExecution("execution", id: id, runID: runID)
        let query = request.message("query")
        query.set("query_type", name)
        query.setPayloads("query_args", arguments)
        query.setPayloads("header", map: "fields", headers)
        if let condition = rejectCondition ?? client.configuration.defaultQueryRejectCondition {
          request.set("query_reject_condition", condition.rawValue)
        }
      }.view
      if let rejection = response.message("query_rejected") {
        throw WorkflowQueryRejectedError(status: rejection.setEnumeration("status"))
      }
      return response.payloads("query_result")
    } catch let failure as RPCFailure {
      if let failed = WorkflowQueryFailedError(failure) { throw failed }
      if let notAnswered = await notAnswered(failure) { throw notAnswered }
      throw failure
    }
  }
}
