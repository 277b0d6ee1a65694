import TemporalClient
import Testing

extension ServerTests {
  @Suite struct UpdateTests {
    @Test func completes() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      #expect(try await handle.executeUpdate("append", arguments: [.json("\"a\"")]).map(\.text) == ["1"])
      let update = try await handle.startUpdate("append", arguments: [.json("2")], waitForStage: .completed)
      #expect(update.id.count == 36)
      #expect(update.workflowID == handle.id)
      #expect(update.workflowRunID == handle.resultRunID)
      #expect(try await update.result().map(\.text) == ["2"])
      try await handle.signal("finish")
      #expect(try await handle.result().map(\.text) == [#"["a",2]"#])
    }

    @Test func isAcceptedLongBeforeItCompletes() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      let update = try await handle.startUpdate(
        "append_slowly", arguments: [.json("1")], id: "slow", waitForStage: .accepted)
      #expect(update.id == "slow")
      async let result = update.result()
      #expect(try await handle.query("contents").map(\.text) == ["[]"])
      try await handle.signal("release")
      #expect(try await result.map(\.text) == ["1"])
      // Any handle for it knows the outcome, also from a server that has to be asked.
      #expect(try await handle.updateHandle(id: "slow").result().map(\.text) == ["1"])
      try await handle.terminate()
      #expect(try await update.result().map(\.text) == ["1"])
    }

    @Test func isRejectedOnlyByItsResult() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      let update = try await handle.startUpdate("append", arguments: [.json("null")], waitForStage: .accepted)
      let error = try #require(
        await #expect(throws: WorkflowUpdateFailedError.self) { try await update.result() })
      #expect(error.message == "Workflow update failed")
      #expect(error.failure.message == "nothing cannot be appended")
      guard case .application(let application) = error.failure.info else {
        Issue.record("\(error.failure.info)")
        return
      }
      #expect(application.type == "Rejected")
      try await handle.terminate()
    }

    @Test func fails() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      let error = try #require(
        await #expect(throws: WorkflowUpdateFailedError.self) {
          try await handle.executeUpdate("failing_update", arguments: [.json("\"oh no\"")])
        })
      #expect(error.failure.message == "oh no")
      guard case .application(let application) = error.failure.info else {
        Issue.record("\(error.failure.info)")
        return
      }
      #expect(application.type == "UpdateBroke")
      #expect(application.details.map(\.text) == [#"{"update":true}"#])
      try await handle.terminate()
    }

    @Test func failsIfTheWorkerDoesNotKnowIt() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      let update = try await handle.startUpdate("apend", waitForStage: .accepted)
      let error = try #require(
        await #expect(throws: WorkflowUpdateFailedError.self) { try await update.result() })
      #expect(error.failure.message.contains("'apend' expected but not found"))
      try await handle.terminate()
    }

    @Test func happensOnceUnderItsID() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      #expect(try await handle.executeUpdate("append", arguments: [.json("\"x\"")], id: "once").map(\.text) == ["1"])
      #expect(try await handle.executeUpdate("append", arguments: [.json("\"y\"")], id: "once").map(\.text) == ["1"])
      #expect(try await handle.query("contents").map(\.text) == [#"["x"]"#])
      try await handle.terminate()
    }

    @Test func cannotWaitForAdmission() async throws {
      let fixture = try Fixture()
      let handle = fixture.client.workflowHandle(id: "any")
      let error = await #expect(throws: UsageError.self) {
        try await handle.startUpdate("append", waitForStage: .admitted)
      }
      #expect(error?.message == "ADMITTED wait stage not supported")
    }

    @Test func failsIfTheWorkflowEndsFirst() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      let update = try await handle.startUpdate(
        "append_slowly", arguments: [.json("1")], waitForStage: .accepted)
      try await handle.signal("finish")
      let error = try #require(
        await #expect(throws: WorkflowUpdateFailedError.self) { try await update.result() })
      guard case .application(let application) = error.failure.info else {
        Issue.record("\(error.failure.info)")
        return
      }
      #expect(application.type == "AcceptedUpdateCompletedWorkflow")
      #expect(application.nonRetryable)
      let closed = try await failure { _ = try await handle.startUpdate("append", waitForStage: .accepted) }
      #expect(closed.status == .notFound)
      #expect(closed.message == "workflow execution already completed")
    }

    @Test func needsAnUpdateOfThatID() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      let error = try await failure { _ = try await handle.updateHandle(id: "none").result() }
      #expect(error.status == .notFound)
      #expect(error.message == "update \"none\" not found")
      try await handle.terminate()
    }

    @Test func staysWithinTheChainOfTheHandle() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      let other = fixture.client.workflowHandle(
        id: handle.id, firstExecutionRunID: "00000000-0000-4000-8000-000000000000")
      let error = try await failure { _ = try await other.startUpdate("append", waitForStage: .accepted) }
      #expect(error.status == .notFound)
      #expect(error.message == "workflow execution not found")
      try await handle.terminate()
    }

    @Test func tellsWhenTheWaitTimesOut() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      let update = try await handle.startUpdate(
        "append_slowly", arguments: [.json("1")], waitForStage: .accepted)
      let error = try #require(
        await #expect(throws: WorkflowUpdateRPCTimeoutOrCancelledError.self) {
          try await update.result(options: CallOptions(timeout: .milliseconds(1)))
        })
      #expect((error.cause as? RPCFailure)?.status == .deadlineExceeded)
      try await handle.terminate()
    }

    @Test func tellsWhenTheTaskIsCancelled() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      let update = try await handle.startUpdate(
        "append_slowly", arguments: [.json("1")], waitForStage: .accepted)
      let task = Task { try await update.result() }
      _ = try await handle.describe()
      task.cancel()
      let error = try #require(
        await #expect(throws: WorkflowUpdateRPCTimeoutOrCancelledError.self) { try await task.value })
      #expect(error.cause is CancellationError)
      try await handle.terminate()
    }
  }
}
