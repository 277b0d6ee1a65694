public import Wire

/// The events of a workflow's run, as the server or a file gave them.
public struct WorkflowHistory: Sendable {
  /// The id of the workflow, which is not part of the history itself.
  public let workflowID: String
  /// The events, each a `temporal.api.history.v1.HistoryEvent`.
  public let events: [MessageView]

  /// - Parameters:
  ///   - workflowID: the id of the workflow.
  ///   - events: the events, each a `temporal.api.history.v1.HistoryEvent`.
  public init(workflowID: String, events: [MessageView]) {
    self.workflowID = workflowID
    self.events = events
  }

  /// The run that the events are of; nil where the first of them is not the start of a run.
  public var runID: String? {
    let run = events.first?.message("workflow_execution_started_event_attributes")?
      .string("original_execution_run_id")
    return run?.isEmpty == true ? nil : run
  }
}

extension WorkflowHandle {
  /// Fetches the history of ``runID`` to its present end.
  ///
  /// - Parameters:
  ///   - eventFilter: which events are wanted.
  ///   - skipArchival: whether an archived history counts as not found.
  ///   - options: headers and deadline of each call.
  /// - Returns: the history.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if there is no such workflow.
  public func fetchHistory(
    eventFilter: HistoryEventFilter = .allEvent, skipArchival: Bool = false, options: CallOptions = CallOptions()
  ) async throws -> WorkflowHistory {
    var events: [MessageView] = []
    // The first token pins the run that the id stood for, so that a run which starts meanwhile is not mixed in.
    var token: [UInt8] = []
    repeat {
      // By the known types: what replayers take has no fields of later versions.
      let page = try await historyPage(
        ofRun: runID, pageSize: 0, nextPageToken: token, waitNewEvent: false, eventFilter: eventFilter,
        skipArchival: skipArchival, options: options
      ).view
      if let history = page.message("history") { events += history.messages("events") }
      token = page.bytes("next_page_token")
    } while !token.isEmpty
    return WorkflowHistory(workflowID: id, events: events)
  }
}
