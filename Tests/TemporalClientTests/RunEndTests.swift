import Testing

@testable import TemporalClient

@Suite struct RunEndTests {
  private func end(_ attributes: String, _ fill: (MessageBuilder) -> Void = { _ in }) throws -> RunEnd? {
    let event = MessageBuilder(try #require(MessageType.named("temporal.api.history.v1.HistoryEvent")))
    fill(event.message(attributes))
    return try RunEnd(event: event.finished().view)
  }

  private func failure(_ end: RunEnd?) throws -> Failure {
    let end = try #require(end)
    return try #require(#expect(throws: WorkflowFailureError.self) { try end.result() }).failure
  }

  @Test func otherEventsEndNothing() throws {
    #expect(try end("workflow_execution_started_event_attributes") == nil)
    #expect(try end("timer_fired_event_attributes") == nil)
    let none = MessageBuilder(try #require(MessageType.named("temporal.api.history.v1.HistoryEvent")))
    // The type alone does not make a close event.
    none.set("event_type", "WORKFLOW_EXECUTION_COMPLETED")
    #expect(try RunEnd(event: none.finished().view) == nil)
  }

  @Test func aCompletionHasAResultAndPerhapsAnotherRun() throws {
    let last = try #require(
      try end("workflow_execution_completed_event_attributes") {
        $0.setPayloads("result", [Payload(json: "x")])
      })
    #expect(last.nextRunID == nil)
    #expect(try last.result() == [Payload(json: "x")])
    let followed = try #require(
      try end("workflow_execution_completed_event_attributes") { $0.set("new_execution_run_id", "next") })
    #expect(followed.nextRunID == "next")
    #expect(try followed.result() == [])
  }

  @Test func aFailureMayHaveAnotherRun() throws {
    let followed = try #require(
      try end("workflow_execution_failed_event_attributes") {
        $0.message("failure").set("message", "broke")
        $0.set("new_execution_run_id", "next")
      })
    #expect(followed.nextRunID == "next")
    #expect(try failure(followed).message == "broke")
    #expect(try failure(end("workflow_execution_failed_event_attributes")).description == "FailureError: Failure error")
  }

  @Test func aTimeoutMayHaveAnotherRun() throws {
    let followed = try #require(
      try end("workflow_execution_timed_out_event_attributes") { $0.set("new_execution_run_id", "next") })
    #expect(followed.nextRunID == "next")
    let failure = try failure(followed)
    #expect(failure.description == "TimeoutError: Workflow timed out")
    guard case .timeout(let type, []) = failure.info else {
      Issue.record("\(failure.info)")
      return
    }
    #expect(type?.name?.string == "TIMEOUT_TYPE_START_TO_CLOSE")
  }

  @Test func aCancellationOrTerminationIsTheLastRun() throws {
    let cancelled = try end("workflow_execution_canceled_event_attributes") {
      $0.setPayloads("details", [Payload(json: "x")])
    }
    #expect(cancelled?.nextRunID == nil)
    let cancellation = try failure(cancelled)
    #expect(cancellation.description == "CancelledError: Workflow cancelled")
    guard case .cancelled([Payload(json: "x")]) = cancellation.info else {
      Issue.record("\(cancellation.info)")
      return
    }
    let terminated = try end("workflow_execution_terminated_event_attributes")
    #expect(terminated?.nextRunID == nil)
    #expect(try failure(terminated).description == "TerminatedError: Workflow terminated")
  }

  @Test func aContinuationMustSayWhere() throws {
    let next = try #require(
      try end("workflow_execution_continued_as_new_event_attributes") { $0.set("new_execution_run_id", "next") })
    #expect(next.nextRunID == "next")
    let error = #expect(throws: WorkflowContinuedAsNewError.self) { try next.result() }
    #expect(error?.newRunID == "next")
    let missing = #expect(throws: ProtocolError.self) {
      try end("workflow_execution_continued_as_new_event_attributes")
    }
    #expect(missing?.message == "Unexpectedly missing new run ID from continue as new")
  }
}
