import Testing
import Wire

/// What goes in comes out: every type with every label, and every message of the API.
@Suite struct RoundTripTests {
  @Test(arguments: ["Scalars", "Repeated", "Choice", "Maps", "WellKnown", "Tree", "Everything", "Legacy"], 1...25)
  func randomMessagesOfEveryShape(name: String, seed: Int) throws {
    var values = RandomValues(seed: UInt64(seed))
    try roundTrip(testType(name), values.message(testType(name)), "\(name), seed \(seed)")
  }

  @Test(arguments: 1...3) func randomMessagesOfEveryMethod(seed: Int) throws {
    var values = RandomValues(seed: UInt64(seed))
    for method in RPCService.workflow.methods + RPCService.operator.methods + RPCService.health.methods {
      try roundTrip(method.input, values.message(method.input), "\(method.input), seed \(seed)")
      try roundTrip(method.output, values.message(method.output), "\(method.output), seed \(seed)")
    }
  }

  private func roundTrip(_ type: MessageType, _ value: Value, _ comment: Comment) throws {
    let message = try Message(type, value)
    let bytes = try message.view.serialized()
    // Zeros are not written, so it is the first message, not the tree it came from, that the second must equal.
    let tree = try message.view.value()
    #expect(try Message(type, tree).view.serialized() == bytes, comment)
    #expect(try Message(type, tree).view.value() == tree, comment)
    let json = try message.view.json()
    let fromJSON = try Message(type, json: json)
    #expect(try fromJSON.view.serialized() == bytes, comment)
    #expect(try fromJSON.view.json() == json, comment)
    let all = try message.view.json(style: .init(indentation: 2, isASCII: true), includingDefaults: true)
    #expect(try Message(type, json: all).view.serialized() == bytes, comment)
  }

  @Test func everyKindKeepsItsExtremes() throws {
    let value = Value.fields([
      "f_int32": .integer(Int64(Int32.min)), "f_sint32": .integer(Int64(Int32.min)),
      "f_sfixed32": .integer(Int64(Int32.max)), "f_int64": .integer(.min), "f_sint64": .integer(.min),
      "f_sfixed64": .integer(.max), "f_uint32": .integer(Int64(UInt32.max)), "f_fixed32": .integer(Int64(UInt32.max)),
      "f_uint64": .integer(-1), "f_fixed64": .integer(-1), "f_float": .double(Double(Float.greatestFiniteMagnitude)),
      "f_double": .double(.greatestFiniteMagnitude), "f_bool": .boolean(true), "f_enum": .text("BELOW_ZERO"),
      "f_string": .text("é"), "f_bytes": .bytes([0, 255]), "f_message": .fields(["number": .integer(7)]),
      "f_oddity": .text("ONE"),
    ])
    let view = try Message(testType("Scalars"), value).view
    #expect(try view.value() == value)
    #expect(view.integer("f_uint64") == -1)
    #expect(view.enumeration("f_enum").number == -3)
    #expect(try view.value()["f_enum"] == .text("BELOW_ZERO"))
    let json = try view.jsonText()
    #expect(json.contains(#""fUint64":"18446744073709551615""#))
    #expect(json.contains(#""fFloat":3.4028235e+38"#))
    #expect(json.contains(#""fOddity":"ODD_ONE""#))
  }

  /// Bytes that protobuf's documentation gives, and others worked out by hand from it.
  @Test(arguments: [
    ("08 96 01", "f_int32", 150), ("08 ff ff ff ff ff ff ff ff ff 01", "f_int32", -1), ("10 03", "f_sint32", -2),
    ("1d fe ff ff ff", "f_sfixed32", -2), ("20 ff ff ff ff ff ff ff ff ff 01", "f_int64", -1),
    ("28 ff ff ff ff ff ff ff ff ff 01", "f_sint64", Int.min), ("31 fe ff ff ff ff ff ff ff", "f_sfixed64", -2),
    ("38 ff ff ff ff 0f", "f_uint32", 4_294_967_295), ("45 ff ff ff ff", "f_fixed32", 4_294_967_295),
    ("48 80 80 80 80 80 20", "f_uint64", 1 << 40), ("51 01 00 00 00 00 00 00 00", "f_fixed64", 1),
  ])
  func wireFormOfIntegers(bytes: String, field: String, number: Int) throws {
    let view = try unpack("Scalars", hex(bytes))
    #expect(view.integer(field) == Int64(number))
    #expect(try view.serialized() == hex(bytes))
    let builder = MessageBuilder(testType("Scalars"))
    builder.set(field, number)
    #expect(try builder.serialized() == hex(bytes))
  }
}
