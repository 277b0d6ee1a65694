import Testing
import Wire

@testable import TemporalClient

@Suite struct PayloadShorthandTests {
  private func memo(_ payload: Payload) throws -> String {
    let builder = MessageBuilder(try #require(MessageType.named("temporal.api.common.v1.Memo")))
    payload.write(into: builder.mapEntry("fields", key: "k"))
    return String(decoding: try builder.finished().view.jsonWithPayloadShorthand(), as: UTF8.self)
  }

  private func input(_ payloads: [Payload]) throws -> String {
    let type = try #require(MessageType.named("temporal.api.history.v1.WorkflowExecutionSignaledEventAttributes"))
    let builder = MessageBuilder(type)
    builder.setPayloads("input", payloads)
    return String(decoding: try builder.finished().view.jsonWithPayloadShorthand(), as: UTF8.self)
  }

  private func payload(_ encoding: String, _ data: String, type: (String, String)? = nil) -> Payload {
    var metadata = [("encoding", Array(encoding.utf8))]
    if let type { metadata.append((type.0, Array(type.1.utf8))) }
    return Payload(metadata: metadata, data: Array(data.utf8))
  }

  // What the CLI prints for the same payloads.
  @Test(arguments: [
    ("json/plain", "{\"a\":[1,null]}", nil, "{\"a\":[1,null]}"),
    ("json/plain", "\"x\"", nil, "\"x\""),
    ("binary/null", "", nil, "null"),
    ("json/protobuf", "{\"x\":1}", "messageType=a.B", "{\"_protoMessageType\":\"a.B\",\"x\":1}"),
    ("json/protobuf", "5", "messageType=a.B", nil),
    ("json/protobuf", "{}", nil, nil),
    ("json/plain", "\"x\"", "type=Keyword", nil),
    ("json/plain", "{bad", nil, nil),
    ("binary/plain", "x", nil, nil),
    ("odd", "x", nil, nil),
  ])
  func isTheValueWhereJSONHoldsIt(encoding: String, data: String, more: String?, shown: String?) throws {
    let pair = more.map { text in
      let parts = text.split(separator: "=")
      return (String(parts[0]), String(parts[1]))
    }
    let text = try memo(payload(encoding, data, type: pair))
    if let shown {
      #expect(text == "{\"fields\":{\"k\":\(shown)}}")
    } else {
      #expect(text.contains("\"metadata\":{\"encoding\":\"\(Base64.encode(Array(encoding.utf8)))\""))
      #expect(text.contains("\"data\":\"\(Base64.encode(Array(data.utf8)))\""))
    }
  }

  @Test func isAListOfValuesOrOfPayloads() throws {
    #expect(try input([payload("json/plain", "1"), payload("binary/null", "")]) == "{\"input\":[1,null]}")
    let mixed = try input([payload("json/plain", "1"), payload("odd", "x")])
    #expect(mixed.hasPrefix("{\"input\":{\"payloads\":[1,{\"metadata\""))
  }
}
