import Synchronization
import Testing

@testable import TemporalClient

/// What the client does when the first answer is not the last.
@Suite(.timeLimit(.minutes(1))) struct PersistenceTests {
  private let start = StartWorkflow("Type", id: "id", taskQueue: "queue")

  private func history(token: [UInt8] = [], _ fill: (MessageBuilder) -> Void = { _ in }) throws -> Frontend.Answer {
    try Frontend.response("GetWorkflowExecutionHistory") {
      $0.set("next_page_token", token)
      fill($0.message("history"))
    }
  }

  private func completion(_ text: String, nextRunID: String? = nil) throws -> Frontend.Answer {
    try history {
      let event = $0.append("events").message("workflow_execution_completed_event_attributes")
      event.setPayloads("result", [Payload(json: text)])
      event.set("new_execution_run_id", nextRunID)
    }
  }

  private func run(_ call: Frontend.Call) throws -> String {
    try #require(call.view().message("execution")).string("run_id")
  }

  /// The shortest of a few: a machine with much to do holds up some of them.
  private func quickest(_ body: () async throws -> Void) async throws -> Duration {
    var shortest = Duration.seconds(3600)
    for _ in 0..<5 { shortest = min(shortest, try await ContinuousClock().measure(body)) }
    return shortest
  }

  @Test func aStartIsTheSameStartWhenItIsSentAgain() async throws {
    let frontend = try await Frontend()
    try await frontend.answer(
      "StartWorkflowExecution", .status(.unavailable, "not yet"), .status(.internal, "not yet"),
      Frontend.response("StartWorkflowExecution") { $0.set("run_id", "run") })
    let handle = try await frontend.client.startWorkflow(start)
    #expect(handle.resultRunID == "run")
    _ = try await frontend.client.startWorkflow(start)
    let calls = try await frontend.calls()
    #expect(calls.count == 4)
    #expect(calls[0].bytes == calls[1].bytes)
    #expect(calls[0].bytes == calls[2].bytes)
    #expect(calls[0].bytes != calls[3].bytes)
    #expect(calls.allSatisfy { $0.hasDeadline(of: 30) })
  }

  @Test func whatIsTheCallersFaultIsNotSentAgain() async throws {
    for code in [StatusCode.notFound, .failedPrecondition, .permissionDenied, .deadlineExceeded, .cancelled] {
      let frontend = try await Frontend()
      try await frontend.answer("DescribeWorkflowExecution", .status(code, "text"))
      let error = try #require(
        await #expect(throws: RPCFailure.self) {
          try await frontend.client.workflowHandle(id: "id").describe()
        })
      #expect(error.status == code)
      #expect(error.message == "text")
      #expect(try await frontend.calls().count == 1)
    }
  }

  @Test func emptyPagesAreFollowedOncePerSecond() async throws {
    let frontend = try await Frontend()
    try await frontend.answer(
      "GetWorkflowExecutionHistory", history(token: [1]), history(token: [2]), completion("done"))
    let clock = ContinuousClock()
    let start = clock.now
    let handle = frontend.client.workflowHandle(id: "id", runID: "run")
    #expect(try await handle.result(options: CallOptions(timeout: .seconds(1))) == [Payload(json: "done")])
    #expect(clock.now - start >= .seconds(2))
    let calls = try await frontend.calls()
    #expect(try calls.map { try $0.view().bytes("next_page_token") } == [[], [1], [2]])
    #expect(try calls.map(run) == ["run", "run", "run"])
  }

  @Test func aPageThatIsWaitedForIsHeldOnlyIfItIsEmptyAndNotTheLast() async throws {
    let frontend = try await Frontend()
    try await frontend.answer("GetWorkflowExecutionHistory", history(token: [1]), history())
    let handle = frontend.client.workflowHandle(id: "id")
    let clock = ContinuousClock()
    let first = try await clock.measure { _ = try await handle.historyPage(waitNewEvent: true) }
    #expect(first >= .seconds(1))
    let last = try await quickest { _ = try await handle.historyPage(nextPageToken: [1], waitNewEvent: true) }
    #expect(last < .seconds(1))
    try await frontend.answer("GetWorkflowExecutionHistory", history(token: [1]))
    let plain = try await quickest { _ = try await handle.historyPage() }
    #expect(plain < .seconds(1))
  }

  @Test func followedRunsAreAskedForAtOnce() async throws {
    let time = try await quickest {
      let frontend = try await Frontend()
      try await frontend.answer(
        "GetWorkflowExecutionHistory", completion("1", nextRunID: "second"),
        history {
          $0.append("events").message("workflow_execution_continued_as_new_event_attributes")
            .set("new_execution_run_id", "third")
        },
        history {
          let event = $0.append("events").message("workflow_execution_failed_event_attributes")
          event.set("new_execution_run_id", "fourth")
        },
        history {
          $0.append("events").message("workflow_execution_timed_out_event_attributes")
            .set("new_execution_run_id", "fifth")
        },
        completion("5"))
      #expect(try await frontend.client.workflowHandle(id: "id").result() == [Payload(json: "5")])
      #expect(try await frontend.calls().map(run) == ["", "second", "third", "fourth", "fifth"])
    }
    #expect(time < .seconds(4))
  }

  @Test func anUnfollowedRunHasItsOwnEnd() async throws {
    let frontend = try await Frontend()
    try await frontend.answer("GetWorkflowExecutionHistory", completion("1", nextRunID: "second"))
    let result = try await frontend.client.workflowHandle(id: "id").result(followRuns: false)
    #expect(result == [Payload(json: "1")])
  }

  @Test func aHistoryWithoutEndIsAnErrorUnlessTheRunIsKnown() async throws {
    let frontend = try await Frontend()
    try await frontend.answer("GetWorkflowExecutionHistory", history(), completion("done"))
    let error = await #expect(throws: ProtocolError.self) {
      try await frontend.client.workflowHandle(id: "id").result()
    }
    #expect(error?.message == "No completion event found")
    try await frontend.answer("GetWorkflowExecutionHistory", history(), completion("done"))
    let handle = frontend.client.workflowHandle(id: "id", runID: "run")
    let clock = ContinuousClock()
    let start = clock.now
    #expect(try await handle.result() == [Payload(json: "done")])
    #expect(clock.now - start >= .seconds(1))
  }

  @Test func anUpdateIsSentUntilItIsAccepted() async throws {
    let frontend = try await Frontend()
    try await frontend.answer(
      "UpdateWorkflowExecution",
      Frontend.response("UpdateWorkflowExecution") { $0.set("stage", "ADMITTED") },
      Frontend.response("UpdateWorkflowExecution") {
        $0.set("stage", "COMPLETED")
        $0.message("update_ref").setExecution("workflow_execution", id: "id", runID: "run")
        $0.message("outcome").setPayloads("success", [Payload(json: "done")])
      })
    let clock = ContinuousClock()
    let start = clock.now
    let update = try await frontend.client.workflowHandle(id: "id").startUpdate("name", waitForStage: .accepted)
    #expect(clock.now - start >= .seconds(1))
    #expect(update.workflowRunID == "run")
    // Known from the answer: the frontend has none for a poll.
    #expect(try await update.result() == [Payload(json: "done")])
    let calls = try await frontend.calls()
    #expect(calls.map(\.method) == ["UpdateWorkflowExecution", "UpdateWorkflowExecution"])
    #expect(calls[0].bytes == calls[1].bytes)
    #expect(try calls[0].view().message("request")?.message("meta")?.string("update_id") == update.id)
  }

  @Test func anObserverIsToldOfEachAttempt() async throws {
    let reports = Mutex<[CallReport]>([])
    let frontend = try await Frontend { $0.observer = { report in reports.withLock { $0.append(report) } } }
    try await frontend.answer(
      "DescribeWorkflowExecution", .status(.internal, "again"), Frontend.response("DescribeWorkflowExecution"))
    _ = try await frontend.client.workflowHandle(id: "id").describe()
    let seen = reports.withLock { $0 }
    #expect(seen.map(\.method) == ["DescribeWorkflowExecution", "DescribeWorkflowExecution"])
    #expect(seen.map(\.status) == [.internal, .ok])
    #expect(seen.map(\.responseSize) == [nil, 0])
    #expect(seen.allSatisfy { $0.requestSize > 0 && $0.duration > .zero })
  }

  @Test func anOutcomeIsAskedForUntilItIsThereAndThenKnown() async throws {
    let frontend = try await Frontend()
    try await frontend.answer(
      "UpdateWorkflowExecution", Frontend.response("UpdateWorkflowExecution") { $0.set("stage", "ACCEPTED") })
    try await frontend.answer(
      "PollWorkflowExecutionUpdate", Frontend.response("PollWorkflowExecutionUpdate"),
      Frontend.response("PollWorkflowExecutionUpdate") {
        $0.message("outcome").message("failure").set("message", "broke")
      })
    let update = try await frontend.client.workflowHandle(id: "id").startUpdate(
      "name", id: "mine", waitForStage: .completed,
      options: CallOptions(metadata: ["x-mine": "1"], timeout: .seconds(20)))
    for _ in 0..<2 {
      let error = await #expect(throws: WorkflowUpdateFailedError.self) { try await update.result() }
      #expect(error?.failure.message == "broke")
    }
    let calls = try await frontend.calls()
    #expect(
      calls.map(\.method)
        == ["UpdateWorkflowExecution", "PollWorkflowExecutionUpdate", "PollWorkflowExecutionUpdate"])
    // Unlike in the Python SDK, what authorizes the first call does so for the wait for completion, too.
    #expect(calls.map { $0.header("x-mine") } == ["1", "1", "1"])
    #expect(calls.allSatisfy { $0.hasDeadline(of: 20) })
  }

  @Test(arguments: [StatusCode.deadlineExceeded, .cancelled])
  func theEndOfTheWaitForAnUpdateIsNotTheEndOfTheUpdate(code: StatusCode) async throws {
    let frontend = try await Frontend()
    try await frontend.answer("UpdateWorkflowExecution", .status(code, "context"))
    try await frontend.answer("PollWorkflowExecutionUpdate", .status(code, "context"))
    let handle = frontend.client.workflowHandle(id: "id")
    let started = await #expect(throws: WorkflowUpdateRPCTimeoutOrCancelledError.self) {
      try await handle.startUpdate("name", waitForStage: .accepted)
    }
    #expect((started?.cause as? RPCFailure)?.status == code)
    let polled = await #expect(throws: WorkflowUpdateRPCTimeoutOrCancelledError.self) {
      try await handle.updateHandle(id: "update").result()
    }
    #expect((polled?.cause as? RPCFailure)?.status == code)
  }
}
