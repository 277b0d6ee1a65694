import TemporalClient
import Testing

extension ServerTests {
  @Suite struct UpdateWithStartTests {
    private func operation(_ fixture: Fixture) throws -> WithStartWorkflowOperation {
      var workflow = fixture.workflow("Mailbox")
      workflow.idConflictPolicy = .useExisting
      return try WithStartWorkflowOperation(workflow)
    }

    @Test func startsTheWorkflowAndGivesItsHandle() async throws {
      let fixture = try Fixture()
      let operation = try operation(fixture)
      async let early = operation.workflowHandle()
      let update = try await fixture.client.startUpdateWithStartWorkflow(
        "append", arguments: [.json("1")], id: "u", operation: operation, waitForStage: .accepted)
      let handle = try await early
      #expect(update.id == "u")
      #expect(update.workflowRunID == handle.resultRunID)
      #expect(handle.firstExecutionRunID == handle.resultRunID)
      #expect(try await update.result().map(\.text) == ["1"])
      await #expect(throws: OperationReusedError.self) {
        try await fixture.client.startUpdateWithStartWorkflow("append", operation: operation, waitForStage: .accepted)
      }
      try await handle.terminate()
    }

    @Test func leavesOffWaitingForAHandleWhenTheTaskIsCancelled() async throws {
      let operation = try operation(try Fixture())
      let waiting = Task { try await operation.workflowHandle() }
      waiting.cancel()
      await #expect(throws: CancellationError.self) { try await waiting.value }
    }
  }
}
