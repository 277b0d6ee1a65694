import TemporalClient
import Testing

extension ServerTests {
  @Suite struct QueryTests {
    @Test func answersWithAValue() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      try await handle.signal("put", arguments: [.json("\"a\""), .json("2.0")])
      #expect(try await handle.query("contents").map(\.text) == [#"["a",2.0]"#])
      #expect(try await handle.query("nth", arguments: [.json("1")]).map(\.text) == ["2.0"])
      try await handle.terminate()
    }

    @Test func fails() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      let error = try #require(
        await #expect(throws: WorkflowQueryFailedError.self) { try await handle.query("failing_query") })
      #expect(error.message.contains("this query always fails"))
      #expect(error.rpcFailure.status == .invalidArgument)
      #expect(error.rpcFailure.details.map(\.typeName) == ["temporal.api.errordetails.v1.QueryFailedFailure"])
      #expect(error.cause == nil)
      try await handle.terminate()
    }

    @Test func failsIfTheWorkerDoesNotKnowIt() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      let error = try #require(
        await #expect(throws: WorkflowQueryFailedError.self) { try await handle.query("contnts") })
      #expect(error.message.contains("Query handler for 'contnts' expected but not found"))
      #expect(error.message.contains("contents"))
      try await handle.terminate()
    }

    @Test func isNotAQueryThatFailedIfTheServerFindsItInvalid() async throws {
      let fixture = try Fixture()
      let handle = fixture.client.workflowHandle(id: "any", runID: "not a run")
      let error = try #require(await #expect(throws: RPCFailure.self) { try await handle.query("contents") })
      #expect(error.status == .invalidArgument)
      #expect(error.message == "Invalid RunId.")
    }

    @Test func isRejectedByItsCondition() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      try await handle.signal("finish")
      _ = try await handle.result()
      let error = try #require(
        await #expect(throws: WorkflowQueryRejectedError.self) {
          try await handle.query("contents", rejectCondition: .notOpen)
        })
      #expect(error.status?.shortName == "COMPLETED")
      #expect(error.message == "Query rejected, status: COMPLETED")
      #expect(try await handle.query("contents", rejectCondition: .notCompletedCleanly).map(\.text) == ["[]"])
      #expect(try await handle.query("contents", rejectCondition: QueryRejectCondition.none).map(\.text) == ["[]"])
    }

    @Test func takesTheConditionOfTheClientIfItHasNone() async throws {
      let fixture = try Fixture { $0.defaultQueryRejectCondition = .notOpen }
      let handle = try await fixture.start("Mailbox")
      #expect(try await handle.query("contents").map(\.text) == ["[]"])
      try await handle.signal("finish")
      _ = try await handle.result()
      await #expect(throws: WorkflowQueryRejectedError.self) { try await handle.query("contents") }
      #expect(try await handle.query("contents", rejectCondition: QueryRejectCondition.none).map(\.text) == ["[]"])
    }

    @Test func needsAWorkflow() async throws {
      let fixture = try Fixture()
      let id = Fixture.freshID()
      let error = try await failure { _ = try await fixture.client.workflowHandle(id: id).query("contents") }
      #expect(error.status == .notFound)
      #expect(error.message == "workflow not found for ID: \(id)")
    }
  }
}
