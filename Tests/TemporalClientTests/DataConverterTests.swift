import Testing

@testable import TemporalClient

@Suite struct DataConverterTests {
  private let converter = DataConverter()

  private func encode(json text: String) throws -> Payload {
    try converter.encode(JSONDocument(parsing: text).root)
  }

  private func decode(_ payload: Payload) throws -> String {
    var sink = JSONWriter()
    try converter.decode(payload, into: &sink)
    return String(decoding: sink.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    ("null", "binary/null", ""),
    ("true", "json/plain", "true"),
    ("false", "json/plain", "false"),
    ("1", "json/plain", "1"),
    ("-9223372036854775808", "json/plain", "-9223372036854775808"),
    ("1.0", "json/plain", "1.0"),
    ("0.1", "json/plain", "0.1"),
    ("1e300", "json/plain", "1e+300"),
    ("-0.0", "json/plain", "-0.0"),
    ("\"\"", "json/plain", "\"\""),
    (#""a\"b\\c\u0000\u001f\n\u00e9\ud83d\ude00/""#, "json/plain", #""a\"b\\c\u0000\u001f\né😀/""#),
    ("[]", "json/plain", "[]"),
    ("{}", "json/plain", "{}"),
    ("[1, [2.5, null], {}]", "json/plain", "[1,[2.5,null],{}]"),
    (
      #"{"b": 1, "a": [ {"d": 2, "c": 3} ], "B": null, "é": 4, "aa": 5}"#, "json/plain",
      #"{"B":null,"a":[{"c":3,"d":2}],"aa":5,"b":1,"é":4}"#
    ),
  ])
  func writesCompactJSONWithSortedKeys(json: String, encoding: String, data: String) throws {
    let payload = try encode(json: json)
    #expect(payload == Payload(encoding: encoding, data: Array(data.utf8)))
    #expect(payload.metadata.map(\.key) == ["encoding"])
  }

  @Test(arguments: ["null", "1", "1.0", "\"x\"", "[]", "{}", #"[true,{"a":[1,2.5,"é",null]}]"#])
  func readsWhatItWrites(json: String) throws {
    #expect(try decode(encode(json: json)) == json)
  }

  @Test func bytesAreAPayloadOfTheirOwn() throws {
    let payload = try converter.encode(TestSource.bytes([0, 0xFF]))
    #expect(payload == Payload(encoding: "binary/plain", data: [0, 0xFF]))
    #expect(try decode(payload) == "\"AP8=\"")
    let error = #expect(throws: WireError.self) {
      try converter.encode(TestSource.object([("list", .array([.integer(1), .bytes([1])]))]))
    }
    #expect(error?.description == "list[2]: JSON cannot hold bytes; only a whole argument can be bytes")
  }

  @Test func aPayloadStaysAsItIs() throws {
    let builder = MessageBuilder(try #require(MessageType.named("temporal.api.common.v1.Payload")))
    let payload = Payload(metadata: [("encoding", Array("my/own".utf8)), ("key", [1])], data: [2])
    payload.write(into: builder)
    #expect(try converter.encode(TestSource.ready(.message(builder.finished().view))) == payload)
  }

  @Test func timesAreTexts() throws {
    let time = TestSource.ready(.time(seconds: 1_700_000_000, nanos: 5_000_000))
    #expect(
      try converter.encode(TestSource.array([time])).data == Array(#"["2023-11-14T22:13:20.005Z"]"#.utf8))
  }

  @Test func anEmptyTableIsAnObject() throws {
    #expect(try converter.encode(TestSource.empty).data == Array("{}".utf8))
  }

  @Test func whatIsNoJSONIsAnErrorWithItsPlace() {
    func error(_ source: TestSource) -> WireError? {
      #expect(throws: WireError.self) { try converter.encode(source) }
    }
    #expect(error(.double(.nan))?.code == .outOfRange)
    #expect(error(.double(.infinity))?.description == "JSON has no number for inf")
    let text = error(.object([("a b", .array([.string([0x61, 0xFF])]))]))
    #expect(text?.code == .invalidUTF8)
    #expect(text?.pathText == #"["a b"][1]"#)
    #expect(error(.other)?.description == "JSON cannot hold a value of another kind")
    let twice = error(.object([("a", .object([("k", .integer(1)), ("k", .integer(2))]))]))
    #expect(twice?.code == .duplicate)
    #expect(twice?.pathText == "a.k")
  }

  @Test func depthHasALimit() throws {
    func nested(_ depth: Int) -> TestSource {
      (0..<depth).reduce(.integer(1)) { inner, _ in .array([inner]) }
    }
    let deepest = try converter.encode(nested(JSONEncoding.depthLimit))
    #expect(try decode(deepest).utf8.count == 2 * JSONEncoding.depthLimit + 1)
    let error = #expect(throws: WireError.self) { try converter.encode(nested(JSONEncoding.depthLimit + 1)) }
    #expect(error?.code == .tooDeep)
  }

  @Test func jsonOfMessagesIsReadAsJSON() throws {
    let payload = Payload(
      metadata: [("encoding", Array("json/protobuf".utf8)), ("messageType", Array("a.B".utf8))],
      data: Array(#"{"x":"1"}"#.utf8))
    #expect(try decode(payload) == #"{"x":"1"}"#)
  }

  @Test(arguments: [
    (Payload(encoding: "my/own", data: []), "Unknown payload encoding my/own"),
    (Payload(metadata: [], data: []), "Unknown payload encoding <unknown>"),
    (Payload(encoding: "binary/null", data: [1]), "Expected empty data set for binary/null"),
    (
      Payload(encoding: "json/plain", data: Array("NaN".utf8)),
      "The data of a json/plain payload is not JSON: "
    ),
  ])
  func whatCannotBeReadIsAnError(payload: Payload, message: String) {
    let error = #expect(throws: PayloadError.self) { try decode(payload) }
    #expect(error?.message.hasPrefix(message) == true)
    #expect(error?.encoding == payload.encoding)
  }
}
