import Foundation
import Testing

extension ServerTests {
  /// The ground under the other suites: without it, their failures would be hard to read.
  @Suite struct TestServerTests {
    @Test("The worker runs a workflow that the CLI starts")
    func workerRunsWorkflows() throws {
      let server = TestServer.current
      let output = Pipe()
      let process = Process()
      process.executableURL = TestServer.root.appending(path: ".venv/bin/temporal")
      process.arguments = [
        "workflow", "execute", "--address", server.address, "--namespace", server.namespace,
        "--task-queue", server.taskQueue, "--type", "Echo", "--workflow-id", "test-server-\(UUID())",
        "--input", "1", "--input", "\"two\"", "--output", "jsonl",
      ]
      process.standardOutput = output
      try process.run()
      let printed = try output.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      #expect(String(decoding: printed, as: UTF8.self).contains(#"[1,"two"]"#))
    }
  }
}
