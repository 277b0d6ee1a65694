import TemporalClient
import Testing

extension ServerTests {
  @Suite struct SignalTests {
    @Test func reachesTheWorkflowWithItsArguments() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      try await handle.signal("put", arguments: [.json("1"), .json("\"two\""), .json("null")])
      try await handle.signal("finish")
      #expect(try await handle.result().map(\.text) == [#"[1,"two",null]"#])
    }

    @Test func isRecordedWithWhoSentIt() async throws {
      let fixture = try Fixture { $0.identity = "the test" }
      let handle = try await fixture.start("Mailbox")
      try await handle.signal("put", arguments: [.json("1")])
      // A signal that comes while a worker is at work is written down when that is done.
      try await handle.signal("finish")
      _ = try await handle.result()
      let events = try await handle.historyPage().view.at("history").messages("events")
      let signal = try #require(events.compactMap { $0.message("workflow_execution_signaled_event_attributes") }.first)
      #expect(signal.string("identity") == "the test")
      #expect(signal.string("signal_name") == "put")
    }

    @Test func needsAWorkflow() async throws {
      let fixture = try Fixture()
      let id = Fixture.freshID()
      let error = try await failure { try await fixture.client.workflowHandle(id: id).signal("put") }
      #expect(error.status == .notFound)
      #expect(error.message == "workflow not found for ID: \(id)")
      #expect(error.details.map(\.typeName) == ["temporal.api.errordetails.v1.NotFoundFailure"])
    }

    @Test func needsAnOpenWorkflow() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Echo")
      _ = try await handle.result()
      let error = try await failure { try await handle.signal("put") }
      #expect(error.status == .notFound)
      #expect(error.message == "workflow execution already completed")
    }

    @Test func goesToTheRunOfTheHandle() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      let stranger = "00000000-0000-4000-8000-000000000000"
      // The first run guards cancel, terminate and update, but no signal.
      let guarded = fixture.client.workflowHandle(id: handle.id, firstExecutionRunID: stranger)
      try await guarded.signal("put", arguments: [.json("1")])
      let pinned = fixture.client.workflowHandle(id: handle.id, runID: stranger)
      let error = try await failure { try await pinned.signal("put") }
      #expect(error.status == .notFound)
      try await handle.terminate()
    }
  }
}
