import Testing

@testable import TemporalClient

/// What each method that changes a workflow or its activities sends, to the last field.
@Suite(.timeLimit(.minutes(1))) struct ChangeRequestTests {
  /// The requests that a method makes, with an empty response to each.
  private func requests(
    _ methods: String..., runID: String? = "run", response: (MessageBuilder) -> Void = { _ in },
    _ call: (WorkflowHandle) async throws -> Void
  ) async throws -> [String] {
    let frontend = try await Frontend()
    for method in methods { try await frontend.answer(method, Frontend.response(method, response)) }
    try await call(frontend.client.workflowHandle(id: "id", runID: runID, firstExecutionRunID: "first"))
    return try await frontend.calls().map { try $0.json() }
  }

  @Test func ofAReset() async throws {
    let sent = try await requests("ResetWorkflowExecution", response: { $0.set("run_id", "new") }) {
      var change = WorkflowOptionsChange()
      change.priority = .clear
      let new = try await $0.reset(to: .event(7), reason: "why", excluding: [.signal, .nexus], changing: change)
      #expect(new.runID == "new")
      #expect(new.firstExecutionRunID == nil)
    }
    #expect(
      sent == [
        """
        {"namespace":"ns","workflowExecution":{"workflowId":"id","runId":"run"},"reason":"why",\
        "workflowTaskFinishEventId":"7","requestId":"…","resetReapplyType":"RESET_REAPPLY_TYPE_ALL_ELIGIBLE",\
        "resetReapplyExcludeTypes":["RESET_REAPPLY_EXCLUDE_TYPE_SIGNAL","RESET_REAPPLY_EXCLUDE_TYPE_NEXUS"],\
        "postResetOperations":[{"updateWorkflowOptions":{"workflowExecutionOptions":{},"updateMask":"priority"}}],\
        "identity":"me"}
        """
      ])
  }

  /// A history of two pages: the newest task of all is the one that counts, though older pages have some, too.
  @Test func ofAResetReadsNoFurtherThanItHasTo() async throws {
    func page(_ events: ClosedRange<Int>, token: [UInt8]) throws -> Frontend.Answer {
      try Frontend.response("GetWorkflowExecutionHistoryReverse") {
        $0.set("next_page_token", token)
        for id in events.reversed() {
          let event = $0.message("history").append("events")
          event.set("event_id", id)
          _ = event.message(
            id.isMultiple(of: 4)
              ? "workflow_task_completed_event_attributes" : "workflow_execution_signaled_event_attributes")
        }
      }
    }
    let frontend = try await Frontend()
    try await frontend.answer(
      "GetWorkflowExecutionHistoryReverse", page(9...11, token: [1]), page(1...8, token: [2]), page(1...4, token: []))
    try await frontend.answer("ResetWorkflowExecution", Frontend.response("ResetWorkflowExecution"))
    _ = try await frontend.client.workflowHandle(id: "id", runID: "run").reset(to: .lastWorkflowTask)
    let calls = try await frontend.calls()
    #expect(calls.count == 3)
    #expect(try calls[1].view().bytes("next_page_token") == [1])
    #expect(try calls[2].view().integer("workflow_task_finish_event_id") == 8)
  }

  @Test func ofADeletionAndPauses() async throws {
    #expect(
      try await requests("DeleteWorkflowExecution") { try await $0.delete() } == [
        #"{"namespace":"ns","workflowExecution":{"workflowId":"id","runId":"run"}}"#
      ])
    let latest = try await requests("PauseWorkflowExecution", "UnpauseWorkflowExecution", runID: nil) {
      try await $0.pause(reason: "why")
      try await $0.unpause()
    }
    #expect(
      latest == [
        #"{"namespace":"ns","workflowId":"id","identity":"me","reason":"why","requestId":"…"}"#,
        #"{"namespace":"ns","workflowId":"id","identity":"me","requestId":"…"}"#,
      ])
  }

  @Test func ofNewOptions() async throws {
    let sent = try await requests("UpdateWorkflowExecutionOptions") {
      var change = WorkflowOptionsChange()
      change.versioningOverride = .set(.autoUpgrade)
      change.priority = .set(StartWorkflow.Priority(priorityKey: 2))
      _ = try await $0.updateOptions(change)
    }
    #expect(
      sent == [
        """
        {"namespace":"ns","workflowExecution":{"workflowId":"id","runId":"run"},\
        "workflowExecutionOptions":{"versioningOverride":{"behavior":"VERSIONING_BEHAVIOR_AUTO_UPGRADE",\
        "autoUpgrade":true},"priority":{"priorityKey":2}},"updateMask":"versioningOverride,priority","identity":"me"}
        """
      ])
  }

  @Test func ofNewOptionsOfAnActivity() async throws {
    let sent = try await requests("UpdateActivityExecutionOptions") {
      var change = ActivityOptionsChange()
      change.taskQueue = "queue"
      change.heartbeatTimeout = .zero
      change.retry.maximumAttempts = 5
      _ = try await $0.updateActivityOptions("5", change)
      change = ActivityOptionsChange()
      change.restoresOriginal = true
      _ = try await $0.updateActivityOptions("5", change)
    }
    #expect(
      sent == [
        """
        {"namespace":"ns","workflowId":"id","activityId":"5","runId":"run","identity":"me",\
        "activityOptions":{"taskQueue":{"name":"queue"},"heartbeatTimeout":"0s","retryPolicy":{"maximumAttempts":5}},\
        "updateMask":"taskQueue.name,heartbeatTimeout,retryPolicy.maximumAttempts","requestId":"…"}
        """,
        """
        {"namespace":"ns","workflowId":"id","activityId":"5","runId":"run","identity":"me","activityOptions":{},\
        "updateMask":"","restoreOriginal":true,"requestId":"…"}
        """,
      ])
  }

  @Test func ofAnActivityKnownByItsToken() async throws {
    let frontend = try await Frontend()
    try await frontend.answer(
      "RecordActivityTaskHeartbeat",
      Frontend.response("RecordActivityTaskHeartbeat") { $0.set("activity_reset", true) })
    try await frontend.answer("RespondActivityTaskCompleted", Frontend.response("RespondActivityTaskCompleted"))
    let activity = frontend.client.asyncActivityHandle(.token([0, 255]))
    let error = try #require(
      await #expect(throws: AsyncActivityCancelledError.self) { try await activity.heartbeat() })
    #expect((error.cancelRequested, error.paused, error.reset) == (false, false, true))
    try await activity.complete(result: Payload(json: "done"))
    #expect(
      try await frontend.calls().map { try $0.json() } == [
        #"{"taskToken":"AP8=","identity":"me","namespace":"ns"}"#,
        """
        {"taskToken":"AP8=","result":{"payloads":[{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"ImRvbmUi"}]},\
        "identity":"me","namespace":"ns"}
        """,
      ])
  }

  @Test func ofAnUpdateWithStartAreTheSameUntilItIsAccepted() async throws {
    func answer(_ stage: String) throws -> Frontend.Answer {
      try Frontend.response("ExecuteMultiOperation") {
        $0.append("responses").message("start_workflow").set("run_id", "run")
        $0.append("responses").message("update_workflow").set("stage", stage)
      }
    }
    let frontend = try await Frontend()
    try await frontend.answer("ExecuteMultiOperation", answer("ADMITTED"), answer("ACCEPTED"))
    var workflow = StartWorkflow("Type", id: "id", taskQueue: "queue")
    workflow.idConflictPolicy = .useExisting
    let operation = try WithStartWorkflowOperation(workflow)
    let update = try await frontend.client.startUpdateWithStartWorkflow(
      "name", id: "u", operation: operation, waitForStage: .accepted)
    #expect(update.workflowRunID == "run")
    #expect(try await operation.workflowHandle().resultRunID == "run")
    let calls = try await frontend.calls()
    #expect(calls.count == 2)
    #expect(calls[0].bytes == calls[1].bytes)
    #expect(calls[0].hasDeadline(of: 70))
  }
}
