import Synchronization
import Testing

@testable import TemporalClient

/// What a client does with a codec, without a server.
@Suite struct CodecTests {
  /// Appends a byte and takes it off again; refuses payloads without it, and notes down how many it is asked for at once.
  private final class Marking: PayloadCodec {
    let mark: UInt8
    let calls = Mutex<[Int]>([])
    var name: String { "codec \(mark)" }

    init(_ mark: UInt8) { self.mark = mark }

    func encode(_ payloads: [Payload]) async throws -> [Payload] {
      calls.withLock { $0.append(payloads.count) }
      return payloads.map { Payload(metadata: $0.metadata, data: $0.data + [mark]) }
    }

    func decode(_ payloads: [Payload]) async throws -> [Payload] {
      calls.withLock { $0.append(payloads.count) }
      return try payloads.map { payload in
        guard payload.data.last == mark else { throw CodecError("not marked", isAboutPayloads: true) }
        return Payload(metadata: payload.metadata, data: payload.data.dropLast())
      }
    }
  }

  /// A codec that is out of reach.
  private final class Unreachable: PayloadCodec {
    let calls = Mutex(0)
    var name: String { "nobody" }
    func encode(_ payloads: [Payload]) async throws -> [Payload] { try fail() }
    func decode(_ payloads: [Payload]) async throws -> [Payload] { try fail() }
    private func fail() throws -> [Payload] {
      calls.withLock { $0 += 1 }
      throw CodecError("not there", isAboutPayloads: false)
    }
  }

  private func input(_ data: [[UInt8]]) throws -> [UInt8] {
    let builder = MessageBuilder(Method.startWorkflowExecution.input)
    builder.setPayloads("input", data.map { Payload(encoding: "json/plain", data: $0) })
    return try builder.serialized()
  }

  private func data(_ bytes: [UInt8]) throws -> [[UInt8]] {
    try Message(Method.startWorkflowExecution.input, unpacking: bytes).view.payloads("input").map(\.data)
  }

  private func coded(_ bytes: [UInt8]) throws -> CodedMessage {
    try CodedMessage(Method.startWorkflowExecution.input, bytes)
  }

  @Test func allPayloadsOfAMessageGoAtOnce() async throws {
    let codec = Marking(9)
    let bytes = try await coded(input([[1], [2], [3]])).encoded(by: codec)
    #expect(try data(bytes) == [[1, 9], [2, 9], [3, 9]])
    #expect(codec.calls.withLock { $0 } == [3])
  }

  @Test func aMessageWithoutPayloadsIsNoMatterForIt() async throws {
    let codec = Marking(9)
    #expect(try await coded([]).encoded(by: codec) == [])
    #expect(codec.calls.withLock { $0 } == [])
  }

  @Test func aChainDecodesTheOtherWayRound() async throws {
    let chain = ChainedCodec([Marking(1), Marking(2)])
    let bytes = try await coded(input([[0]])).encoded(by: chain)
    #expect(try data(bytes) == [[0, 1, 2]])
    let (decoded, left) = try await coded(bytes).decoded(by: chain, keepingUndecoded: false)
    #expect(try data(decoded) == [[0]])
    #expect(left == nil)
    #expect(chain.name == "codec 1, codec 2")
  }

  /// Every set of unreadable payloads among eight.
  @Test func whatCannotBeDecodedIsFoundAmongTheRest() async throws {
    for bad in 1..<256 {
      let marks = (0..<8).map { bad >> $0 & 1 == 1 }
      let payloads = marks.map { $0 ? [5, 0] : [5, 9] as [UInt8] }
      let (bytes, left) = try await coded(input(payloads)).decoded(by: Marking(9), keepingUndecoded: true)
      #expect(try data(bytes) == marks.map { $0 ? [5, 0] : [5] })
      #expect(left?.count == marks.count { $0 })
      #expect(left?.total == 8 && left?.reason == "not marked")
    }
  }

  @Test func aCodecThatDecodesNothingIsSoonLeftAlone() async throws {
    let codec = Marking(9)
    let (_, left) = try await coded(input(Array(repeating: [0], count: 5_000))).decoded(
      by: codec, keepingUndecoded: true)
    #expect(left?.count == 5_000)
    #expect(codec.calls.withLock { $0.count } < 100)
  }

  @Test func aCodecOutOfReachIsAskedOnce() async throws {
    let codec = Unreachable()
    let (bytes, left) = try await coded(input([[1], [2]])).decoded(by: codec, keepingUndecoded: true)
    #expect(try data(bytes) == [[1], [2]])
    #expect(left?.count == 2)
    #expect(codec.calls.withLock { $0 } == 1)
  }

  @Test func whereAValueIsAskedForTheErrorIsRaised() async throws {
    let message = try coded(input([[1, 9], [2]]))
    await #expect(throws: CodecError.self) { try await message.decoded(by: Marking(9), keepingUndecoded: false) }
  }

  @Test func aPayloadThatTheCodecLeavesAloneKeepsItsBytes() async throws {
    struct Idle: PayloadCodec {
      var name: String { "idle" }
      func encode(_ payloads: [Payload]) async throws -> [Payload] { payloads }
      func decode(_ payloads: [Payload]) async throws -> [Payload] { payloads }
    }
    // `external_payloads`, which `Payload` does not hold: field 3 with 1024 in its field 1.
    let payload: [UInt8] = [0x12, 1, 7, 0x1A, 3, 0x08, 0x80, 0x08]
    let input: [UInt8] = [0x2A, UInt8(payload.count + 2), 0x0A, UInt8(payload.count)] + payload
    #expect(try await coded(input).encoded(by: Idle()) == input)
  }

  private func isShown(_ name: String, _ fill: (MessageBuilder) -> Void = { _ in }) throws -> Bool {
    let method = try #require(RPCService.workflow.method(named: name))
    let builder = MessageBuilder(method.input)
    fill(builder)
    return CallRules(method, try builder.serialized()).isAnswerShown
  }

  @Test(arguments: [
    ("DescribeWorkflowExecution", true), ("ListWorkflowExecutions", true), ("DescribeSchedule", true),
    ("GetWorkflowExecutionHistory", true), ("QueryWorkflow", false), ("UpdateWorkflowExecution", false),
    ("PollWorkflowExecutionUpdate", false), ("StartWorkflowExecution", false),
  ])
  func methodsThatShowAreToldFromThoseThatAsk(name: String, shows: Bool) throws {
    #expect(try isShown(name) == shows)
  }

  @Test func theEndOfARunThatIsWaitedForIsItsResult() throws {
    let method = "GetWorkflowExecutionHistory"
    #expect(try isShown(method) { $0.set("wait_new_event", true) })
    #expect(try isShown(method) { $0.set("history_event_filter_type", "CLOSE_EVENT") })
    let isResultShown = try isShown(method) { request in
      request.set("wait_new_event", true)
      request.set("history_event_filter_type", "CLOSE_EVENT")
    }
    #expect(!isResultShown)
  }

  @Test(.timeLimit(.minutes(1))) func whoSendsPayloadsBackNeedsAllOfThemDecoded() async throws {
    let frontend = try await Frontend { $0.codecs = [.local(Marking(9))] }
    try await frontend.answer(
      "DescribeWorkflowExecution",
      Frontend.response("DescribeWorkflowExecution") { response in
        let memo = response.message("workflow_execution_info").message("memo")
        Payload(encoding: "json/plain", data: [1]).write(into: memo.mapEntry("fields", key: "a"))
      })
    let handle = frontend.client.workflowHandle(id: "id")
    _ = try await handle.describe()
    var options = CallOptions()
    options.requiresDecoding = true
    await #expect(throws: CodecError.self) { try await handle.describe(options: options) }
  }

  @Test func theDetailsOfAnErrorAreDecoded() async throws {
    let name = "temporal.api.errordetails.v1.QueryFailedFailure"
    let detail = MessageBuilder(try #require(MessageType.named(name)))
    detail.message("failure").message("application_failure_info").setPayloads(
      "details", [Payload(encoding: "json/plain", data: [5, 9])])
    let status = MessageBuilder(try #require(MessageType.named("google.rpc.Status")))
    let any = status.append("details")
    any.set("type_url", "type.googleapis.com/\(name)")
    any.set("value", try detail.serialized())
    var configuration = Client.Configuration()
    configuration.codecs = [.local(Marking(9))]
    let client = try Client(configuration)
    let error = try await client.decoded(
      RPCError(.invalidArgument, "it broke", details: try status.serialized()), of: Method.queryWorkflow)
    let failure = try #require(WorkflowQueryFailedError(RPCFailure(error))?.failure)
    guard case .application(let info) = failure.info else { preconditionFailure("it is an application's failure") }
    #expect(info.details.map(\.data) == [[5]])
  }

  @Test func theEndpointIsChecked() {
    for endpoint in ["", "localhost:80", "http://", "ftp://localhost", "http://a b", "http://a\n"] {
      var configuration = Client.Configuration()
      configuration.codecs = [.remote(RemoteCodec.Settings(endpoint: endpoint))]
      #expect(throws: UsageError.self, "\(endpoint)") { try configuration.validate() }
    }
  }

  @Test func nothingShowsTheSecretsOfARemoteCodec() throws {
    var settings = RemoteCodec.Settings(endpoint: "https://me:s3cr3t@localhost/{namespace}?key=s3cr3t")
    settings.authorization = "Bearer s3cr3t"
    settings.headers = [("x-key", "s3cr3t")]
    let codec = try RemoteCodec(settings, namespace: "orders")
    #expect(codec.name == "the codec at https://localhost/orders")
    var text = ""
    dump(settings, to: &text)
    dump(codec, to: &text)
    #expect(!"\(text)\(settings)\(codec)\(codec.name)".contains("s3cr3t"))
  }
}
