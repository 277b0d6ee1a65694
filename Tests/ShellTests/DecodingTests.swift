import LuaRuntime
import TemporalClient
import Testing
import Wire

@testable import Shell

/// What Lua code sees of messages and payloads.
@Suite struct DecodingTests {
  private let lua: TestVM

  init() throws { lua = try TestVM() }

  private func shown(_ type: String, json: String) throws -> String {
    lua.stack.setCount(0)
    let message = try Message(#require(MessageType.named(type)), json: Array(json.utf8))
    try lua.stack.push(message.view)
    return try lua.shown()
  }

  @Test func aMessageIsATableByProtoNames() throws {
    let shown = try shown(
      "temporal.api.workflow.v1.WorkflowExecutionInfo",
      json: #"""
        {"execution": {"workflowId": "w", "runId": "r"}, "type": {"name": "T"}, "historyLength": "7",
         "status": "WORKFLOW_EXECUTION_STATUS_COMPLETED", "startTime": "2026-11-23T12:00:00.000000001Z",
         "executionDuration": "1.500s"}
        """#)
    #expect(
      shown == """
        { execution = { run_id = "r", workflow_id = "w" }, execution_duration = 1.5, history_length = 7, \
        start_time = 2026-11-23T12:00:00.000000001Z, status = "COMPLETED", type = { name = "T" } }
        """)
  }

  @Test func anUnknownEnumValueStaysVisible() throws {
    #expect(
      try shown("temporal.api.workflow.v1.WorkflowExecutionInfo", json: #"{"status": 88}"#)
        == #"{ status = "UNKNOWN(88)" }"#)
  }

  @Test func payloadsAreTheValuesThatTheyCarry() throws {
    // "MQ==" is 1 and "bnVsbA==" null in base64, "anNvbi9wbGFpbg==" json/plain.
    let one = #"{"metadata": {"encoding": "anNvbi9wbGFpbg=="}, "data": "MQ=="}"#
    let null = #"{"metadata": {"encoding": "anNvbi9wbGFpbg=="}, "data": "bnVsbA=="}"#
    #expect(
      try shown(
        "temporal.api.history.v1.WorkflowExecutionStartedEventAttributes",
        json: #"{"input": {"payloads": [\#(one), \#(null)]}}"#) == lua.shown("{ input = { 1, json.null } }"))
    #expect(
      try shown("temporal.api.common.v1.Memo", json: #"{"fields": {"b": \#(null), "a": \#(one)}}"#)
        == lua.shown("{ fields = { a = 1, b = json.null } }"))
  }

  @Test func aPayloadThatCannotBeDecodedStaysOneWhereItIsShown() throws {
    for payload in [Payload(encoding: "a/mystery", data: [1, 2]), Payload(json: "{"), Payload(metadata: [], data: [])] {
      lua.stack.setCount(0)
      lua.stack.pushDecodedOrRaw(payload)
      #expect(lua.stack.count == 1)
      #expect(lua.stack.hasMetatable(.payload, at: 1))
      #expect(try lua.stack.payload(at: 1, path: "value") == payload)
    }
  }

  @Test(arguments: [
    (Payload(encoding: "a/mystery", data: []), "Unknown payload encoding a/mystery"),
    (Payload(json: "{"), "is not JSON"), (Payload(json: ""), "is not JSON"), (Payload(json: "1 2"), "is not JSON"),
    (Payload(encoding: "binary/null", data: [0]), "Expected empty data"),
    (Payload(metadata: [], data: []), "Unknown payload encoding <unknown>"),
  ])
  func aPayloadThatCannotBeDecodedIsAnErrorWhereItsValueIsWanted(payload: Payload, complaint: String) throws {
    let error = #expect(throws: (any Error).self) { try lua.shown(payload) }
    #expect("\(error!)".contains(complaint))
  }

  @Test func protobufPayloadsAreTheirJSON() throws {
    let payload = Payload(encoding: "json/protobuf", data: Array(#"{"workflowId":"w"}"#.utf8))
    #expect(try lua.shown(payload) == #"{ workflowId = "w" }"#)
  }

  @Test func textMayHoldAnyBytes() throws {
    #expect(try lua.shown(Payload(json: #""a\u0000\ud83d\ude00""#)) == #""a\000😀""#)
  }

  // As the Python SDK decodes search attributes, by the type in their metadata.
  @Test(arguments: [
    (#"["x"]"#, "Keyword", "'x'"), (#""x""#, "Keyword", "'x'"), (#"["x"]"#, "KeywordList", "{ 'x' }"),
    (#"["x","y"]"#, "Keyword", "{ 'x', 'y' }"), ("[]", "KeywordList", "{}"), ("[]", "Keyword", "{}"),
    (#"["x"]"#, "INDEXED_VALUE_TYPE_KEYWORD_LIST", "{ 'x' }"), (#"["x"]"#, "INDEXED_VALUE_TYPE_KEYWORD", "'x'"),
    ("1", "Double", "1.0"), ("[1]", "Double", "1.0"), ("2.5", "INDEXED_VALUE_TYPE_DOUBLE", "2.5"), ("1", "Int", "1"),
    ("[true]", "Bool", "true"), (#""x""#, "Text", "'x'"), (#"["x"]"#, "SomethingNew", "'x'"),
    (
      #""2026-11-23T12:00:00.5Z""#, "Datetime", "temporal.timestamp('2026-11-23T12:00:00.5Z')"
    ),
    (
      #"["2026-11-23T12:00:00Z"]"#, "INDEXED_VALUE_TYPE_DATETIME", "temporal.timestamp('2026-11-23T12:00:00Z')"
    ),
    (#""not a time""#, "Datetime", "'not a time'"), (#""x""#, "Double", "'x'"), ("null", "Keyword", "nil"),
  ])
  func searchAttributesHaveTheFormOfTheirType(json: String, type: String, expression: String) throws {
    #expect(try lua.shown(Payload(json: json, type: type)) == lua.shown(expression))
  }

  @Test func onlySearchAttributesAreTakenOutOfTheirLists() throws {
    #expect(try lua.shown(Payload(json: #"["x"]"#)) == lua.shown("{ 'x' }"))
  }
}
