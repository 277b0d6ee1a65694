import TemporalClient
import Testing

extension ServerTests {
  @Suite struct HistoryTests {
    @Test func comesInPagesWithoutGaps() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("ManyEvents", "203")
      _ = try await handle.result()
      var numbers: [Int64] = []
      var token: [UInt8] = []
      var pages = 0
      repeat {
        let page = try await handle.historyPage(pageSize: 10, nextPageToken: token).view
        numbers += page.message("history")?.messages("events").map { $0.integer("event_id") } ?? []
        token = page.bytes("next_page_token")
        pages += 1
      } while !token.isEmpty
      #expect(pages > 1)
      #expect(numbers == Array(1...203))
    }

    @Test func canBeFetchedWhole() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("ManyEvents", "600")
      _ = try await handle.result()
      let history = try await handle.fetchHistory()
      #expect(history.events.map { $0.integer("event_id") } == Array(1...600))
      #expect(history.workflowID == handle.id)
      #expect(history.runID == handle.resultRunID)
      let json = try history.json()
      #expect(try WorkflowHistory(workflowID: handle.id, json: json).json() == json)
      let end = try await handle.fetchHistory(eventFilter: .closeEvent, skipArchival: true)
      #expect(end.events.map { $0.integer("event_id") } == [600])
      #expect(end.runID == nil)
    }

    @Test func waitsForNewEvents() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      var events: [String] = []
      var token: [UInt8] = []
      var isFinished = false
      repeat {
        let page = try await handle.historyPage(nextPageToken: token, waitNewEvent: true).view
        events += page.message("history")?.messages("events").map { $0.enumeration("event_type").shortName } ?? []
        token = page.bytes("next_page_token")
        if !isFinished {
          // The rest of the history does not exist yet.
          #expect(!token.isEmpty)
          try await handle.signal("finish")
          isFinished = true
        }
      } while !token.isEmpty
      #expect(events.first == "WORKFLOW_EXECUTION_STARTED")
      #expect(events.contains("WORKFLOW_EXECUTION_SIGNALED"))
      #expect(events.last == "WORKFLOW_EXECUTION_COMPLETED")
    }

    @Test func canBeTheCloseEventAlone() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Echo")
      _ = try await handle.result()
      let page = try await handle.historyPage(eventFilter: .closeEvent, skipArchival: true).view
      #expect(
        try page.at("history").messages("events").map { $0.enumeration("event_type").shortName }
          == ["WORKFLOW_EXECUTION_COMPLETED"])
    }

    @Test func belongsToTheRunOfTheHandle() async throws {
      let fixture = try Fixture()
      let first = try await fixture.start("ContinueAsNew", "1")
      _ = try await first.result()
      func lastEvent(_ handle: WorkflowHandle) async throws -> String? {
        try await handle.historyPage().view.at("history").messages("events").last?.enumeration("event_type").shortName
      }
      let pinned = fixture.client.workflowHandle(id: first.id, runID: first.resultRunID)
      #expect(try await lastEvent(pinned) == "WORKFLOW_EXECUTION_CONTINUED_AS_NEW")
      #expect(try await lastEvent(first) == "WORKFLOW_EXECUTION_COMPLETED")
    }

    @Test func needsAWorkflow() async throws {
      let fixture = try Fixture()
      let handle = fixture.client.workflowHandle(id: Fixture.freshID())
      #expect(try await failure { _ = try await handle.historyPage() }.status == .notFound)
      let broken = try await failure {
        _ = try await fixture.client.workflowHandle(id: "any").historyPage(nextPageToken: [1, 2, 3])
      }
      #expect(broken.status == .invalidArgument)
    }
  }
}
