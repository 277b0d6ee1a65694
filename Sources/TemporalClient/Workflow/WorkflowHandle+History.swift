public import Wire

extension WorkflowHandle {
  /// Fetches one page of the history of ``runID``.
  ///
  /// - Parameters:
  ///   - pageSize: how many events are wanted; 0 leaves it to the server, which may also give more.
  ///   - nextPageToken: the `next_page_token` of the page before; empty for the first one.
  ///   - waitNewEvent: whether the server waits for events of a run that is not closed, up to 20 s. A page may then be
  ///     empty and yet not be the last; it takes a second at least, so that a loop over pages is never a hot one.
  ///   - eventFilter: which events are wanted.
  ///   - skipArchival: whether an archived history counts as not found.
  ///   - options: headers and deadline of the call.
  /// - Returns: a `GetWorkflowExecutionHistoryResponse`, or the server's version of it if that has more; an empty
  ///   `next_page_token` marks the last page.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if there is no such workflow.
  public func historyPage(
    pageSize: Int = 0, nextPageToken: [UInt8] = [], waitNewEvent: Bool = false,
    eventFilter: HistoryEventFilter = .allEvent, skipArchival: Bool = false, options: CallOptions = CallOptions()
  ) async throws -> Message {
    let page = try await historyPage(
      ofRun: runID, pageSize: pageSize, nextPageToken: nextPageToken, waitNewEvent: waitNewEvent,
      eventFilter: eventFilter, skipArchival: skipArchival, options: options)
    return await client.named(page, of: Method.getWorkflowExecutionHistory, options: options)
  }

  func historyPage(
    ofRun run: String?, pageSize: Int, nextPageToken: [UInt8], waitNewEvent: Bool, eventFilter: HistoryEventFilter,
    skipArchival: Bool, options: CallOptions
  ) async throws -> Message {
    let request = try client.request(Method.getWorkflowExecutionHistory) { request in
      request.set("namespace", client.configuration.namespace)
      request.setExecution("execution", id: id, runID: run)
      request.set("maximum_page_size", pageSize)
      request.set("next_page_token", nextPageToken)
      request.set("wait_new_event", waitNewEvent)
      request.set("history_event_filter_type", eventFilter.rawValue)
      request.set("skip_archival", skipArchival)
    }
    return try await paced {
      waitNewEvent && $0.view.has("next_page_token") && $0.view.message("history")?.has("events") != true
    } poll: {
      try await client.call(Method.getWorkflowExecutionHistory, request, options: options)
    }
  }
}
