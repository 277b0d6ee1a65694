import Testing

@testable import TemporalClient

@Suite struct PayloadTests {
  private func roundTrip(_ payload: Payload) throws -> Payload {
    let builder = MessageBuilder(try #require(MessageType.named("temporal.api.common.v1.Payload")))
    payload.write(into: builder)
    return Payload(view: try builder.finished().view)
  }

  @Test func survivesTheWire() throws {
    let payload = Payload(
      metadata: [("encoding", Array("binary/own".utf8)), ("key", [0, 0xFF, 0x80]), ("empty", [])], data: [0, 1, 0xFF])
    let copy = try roundTrip(payload)
    #expect(copy == payload)
    #expect(copy.metadata.map(\.key) == ["encoding", "key", "empty"])
    #expect(copy.metadataText("key") == "\0\u{FFFD}\u{FFFD}")
    #expect(try roundTrip(Payload(metadata: [], data: [])) == Payload(metadata: [], data: []))
  }

  @Test func isEqualWhateverTheOrderOfItsMetadata() {
    let one = Payload(metadata: [("a", [1]), ("b", [2])], data: [3])
    #expect(one == Payload(metadata: [("b", [2]), ("a", [1])], data: [3]))
    #expect(one != Payload(metadata: [("a", [1]), ("b", [3])], data: [3]))
    #expect(one != Payload(metadata: [("a", [1])], data: [3]))
    #expect(one != Payload(metadata: [("a", [1]), ("b", [2])], data: []))
  }

  @Test func knowsItsEncoding() {
    #expect(Payload(encoding: "json/plain", data: []).encoding == "json/plain")
    #expect(Payload(metadata: [], data: []).encoding == "<unknown>")
  }
}
