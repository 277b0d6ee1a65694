import LuaRuntime
import TemporalClient
import Testing
import Wire

@testable import Shell

/// Lua values to payloads and back: the table "Values" of the guide, row by row.
@Suite struct ValueTests {
  private let lua: TestVM

  init() throws { lua = try TestVM() }

  @Test(arguments: [
    ("true", "true"), ("false", "false"),
    ("1", "1"), ("-1", "-1"), ("math.mininteger", "-9223372036854775808"), ("math.maxinteger", "9223372036854775807"),
    ("1.0", "1.0"), ("0.1", "0.1"), ("-0.0", "-0.0"), ("2^53", "9007199254740992.0"), ("1e300", "1e+300"),
    ("''", "\"\""), ("'text'", "\"text\""), ("'Grüße 日本 😀'", "\"Grüße 日本 😀\""),
    (#"'a\0b\n\x1b"\\'"#, #""a\u0000b\n\u001b\"\\""#),
  ])
  func scalarsAreJSONAndComeBackAsTheyWere(expression: String, json: String) throws {
    let payload = try lua.payload(expression)
    #expect(payload == Payload(json: json))
    #expect(try lua.shown(payload) == lua.shown(expression))
  }

  @Test func nothingIsANullOfItsOwn() throws {
    #expect(try lua.payload("nil") == Payload(encoding: "binary/null", data: []))
    #expect(try lua.payload("json.null") == Payload(encoding: "binary/null", data: []))
    lua.stack.setCount(0)
    try lua.stack.push(decoding: Payload(encoding: "binary/null", data: []))
    #expect(lua.stack.isNil(at: -1))
  }

  @Test func nullIsNilAtTheTopAndJSONNullInTables() throws {
    #expect(try lua.shown(Payload(json: "null")) == "nil")
    #expect(try lua.shown(Payload(json: #"[null,{"a":null}]"#)).contains("null"))
    #expect(try lua.payload("{ json.null, { a = json.null } }").text == #"[null,{"a":null}]"#)
  }

  @Test func bytesArePlainAndComeBackAsAString() throws {
    let payload = try lua.payload(#"temporal.bytes("\xff\0\n")"#)
    #expect(payload == Payload(encoding: "binary/plain", data: [0xFF, 0, 0x0A]))
    lua.stack.setCount(0)
    try lua.stack.push(decoding: payload)
    #expect(try lua.stack.withBytes(at: 1) { Array($0) } == [0xFF, 0, 0x0A])
  }

  @Test func aListWithAHoleIsNoObject() {
    for (list, hole) in [("{ 1, nil, 3 }", 2), ("{ [3] = 'c', [1] = 'a' }", 2), ("{ 1, 2, 3, nil, 5 }", 4)] {
      let error = #expect(throws: LuaKindError.self) { try lua.payload(list) }
      #expect(error?.message == "value: a list has nothing at [\(hole)]; json.null stands for nothing")
    }
  }

  @Test(arguments: [
    ("{ 1, 'two', { 3 } }", #"[1,"two",[3]]"#),
    ("{ b = 1, a = { c = 2 } }", #"{"a":{"c":2},"b":1}"#),
    ("{}", "{}"), ("{ {} }", "[{}]"),
    ("json.array{}", "[]"), ("json.object{}", "{}"), ("json.array{ json.object{}, json.array{} }", "[{},[]]"),
    ("json.array{ 1, 2 }", "[1,2]"), ("json.object{ 'a', 'b' }", #"{"1":"a","2":"b"}"#),
    ("{ [5] = 'c', [3] = 'a' }", #"{"3":"a","5":"c"}"#),
    ("json.object{ [3] = 'c', [1] = 'a' }", #"{"1":"a","3":"c"}"#),
    ("{ temporal.timestamp('2026-11-23T12:00:00.000000001Z') }", #"["2026-11-23T12:00:00.000000001Z"]"#),
    ("setmetatable({ 1 }, { __index = error, __len = error, __pairs = error })", "[1]"),
    ("(function() local shared = { 1 } return { shared, shared } end)()", "[[1],[1]]"),
  ])
  func tablesAreArraysOrObjects(expression: String, json: String) throws {
    #expect(try lua.payload(expression) == Payload(json: json))
  }

  @Test(arguments: ["[]", "{}", "[[],{}]", #"{"a":[],"b":{}}"#, "[null]", "[1,1.0]", #"{"1":2}"#, "[[[[]]]]"])
  func whatWasDecodedIsEncodedAsItWas(json: String) throws {
    lua.stack.setCount(0)
    try lua.stack.push(decoding: Payload(json: json))
    #expect(try lua.stack.payload(at: 1, path: "value") == Payload(json: json))
  }

  @Test func aDecodedArrayCanBeWorkedWith() throws {
    try lua.run("list = json.decode('[3, 1, 2]') table.sort(list) list[#list + 1] = 9")
    #expect(try lua.payload("list").text == "[1,2,3,9]")
    try lua.run("empty = json.decode('[]') empty[1] = 'x'")
    #expect(try lua.payload("empty").text == #"["x"]"#)
    try lua.run("map = json.decode('{}') map.x = 1")
    #expect(try lua.payload("map").text == #"{"x":1}"#)
  }

  @Test func aPayloadIsSentAsItIs() throws {
    let payload = try lua.payload(
      #"temporal.payload{ metadata = { encoding = "my/own", ["a-b"] = "\xff" }, data = "\0\xfe" }"#)
    #expect(payload == Payload(metadata: [("encoding", Array("my/own".utf8)), ("a-b", [0xFF])], data: [0, 0xFE]))
    lua.stack.setCount(0)
    lua.stack.push(payload)
    #expect(try lua.stack.payload(at: 1, path: "value") == payload)
  }

  @Test(arguments: [
    (#"'\xff'"#, "value: the string is not valid UTF-8; send bytes with temporal.bytes(…)"),
    (#"{ a = { 1, '\xff' } }"#, "value.a[2]: the string is not valid UTF-8; send bytes with temporal.bytes(…)"),
    (#"{ ['\xff'] = 1 }"#, "value: the string is not valid UTF-8; send bytes with temporal.bytes(…)"),
    ("0/0", "value: JSON has no number for "), ("{ x = -1/0 }", "value.x: JSON has no number for -inf"),
    ("print", "value: JSON cannot hold a function"),
    ("{ { f = print } }", "value[1].f: JSON cannot hold a function"),
    ("coroutine.create(print)", "value: JSON cannot hold a coroutine"),
    ("io.stdout", "value: JSON cannot hold a userdata"),
    ("{ temporal.bytes('x') }", "value[1]: JSON cannot hold bytes"),
    ("{ 1, 2, x = 3 }", "value: a table has both a list's keys and an object's"),
    ("{ ['a b'] = { [1.5] = 2 } }", #"value["a b"]: a table's key must be text or an integer, not a number"#),
    ("{ [true] = 1 }", "value: a table's key must be text or an integer, not a boolean"),
    ("{ ['1'] = 1, [1] = 2 }", "value: a table has both a list's keys and an object's"),
    ("json.array{ x = 1 }", "value: an array's keys must be 1 to n"),
    ("json.array{ 1, nil, 3, [9] = 4 }", "value: an array's keys must be 1 to n"),
    ("(function() local t = {} t.t = { t } return t end)()", "value.t[1]: the table contains itself"),
  ])
  func whatCannotBeSentIsNamedByItsPlace(expression: String, complaint: String) throws {
    let error = #expect(throws: LuaKindError.self) { try lua.payload(expression) }
    #expect(error?.kind == "TypeError")
    #expect(error?.message.hasPrefix(complaint) == true, "\(error?.message ?? "")")
  }

  @Test func tablesMayBeAHundredLevelsDeep() throws {
    try lua.run("function nested(n) local t = 1 for _ = 1, n do t = { t } end return t end")
    let json = try lua.payload("nested(100)").text
    #expect(json == String(repeating: "[", count: 100) + "1" + String(repeating: "]", count: 100))
    let error = #expect(throws: LuaKindError.self) { try lua.payload("nested(101)") }
    #expect(error?.message.hasSuffix("tables are nested more than 100 levels deep") == true)
  }

  @Test func deepJSONIsDecoded() throws {
    let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    #expect(try lua.shown(Payload(json: deep)).filter { $0 == "{" }.count == 500)
    #expect(throws: (any Error).self) { try lua.shown(Payload(json: String(repeating: "[", count: 5000))) }
  }

  /// Random documents, each of which comes back as it was.
  @Test(arguments: 1...40) func randomValuesComeBack(seed: UInt64) throws {
    var random = RandomJSON(seed: seed)
    let json = random.value(depth: 0)
    let canonical = try JSONEncoding.encode(JSONDocument(parsing: Array(json.utf8)).root)
    lua.stack.setCount(0)
    try lua.stack.push(decoding: Payload(encoding: "json/plain", data: Array("[\(json)]".utf8)))
    #expect(try lua.stack.payload(at: 1, path: "value").data == Array("[".utf8) + canonical + Array("]".utf8))
  }
}
