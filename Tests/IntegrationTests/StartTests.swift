import TemporalClient
import Testing

extension ServerTests {
  @Suite struct StartTests {
    @Test func aHandleNamesTheRunItStarted() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Echo", "1")
      #expect(handle.runID == nil)
      #expect(handle.resultRunID?.count == 36)
      #expect(handle.firstExecutionRunID == handle.resultRunID)
    }

    @Test func anOpenWorkflowOfTheIDIsAnError() async throws {
      let fixture = try Fixture()
      let first = try await fixture.start("Mailbox")
      let error = try #require(
        await #expect(throws: WorkflowAlreadyStartedError.self) {
          try await fixture.start("Echo", id: first.id)
        })
      #expect(error.workflowID == first.id)
      #expect(error.workflowType == "Echo")
      #expect(error.runID == first.resultRunID)
      #expect(error.firstRunID == first.resultRunID)
      #expect(error.description == "WorkflowAlreadyStartedError: Workflow execution already started")
      try await first.terminate()
    }

    @Test func theConflictPolicyUsesTheOpenOne() async throws {
      let fixture = try Fixture()
      let first = try await fixture.start("Mailbox")
      var again = fixture.workflow("Mailbox", id: first.id)
      again.idConflictPolicy = .useExisting
      let second = try await fixture.client.startWorkflow(again)
      #expect(second.resultRunID == first.resultRunID)
      #expect(second.firstExecutionRunID == first.resultRunID)
      try await first.terminate()
    }

    @Test func theConflictPolicyTerminatesTheOpenOne() async throws {
      let fixture = try Fixture()
      let first = try await fixture.start("Mailbox")
      var again = fixture.workflow("Echo", id: first.id)
      again.idConflictPolicy = .terminateExisting
      let second = try await fixture.client.startWorkflow(again)
      #expect(second.resultRunID != first.resultRunID)
      let error = try #require(await #expect(throws: WorkflowFailureError.self) { try await first.result() })
      #expect(error.failure.kind == "TerminatedError")
      #expect(try await second.result().map(\.text) == ["[]"])
    }

    @Test(arguments: [WorkflowIDReusePolicy.rejectDuplicate, .allowDuplicateFailedOnly])
    func theReusePolicyRefusesACompletedOne(policy: WorkflowIDReusePolicy) async throws {
      let fixture = try Fixture()
      let first = try await fixture.start("Echo")
      _ = try await first.result()
      var again = fixture.workflow("Echo", id: first.id)
      again.idReusePolicy = policy
      let error = try #require(
        await #expect(throws: WorkflowAlreadyStartedError.self) { try await fixture.client.startWorkflow(again) })
      #expect(error.runID == first.resultRunID)
    }

    @Test func theReusePolicyAllowsAFailedOne() async throws {
      let fixture = try Fixture()
      let first = try await fixture.start("Fail", "\"no\"", "\"T\"", "[]")
      await #expect(throws: WorkflowFailureError.self) { try await first.result() }
      var again = fixture.workflow("Echo", id: first.id)
      again.idReusePolicy = .allowDuplicateFailedOnly
      let second = try await fixture.client.startWorkflow(again)
      #expect(try await second.result().map(\.text) == ["[]"])
    }

    @Test func aSignalStartsTheWorkflowIfThereIsNone() async throws {
      let fixture = try Fixture()
      var start = fixture.workflow("Mailbox")
      start.startSignal = "put"
      start.startSignalArguments = [.json("\"first\""), .json("2")]
      let handle = try await fixture.client.startWorkflow(start)
      #expect(handle.runID == nil)
      #expect(handle.firstExecutionRunID == handle.resultRunID)
      // The same start again reaches the open workflow.
      let again = try await fixture.client.startWorkflow(start)
      #expect(again.resultRunID == handle.resultRunID)
      #expect(again.firstExecutionRunID == handle.resultRunID)
      try await handle.signal("finish")
      #expect(try await handle.result().map(\.text) == [#"["first",2,"first",2]"#])
    }

    @Test func everyParameterArrives() async throws {
      let fixture = try Fixture()
      var start = fixture.workflow("Mailbox", id: Fixture.freshID("parameters"))
      start.executionTimeout = .seconds(300)
      start.runTimeout = .milliseconds(200_500)
      start.taskTimeout = .seconds(7)
      start.retryPolicy = .init()
      start.retryPolicy?.maximumAttempts = 3
      start.retryPolicy?.nonRetryableErrorTypes = ["Bad", "Worse"]
      start.memo = [("note", .json("{\"a\":1}"))]
      start.searchAttributes = [("CustomKeywordField", .json("\"needle\""))]
      start.staticSummary = "short \"text\""
      start.staticDetails = "longer\ntext"
      start.priority = .init(priorityKey: 2, fairnessKey: "tenant", fairnessWeight: 1.5)
      start.headers = [("tracing", .json("\"id\""))]
      let handle = try await fixture.client.startWorkflow(start)

      let page = try await handle.historyPage().view
      let event = try #require(page.at("history").messages("events").first)
      let started = try event.at("workflow_execution_started_event_attributes")
      #expect(started.duration("workflow_execution_timeout")?.seconds == 300)
      #expect(started.duration("workflow_run_timeout")?.seconds == 200)
      #expect(started.duration("workflow_run_timeout")?.nanos == 500_000_000)
      #expect(started.duration("workflow_task_timeout")?.seconds == 7)
      let policy = try started.at("retry_policy")
      #expect(policy.duration("initial_interval")?.seconds == 1)
      #expect(policy.double("backoff_coefficient") == 2)
      #expect(policy.duration("maximum_interval")?.seconds == 100)
      #expect(policy.integer("maximum_attempts") == 3)
      #expect(policy.strings("non_retryable_error_types") == ["Bad", "Worse"])
      #expect(try started.at("memo").mapEntries("fields").map(\.key) == ["note"])
      #expect(try started.at("header").mapEntries("fields").map(\.key) == ["tracing"])
      let attribute = try #require(
        started.at("search_attributes").mapEntry("indexed_fields", key: "CustomKeywordField"))
      #expect(Payload(view: attribute.message).text == "\"needle\"")
      let priority = try started.at("priority")
      #expect(priority.integer("priority_key") == 2)
      #expect(priority.string("fairness_key") == "tenant")
      #expect(priority.double("fairness_weight") == 1.5)
      #expect(started.string("identity") == fixture.client.configuration.identity)
      #expect(Payload(view: try event.at("user_metadata", "summary")).text == #""short \"text\"""#)
      #expect(Payload(view: try event.at("user_metadata", "details")).text == #""longer\ntext""#)
      try await handle.terminate()
    }

    @Test func aDelayAndACronScheduleArrive() async throws {
      let fixture = try Fixture()
      var delayed = fixture.workflow("Echo")
      delayed.startDelay = .seconds(600)
      let first = try await fixture.client.startWorkflow(delayed)
      let page = try await first.historyPage().view
      let started = try #require(page.at("history").messages("events").first)
      #expect(
        try started.at("workflow_execution_started_event_attributes").duration("first_workflow_task_backoff")?.seconds
          == 600)
      try await first.terminate()

      var cron = fixture.workflow("Cron")
      cron.cronSchedule = "0 0 1 1 *"
      let second = try await fixture.client.startWorkflow(cron)
      let cronPage = try await second.historyPage().view
      let event = try #require(cronPage.at("history").messages("events").first)
      #expect(
        try event.at("workflow_execution_started_event_attributes").string("cron_schedule") == "0 0 1 1 *")
      try await second.terminate()
    }

    @Test func whatTheServerRefusesIsAnRPCFailure() async throws {
      let fixture = try Fixture()
      var start = fixture.workflow("Echo")
      start.taskQueue = ""
      let error = try await failure { _ = try await fixture.client.startWorkflow(start) }
      #expect(error.status == .invalidArgument)
      #expect(error.message.contains("missing task queue name"))
    }

    @Test func aStartThatContradictsItselfIsNotSent() async throws {
      let fixture = try Fixture()
      var start = fixture.workflow("Echo")
      start.startSignalArguments = [.json("1")]
      await #expect(throws: UsageError.self) { try await fixture.client.startWorkflow(start) }
      start = fixture.workflow("Echo", id: "nul\0")
      await #expect(throws: UsageError.self) { try await fixture.client.startWorkflow(start) }
      start = fixture.workflow("Echo")
      start.retryPolicy = .init()
      start.retryPolicy?.backoffCoefficient = 0.5
      let error = await #expect(throws: UsageError.self) { try await fixture.client.startWorkflow(start) }
      #expect(error?.message == "Backoff coefficient cannot be less than 1")
    }

    @Test func executeWaitsForTheResult() async throws {
      let fixture = try Fixture()
      let result = try await fixture.client.executeWorkflow(fixture.workflow("Echo", "1.5", "null", "\"é\""))
      #expect(result.map(\.text) == [#"[1.5,null,"\u00e9"]"#])
    }
  }
}
