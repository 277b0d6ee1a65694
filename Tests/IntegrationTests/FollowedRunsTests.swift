import TemporalClient
import Testing

extension ServerTests {
  @Suite struct FollowedRunsTests {
    /// With this header the server leaves the close events of runs that others follow as they are.
    private static let closeEventsAsTheyAre = CallOptions(metadata: ["supported-features": "follows-next-run-id"])

    @Test func aContinuationIsFollowedOrNot() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("ContinueAsNew", "2")
      #expect(try await handle.result().map(\.text) == ["3"])
      let error = try #require(
        await #expect(throws: WorkflowContinuedAsNewError.self) { try await handle.result(followRuns: false) })
      #expect(error.newRunID.count == 36)
      #expect(error.newRunID != handle.resultRunID)
      #expect(error.description == "WorkflowContinuedAsNewError: Workflow continued as new")
      let next = fixture.client.workflowHandle(id: handle.id, runID: error.newRunID)
      #expect(try await next.result().map(\.text) == ["3"])
    }

    @Test func aRetryIsFollowedOrNot() async throws {
      let fixture = try Fixture()
      var start = fixture.workflow("FailUntil", "2")
      start.retryPolicy = .init()
      start.retryPolicy?.initialInterval = .milliseconds(10)
      let handle = try await fixture.client.startWorkflow(start)
      #expect(try await handle.result().map(\.text) == ["2"])
      await #expect(throws: WorkflowContinuedAsNewError.self) { try await handle.result(followRuns: false) }
      let error = try #require(
        await #expect(throws: WorkflowFailureError.self) {
          try await handle.result(followRuns: false, options: Self.closeEventsAsTheyAre)
        })
      #expect(error.failure.message == "attempt 1")
      #expect(try await handle.result(options: Self.closeEventsAsTheyAre).map(\.text) == ["2"])
    }

    @Test func aCronScheduleIsFollowedOrNot() async throws {
      let fixture = try Fixture()
      var start = fixture.workflow("Cron")
      start.cronSchedule = "@every 1s"
      let handle = try await fixture.client.startWorkflow(start)
      let error = try #require(
        await #expect(throws: WorkflowContinuedAsNewError.self) { try await handle.result(followRuns: false) })
      let own = try await handle.result(followRuns: false, options: Self.closeEventsAsTheyAre)
      #expect(own.map(\.text) == ["1"])
      // Followed, it ends only with the schedule.
      let next = fixture.client.workflowHandle(id: handle.id, runID: error.newRunID)
      let second = try await next.result(followRuns: false, options: Self.closeEventsAsTheyAre)
      #expect(second.map(\.text) == ["2"])
      async let followed = handle.result()
      try await handle.terminate(reason: "enough")
      do {
        _ = try await followed
        Issue.record("a cron workflow had a result")
      } catch let error as WorkflowFailureError {
        #expect(error.failure.message == "enough")
      }
    }
  }
}
