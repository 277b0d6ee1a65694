import Testing
import Wire

/// Requests as the client writes them.
@Suite struct BuilderTests {
  @Test func buildsARequest() throws {
    let builder = MessageBuilder(try apiType("workflowservice.v1.StartWorkflowExecutionRequest"))
    builder.set("namespace", "default")
    builder.set("workflow_id", Optional<String>.none)
    builder.message("workflow_type").set("name", "Report")
    let queue = builder.message("task_queue")
    queue.set("name", "reports")
    builder.message("task_queue").set("kind", "normal")
    for number in 0..<10 {
      let payload = builder.message("input").append("payloads")
      payload.set("metadata", key: "encoding", Array("json/plain".utf8))
      payload.set("data", Array("\(number)".utf8))
    }
    builder.set("workflow_id_reuse_policy", "REJECT_DUPLICATE")
    builder.setDuration("workflow_run_timeout", .milliseconds(1500))
    builder.setDuration("workflow_task_timeout", Optional<Duration>.none)
    builder.message("memo").mapEntry("fields", key: "memo").set("data", [1])
    let view = try builder.finished().view
    #expect(view.string("namespace") == "default")
    #expect(view.string("workflow_id") == "")
    #expect(view.message("workflow_type")?.string("name") == "Report")
    #expect(view.message("task_queue")?.enumeration("kind").shortName == "NORMAL")
    let payloads = try #require(view.message("input")).messages("payloads")
    #expect(payloads.map { String(decoding: $0.bytes("data"), as: UTF8.self) } == (0..<10).map(String.init))
    #expect(payloads[3].mapEntry("metadata", key: "encoding")?.bytes == Array("json/plain".utf8))
    #expect(view.enumeration("workflow_id_reuse_policy").name?.string == "WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE")
    #expect(try #require(view.duration("workflow_run_timeout")) == (1, 500_000_000))
    #expect(view.duration("workflow_task_timeout") == nil)
    #expect(view.message("memo")?.mapEntries("fields").map(\.key) == ["memo"])
  }

  @Test func setsEveryKind() throws {
    let builder = MessageBuilder(testType("Scalars"))
    builder.set("f_int32", -1)
    builder.set("f_uint64", UInt64.max)
    builder.set("f_float", 0.5)
    builder.set("f_double", 0.1)
    builder.set("f_bool", true)
    builder.set("f_enum", try #require(testType("Scalars").field(named: "f_enum")?.enumType?.value(named: "RED")))
    builder.set("f_oddity", 1)
    builder.set("f_string", "é")
    builder.set("f_bytes", [0, 1])
    let json = #"{"fInt32":-1,"fUint64":"18446744073709551615","fFloat":0.5,"fDouble":0.1,"fBool":true,"#
    let rest = #""fEnum":"WIRE_COLOR_RED","fString":"é","fBytes":"AAE=","fOddity":"ODD_ONE"}"#
    #expect(try builder.finished().view.jsonText() == json + rest)
  }

  @Test func aOneofKeepsTheMemberSetLast() throws {
    let builder = MessageBuilder(testType("Choice"))
    builder.set("c_string", "text")
    builder.set("c_bool", true)
    builder.message("c_message").set("number", 4)
    #expect(try builder.finished().view.jsonText() == #"{"cMessage":{"number":4}}"#)
    builder.set("c_int64", -1)
    builder.set("x", "")
    let view = try builder.finished().view
    #expect(view.whichOneof(containing: "c_message") == "c_int64")
    #expect(view.message("c_message") == nil)
    #expect(try view.jsonText() == #"{"cInt64":"-1","x":""}"#)
  }

  @Test func listsAndMapsGrow() throws {
    let builder = MessageBuilder(testType("Repeated"))
    for number in 0..<100 {
      builder.append("f_string", "\(number)")
      builder.append("f_int64", number)
      builder.append("f_bytes", [UInt8(number)])
    }
    let view = try builder.finished().view
    #expect(view.strings("f_string").count == 100)
    #expect(view.integers("f_int64") == (0..<100).map(Int64.init))
    let maps = MessageBuilder(testType("Maps"))
    for number in 0..<50 { maps.set("to_int32", key: "\(number % 10)", number) }
    maps.mapEntry("to_message", key: "a").set("number", 1)
    maps.mapEntry("to_message", key: "a").set("text", "kept")
    #expect(try maps.finished().view.mapEntries("to_int32").map(\.integer) == (40..<50).map(Int64.init))
    let leaf = try #require(try maps.finished().view.mapEntry("to_message", key: "a")).message
    #expect(leaf.integer("number") == 1 && leaf.string("text") == "kept")
  }

  @Test func viewsAreCopied() throws {
    let tree = try Message(testType("Tree"), json: Array(#"{"name":"a","children":[{"name":"b"}]}"#.utf8))
    let builder = MessageBuilder(testType("Tree"))
    builder.set("child", tree.view)
    builder.append("children", tree.view)
    builder.set("named", key: "k", tree.view)
    // What was copied can be changed further.
    builder.message("child").append("children").set("name", "c")
    let expected =
      #"{"child":{"name":"a","children":[{"name":"b"},{"name":"c"}]},"children":[{"name":"a","children":[{"name":"b"}]}]"#
      + #","named":{"k":{"name":"a","children":[{"name":"b"}]}}}"#
    #expect(try builder.finished().view.jsonText() == expected)
  }

  @Test func faultsInValuesAreThrownAtTheEnd() {
    func fault(_ body: (MessageBuilder) -> Void) -> String? {
      text {
        let builder = MessageBuilder(testType("Everything"))
        body(builder)
        // Only the first fault counts.
        builder.message("scalars").set("f_string", "\0")
        _ = try builder.serialized()
      }
    }
    #expect(fault { _ in } == "scalars.f_string: the string holds a NUL")
    #expect(
      fault { $0.message("scalars").set("f_int32", 1 << 40) } == "scalars.f_int32: 1099511627776 does not fit int32")
    #expect(fault { $0.message("scalars").set("f_uint32", -1) } == "scalars.f_uint32: -1 does not fit uint32")
    let list = fault { $0.message("repeated_fields").append("f_string", "a\0") }
    #expect(list == "repeated_fields.f_string[0]: the string holds a NUL")
    let map = fault { $0.message("maps").mapEntry("to_message", key: "a b").set("text", "\0") }
    #expect(map == #"maps.to_message["a b"].text: the string holds a NUL"#)
    let color = fault { $0.message("scalars").set("f_enum", "gren") }
    #expect(color == "scalars.f_enum: WireColor has no value 'gren'")
    let near = fault { $0.message("scalars").set("f_enum", "dark_gren") }
    #expect(near == "scalars.f_enum: WireColor has no value 'dark_gren'; did you mean 'DARK_GREEN'?")
    let time = fault { $0.message("well_known").setTimestamp("at", seconds: .max) }
    #expect(time == "well_known.at: 9223372036854775807 seconds and 0 nanoseconds are out of range")
  }

  @Test func absentFieldsReadAsZero() throws {
    let view = Message(empty: testType("Everything")).view
    #expect(!view.has("scalars") && view.message("scalars") == nil && view.messages("choices").isEmpty)
    let scalars = Message(empty: testType("Scalars")).view
    #expect(scalars.string("f_string") == "" && scalars.integer("f_int64") == 0 && scalars.double("f_double") == 0)
    #expect(scalars.bytes("f_bytes") == [] && !scalars.boolean("f_bool") && scalars.enumeration("f_enum").number == 0)
    let choice = Message(empty: testType("Choice")).view
    #expect(choice.string("c_string") == "" && choice.bytes("c_bytes") == [] && choice.message("c_message") == nil)
    let legacy = Message(empty: testType("Legacy")).view
    #expect(!legacy.has("greeting") && legacy.string("greeting") == "hello" && legacy.integer("answer") == 42)
    #expect(try Message(empty: testType("Maps")).view.serialized() == [])
  }

  /// A view keeps what it points into.
  @Test func viewsOutliveTheirMessage() throws {
    func leaf() throws -> MessageView {
      let json = #"{"f_message":{"text":"here"}}"#
      return try #require(try Message(testType("Scalars"), json: Array(json.utf8)).view.message("f_message"))
    }
    #expect(try leaf().string("text") == "here")
    #expect(
      try Message(testType("Tree"), json: Array(#"{"children":[{"name":"x"}]}"#.utf8)).view.messages("children")
        .map { $0.string("name") } == ["x"])
  }

  @Test func aWrongNameIsAMistakeInTheCode() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Message(empty: testType("Leaf")).view.integer("numbr")
    }
    let output = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } ?? ""
    #expect(output.contains("moondial.wiretest.v1.Leaf has no field 'numbr'; did you mean 'number'?"))
    await #expect(processExitsWith: .failure) { MessageBuilder(testType("Leaf")).set("number", "text") }
    await #expect(processExitsWith: .failure) { _ = Message(empty: testType("Leaf")).view.message("text") }
    await #expect(processExitsWith: .failure) { MessageBuilder(testType("Leaf")).append("text", "x") }
  }
}
