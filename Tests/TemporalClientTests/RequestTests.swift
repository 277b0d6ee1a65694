import Testing

@testable import TemporalClient

/// What each method sends, to the last field.
@Suite(.timeLimit(.minutes(1))) struct RequestTests {
  /// The only request that a method makes, after an empty response.
  private func request(
    _ method: String, runID: String? = nil, firstExecutionRunID: String? = nil,
    response: (MessageBuilder) -> Void = { _ in }, _ call: (WorkflowHandle) async throws -> Void
  ) async throws -> Frontend.Call {
    let frontend = try await Frontend()
    try await frontend.answer(method, Frontend.response(method, response))
    try await call(frontend.client.workflowHandle(id: "id", runID: runID, firstExecutionRunID: firstExecutionRunID))
    let calls = try await frontend.calls()
    #expect(calls.count == 1)
    return try #require(calls.first)
  }

  @Test func ofEveryCallHasHeadersAndADeadline() async throws {
    let call = try await request("DescribeWorkflowExecution") { _ = try await $0.describe() }
    #expect(call.header("client-name") == "moondial")
    #expect(call.header("client-version") == moondialVersion)
    #expect(call.header("temporal-namespace") == "ns")
    #expect(call.header("supported-features") == nil)
    #expect(call.header("user-agent")?.hasPrefix("moondial/\(moondialVersion) ") == true)
    #expect(call.hasDeadline(of: 30))
  }

  @Test func takesHeadersAndDeadlineOfTheCaller() async throws {
    let call = try await request("DescribeWorkflowExecution") {
      _ = try await $0.describe(
        options: CallOptions(metadata: ["client-name": "mine", "x-more": "y"], timeout: .seconds(9)))
    }
    #expect(call.header("client-name") == "mine")
    #expect(call.header("x-more") == "y")
    #expect(call.hasDeadline(of: 9))
  }

  @Test func ofDescribe() async throws {
    let latest = try await request("DescribeWorkflowExecution", firstExecutionRunID: "first") {
      _ = try await $0.describe()
    }
    #expect(try latest.json() == #"{"namespace":"ns","execution":{"workflowId":"id"}}"#)
    let pinned = try await request("DescribeWorkflowExecution", runID: "run") { _ = try await $0.describe() }
    #expect(try pinned.json() == #"{"namespace":"ns","execution":{"workflowId":"id","runId":"run"}}"#)
  }

  @Test func ofSignal() async throws {
    let call = try await request("SignalWorkflowExecution", runID: "run", firstExecutionRunID: "first") {
      try await $0.signal("name")
    }
    #expect(
      try call.json() == """
        {"namespace":"ns","workflowExecution":{"workflowId":"id","runId":"run"},"signalName":"name",\
        "identity":"me","requestId":"…"}
        """)
    let argument = try await request("SignalWorkflowExecution") {
      try await $0.signal("name", arguments: [Payload(encoding: "e", data: [1])])
    }
    #expect(
      try argument.json() == """
        {"namespace":"ns","workflowExecution":{"workflowId":"id"},"signalName":"name",\
        "input":{"payloads":[{"metadata":{"encoding":"ZQ=="},"data":"AQ=="}]},"identity":"me","requestId":"…"}
        """)
  }

  @Test func ofQuery() async throws {
    let call = try await request("QueryWorkflow", runID: "run", firstExecutionRunID: "first") { handle in
      let answer = try await handle.query("name", rejectCondition: .notOpen)
      #expect(answer == [])
    }
    #expect(
      try call.json() == """
        {"namespace":"ns","execution":{"workflowId":"id","runId":"run"},"query":{"queryType":"name"},\
        "queryRejectCondition":"QUERY_REJECT_CONDITION_NOT_OPEN"}
        """)
    #expect(call.hasDeadline(of: 30))
  }

  @Test func ofCancel() async throws {
    let call = try await request("RequestCancelWorkflowExecution", runID: "run", firstExecutionRunID: "first") {
      try await $0.cancel(reason: "why")
    }
    #expect(
      try call.json() == """
        {"namespace":"ns","workflowExecution":{"workflowId":"id","runId":"run"},"identity":"me","requestId":"…",\
        "firstExecutionRunId":"first","reason":"why"}
        """)
  }

  @Test func ofTerminate() async throws {
    let call = try await request("TerminateWorkflowExecution", runID: "run", firstExecutionRunID: "first") {
      try await $0.terminate(reason: "why", details: [Payload(encoding: "e", data: [])])
    }
    #expect(
      try call.json() == """
        {"namespace":"ns","workflowExecution":{"workflowId":"id","runId":"run"},"reason":"why",\
        "details":{"payloads":[{"metadata":{"encoding":"ZQ=="}}]},"identity":"me","firstExecutionRunId":"first"}
        """)
  }

  @Test func ofAPageOfHistory() async throws {
    let plain = try await request("GetWorkflowExecutionHistory", runID: "run") { _ = try await $0.historyPage() }
    #expect(
      try plain.json() == """
        {"namespace":"ns","execution":{"workflowId":"id","runId":"run"},\
        "historyEventFilterType":"HISTORY_EVENT_FILTER_TYPE_ALL_EVENT"}
        """)
    #expect(plain.hasDeadline(of: 30))
    let waiting = try await request("GetWorkflowExecutionHistory") {
      _ = try await $0.historyPage(
        pageSize: 7, nextPageToken: [1], waitNewEvent: true, eventFilter: .closeEvent, skipArchival: true)
    }
    #expect(
      try waiting.json() == """
        {"namespace":"ns","execution":{"workflowId":"id"},"maximumPageSize":7,"nextPageToken":"AQ==",\
        "waitNewEvent":true,"historyEventFilterType":"HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT","skipArchival":true}
        """)
    #expect(waiting.hasDeadline(of: 70))
  }

  @Test func ofAnUpdate() async throws {
    let call = try await request(
      "UpdateWorkflowExecution", runID: "run", firstExecutionRunID: "first", response: { $0.set("stage", "ACCEPTED") }
    ) {
      _ = try await $0.startUpdate("name", waitForStage: .accepted)
    }
    #expect(
      try call.json() == """
        {"namespace":"ns","workflowExecution":{"workflowId":"id","runId":"run"},"firstExecutionRunId":"first",\
        "waitPolicy":{"lifecycleStage":"UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED"},\
        "request":{"meta":{"updateId":"…","identity":"me"},"input":{"name":"name"}}}
        """)
    #expect(call.hasDeadline(of: 70))
  }

  @Test func ofAPollForAnUpdate() async throws {
    let call = try await request(
      "PollWorkflowExecutionUpdate", runID: "run", response: { _ = $0.message("outcome").message("success") }
    ) { handle in
      let result = try await handle.updateHandle(id: "update").result()
      #expect(result == [])
    }
    #expect(
      try call.json() == """
        {"namespace":"ns","updateRef":{"workflowExecution":{"workflowId":"id","runId":"run"},"updateId":"update"},\
        "identity":"me",\
        "waitPolicy":{"lifecycleStage":"UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED"}}
        """)
    #expect(call.hasDeadline(of: 30))
  }

  @Test func ofAListAndACount() async throws {
    let frontend = try await Frontend()
    try await frontend.answer("ListWorkflowExecutions", Frontend.response("ListWorkflowExecutions"))
    try await frontend.answer("CountWorkflowExecutions", Frontend.response("CountWorkflowExecutions"))
    _ = try await frontend.client.listWorkflows(query: "q", nextPageToken: [1])
    _ = try await frontend.client.countWorkflows()
    let calls = try await frontend.calls()
    #expect(
      try calls.map { try $0.json() } == [
        #"{"namespace":"ns","pageSize":1000,"nextPageToken":"AQ==","query":"q"}"#, #"{"namespace":"ns"}"#,
      ])
  }
}
