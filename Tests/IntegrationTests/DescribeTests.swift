import TemporalClient
import Testing

extension ServerTests {
  @Suite struct DescribeTests {
    @Test func tellsTheState() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Mailbox")
      let open = try await handle.describe().view.at("workflow_execution_info")
      #expect(try open.at("execution").string("workflow_id") == handle.id)
      #expect(try open.at("execution").string("run_id") == handle.resultRunID)
      #expect(open.enumeration("status").shortName == "RUNNING")
      #expect(try open.at("type").string("name") == "Mailbox")
      #expect(open.string("task_queue") == fixture.taskQueue)
      try await handle.signal("finish")
      _ = try await handle.result()
      let closed = try await handle.describe().view.at("workflow_execution_info")
      #expect(closed.enumeration("status").shortName == "COMPLETED")
      #expect(closed.timestamp("close_time") != nil)
    }

    @Test func goesToTheRunOfTheHandle() async throws {
      let fixture = try Fixture()
      let first = try await fixture.start("Echo", "1")
      _ = try await first.result()
      let second = try await fixture.start("Echo", "2", id: first.id)
      _ = try await second.result()
      func describedRun(_ handle: WorkflowHandle) async throws -> String {
        try await handle.describe().view.at("workflow_execution_info", "execution").string("run_id")
      }
      #expect(try await describedRun(first) == second.resultRunID)
      let pinned = fixture.client.workflowHandle(id: first.id, runID: first.resultRunID)
      #expect(try await describedRun(pinned) == first.resultRunID)
    }

    @Test func needsAWorkflow() async throws {
      let fixture = try Fixture()
      let id = Fixture.freshID()
      let missing = try await failure { _ = try await fixture.client.workflowHandle(id: id).describe() }
      #expect(missing.status == .notFound)
      #expect(missing.description == "RPCError: NOT_FOUND: workflow not found for ID: \(id)")
      let invalid = try await failure {
        _ = try await fixture.client.workflowHandle(id: id, runID: "not a run").describe()
      }
      #expect(invalid.status == .invalidArgument)
      #expect(invalid.message == "Invalid RunId.")
      let empty = try await failure { _ = try await fixture.client.workflowHandle(id: "").describe() }
      #expect(empty.message == "WorkflowId is not set on request.")
    }

    @Test func needsANamespace() async throws {
      let fixture = try Fixture { $0.namespace = "nowhere" }
      let error = try await failure { _ = try await fixture.client.workflowHandle(id: "any").describe() }
      #expect(error.status == .notFound)
      #expect(error.message == "Namespace nowhere is not found.")
      #expect(error.details.map(\.typeName) == ["temporal.api.errordetails.v1.NamespaceNotFoundFailure"])
      #expect(
        error.firstDetail("temporal.api.errordetails.v1.NamespaceNotFoundFailure")?.view.string("namespace")
          == "nowhere")
    }
  }
}
