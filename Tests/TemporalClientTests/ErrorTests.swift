import Testing

@testable import TemporalClient

@Suite struct ErrorTests {
  private func status(_ details: [(type: String, value: [UInt8])]) throws -> [UInt8] {
    let builder = MessageBuilder(try #require(MessageType.named("google.rpc.Status")))
    builder.set("code", 5)
    builder.set("message", "text of the status")
    for detail in details {
      let any = builder.append("details")
      any.set("type_url", "type.googleapis.com/\(detail.type)")
      any.set("value", detail.value)
    }
    return try builder.serialized()
  }

  @Test func anRPCFailureTellsCodeAndText() {
    let failure = RPCFailure(RPCError(.notFound, "workflow not found for ID: x"))
    #expect(failure.kind == "RPCError")
    #expect(failure.status == .notFound)
    #expect(failure.message == "workflow not found for ID: x")
    #expect(failure.description == "RPCError: NOT_FOUND: workflow not found for ID: x")
    #expect(failure.details.isEmpty)
    #expect(RPCFailure(RPCError(.unavailable, "")).message == "UNAVAILABLE")
  }

  @Test func anRPCFailureReadsItsDetails() throws {
    let name = "temporal.api.errordetails.v1.NamespaceNotFoundFailure"
    let detail = MessageBuilder(try #require(MessageType.named(name)))
    detail.set("namespace", "lost")
    let bytes = try status([(name, detail.serialized()), ("some.Unknown", [1, 2]), (name, [0xFF])])
    let failure = RPCFailure(RPCError(.notFound, "lost", details: bytes))
    #expect(failure.rawStatus == bytes)
    #expect(failure.details.map(\.typeName) == [name, "some.Unknown", name])
    #expect(failure.details[0].message?.view.string("namespace") == "lost")
    #expect(failure.details[1].message == nil)
    #expect(failure.details[1].bytes == [1, 2])
    #expect(failure.details[2].message == nil)
    #expect(failure.firstDetail(name)?.view.string("namespace") == "lost")
    #expect(failure.firstDetail("some.Unknown") == nil)
  }

  @Test func aBrokenDetailHidesNothing() {
    let failure = RPCFailure(RPCError(.internal, "text", details: [0xFF, 0xFF]))
    #expect(failure.message == "text")
    #expect(failure.details.isEmpty)
    #expect(failure.rawStatus == [0xFF, 0xFF])
  }

  @Test func causesFollowOnLinesOfTheirOwn() {
    let root = Failure(.other, message: "root")
    let activity = Failure(.server(nonRetryable: true), message: "", causedBy: root)
    #expect(
      WorkflowUpdateFailedError(failure: activity).description == """
        WorkflowUpdateFailedError: Workflow update failed
        caused by ServerError: Server error
        caused by FailureError: root
        """)
    #expect(
      WorkflowUpdateRPCTimeoutOrCancelledError(reason: CancellationError()).description == """
        WorkflowUpdateRPCTimeoutOrCancelledError: Timeout or cancellation waiting for update
        caused by CancellationError()
        """)
  }

  @Test(arguments: [
    ("go away", "go away"),
    ("no such host: x", "no such host: x"),
    (
      "failed to connect to all addresses; last error: UNKNOWN: ipv4:127.0.0.1:1: Failed to connect to remote host: "
        + "Connection refused", "Connection refused"
    ),
  ])
  func aConnectionThatFailsTellsWhyInOneSentence(text: String, reason: String) {
    let error = ConnectError(
      Client.Configuration(target: "host:1"), failure: RPCFailure(RPCError(.unavailable, text)))
    #expect(error.description == "ConnectError: cannot connect to host:1: \(reason)")
  }

  @Test(arguments: [
    (
      "Ssl handshake failed: SSL_ERROR_SSL: error:0A000460:SSL routines::tlsv1 alert protocol version",
      "the server refused the TLS handshake: tlsv1 alert protocol version"
    ),
    ("Peer name 10.0.0.1 is not in peer certificate", "the server's certificate is not for 10.0.0.1"),
    ("Endpoint read failed", "the server closed the encrypted connection; it may not accept the client certificate"),
  ])
  func aHandshakeThatFailsTellsWhyInOneSentence(part: String, reason: String) {
    var configuration = Client.Configuration(target: "host:1")
    var settings = TLSSettings()
    settings.clientCertificate = .path("client.pem")
    settings.clientPrivateKey = .path("client.key")
    configuration.encryption = .tls(settings)
    let text = "failed to connect to all addresses; last error: UNKNOWN: ipv4:10.0.0.1:1: \(part)"
    let error = ConnectError(configuration, failure: RPCFailure(RPCError(.unavailable, text)))
    #expect(error.message == "cannot connect to host:1: \(reason)")
  }

  @Test func aRejectionTellsTheStatus() throws {
    let statuses = try #require(
      MessageType.named("temporal.api.query.v1.QueryRejected")?.field(named: "status")?.enumType)
    let error = WorkflowQueryRejectedError(status: statuses.value(named: "COMPLETED"))
    #expect(error.message == "Query rejected, status: COMPLETED")
    #expect(WorkflowQueryRejectedError(status: nil).message == "Query rejected, status: unknown")
  }

  @Test func theEndOfAWaitForAnUpdateIsOneError() async {
    for code in [StatusCode.deadlineExceeded, .cancelled] {
      await #expect(throws: WorkflowUpdateRPCTimeoutOrCancelledError.self) {
        try await WorkflowUpdateRPCTimeoutOrCancelledError.wrapping { throw RPCFailure(RPCError(code, "")) }
      }
    }
    await #expect(throws: WorkflowUpdateRPCTimeoutOrCancelledError.self) {
      try await WorkflowUpdateRPCTimeoutOrCancelledError.wrapping { throw CancellationError() }
    }
    await #expect(throws: RPCFailure.self) {
      try await WorkflowUpdateRPCTimeoutOrCancelledError.wrapping { throw RPCFailure(RPCError(.notFound, "")) }
    }
  }
}
