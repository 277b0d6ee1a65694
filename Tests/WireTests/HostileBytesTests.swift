import Testing
import Wire

/// Bytes from a peer that is broken, newer or ill-willed.
@Suite struct HostileBytesTests {
  @Test func nestingIsLimitedBeforeUnpacking() throws {
    func nested(_ depth: Int) -> [UInt8] { (0..<depth).reduce([]) { inner, _ in field(2, inner) } }
    #expect(throws: Never.self) { try unpack("Tree", nested(100)) }
    #expect(code { _ = try unpack("Tree", nested(101)) } == .tooDeep)
    // 1 KB of stack for each level would be far past the 8 MiB of a thread.
    #expect(code { _ = try unpack("Tree", nested(30_000)) } == .tooDeep)
    func deepFailure(_ depth: Int) -> [UInt8] { (0..<depth).reduce([]) { inner, _ in field(4, inner) } }
    let failure = try apiType("failure.v1.Failure")
    #expect(try Message(failure, unpacking: deepFailure(100)).view.message("cause") != nil)
    #expect(code { _ = try Message(failure, unpacking: deepFailure(101)) } == .tooDeep)
  }

  @Test func entriesOfMapsAndListsCountAsLevels() {
    func named(_ depth: Int) -> [UInt8] { (0..<depth).reduce([]) { inner, _ in field(4, field(2, inner)) } }
    #expect(throws: Never.self) { try unpack("Tree", named(50)) }
    #expect(code { _ = try unpack("Tree", named(51)) } == .tooDeep)
  }

  @Test func unknownFieldsAreKept() throws {
    let later = MessageBuilder(testType("LeafLater"))
    later.set("number", 7)
    later.set("more", "hi")
    later.set("wide", UInt64.max)
    later.set("narrow", 1)
    later.set("count", -1)
    let bytes = try later.serialized()
    let leaf = try unpack("Leaf", bytes)
    #expect(leaf.integer("number") == 7)
    #expect(leaf.unknownFields.map(\.number) == [3, 4, 5, 6])
    #expect(leaf.unknownFields.map(\.wireType) == [2, 1, 5, 0])
    #expect(try leaf.serialized() == bytes)
    // A copy into a request takes them along.
    let outer = MessageBuilder(testType("Scalars"))
    outer.set("f_message", leaf)
    let copied = try #require(try outer.finished().view.message("f_message"))
    #expect(try copied.serialized() == bytes)
  }

  @Test func unknownFieldsAreShownAsValues() throws {
    let later = MessageBuilder(testType("LeafLater"))
    later.set("number", 7)
    later.set("more", String(repeating: "hi", count: 100))
    later.set("wide", UInt64.max)
    later.set("narrow", 0x0102_0304)
    later.set("count", -1)
    let leaf = try unpack("Leaf", later.serialized())
    func unknown(_ number: Int64, _ value: Value) -> Value { .fields(["number": .integer(number), "value": value]) }
    let value = try leaf.value()
    #expect(
      value["unknown_fields"]
        == .array([
          unknown(3, .bytes(Array(String(repeating: "hi", count: 100).utf8))), unknown(4, .integer(-1)),
          unknown(5, .integer(0x0102_0304)), unknown(6, .integer(-1)),
        ]))
    // The table may be given back; proto3 JSON has no place for them.
    let known = Value.fields(["number": .integer(7)])
    #expect(
      try Message(testType("Leaf"), value).view.serialized() == Message(testType("Leaf"), known).view.serialized())
    #expect(try leaf.jsonText() == #"{"number":7}"#)
  }

  @Test func unknownEnumNumbersAreKept() throws {
    let view = try unpack("Scalars", hex("70 63"))
    #expect(view.enumeration("f_enum").number == 99)
    #expect(view.enumeration("f_enum").name == nil)
    #expect(view.enumeration("f_enum").shortName == "UNKNOWN(99)")
    #expect(try view.jsonText() == #"{"fEnum":99}"#)
    #expect(try view.serialized() == hex("70 63"))
    #expect(try Message(testType("Scalars"), view.value()).view.serialized() == hex("70 63"))
  }

  @Test func stringsThatAreNotUTF8AreRefused() {
    for bad in ["ff fe", "c3", "ed a0 80", "c0 80", "f4 90 80 80"] {
      #expect(code { _ = try unpack("Scalars", field(15, hex(bad))) } == .invalidUTF8)
      #expect(code { _ = try unpack("Repeated", field(15, hex(bad))) } == .invalidUTF8)
      #expect(code { _ = try unpack("Choice", field(15, hex(bad))) } == .invalidUTF8)
      #expect(code { _ = try unpack("Maps", field(1, field(1, hex(bad)))) } == .invalidUTF8)
      #expect(throws: Never.self) { try unpack("Scalars", field(16, hex(bad))) }
    }
    let description = text { _ = try unpack("Scalars", field(15, [0xFF])) }
    #expect(description == "moondial.wiretest.v1.Scalars.f_string is not valid UTF-8")
  }

  @Test func stringsWithNULAreReadInFullButNeverCutOff() throws {
    for name in ["Scalars", "Choice"] {
      let view = try unpack(name, field(15, Array("a\0b".utf8)))
      #expect(view.string(name == "Scalars" ? "f_string" : "c_string") == "a\0b")
      #expect(try view.jsonText().hasSuffix(#"String":"a\u0000b"}"#))
      #expect(code { _ = try view.serialized() } == .nulByte)
      let builder = MessageBuilder(testType("Everything"))
      if name == "Scalars" { builder.set("scalars", view) } else { builder.append("choices", view) }
      #expect(code { _ = try builder.serialized() } == .nulByte)
    }
    #expect(try unpack("Repeated", field(15, [0]) + field(15, [])).strings("f_string") == ["\0", ""])
    let maps = try unpack("Maps", field(1, field(1, [0x61, 0]) + field(2, [0, 0x62])))
    #expect(try maps.value() == .fields(["by_string": .fields(["a\0": .text("\0b")])]))
  }

  @Test func anExplicitZeroOfAOneofStays() throws {
    let view = try unpack("Choice", hex("10 00"))
    #expect(view.whichOneof(containing: "c_string") == "c_sint32")
    #expect(view.has("c_sint32"))
    #expect(!view.has("c_int32"))
    #expect(view.whichOneof(containing: "x") == nil)
    #expect(try view.jsonText() == #"{"cSint32":0}"#)
    #expect(try view.serialized() == hex("10 00"))
  }

  /// A generated file without init helpers makes protobuf-c free the mix of a number and a pointer here.
  @Test func membersOfAOneofMayFollowEachOther() throws {
    let number = hex("08 01")
    let string = field(15, [0x78])
    let message = field(17, hex("08 05"))
    let blob = field(16, [1, 2, 3])
    for (first, second) in [
      (number, string), (string, number), (string, string), (message, string), (string, message), (blob, message),
      (message, blob), (number, message), (message, message),
    ] {
      let view = try unpack("Choice", first + second)
      #expect(try view.serialized() == second || first == message)
      #expect(try view.value() == unpack("Choice", second).value())
    }
  }

  @Test func aMapEntryWithoutItsValueIsEmpty() throws {
    let bytes = field(21, field(1, [0x6B])) + field(22, field(1, [0x74])) + field(20, [])
    let view = try unpack("Maps", bytes)
    #expect(try view.jsonText() == #"{"toBytes":{"":""},"toMessage":{"k":{}},"toTime":{"t":"1970-01-01T00:00:00Z"}}"#)
    #expect(view.mapEntry("to_message", key: "k")?.message.integer("number") == 0)
    #expect(view.mapEntry("to_bytes", key: "")?.bytes == [])
    #expect(view.mapEntry("to_bytes", key: "other") == nil)
  }

  @Test func packedAndUnpackedListsAreTheSame() throws {
    let packed = try unpack("Repeated", field(1, [1, 2, 3]))
    let single = try unpack("Repeated", hex("08 01 08 02 08 03"))
    #expect(packed.integers("f_int32") == [1, 2, 3])
    #expect(try single.serialized() == packed.serialized())
    #expect(try unpack("Repeated", hex("92 01 02 04 05")).integers("f_unpacked") == [4, 5])
  }

  @Test(arguments: [
    "08", "08 80", "0a", "0a 05 61", "0b 0c", "0f", "00 00", "08 80 80 80 80 80 80 80 80 80 80 01", "5d 00 00",
    "61 00", "7a ff ff ff ff ff ff ff ff ff 01", "7a 80 80 80 80 08", "fa ff ff ff ff ff ff ff ff 01 00",
  ])
  func malformedBytesAreAnError(bytes: String) {
    #expect(code { _ = try unpack("Scalars", hex(bytes)) } == .malformed)
  }

  @Test func theErrorNamesTypeAndSize() {
    let description = text { _ = try unpack("Scalars", hex("08 01 7a 05 61")) }
    #expect(description == "5 bytes are not a valid moondial.wiretest.v1.Scalars, at byte 4")
    // A field with the wrong wire type passes the scan, and then protobuf-c gives no reason.
    let other = text { _ = try unpack("Scalars", hex("0d 01 02 03 04")) }
    #expect(other == "5 bytes are not a valid moondial.wiretest.v1.Scalars")
  }

  @Test func memoryIsLimited() throws {
    var values = RandomValues(seed: 7)
    let type = testType("Everything")
    let bytes = try Message(type, values.message(type)).view.serialized()
    #expect(code { _ = try Message(type, unpacking: bytes, memoryLimit: 200) } == .overBudget)
  }
}
