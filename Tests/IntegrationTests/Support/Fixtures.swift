import TemporalClient
import Testing

/// A client of the shared server, and what the tests do with it again and again.
struct Fixture {
  let client: Client
  let taskQueue: String

  init(configure: (inout Client.Configuration) -> Void = { _ in }) throws {
    let server = TestServer.current
    var configuration = Client.Configuration(target: server.address, namespace: server.namespace)
    configure(&configuration)
    client = try Client(configuration)
    taskQueue = server.taskQueue
  }

  /// A start of a workflow of the test worker, under an id that no other test has.
  func workflow(_ type: String, _ arguments: String..., id: String? = nil) -> StartWorkflow {
    let id = id ?? Self.freshID(type)
    return StartWorkflow(type, arguments: arguments.map(Payload.json), id: id, taskQueue: taskQueue)
  }

  func start(_ type: String, _ arguments: String..., id: String? = nil) async throws -> WorkflowHandle {
    let id = id ?? Self.freshID(type)
    return try await client.startWorkflow(
      StartWorkflow(type, arguments: arguments.map(Payload.json), id: id, taskQueue: taskQueue))
  }

  static func freshID(_ prefix: String = "test") -> String {
    "\(prefix)-\(UInt64.random(in: .min ... .max))"
  }

  /// Waits until the run of a handle is closed, however it ends.
  func waitForEnd(of handle: WorkflowHandle) async throws {
    do {
      _ = try await handle.result(followRuns: false)
    } catch is WorkflowFailureError {
    } catch is WorkflowContinuedAsNewError {
    }
  }
}

extension Payload {
  /// JSON text as a payload.
  static func json(_ text: String) -> Payload {
    Payload(encoding: "json/plain", data: Array(text.utf8))
  }

  /// The data as text.
  var text: String { String(decoding: data, as: UTF8.self) }
}

/// The status code and text of the RPC that fails.
func failure(of call: () async throws -> Void) async throws -> RPCFailure {
  try #require(await #expect(throws: RPCFailure.self) { try await call() })
}

extension MessageView {
  /// The message at the end of a path of message fields.
  func at(_ path: String...) throws -> MessageView {
    try path.reduce(self) { view, field in try #require(view.message(field), "\(field) is not set") }
  }
}
