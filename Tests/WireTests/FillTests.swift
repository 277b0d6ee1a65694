import Testing
import Wire

/// Messages from the tables that scripts write, and what is said where they are wrong.
@Suite struct FillTests {
  private func json(_ type: String, _ fields: [String: Value]) throws -> String {
    try Message(testType(type), .fields(fields)).view.jsonText()
  }

  private func fault(_ type: String, _ fields: [String: Value]) -> String? {
    text { _ = try Message(testType(type), .fields(fields)) }
  }

  @Test func errorsTellTheWay() throws {
    let builder = MessageBuilder(try apiType("workflowservice.v1.StartWorkflowExecutionRequest"))
    let payload = Value.fields(["metadata": .fields(["encoding": .integer(1)])])
    let request = Value.fields(["input": .fields(["payloads": .array([.fields([:]), payload])])])
    let description = text { try builder.fill(from: request, at: "start_workflow") }
    #expect(description == "start_workflow.input.payloads[2].metadata.encoding: expected bytes, got a number")
    #expect(code { _ = try builder.serialized() } == .wrongType)
  }

  @Test func unknownFieldsAreErrorsWithANearName() throws {
    #expect(fault("Leaf", ["numbr": .integer(1)]) == "numbr: Leaf has no such field; did you mean 'number'?")
    #expect(fault("Leaf", ["zzz": .integer(1)]) == "zzz: Leaf has no such field")
    #expect(
      fault("Scalars", ["f_message": .fields(["txt": .null])])
        == "f_message.txt: Leaf has no such field; did you mean 'text'?")
    let builder = MessageBuilder(testType("Leaf"))
    try builder.fill(from: Value.fields(["zzz": .integer(1), "number": .integer(2)]), ignoringUnknownFields: true)
    #expect(try builder.finished().view.integer("number") == 2)
    let positional = text { _ = try Message(testType("Leaf"), .array([.integer(1)])) }
    #expect(positional == "expected a table for Leaf, got array")
    let mixed = text { _ = try Message(testType("Leaf"), .object([.integer(1): .integer(2)])) }
    #expect(mixed == "[1]: Leaf has named fields only")
  }

  @Test func kindsAreChecked() {
    let wrong: [(String, Value, String)] = [
      ("f_int32", .boolean(true), "expected an integer, got boolean"),
      ("f_int32", .double(1.5), "expected an integer, got 1.5"),
      ("f_int32", .double(.nan), "expected an integer, got nan"),
      ("f_int32", .integer(1 << 31), "2147483648 does not fit int32"),
      ("f_int32", .text("12x"), "'12x' is not an integer"),
      ("f_int64", .double(1e19), "10000000000000000000 does not fit int64"),
      ("f_uint32", .integer(-1), "-1 does not fit uint32"),
      ("f_fixed32", .integer(1 << 32), "4294967296 does not fit uint32"),
      ("f_float", .double(1e39), "does not fit a float"),
      ("f_double", .text("0x10"), "'0x10' is not a number"),
      ("f_double", .text("inf"), "'inf' is not a number"),
      ("f_bool", .integer(1), "expected a boolean, got a number"),
      ("f_enum", .text("PURPLE"), "WireColor has no value 'PURPLE'"),
      ("f_enum", .text("PURLPE"), "WireColor has no value 'PURLPE'"),
      ("f_enum", .text("RDE"), "WireColor has no value 'RDE'; did you mean 'RED'?"),
      (
        "f_enum", .text("WIRE_COLOR_DARK_GREN"),
        "WireColor has no value 'WIRE_COLOR_DARK_GREN'; did you mean 'WIRE_COLOR_DARK_GREEN'?"
      ),
      ("f_enum", .text("UNKNOWN(x)"), "WireColor has no value 'UNKNOWN(x)'"),
      ("f_enum", .text("UNKNOWN(4294967296)"), "WireColor has no value 'UNKNOWN(4294967296)'"),
      ("f_enum", .double(1.5), "expected a value of WireColor, got 1.5"),
      ("f_enum", .double(.infinity), "expected a value of WireColor, got inf"),
      ("f_enum", .double(1e12), "WireColor has 32-bit numbers"),
      ("f_enum", .boolean(true), "expected a value of WireColor, got boolean"),
      ("f_enum", .integer(1 << 32), "WireColor has 32-bit numbers"),
      ("f_string", .integer(1), "expected a string, got a number"),
      ("f_string", .bytes([0x61]), "expected a string, got bytes"),
      ("f_string", .text("a\0b"), "the string holds a NUL"),
      ("f_string", .string([0xFF]), "the string is not valid UTF-8"),
      ("f_bytes", .integer(1), "expected bytes, got a number"),
      ("f_message", .text("x"), "expected a table for Leaf, got a string"),
      ("f_message", .other("a function"), "expected a table for Leaf, got a function"),
      ("f_message", .time(1, 0), "expected a table for Leaf, got a time"),
      ("f_message", .ready(Message(empty: testType("Tree"))), "expected a Leaf, got a Tree"),
    ]
    for (field, value, message) in wrong { #expect(fault("Scalars", [field: value]) == "\(field): \(message)") }
    #expect(fault("Repeated", ["f_int32": .integer(1)]) == "f_int32: expected a list, got a number")
    #expect(fault("Repeated", ["f_int32": .array([.integer(1), .null])]) == "f_int32[2]: a list cannot hold null")
    #expect(fault("Maps", ["to_bool": .fields(["a": .null])]) == "to_bool.a: a map cannot hold null")
    #expect(fault("Maps", ["to_bool": .text("x")]) == "to_bool: expected a table for a map, got a string")
  }

  @Test func scalarsMayComeInOtherForms() throws {
    #expect(try json("Scalars", ["f_int64": .text("-9223372036854775808")]) == #"{"fInt64":"-9223372036854775808"}"#)
    #expect(try json("Scalars", ["f_uint64": .text("18446744073709551615")]) == #"{"fUint64":"18446744073709551615"}"#)
    #expect(try json("Scalars", ["f_int32": .double(3)]) == #"{"fInt32":3}"#)
    #expect(try json("Scalars", ["f_double": .integer(3)]) == #"{"fDouble":3.0}"#)
    #expect(try json("Scalars", ["f_double": .text("-Infinity")]) == #"{"fDouble":"-Infinity"}"#)
    #expect(try json("Scalars", ["f_enum": .text("dark_green")]) == #"{"fEnum":"WIRE_COLOR_DARK_GREEN"}"#)
    #expect(try json("Scalars", ["f_enum": .integer(77)]) == #"{"fEnum":77}"#)
    #expect(try json("Scalars", ["f_enum": .text("UNKNOWN(77)")]) == #"{"fEnum":77}"#)
    #expect(try json("Scalars", ["f_enum": .text("UNKNOWN(-7)")]) == #"{"fEnum":-7}"#)
    #expect(try json("Scalars", ["f_enum": .double(2)]) == #"{"fEnum":"WIRE_COLOR_DARK_GREEN"}"#)
    #expect(try json("Scalars", ["f_bytes": .string([0xFF, 0])]) == #"{"fBytes":"/wA="}"#)
    #expect(try json("Scalars", ["fInt32": .integer(5)]) == #"{"fInt32":5}"#)
    #expect(try json("Scalars", ["f_int32": .null, "f_message": .null]) == "{}")
    #expect(try json("Scalars", ["f_message": .empty]) == #"{"fMessage":{}}"#)
    #expect(try json("Repeated", ["f_int32": .empty]) == "{}")
    #expect(try json("Maps", ["to_bool": .empty]) == "{}")
  }

  @Test func twoMembersOfAOneofAreAnError() throws {
    let both = fault("Choice", ["c_int32": .integer(0), "c_string": .text("x")])
    let texts = ["c_int32' and 'c_string", "c_string' and 'c_int32"].flatMap { names in
      ["c_int32", "c_string"].map { "\($0): only one of '\(names)' may be given" }
    }
    #expect(texts.contains(both ?? ""))
    #expect(try json("Choice", ["c_int32": .integer(0), "c_string": .null]) == #"{"cInt32":0}"#)
    #expect(try json("Choice", ["c_int32": .integer(0), "x": .text("a")]) == #"{"cInt32":0,"x":"a"}"#)
    #expect(
      fault("Leaf", ["number": .integer(0), "Number": .integer(1)])
        == "Number: Leaf has no such field; did you mean 'number'?")
    let twice = fault("Scalars", ["f_int32": .integer(0), "fInt32": .integer(1)])
    #expect(["f_int32: given twice", "fInt32: given twice"].contains(twice ?? ""))
  }

  @Test func presetFieldsAreKeptOrReplaced() throws {
    let builder = MessageBuilder(testType("Choice"))
    builder.set("c_string", "preset")
    builder.set("beside", "kept")
    try builder.fill(from: Value.fields(["c_message": .fields(["number": .integer(1)])]))
    #expect(try builder.finished().view.jsonText() == #"{"cMessage":{"number":1},"beside":"kept"}"#)
    let scalars = MessageBuilder(testType("Scalars"))
    scalars.message("f_message").set("text", "kept")
    try scalars.fill(from: Value.fields(["f_message": .fields(["number": .integer(1)])]))
    #expect(try scalars.finished().view.jsonText() == #"{"fMessage":{"number":1,"text":"kept"}}"#)
  }

  @Test func keysOfMapsAreConverted() throws {
    #expect(try json("Maps", ["by_int32": .array([.text("a"), .text("b")])]) == #"{"byInt32":{"1":"a","2":"b"}}"#)
    #expect(try json("Maps", ["by_int32": .object([.text("-5"): .text("a")])]) == #"{"byInt32":{"-5":"a"}}"#)
    #expect(
      try json("Maps", ["by_bool": .object([.boolean(true): .text("t"), .text("false"): .text("f")])])
        == #"{"byBool":{"false":"f","true":"t"}}"#)
    #expect(
      try json("Maps", ["by_uint64": .object([.integer(-1): .text("a")])])
        == #"{"byUint64":{"18446744073709551615":"a"}}"#)
    #expect(fault("Maps", ["by_int32": .fields(["x": .text("a")])]) == "by_int32.x: the map's keys are integers")
    #expect(fault("Maps", ["by_bool": .fields(["x": .text("a")])]) == "by_bool.x: the map's keys are booleans")
    #expect(
      fault("Maps", ["by_string": .object([.integer(1): .text("a")])]) == "by_string[1]: the map's keys are strings")
    #expect(fault("Maps", ["by_string": .array([.text("a")])]) == "by_string: expected a table for a map, got array")
    #expect(fault("Maps", ["by_string": .fields(["a\0": .text("a")])])?.hasSuffix("the string holds a NUL") == true)
    let twice = fault("Maps", ["by_int32": .object([.integer(1): .text("a"), .text("1"): .text("b")])])
    #expect(twice == "by_int32: two of the keys are the same")
  }

  @Test func mapsAreSortedSoThatBytesAreTheSame() throws {
    let entries = Dictionary(uniqueKeysWithValues: (0..<40).map { ("key \($0)", Value.integer($0)) })
    let message = try Message(testType("Maps"), .fields(["to_int32": .fields(entries)]))
    #expect(message.view.mapEntries("to_int32").map(\.key) == entries.keys.sorted())
    let numbers = (0..<20).map { (Value.Key.integer(Int64($0 - 10)), Value.text("x")) }
    let byNumber = Value.object(Dictionary(uniqueKeysWithValues: numbers))
    let sorted = try Message(testType("Maps"), .fields(["by_sint32": byNumber])).view.mapEntries("by_sint32").map(\.key)
    #expect(sorted == (-10..<10).map(String.init))
  }

  @Test func timesAndSpans() throws {
    #expect(try json("WellKnown", ["at": .text("2026-01-31T12:00:00+01:00")]) == #"{"at":"2026-01-31T11:00:00Z"}"#)
    #expect(try json("WellKnown", ["at": .time(1, 5_000)]) == #"{"at":"1970-01-01T00:00:01.000005Z"}"#)
    #expect(try json("WellKnown", ["at": .double(-0.5)]) == #"{"at":"1969-12-31T23:59:59.500Z"}"#)
    #expect(try json("WellKnown", ["at": .fields(["seconds": .integer(3)])]) == #"{"at":"1970-01-01T00:00:03Z"}"#)
    for (value, text) in [
      (Value.integer(90), "90s"), (.double(1.5), "1.500s"), (.text("1m30s"), "90s"), (.text("500ms"), "0.500s"),
      (.text("1h30m"), "5400s"), (.text("1.5s"), "1.500s"), (.double(-0.25), "-0.250s"), (.time(2, 0), "2s"),
      (.fields(["seconds": .integer(1), "nanos": .integer(1)]), "1.000000001s"),
    ] {
      #expect(try json("WellKnown", ["lasting": value]) == #"{"lasting":"\#(text)"}"#)
    }
    #expect(
      fault("WellKnown", ["at": .text("yesterday")]) == "at: 'yesterday' is not a time such as '2026-01-31T12:00:00Z'")
    #expect(fault("WellKnown", ["lasting": .text("1x")]) == "lasting: '1x' is not a duration such as '1m30s'")
    #expect(fault("WellKnown", ["lasting": .double(1e300)]) == "lasting: 1e+300 seconds are out of range")
    #expect(fault("WellKnown", ["lasting": .double(.nan)]) == "lasting: nan seconds are out of range")
    #expect(fault("WellKnown", ["lasting": .integer(.max)])?.hasSuffix("are out of range") == true)
    #expect(fault("WellKnown", ["lasting": .time(1, -1)])?.hasSuffix("are out of range") == true)
    for (field, seconds, nanos) in [
      ("at", Int64(1), Int64(-1)), ("at", 1, 1_000_000_000), ("at", 1 << 50, 0), ("lasting", 1, -1),
      ("lasting", -1, 1), ("lasting", 0, 1_000_000_000), ("lasting", 1 << 50, 0),
    ] {
      let table = Value.fields(["seconds": .integer(seconds), "nanos": .integer(nanos)])
      #expect(
        fault("WellKnown", [field: table])
          == "\(field): \(seconds) seconds and \(nanos) nanoseconds are out of range")
    }
    #expect(fault("WellKnown", ["at": .fields(["second": .integer(1)])])?.hasPrefix("at.second: ") == true)
    #expect(fault("WellKnown", ["lasting": .boolean(true)]) == "lasting: expected a duration, got boolean")
  }

  @Test func masksWrappersAndAny() throws {
    #expect(try json("WellKnown", ["mask": .array([.text("a_b"), .text("c")])]) == #"{"mask":"aB,c"}"#)
    #expect(try json("WellKnown", ["mask": .text("a_b,c")]) == #"{"mask":"aB,c"}"#)
    #expect(try json("WellKnown", ["mask": .fields(["paths": .array([.text("c")])])]) == #"{"mask":"c"}"#)
    #expect(
      try json("WellKnown", ["w_bool": .boolean(false), "w_double": .integer(2)]) == #"{"wDouble":2.0,"wBool":false}"#)
    #expect(fault("WellKnown", ["w_int32": .text("x")]) == "w_int32: 'x' is not an integer")
    for (field, value, message) in [
      ("w_uint32", Value.integer(-1), "-1 does not fit uint32"),
      ("w_bool", .integer(1), "expected a boolean, got a number"),
      ("w_string", .integer(1), "expected a string, got a number"),
      ("w_bytes", .boolean(true), "expected bytes, got boolean"),
      ("w_double", .fields(["value": .double(1)]), "expected a number, got a table"),
      ("mask", .integer(1), "expected a table for FieldMask, got a number"),
      ("mask", .array([.text("a"), .integer(1)]), "expected a string, got a number"),
      ("any", .text("x"), "expected a table for Any, got a string"),
      ("any", .fields(["@type": .integer(1)]), "expected a type URL, got a number"),
      (
        "any", .fields(["@type": .text("x/google.protobuf.Duration"), "value": .text("1x")]),
        "'1x' is not a duration such as '1m30s'"
      ),
      (
        "any", .fields(["@type": .text("x/google.protobuf.Duration"), "valu": .text("1x")]),
        "this Any has only '@type' and 'value'"
      ),
      (
        "any", .fields(["@type": .text("x/google.rpc.Status"), "cod": .integer(1)]),
        "Status has no such field; did you mean 'code'?"
      ),
      ("any", .fields(["@type": .text("x/none.Such"), "value": .integer(1)]), "expected bytes, got a number"),
    ] {
      let found = fault("WellKnown", [field: value])
      #expect(found?.hasPrefix(field) == true && found?.hasSuffix(": " + message) == true, "\(found ?? "")")
    }
    let any = Value.fields(["@type": .text("type.googleapis.com/google.protobuf.Duration"), "value": .integer(5)])
    #expect(
      try json("WellKnown", ["any": any])
        == #"{"any":{"@type":"type.googleapis.com/google.protobuf.Duration","value":"5s"}}"#)
  }

  @Test func readyMessagesAreTakenAsTheyAre() throws {
    let payload = try apiType("common.v1.Payload")
    let original = try Message(payload, json: Array(#"{"metadata":{"a":"AA=="},"data":"AQ=="}"#.utf8))
    let type = try apiType("common.v1.Payloads")
    let message = try Message(type, .fields(["payloads": .array([.ready(original), .fields(["data": .bytes([2])])])]))
    #expect(message.view.messages("payloads").map { $0.bytes("data") } == [[1], [2]])
    #expect(try message.view.messages("payloads")[0].serialized() == original.view.serialized())
    let kept = try message.view.value(keeping: ["temporal.api.common.v1.Payload"])
    guard case .array(let elements)? = kept["payloads"], case .ready(let first) = elements[0] else {
      Issue.record("\(kept)")
      return
    }
    #expect(try first.view.serialized() == original.view.serialized())
    #expect(try Message(type, kept).view.serialized() == message.view.serialized())
  }

  @Test func nestingIsLimited() {
    func nested(_ depth: Int) -> Value {
      (0..<depth).reduce(.fields([:])) { inner, _ in .fields(["child": inner]) }
    }
    #expect(throws: Never.self) { try Message(testType("Tree"), nested(100)) }
    #expect(code { _ = try Message(testType("Tree"), nested(101)) } == .tooDeep)
  }
}
