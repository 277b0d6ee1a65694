import Locks
import Testing
import Wire

@testable import TemporalClient

/// What a server's reflection service may answer.
@Suite(.timeLimit(.minutes(1))) struct ReflectionTests {
  private static let asked = "ServerReflectionInfo"

  /// A `ServerReflectionResponse` with files, or with the names of services.
  private func response(files: [[UInt8]]) -> Frontend.Answer { .bytes(field(4, files.flatMap { field(1, $0) })) }
  private func response(services: [String]) -> Frontend.Answer {
    .bytes(field(6, services.flatMap { field(1, field(1, Array($0.utf8))) }))
  }
  private let notFound = Frontend.Answer.bytes([7 << 3 | 2, 2, 8, 5])

  private func field(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
    precondition(content.count < 1 << 14)
    return [number << 3 | 2, UInt8(content.count & 0x7F) | 0x80, UInt8(content.count >> 7)] + content
  }

  /// A file with a service `test.S`, and one method in it that takes and gives a `test.T`.
  private func file(imports: [String] = []) -> [UInt8] {
    let method = field(1, Array("GetT".utf8)) + field(2, Array(".test.T".utf8)) + field(3, Array(".test.T".utf8))
    return field(1, Array("s.proto".utf8)) + field(2, Array("test".utf8))
      + imports.flatMap { field(3, Array($0.utf8)) } + field(6, field(1, [0x53]) + field(2, method))
  }

  /// A file with the type `test.T`.
  private var types: [UInt8] {
    field(1, Array("t.proto".utf8)) + field(2, Array("test".utf8)) + field(4, field(1, [0x54]))
  }

  @Test func theServiceBeforeIsAskedWhereTheNewOneIsMissing() async throws {
    let frontend = try await Frontend()
    try await frontend.answer(
      Self.asked, .status(.unimplemented, "unknown service"), response(files: [file(), types]))
    #expect(frontend.client.knownService(named: "test.S") == nil)
    let service = try await frontend.client.learnService(named: "test.S")
    #expect(service.methods.map(\.path) == ["/test.S/GetT"])
    #expect(frontend.client.knownService(named: "test.S") != nil)
    _ = try await frontend.client.learnService(named: "test.S")
    #expect(try await frontend.calls().map(\.method) == [Self.asked, Self.asked])
  }

  @Test func filesThatAServerDoesNotGiveByThemselvesAreAskedFor() async throws {
    let frontend = try await Frontend()
    try await frontend.answer(
      Self.asked, response(files: [file(imports: ["t.proto", "none.proto"])]), notFound, response(files: [types]))
    #expect(try await frontend.client.learnService(named: "test.S").method(named: "get_t") != nil)
    let questions = try await frontend.calls().map { String(decoding: $0.bytes.dropFirst(2), as: UTF8.self) }
    #expect(questions == ["test.S", "none.proto", "t.proto"])
  }

  @Test func aServiceThatIsNotThereIsAskedForAgain() async throws {
    let frontend = try await Frontend()
    try await frontend.answer(
      Self.asked, notFound, response(services: ["test.S", "test.Other"]), response(files: [file(), types]))
    let error = try #require(
      await #expect(throws: UnknownServiceError.self) { try await frontend.client.learnService(named: "test.SS") })
    #expect(error.message.hasSuffix(" has no service 'test.SS'; did you mean 'test.S'?"))
    #expect(frontend.client.canLearn(serviceNamed: "test.SS"))
    _ = try await frontend.client.learnService(named: "test.S")
  }

  @Test func aServerWithoutReflectionIsAskedOnce() async throws {
    let frontend = try await Frontend()
    try await frontend.answer(Self.asked, .status(.unimplemented, "unknown service"))
    for name in ["test.S", "test.T"] {
      let error = try #require(
        await #expect(throws: UnknownServiceError.self) { try await frontend.client.learnService(named: name) })
      #expect(error.message.contains("has no reflection service"))
    }
    #expect(try await frontend.calls().count == 2)
    #expect(frontend.client.hasNoReflection)
    #expect(try await frontend.client.serviceNames() == [])
  }

  @Test func anAnswerThatCannotBeIsAnError() async throws {
    for bytes in [[0xFF], field(4, field(1, [0xFF])), field(4, [8, 1, 0xFF])] as [[UInt8]] {
      let frontend = try await Frontend()
      try await frontend.answer(Self.asked, .bytes(bytes))
      let error = try #require(
        await #expect(throws: ProtocolError.self) { try await frontend.client.learnService(named: "test.S") })
      #expect(error.message.hasPrefix("the server's reflection service describes test.S as it cannot be"))
    }
  }

  @Test func anErrorIsPassedOnAndMeansNothing() async throws {
    let frontend = try await Frontend()
    try await frontend.answer(Self.asked, .status(.permissionDenied, "no"), response(files: [file(), types]))
    let failure = try #require(
      await #expect(throws: RPCFailure.self) { try await frontend.client.learnService(named: "test.S") })
    #expect(failure.status == .permissionDenied)
    _ = try await frontend.client.learnService(named: "test.S")
  }

  @Test func aClientThatOnlyReadsMayAsk() async throws {
    let frontend = try await Frontend { $0.isReadOnly = true }
    try await frontend.answer(Self.asked, response(files: [file(), types]))
    _ = try await frontend.client.learnService(named: "test.S")
  }

  /// A server's version of a method is held for as long as the known one.
  @Test func aServersVersionOfAMethodHasItsDeadline() async throws {
    let package = "temporal.api.workflowservice.v1"
    let more = field(1, Array("more".utf8)) + [3 << 3, 90, 4 << 3, 1, 5 << 3, 9]
    let request = field(4, field(1, Array("UpdateWorkflowExecutionRequest".utf8)) + field(2, more))
    let method =
      field(1, Array("UpdateWorkflowExecution".utf8))
      + field(2, Array(".\(package).UpdateWorkflowExecutionRequest".utf8))
      + field(3, Array(".\(package).UpdateWorkflowExecutionResponse".utf8))
    let service = field(6, field(1, Array("WorkflowService".utf8)) + field(2, method))
    let file = field(1, Array("s.proto".utf8)) + field(2, Array(package.utf8)) + request + service
    let frontend = try await Frontend()
    try await frontend.answer(Self.asked, response(files: [file]))
    let learnt = try await frontend.client.learnService(named: package + ".WorkflowService")
    let update = try #require(learnt.method(named: "update_workflow_execution"))
    #expect(update != Method.updateWorkflowExecution)
    #expect(update.input.field(named: "more") != nil)
    #expect(CallRules(update, []).defaultTimeout == .seconds(70))
    #expect(learnt.methods.count == RPCService.workflow.methods.count)
  }

  @Test func manyWhoAskAtOnceAskOnce() async throws {
    let frontend = try await Frontend()
    try await frontend.answer(Self.asked, response(files: [file(), types]))
    let client = frontend.client
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 { group.addTask { _ = try await client.learnService(named: "test.S") } }
      try await group.waitForAll()
    }
    #expect(try await frontend.calls().count == 1)
  }
}

@Suite(.timeLimit(.minutes(1))) struct TurnTests {
  @Test func oneHasItAtATime() async throws {
    let turn = Turn()
    let running = Monitor(0)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<50 {
        group.addTask {
          try await turn.take {
            let count = running.withLock { count in
              count += 1
              return count
            }
            #expect(count == 1)
            await Task.yield()
            running.withLock { $0 -= 1 }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func whoIsCancelledLeavesAndTheOthersGoOn() async throws {
    let turn = Turn()
    try await turn.take {
      let waiting = Task { try await turn.take {} }
      waiting.cancel()
      await #expect(throws: CancellationError.self) { try await waiting.value }
    }
    try await turn.take {}
    let failed = Task { try await turn.take { throw UsageError("it failed") } }
    await #expect(throws: UsageError.self) { try await failed.value }
    try await turn.take {}
  }
}
