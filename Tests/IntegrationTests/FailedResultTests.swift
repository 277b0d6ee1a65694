import TemporalClient
import Testing

extension ServerTests {
  @Suite struct FailedResultTests {
    private func error(of handle: WorkflowHandle) async throws -> WorkflowFailureError {
      try #require(await #expect(throws: WorkflowFailureError.self) { try await handle.result() })
    }

    private func failure(of handle: WorkflowHandle) async throws -> Failure {
      try await error(of: handle).failure
    }

    @Test func aFailureHasItsCauses() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Fail", "\"it broke\"", "\"Broken\"", "[{\"a\":1},2]", "true")
      let error = try await error(of: handle)
      let failure = error.failure
      #expect(failure.kind == "ApplicationError")
      #expect(failure.message == "it broke")
      #expect(failure.stackTrace.contains("test_worker.py"))
      guard case .application(let application) = failure.info else {
        Issue.record("\(failure.info)")
        return
      }
      #expect(application.type == "Broken")
      #expect(application.nonRetryable)
      #expect(application.details.map(\.text) == [#"{"a":1}"#, "2"])
      #expect(application.nextRetryDelay == nil)
      #expect(application.category == nil)
      let root = try #require(failure.causedBy)
      #expect(root.message == "the root of it")
      guard case .application(let rootApplication) = root.info else {
        Issue.record("\(root.info)")
        return
      }
      #expect(rootApplication.type == "Root")
      #expect(!rootApplication.nonRetryable)
      #expect(rootApplication.details.map(\.text) == [#"{"depth":1}"#])
      #expect(root.causedBy == nil)
      #expect(
        error.description == """
          WorkflowFailureError: Workflow execution failed
          caused by ApplicationError: it broke
          caused by ApplicationError: the root of it
          """)
    }

    @Test func anActivityIsNamed() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("RunActivity", "\"failing_activity\"", "[\"oh\"]", "2")
      let failure = try await failure(of: handle)
      #expect(failure.kind == "ActivityError")
      guard case .activity(let activity) = failure.info else {
        Issue.record("\(failure.info)")
        return
      }
      #expect(activity.activityType == "failing_activity")
      #expect(activity.retryState?.shortName == "MAXIMUM_ATTEMPTS_REACHED")
      #expect(activity.scheduledEventID > 0)
      #expect(activity.startedEventID > activity.scheduledEventID)
      #expect(!activity.identity.isEmpty)
      #expect(failure.causedBy?.kind == "ApplicationError")
      #expect(failure.causedBy?.message == "oh")
    }

    @Test func aChildIsNamed() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Parent", "\"Fail\"", "[\"no\",\"T\",[]]")
      let failure = try await failure(of: handle)
      #expect(failure.kind == "ChildWorkflowError")
      guard case .childWorkflow(let child) = failure.info else {
        Issue.record("\(failure.info)")
        return
      }
      #expect(child.workflowID == "\(handle.id)-child")
      #expect(child.workflowType == "Fail")
      #expect(child.runID.count == 36)
      #expect(failure.causedBy?.message == "no")
      #expect(failure.causedBy?.causedBy?.message == "the root of it")
    }

    @Test func aCancelledWorkflowSaysSo() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Sleep")
      try await handle.cancel(reason: "enough")
      let failure = try await failure(of: handle)
      #expect(failure.kind == "CancelledError")
      #expect(failure.message == "Workflow cancelled")
    }

    @Test func aTerminatedWorkflowSaysWhyAndWithWhat() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Sleep")
      try await handle.terminate(reason: "stuck", details: [.json("1"), .json("\"two\"")])
      let failure = try await failure(of: handle)
      #expect(failure.kind == "TerminatedError")
      #expect(failure.message == "stuck")
      guard case .terminated(let details) = failure.info else {
        Issue.record("\(failure.info)")
        return
      }
      #expect(details.map(\.text) == ["1", "\"two\""])
    }

    @Test func aTerminationWithoutReasonHasTheServers() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Sleep")
      try await handle.terminate()
      #expect(try await failure(of: handle).message == "terminated by user via frontend")
    }

    @Test func aWorkflowThatTookTooLongTimedOut() async throws {
      let fixture = try Fixture()
      var start = fixture.workflow("Sleep")
      start.runTimeout = .seconds(1)
      let handle = try await fixture.client.startWorkflow(start)
      let failure = try await failure(of: handle)
      #expect(failure.kind == "TimeoutError")
      #expect(failure.message == "Workflow timed out")
      guard case .timeout(let type, let details) = failure.info else {
        Issue.record("\(failure.info)")
        return
      }
      #expect(type?.shortName == "START_TO_CLOSE")
      #expect(details.isEmpty)
    }
  }
}
