import TemporalClient
import Testing

extension ServerTests {
  @Suite struct ResultTests {
    @Test func ofACompletedWorkflow() async throws {
      let fixture = try Fixture()
      #expect(try await fixture.start("Echo", "1", "\"two\"").result().map(\.text) == [#"[1,"two"]"#])
    }

    @Test func ofAWorkflowThatReturnsNothing() async throws {
      let fixture = try Fixture()
      let result = try await fixture.start("Nothing").result()
      #expect(result == [Payload(encoding: "binary/null", data: [])])
    }

    @Test func inOtherEncodings() async throws {
      let fixture = try Fixture()
      let bytes = try await fixture.start("ReturnBytes").result()
      #expect(bytes == [Payload(encoding: "binary/plain", data: Array(0...255))])
      let message = try await fixture.start("ReturnProto").result()
      #expect(message.map(\.encoding) == ["json/protobuf"])
      #expect(message.first?.metadataText("messageType") == "google.protobuf.Struct")
      let unknown = try await fixture.start("ReturnPayload", "\"my/own\"", "\"abc\"").result()
      #expect(unknown == [Payload(encoding: "my/own", data: Array("abc".utf8))])
    }

    @Test func ofAWorkflowThatStillRunsWhenItIsAskedFor() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      async let result = handle.result()
      try await handle.signal("put", arguments: [.json("1")])
      try await handle.signal("finish")
      #expect(try await result.map(\.text) == ["[1]"])
    }

    @Test func ofAnEarlierRunOfTheID() async throws {
      let fixture = try Fixture()
      let first = try await fixture.start("Echo", "1")
      _ = try await first.result()
      let second = try await fixture.start("Echo", "2", id: first.id)
      #expect(try await second.result().map(\.text) == ["[2]"])
      #expect(try await first.result().map(\.text) == ["[1]"])
      #expect(try await fixture.client.workflowHandle(id: first.id).result().map(\.text) == ["[2]"])
    }

    @Test func needsAWorkflow() async throws {
      let fixture = try Fixture()
      let error = try await failure { _ = try await fixture.client.workflowHandle(id: Fixture.freshID()).result() }
      #expect(error.status == .notFound)
    }

    @Test func endsWhenTheTaskIsCancelled() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Sleep")
      let task = Task { try await handle.result() }
      // Answered while the long poll is in flight, or about to be.
      _ = try await handle.describe()
      let clock = ContinuousClock()
      let start = clock.now
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      // The server would have answered the poll after twenty seconds.
      #expect(clock.now - start < .seconds(15))
      try await handle.terminate()
    }

    @Test func survivesEmptyPolls() async throws {
      let fixture = try Fixture()
      // The server answers one second before this deadline, with an empty page, unless it has so much to do that it is
      // late.
      let options = CallOptions(timeout: .milliseconds(1200))
      func survives() async throws -> Bool {
        let handle = try await fixture.start("Mailbox")
        async let result = handle.result(options: options)
        do {
          let polled = try await handle.historyPage(
            pageSize: 0, waitNewEvent: true, eventFilter: .closeEvent, options: options)
          #expect(polled.view.message("history")?.messages("events").isEmpty ?? true)
          #expect(!polled.view.bytes("next_page_token").isEmpty)
          try await handle.signal("finish")
          #expect(try await result.map(\.text) == ["[]"])
          return true
        } catch let failure as RPCFailure where failure.status == .deadlineExceeded {
          return false
        }
      }
      while try await !survives() {}
    }
  }
}
