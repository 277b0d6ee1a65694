import Testing

@testable import TemporalClient

/// Servers that are older, or that answer otherwise than the protocol says.
@Suite(.timeLimit(.minutes(1))) struct OtherServersTests {
  @Test func connectingToleratesAServerWithoutSystemInfo() async throws {
    let frontend = try await Frontend()
    try await frontend.answer("GetSystemInfo", .status(.unimplemented, "what?"))
    #expect(try await frontend.client.connect() == nil)
    let call = try #require(await frontend.calls().first)
    #expect(call.header("temporal-namespace") == nil)
    #expect(call.header("client-name") == "moondial")
  }

  @Test(arguments: [StatusCode.unavailable, .unauthenticated, .internal])
  func connectingIsTriedOnce(code: StatusCode) async throws {
    let frontend = try await Frontend()
    try await frontend.answer("GetSystemInfo", .status(code, "go away"))
    let error = try #require(await #expect(throws: ConnectError.self) { try await frontend.client.connect() })
    #expect(error.message == "cannot connect to \(frontend.client.configuration.target): go away")
    #expect(error.failure.status == code)
    #expect(try await frontend.calls().count == 1)
  }

  @Test func aStartWithoutFirstRunStartedTheFirstRun() async throws {
    let frontend = try await Frontend()
    try await frontend.answer(
      "StartWorkflowExecution", Frontend.response("StartWorkflowExecution") { $0.set("run_id", "run") })
    let handle = try await frontend.client.startWorkflow(StartWorkflow("Type", id: "id", taskQueue: "queue"))
    #expect(handle.firstExecutionRunID == "run")
  }

  @Test(arguments: [(true, nil, "run"), (false, nil, nil), (false, "first", "first"), (true, "first", "first")])
  func aStartWithASignalMayHaveFoundAnotherRun(started: Bool, first: String?, expected: String?) async throws {
    let frontend = try await Frontend()
    try await frontend.answer(
      "SignalWithStartWorkflowExecution",
      Frontend.response("SignalWithStartWorkflowExecution") {
        $0.set("run_id", "run")
        $0.set("started", started)
        $0.set("first_execution_run_id", first)
      })
    var start = StartWorkflow("Type", id: "id", taskQueue: "queue")
    start.startSignal = "signal"
    let handle = try await frontend.client.startWorkflow(start)
    #expect(handle.runID == nil)
    #expect(handle.resultRunID == "run")
    #expect(handle.firstExecutionRunID == expected)
  }

  @Test func whatExistsWithoutDetailIsAnRPCFailure() async throws {
    let frontend = try await Frontend()
    try await frontend.answer("StartWorkflowExecution", .status(.alreadyExists, "something is there"))
    let error = await #expect(throws: RPCFailure.self) {
      try await frontend.client.startWorkflow(StartWorkflow("Type", id: "id", taskQueue: "queue"))
    }
    #expect(error?.status == .alreadyExists)
  }

  @Test func anAnswerThatIsNoMessageIsAnError() async throws {
    let frontend = try await Frontend()
    try await frontend.answer("DescribeWorkflowExecution", .bytes([0xFF, 0xFF]))
    let error = try #require(
      await #expect(throws: ProtocolError.self) { try await frontend.client.workflowHandle(id: "id").describe() })
    #expect(error.message.hasPrefix("DescribeWorkflowExecution was answered with what it must not be: 2 bytes"))
  }

  @Test func aRejectionWithoutStatusHasNone() async throws {
    let frontend = try await Frontend()
    try await frontend.answer(
      "QueryWorkflow", Frontend.response("QueryWorkflow") { _ = $0.message("query_rejected") })
    let error = try #require(
      await #expect(throws: WorkflowQueryRejectedError.self) {
        try await frontend.client.workflowHandle(id: "id").query("name")
      })
    #expect(error.status == nil)
  }

  @Test func aStatusOfALaterVersionIsShownByItsNumber() async throws {
    let frontend = try await Frontend()
    try await frontend.answer(
      "QueryWorkflow", Frontend.response("QueryWorkflow") { $0.message("query_rejected").set("status", 99) })
    let error = try #require(
      await #expect(throws: WorkflowQueryRejectedError.self) {
        try await frontend.client.workflowHandle(id: "id").query("name")
      })
    #expect(error.message == "Query rejected, status: UNKNOWN(99)")
  }
}
