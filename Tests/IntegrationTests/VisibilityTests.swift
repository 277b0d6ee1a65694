import TemporalClient
import Testing

extension ServerTests {
  @Suite struct VisibilityTests {
    /// Visibility is written a moment after the fact: asks until all workflows with the keyword are there.
    private func waitForVisibility(of count: Int, _ query: String, _ client: Client) async throws {
      let counted = { try await client.countWorkflows(query: query).view.integer("count") }
      while try await counted() < count { await Task.yield() }
    }

    @Test func listsAndCountsWhatAQueryFinds() async throws {
      let fixture = try Fixture()
      let keyword = Fixture.freshID("keyword")
      var ids: Set<String> = []
      for _ in 0..<5 {
        var start = fixture.workflow("Echo")
        start.searchAttributes = [("CustomKeywordField", .json("\"\(keyword)\""))]
        _ = try await fixture.client.executeWorkflow(start)
        ids.insert(start.id)
      }
      // Among closed workflows only, whose order does not change from page to page.
      let query = "CustomKeywordField = '\(keyword)' AND ExecutionStatus = 'Completed'"
      try await waitForVisibility(of: 5, query, fixture.client)

      var found: [String] = []
      var token: [UInt8] = []
      repeat {
        let page = try await fixture.client.listWorkflows(query: query, pageSize: 2, nextPageToken: token).view
        let executions = page.messages("executions")
        #expect(executions.count <= 2)
        found += try executions.map { try $0.at("execution").string("workflow_id") }
        token = page.bytes("next_page_token")
      } while !token.isEmpty
      #expect(found.count == 5)
      #expect(Set(found) == ids)
    }

    @Test func countsInGroups() async throws {
      let fixture = try Fixture()
      let keyword = Fixture.freshID("keyword")
      var start = fixture.workflow("Echo")
      start.searchAttributes = [("CustomKeywordField", .json("\"\(keyword)\""))]
      _ = try await fixture.client.executeWorkflow(start)
      let query = "CustomKeywordField = '\(keyword)'"
      try await waitForVisibility(of: 1, query + " AND ExecutionStatus = 'Completed'", fixture.client)
      let count = try await fixture.client.countWorkflows(query: query + " GROUP BY ExecutionStatus").view
      #expect(count.integer("count") == 1)
      let group = try #require(count.messages("groups").first)
      #expect(group.integer("count") == 1)
      #expect(group.messages("group_values").map { Payload(view: $0).text } == ["\"Completed\""])
    }

    @Test func refusesAQueryItCannotRead() async throws {
      let fixture = try Fixture()
      let error = try await failure { _ = try await fixture.client.listWorkflows(query: "Nonsense = 1") }
      #expect(error.status == .invalidArgument)
      #expect(error.message.contains("Nonsense"))
    }
  }
}
