import Foundation
import Synchronization
import Testing

/// The dev server and the worker (Tests/Support/test_worker.py) that the tests of one run share.
struct TestServer: Decodable, Sendable {
  let address: String
  let namespace: String
  let taskQueue: String

  @TaskLocal fileprivate static var running: TestServer?

  /// The server of the suite that the calling test belongs to.
  static var current: TestServer {
    guard let running else {
      preconditionFailure("This test is in no suite with the trait .testServer")
    }
    return running
  }

  /// The root of the checkout.
  static let root = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL

  private enum CodingKeys: String, CodingKey {
    case address, namespace
    case taskQueue = "task_queue"
  }
}

/// Has a server run for the tests of a suite, as `TestServer.current`.
struct TestServerTrait: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    try await TestServer.$running.withValue(TestServerLauncher.shared.server(), operation: function)
  }
}

extension SuiteTrait where Self == TestServerTrait {
  /// One server for all suites of the process: the one that `scripts/test` started, or one that is started now.
  static var testServer: Self { Self() }
}

/// Finds or starts the one server of this process.
private actor TestServerLauncher {
  static let shared = TestServerLauncher()

  private var launch: Task<TestServer, any Error>?

  /// The pipe whose closing end tells the server to stop: it closes with this process, however that ends.
  private let lifeline = Pipe()

  func server() async throws -> TestServer {
    // Kept as a task, so that suites that ask while it starts wait for the same one.
    let launch = self.launch ?? Task { try await self.find() }
    self.launch = launch
    return try await launch.value
  }

  private func find() async throws -> TestServer {
    let environment = ProcessInfo.processInfo.environment
    if let address = environment["MOONDIAL_TEST_ADDRESS"],
      let namespace = environment["MOONDIAL_TEST_NAMESPACE"],
      let taskQueue = environment["MOONDIAL_TEST_TASK_QUEUE"]
    {
      return TestServer(address: address, namespace: namespace, taskQueue: taskQueue)
    }
    let output = Pipe()
    let process = Process()
    process.executableURL = TestServer.root.appending(path: ".venv/bin/python")
    process.arguments = [TestServer.root.appending(path: "Tests/Support/serve.py").path]
    process.standardInput = lifeline
    process.standardOutput = output
    try process.run()
    return try JSONDecoder().decode(TestServer.self, from: await firstLine(of: output.fileHandleForReading))
  }

  /// Read on a thread of its own: the server takes a second or two, and the threads of the pool must not wait.
  private func firstLine(of handle: FileHandle) async -> Data {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var line = Data()
        while line.last != UInt8(ascii: "\n"), let next = try? handle.read(upToCount: 1), !next.isEmpty {
          line += next
        }
        continuation.resume(returning: line)
      }
    }
  }
}
