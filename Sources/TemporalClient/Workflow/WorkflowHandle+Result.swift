import Wire

extension WorkflowHandle {
  /// Waits until the workflow closes, however long that takes, and gives its result.
  ///
  /// The wait begins at ``resultRunID``, and there is no deadline to it as a whole: only cancelling the task ends it.
  ///
  /// - Parameters:
  ///   - followRuns: whether the runs that a continuation, a retry or a cron schedule adds are waited for, too. A
  ///     workflow with a cron schedule then never has a result.
  ///   - options: headers and deadline of each call.
  /// - Returns: the result: one value, or none.
  /// - Throws: ``WorkflowFailureError`` if the workflow failed, was cancelled, was terminated or timed out;
  ///   ``WorkflowContinuedAsNewError`` if it went on in a run that is not followed; else ``RPCFailure``.
  public func result(followRuns: Bool = true, options: CallOptions = CallOptions()) async throws -> [Payload] {
    var run = resultRunID
    while true {
      let end = try await paced {
        $0 == nil && run != nil
      } poll: {
        try await runEnd(ofRun: run, options: options)
      }
      // The server may answer that there is no more to come without the event: one that skips time does.
      guard let end else {
        guard run != nil else { throw ProtocolError("No completion event found") }
        continue
      }
      guard followRuns, let next = end.nextRunID else { return try end.result() }
      run = next
    }
  }

  /// Waits for the close event of one run.
  ///
  /// - Parameters:
  ///   - run: the run; nil for the latest, to which the first page's token then pins the wait.
  ///   - options: headers and deadline of each call.
  /// - Returns: how the run ended, or nil if the history ended without saying.
  private func runEnd(ofRun run: String?, options: CallOptions) async throws -> RunEnd? {
    var token: [UInt8] = []
    repeat {
      let page = try await historyPage(
        ofRun: run, pageSize: 0, nextPageToken: token, waitNewEvent: true, eventFilter: .closeEvent,
        skipArchival: true, options: options
      ).view
      if let events = page.message("history")?.messages("events") {
        for event in events {
          if let end = try RunEnd(event: event) { return end }
        }
      }
      token = page.bytes("next_page_token")
    } while !token.isEmpty
    return nil
  }
}

/// How a run ended, as its close event tells it.
enum RunEnd {
  case completed([Payload], nextRunID: String?)
  case failed(Failure, nextRunID: String?)
  case cancelled(details: [Payload])
  case terminated(reason: String, details: [Payload])
  case timedOut(type: EnumValue?, nextRunID: String?)
  case continuedAsNew(nextRunID: String)

  /// Reads a close event.
  ///
  /// Only which attributes are there counts, not the event's type. Unless a call says that it knows better, the server
  /// puts a continuation in the place of completions, failures and timeouts that a cron schedule or a retry follows.
  ///
  /// - Parameter event: a `HistoryEvent`.
  /// - Returns: nil if the event does not end a run.
  /// - Throws: ``ProtocolError`` if a continuation does not tell its run.
  init?(event: MessageView) throws {
    guard let name = event.whichOneof(containing: "workflow_execution_started_event_attributes"),
      let attributes = event.message(name)
    else { return nil }
    func nextRunID() -> String? {
      let run = attributes.string("new_execution_run_id")
      return run.isEmpty ? nil : run
    }
    switch name {
    case "workflow_execution_completed_event_attributes":
      self = .completed(attributes.payloads("result"), nextRunID: nextRunID())
    case "workflow_execution_failed_event_attributes":
      let failure = attributes.message("failure").map { Failure(view: $0) } ?? Failure(.other, message: "")
      self = .failed(failure, nextRunID: nextRunID())
    case "workflow_execution_canceled_event_attributes":
      self = .cancelled(details: attributes.payloads("details"))
    case "workflow_execution_terminated_event_attributes":
      self = .terminated(reason: attributes.string("reason"), details: attributes.payloads("details"))
    case "workflow_execution_timed_out_event_attributes":
      self = .timedOut(type: Self.startToClose, nextRunID: nextRunID())
    case "workflow_execution_continued_as_new_event_attributes":
      guard let next = nextRunID() else {
        throw ProtocolError("Unexpectedly missing new run ID from continue as new")
      }
      self = .continuedAsNew(nextRunID: next)
    default:
      return nil
    }
  }

  private static let startToClose = MessageType.named("temporal.api.failure.v1.TimeoutFailureInfo")?
    .field(named: "timeout_type")?.enumType?.value(named: "START_TO_CLOSE")

  /// The run that a follower goes on to; cancellations and terminations have none.
  var nextRunID: String? {
    switch self {
    case .completed(_, let run), .failed(_, let run), .timedOut(_, let run): run
    case .continuedAsNew(let run): run
    case .cancelled, .terminated: nil
    }
  }

  /// The result of a run that is not followed any further.
  ///
  /// - Returns: the result of a completed run.
  /// - Throws: the error for any other end.
  func result() throws -> [Payload] {
    switch self {
    case .completed(let result, _):
      return result
    case .failed(let failure, _):
      throw WorkflowFailureError(failure: failure)
    case .cancelled(let details):
      throw WorkflowFailureError(failure: Failure(.cancelled(details: details), message: "Workflow cancelled"))
    case .terminated(let reason, let details):
      throw WorkflowFailureError(
        failure: Failure(.terminated(details: details), message: reason.isEmpty ? "Workflow terminated" : reason))
    case .timedOut(let type, _):
      throw WorkflowFailureError(
        failure: Failure(.timeout(type: type, lastHeartbeatDetails: []), message: "Workflow timed out"))
    case .continuedAsNew(let run):
      throw WorkflowContinuedAsNewError(newRunID: run)
    }
  }
}
