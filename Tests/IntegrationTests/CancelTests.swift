import TemporalClient
import Testing

extension ServerTests {
  @Suite struct CancelTests {
    private static let stranger = "00000000-0000-4000-8000-000000000000"

    @Test func asksTheWorkflowAndTellsWhy() async throws {
      let fixture = try Fixture { $0.identity = "the canceller" }
      let handle = try await fixture.start("OutliveCancel")
      try await handle.cancel(reason: "why not")
      #expect(try await handle.result().map(\.text) == ["\"outlived\""])
      let events = try await handle.historyPage().view.at("history").messages("events")
      let request = try #require(
        events.compactMap { $0.message("workflow_execution_cancel_requested_event_attributes") }.first)
      #expect(request.string("cause") == "why not")
      #expect(request.string("identity") == "the canceller")
    }

    @Test func isIgnoredByAClosedWorkflow() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Echo")
      _ = try await handle.result()
      try await handle.cancel()
    }

    @Test func staysWithinTheChainOfTheHandle() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Sleep")
      let other = fixture.client.workflowHandle(id: handle.id, firstExecutionRunID: Self.stranger)
      let error = try await failure { try await other.cancel() }
      #expect(error.status == .notFound)
      #expect(error.message == "workflow execution not found")
      try await handle.cancel()
      await #expect(throws: WorkflowFailureError.self) { try await handle.result() }
    }

    @Test func needsAWorkflow() async throws {
      let fixture = try Fixture()
      let error = try await failure { try await fixture.client.workflowHandle(id: Fixture.freshID()).cancel() }
      #expect(error.status == .notFound)
    }
  }

  @Suite struct TerminateTests {
    private static let stranger = "00000000-0000-4000-8000-000000000000"

    @Test func endsTheWorkflowAndIsRecorded() async throws {
      let fixture = try Fixture { $0.identity = "the terminator" }
      let handle = try await fixture.start("Sleep")
      try await handle.terminate(reason: "stuck", details: [.json("{\"n\":1}")])
      let page = try await handle.historyPage(eventFilter: .closeEvent).view
      let event = try #require(page.at("history").messages("events").last)
        .at("workflow_execution_terminated_event_attributes")
      #expect(event.string("reason") == "stuck")
      #expect(event.string("identity") == "the terminator")
      #expect(try event.at("details").messages("payloads").map { Payload(view: $0).text } == [#"{"n":1}"#])
    }

    @Test func needsAnOpenWorkflow() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Echo")
      _ = try await handle.result()
      let closed = try await failure { try await handle.terminate() }
      #expect(closed.status == .notFound)
      #expect(closed.message == "workflow execution already completed")
      let missing = try await failure { try await fixture.client.workflowHandle(id: Fixture.freshID()).terminate() }
      #expect(missing.status == .notFound)
    }

    @Test func staysWithinTheChainOfTheHandle() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Sleep")
      let other = fixture.client.workflowHandle(id: handle.id, firstExecutionRunID: Self.stranger)
      let error = try await failure { try await other.terminate() }
      #expect(error.status == .notFound)
      #expect(error.message == "workflow execution not found")
      try await handle.terminate()
    }
  }
}
