import Foundation
import Synchronization
import Testing

@testable import TemporalClient

/// A conversation with the server of frontend.py, in which every answer is the test's own.
///
/// It is for what the real server does only in distress, or did only years ago. It runs in another process, as a server
/// in this one would drive the client's sockets.
struct Frontend {
  enum Answer {
    case message(MessageBuilder)
    case bytes([UInt8])
    case status(StatusCode, String)
  }

  struct Call: Decodable {
    let method: String
    let headers: [[String]]
    private let timeout: Double
    private let request: String

    /// Whether the call came with a deadline of so many seconds, less the way, and rounded up by gRPC.
    func hasDeadline(of seconds: Double) -> Bool {
      abs(timeout - seconds) < 4
    }

    /// The bytes of the request.
    var bytes: [UInt8] {
      stride(from: 0, to: request.utf8.count, by: 2).compactMap {
        let start = request.index(request.startIndex, offsetBy: $0)
        return UInt8(request[start..<request.index(start, offsetBy: 2)], radix: 16)
      }
    }

    /// The request.
    func view() throws -> MessageView {
      let method = try #require(RPCService.workflow.method(named: method))
      return try Message(method.input, unpacking: bytes).view
    }

    /// The request as JSON, with the random ids and the identity of this process out of it.
    func json() throws -> String {
      try view().jsonText()
        .replacing(/"requestId":"[0-9a-f-]{36}"/, with: #""requestId":"…""#)
        .replacing(/"updateId":"[0-9a-f-]{36}"/, with: #""updateId":"…""#)
    }

    func header(_ key: String) -> String? {
      headers.first { $0.first == key }?.last
    }
  }

  let client: Client

  init(configure: (inout Client.Configuration) -> Void = { _ in }) async throws {
    let port = try await FrontendProcess.shared.port()
    var configuration = Client.Configuration(target: "127.0.0.1:\(port)", namespace: "ns")
    configuration.identity = "me"
    configuration.metadata = ["x-test": UUID.version4()]
    configure(&configuration)
    client = try Client(configuration)
  }

  /// Tells how a method is to be answered, the first time, the second time and so on; the last answer stays.
  func answer(_ method: String, _ answers: Answer...) async throws {
    let texts: [Any] = try answers.map { answer in
      switch answer {
      case .message(let builder): try hexadecimal(builder.serialized())
      case .bytes(let bytes): hexadecimal(bytes)
      case .status(let code, let message): ["code": Int(code.rawValue), "message": message]
      }
    }
    _ = try await control("Answer", JSONSerialization.data(withJSONObject: ["method": method, "answers": texts]))
  }

  /// What was asked so far.
  func calls() async throws -> [Call] {
    try JSONDecoder().decode([Call].self, from: await control("Calls", Data()))
  }

  /// A response for a method.
  static func response(_ method: String, _ fill: (MessageBuilder) -> Void = { _ in }) throws -> Answer {
    let builder = MessageBuilder(try #require(RPCService.workflow.method(named: method)).output)
    fill(builder)
    return .message(builder)
  }

  private func control(_ method: String, _ request: Data) async throws -> Data {
    let channel = try Channel(client.configuration.channel())
    let response = try await channel.unary(
      "/frontend.Control/\(method)", Array(request), metadata: client.configuration.metadata, timeout: .seconds(30))
    return Data(response.message)
  }

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 0xF, radix: 16) }.joined()
  }
}

/// The one frontend of this process.
private actor FrontendProcess {
  static let shared = FrontendProcess()

  private var launch: Task<Int, any Error>?

  /// The pipe whose closing end tells the frontend to stop: it closes with this process, however that ends.
  private let lifeline = Pipe()

  func port() async throws -> Int {
    let launch = self.launch ?? Task { try await self.start() }
    self.launch = launch
    return try await launch.value
  }

  private func start() async throws -> Int {
    let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let root = directory.deletingLastPathComponent().deletingLastPathComponent()
    let output = Pipe()
    let process = Process()
    process.executableURL = root.appending(path: ".venv/bin/python")
    process.arguments = [directory.appending(path: "Frontend/frontend.py").path]
    process.standardInput = lifeline
    process.standardOutput = output
    try process.run()
    let line = await firstLine(of: output.fileHandleForReading)
    return try #require(Int(line), "frontend.py did not say its port but: \(line)")
  }

  /// Read on a thread of its own: the threads of the pool must not wait.
  private func firstLine(of handle: FileHandle) async -> String {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var line = Data()
        while let next = try? handle.read(upToCount: 1), !next.isEmpty, next.first != UInt8(ascii: "\n") {
          line += next
        }
        continuation.resume(returning: String(decoding: line, as: UTF8.self))
      }
    }
  }
}
