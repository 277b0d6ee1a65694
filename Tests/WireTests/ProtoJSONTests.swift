import Testing
import Wire

/// The proto3 JSON mapping, where the comparison with Python does not reach.
@Suite struct ProtoJSONTests {
  private func again(_ type: String, _ json: String) throws -> String {
    try Message(testType(type), json: Array(json.utf8)).view.jsonText()
  }

  private func fault(_ type: String, _ json: String) -> String? { text { _ = try again(type, json) } }

  @Test(arguments: [
    (#"{"fInt64": 5, "fUint64": "7", "fInt32": "-3"}"#, #"{"fInt32":-3,"fInt64":"5","fUint64":"7"}"#),
    (#"{"f_int32": 1.0, "fSint32": 1e2}"#, #"{"fInt32":1,"fSint32":100}"#),
    (#"{"fInt32": null, "fMessage": null, "fEnum": null}"#, "{}"),
    (#"{"fBytes": "-_8"}"#, #"{"fBytes":"+/8="}"#), (#"{"fBytes": "+/8="}"#, #"{"fBytes":"+/8="}"#),
    (#"{"fEnum": 2}"#, #"{"fEnum":"WIRE_COLOR_DARK_GREEN"}"#),
    (#"{"fEnum": "DarkGreen"}"#, #"{"fEnum":"WIRE_COLOR_DARK_GREEN"}"#),
    (#"{"fDouble": "1.5", "fFloat": "NaN"}"#, #"{"fFloat":"NaN","fDouble":1.5}"#),
    (#"{"fString": "\u00e9\ud83c\udf12"}"#, #"{"fString":"é🌒"}"#),
    (#"{"fFloat": 0.1, "fDouble": 0.1}"#, #"{"fFloat":0.1,"fDouble":0.1}"#),
  ])
  func formsThatAreAccepted(json: String, expected: String) throws {
    #expect(try again("Scalars", json) == expected)
  }

  @Test(arguments: [
    (#"{"fInt32": 1.5}"#, "fInt32: expected an integer, got 1.5"),
    (#"{"fInt32": ""}"#, "fInt32: '' is not an integer"),
    (#"{"fInt32": " 1"}"#, "fInt32: ' 1' is not an integer"),
    (#"{"fUint64": -1}"#, "fUint64: -1 does not fit uint64"),
    (#"{"fBool": "true"}"#, "fBool: expected a boolean, got a string"),
    (#"{"fBytes": "a"}"#, "fBytes: the string is not base64"),
    (#"{"fBytes": "a=b="}"#, "fBytes: the string is not base64"),
    (#"{"fString": "a\u0000"}"#, "fString: the string holds a NUL"),
    (#"{"fStrin": "a"}"#, "fStrin: Scalars has no such field; did you mean 'fString'?"),
    (#"{"fMessage": []}"#, "fMessage: expected a table for Leaf, got an array"),
    ("[]", "expected a table for Scalars, got an array"), ("null", "expected a table for Scalars, got null"),
    (#"{"fInt32":1,"fInt32":2}"#, "duplicate object key near '\"fInt32\"' at line 1, column 20"),
  ])
  func formsThatAreNot(json: String, message: String) {
    #expect(fault("Scalars", json) == message)
  }

  @Test func fieldsOfTheWireOrder() throws {
    #expect(
      try again("Scalars", #"{"fOddity":1,"fString":"b","fInt32":1}"#)
        == #"{"fInt32":1,"fString":"b","fOddity":"ODD_ONE"}"#)
  }

  @Test func unknownKeysMayBeIgnored() throws {
    let json = Array(#"{"number":1,"new":{"deep":[1]},"text":"x"}"#.utf8)
    #expect(throws: WireError.self) { try Message(testType("Leaf"), json: json) }
    let message = try Message(testType("Leaf"), json: json, ignoringUnknownFields: true)
    #expect(try message.view.jsonText() == #"{"number":1,"text":"x"}"#)
  }

  @Test func unknownNamesOfEnumValuesMayBeIgnored() throws {
    let json = Array(#"{"fEnum":"WIRE_COLOR_OF_TOMORROW","fInt32":1}"#.utf8)
    #expect(throws: WireError.self) { try Message(testType("Scalars"), json: json) }
    let message = try Message(testType("Scalars"), json: json, ignoringUnknownFields: true)
    #expect(try message.view.jsonText() == #"{"fInt32":1}"#)
  }

  @Test func keysOfMapsAreSortedAndTheLastOfTwoCounts() throws {
    func entry(_ key: String, _ value: String) -> [UInt8] {
      field(1, field(1, Array(key.utf8)) + field(2, Array(value.utf8)))
    }
    let bytes = entry("b", "1") + entry("ä", "2") + entry("", "3") + entry("b", "4") + entry("ab", "5")
    #expect(try unpack("Maps", bytes).jsonText() == #"{"byString":{"":"3","ab":"5","b":"4","ä":"2"}}"#)
    let numbers = #"{"byInt64":{"-2":"","1":"","10":"","9":""}}"#
    #expect(try again("Maps", numbers) == #"{"byInt64":{"-2":"","1":"","9":"","10":""}}"#)
  }

  @Test func defaultsAreWrittenOnRequest() throws {
    let view = Message(empty: testType("Tree")).view
    #expect(try view.jsonText(includingDefaults: true) == #"{"name":"","children":[],"named":{}}"#)
    #expect(try Message(empty: testType("Choice")).view.jsonText(includingDefaults: true) == #"{"beside":""}"#)
    #expect(
      try Message(empty: testType("WellKnown")).view.jsonText(includingDefaults: true) == #"{"times":[],"anys":[]}"#)
  }

  @Test func valuesOfAny() throws {
    let url = "type.googleapis.com/"
    let known = #"{"any":{"@type":"\#(url)temporal.api.common.v1.WorkflowType","name":"Report"}}"#
    #expect(try again("WellKnown", known) == known)
    let time = #"{"any":{"@type":"\#(url)google.protobuf.Timestamp","value":"2026-01-31T00:00:00Z"}}"#
    #expect(try again("WellKnown", time) == time)
    let unknown = #"{"any":{"@type":"\#(url)example.Nowhere","value":"AQID"}}"#
    #expect(try again("WellKnown", unknown) == unknown)
    let nested = #"{"any":{"@type":"\#(url)google.protobuf.Any","value":{"@type":"\#(url)google.protobuf.Empty"}}}"#
    #expect(try again("WellKnown", nested) == nested)
    #expect(try again("WellKnown", #"{"any":{}}"#) == #"{"any":{}}"#)
    // The type may come after the fields.
    let late = #"{"any":{"name":"Report","@type":"\#(url)temporal.api.common.v1.WorkflowType"}}"#
    #expect(try again("WellKnown", late) == known)
    #expect(fault("WellKnown", #"{"any":{"value":"AQID"}}"#) == "any: an Any needs its '@type'")
    #expect(fault("WellKnown", #"{"any":{"@type":5}}"#) == #"any["@type"]: expected a type URL, got an integer"#)
    let field = #"{"any":{"@type":"\#(url)temporal.api.common.v1.WorkflowType","nme":"Report"}}"#
    #expect(fault("WellKnown", field) == "any.nme: WorkflowType has no such field; did you mean 'name'?")
    let extra = #"{"any":{"@type":"\#(url)google.protobuf.Duration","value":"1s","more":1}}"#
    #expect(fault("WellKnown", extra) == "any.more: this Any has only '@type' and 'value'")
  }

  /// Each Any is unpacked only when it is walked, so nothing but the walk can limit their depth.
  @Test func nestedAnyIsLimited() throws {
    var bytes: [UInt8] = []
    for _ in 0..<200 {
      bytes = field(1, Array("type.googleapis.com/google.protobuf.Any".utf8)) + field(2, bytes)
    }
    let message = try Message(testType("WellKnown"), unpacking: field(5, bytes))
    #expect(code { _ = try message.view.json() } == .tooDeep)
    #expect(throws: Never.self) { try message.view.value() }
  }

  @Test func detailsOfAStatusAreUnpacked() throws {
    let type = try #require(MessageType.named("google.rpc.Status"))
    let url = "type.googleapis.com/temporal.api.errordetails.v1.NamespaceNotFoundFailure"
    let json = #"{"details":[{"@type":"\#(url)","namespace":"n"},{}]}"#
    let details = try Message(type, json: Array(json.utf8)).view.messages("details")
    #expect(try details[0].unpackedAny()?.view.string("namespace") == "n")
    #expect(try details[1].unpackedAny()?.type == nil)
  }

  @Test func brokenAnyIsAnError() throws {
    let any = field(1, Array("type.googleapis.com/temporal.api.common.v1.Payload".utf8)) + field(2, [0xFF])
    let message = try Message(testType("WellKnown"), unpacking: field(5, any))
    #expect(code { _ = try message.view.json() } == .malformed)
  }

  @Test func timesOutOfRangeAreErrors() throws {
    let type = testType("WellKnown")
    for (bytes, field) in [
      (field(1, [0x08] + varint(253_402_300_800)), "at"), (field(1, hex("10 80 94 eb dc 03")), "at"),
      (field(2, [0x08] + varint(315_576_000_001)), "lasting"),
      (field(2, hex("08 01 10 ff ff ff ff ff ff ff ff ff 01")), "lasting"),
    ] {
      let view = try Message(type, unpacking: bytes).view
      #expect(code { _ = try view.json() } == .outOfRange, "\(field)")
      #expect(view.has(field))
    }
  }

  @Test(arguments: [
    "1.5", "1", "s", "1m30s", "1.5h", "1.0000000001s", "- 1s", "1.s", ".5s", "315576000001s", "+1s", "1 s",
  ])
  func durationsHaveOneForm(text: String) {
    #expect(fault("WellKnown", #"{"lasting":"\#(text)"}"#) == "lasting: '\(text)' is not a duration such as '1.5s'")
  }

  @Test func masks() throws {
    #expect(try again("WellKnown", #"{"mask":"aB,c.dE"}"#) == #"{"mask":"aB,c.dE"}"#)
    #expect(try again("WellKnown", #"{"mask":""}"#) == #"{"mask":""}"#)
    #expect(fault("WellKnown", #"{"mask":"a_b"}"#) == "mask: 'a_b': the paths of a FieldMask are written in camelCase")
    let view = try Message(testType("WellKnown"), unpacking: field(3, field(1, Array("aB".utf8)))).view
    #expect(code { _ = try view.json() } == .malformed)
  }

  @Test func historiesAsOldFilesHaveThem() throws {
    let type = try apiType("history.v1.HistoryEvent")
    let old =
      #"{"eventId":"1","eventType":"WorkflowExecutionStarted","workflowExecutionStartedEventAttributes":{"attempt":1}}"#
    let view = try Message(type, json: Array(old.utf8)).view
    #expect(view.enumeration("event_type").name?.string == "EVENT_TYPE_WORKFLOW_EXECUTION_STARTED")
    #expect(
      view.whichOneof(containing: "timer_fired_event_attributes") == "workflow_execution_started_event_attributes")
  }

  @Test func valuesThatAreMessagesOfTheirOwn() throws {
    for (name, json) in [
      ("Timestamp", #""2026-01-31T00:00:00.000000001Z""#), ("Duration", #""-1.500s""#), ("FieldMask", #""aB""#),
      ("Int64Value", #""-5""#), ("BytesValue", #""AA==""#), ("BoolValue", "false"), ("Empty", "{}"),
    ] {
      let type = try #require(MessageType.named("google.protobuf." + name))
      #expect(try Message(type, json: Array(json.utf8)).view.jsonText() == json)
    }
  }
}
