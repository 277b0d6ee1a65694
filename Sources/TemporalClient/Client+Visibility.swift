public import Wire

extension Client {
  /// Lists workflows, one page at a time.
  ///
  /// - Parameters:
  ///   - query: a list filter; empty for all workflows.
  ///   - pageSize: how many workflows a page holds at most.
  ///   - nextPageToken: the `next_page_token` of the page before; empty for the first one.
  ///   - options: headers and deadline of the call.
  /// - Returns: a `ListWorkflowExecutionsResponse`; an empty `next_page_token` marks the last page.
  /// - Throws: ``RPCFailure``.
  public func listWorkflows(
    query: String = "", pageSize: Int = 1000, nextPageToken: [UInt8] = [], options: CallOptions = CallOptions()
  ) async throws -> Message {
    try await call(Method.listWorkflowExecutions, options: options) { request in
      request.set("namespace", configuration.namespace)
      request.set("page_size", pageSize)
      request.set("next_page_token", nextPageToken)
      request.set("query", query)
    }
  }

  /// Counts workflows, in groups if the filter asks for that.
  ///
  /// - Parameters:
  ///   - query: a list filter, which may end in `GROUP BY`; empty for all workflows.
  ///   - options: headers and deadline of the call.
  /// - Returns: a `CountWorkflowExecutionsResponse`.
  /// - Throws: ``RPCFailure``.
  public func countWorkflows(query: String = "", options: CallOptions = CallOptions()) async throws -> Message {
    try await call(Method.countWorkflowExecutions, options: options) { request in
      request.set("namespace", configuration.namespace)
      request.set("query", query)
    }
  }
}
