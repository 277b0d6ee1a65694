import Foundation
import Testing
import Wire

/// Types built from the descriptors of a server do what those do that protoc-c made of the same file.
@Suite struct SchemaTests {
  private static let names = ["Scalars", "Repeated", "Choice", "Maps", "WellKnown", "Tree", "Everything", "Legacy"]

  /// The files of wire_test.proto and of all that it imports, as protoc describes them.
  static func files() throws -> [[UInt8]] {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "CWireTestMessages/proto/wire_test.binpb")
    let set = Array(try Data(contentsOf: path))
    var files: [[UInt8]] = []
    var fields = WireFields(set)
    while let field = try fields.next() {
      if case .bytes(let range) = field.value { files.append(Array(set[range])) }
    }
    return files
  }

  static func reflected() throws -> [String: MessageType] {
    let types = (names + ["Leaf", "LeafLater"]).map { (method: $0, type: ".moondial.wiretest.v1.\($0)") }
    let probe = fileDescriptor("probe.proto", package: "probe", [serviceDescriptor("Probe", types)])
    let service = try #require(try Schema.of(files() + [probe]).service(named: "probe.Probe"))
    return Dictionary(uniqueKeysWithValues: service.methods.map { ($0.name, $0.input) })
  }

  @Test(arguments: names, 1...12)
  func whatTheyReadAndWriteIsTheSame(name: String, seed: Int) throws {
    let generated = testType(name)
    let reflected = try #require(try Self.reflected()[name])
    #expect(reflected != generated)
    var values = RandomValues(seed: UInt64(seed))
    let message = try Message(generated, values.message(generated))
    let bytes = try message.view.serialized()
    let again = try Message(reflected, unpacking: bytes)
    #expect(try again.view.value() == message.view.value())
    #expect(try again.view.serialized() == bytes)
    #expect(try again.view.json() == message.view.json())
    #expect(try Message(reflected, message.view.value()).view.serialized() == bytes)
    #expect(try Message(reflected, json: again.view.json()).view.serialized() == bytes)
  }

  @Test func theyLookTheSame() throws {
    let reflected = try Self.reflected()
    for name in Self.names {
      let (generated, reflected) = (testType(name), try #require(reflected[name]))
      #expect(reflected.name == generated.name)
      #expect(reflected.shortName == generated.shortName)
      #expect(reflected.isVersion(of: generated))
      #expect(reflected.fields.map(\.name) == generated.fields.map(\.name))
      #expect(reflected.fields.map(\.number) == generated.fields.map(\.number))
      #expect(reflected.fields.map(\.typeText) == generated.fields.map(\.typeText))
      // proto2's `required` is not insisted upon, so that a message is read also where it is broken.
      let shapes = generated.fields.map { $0.shape == .required ? .optional : $0.shape }
      #expect(reflected.fields.map(\.shape) == shapes)
      for (one, other) in zip(generated.fields, reflected.fields) {
        #expect(one.enumType?.values.map(\.shortName) == other.enumType?.values.map(\.shortName))
        #expect(
          generated.oneofMembers(with: one).map(\.name) == reflected.oneofMembers(with: other).map(\.name))
      }
    }
  }

  /// The members of a oneof share their place, so what one leaves there must not be taken for another.
  @Test func aOneofKeepsTheLastOfItsMembers() throws {
    let choice = try #require(try Self.reflected()["Choice"])
    // A number of 4 bytes, then a string, then a message, then a truth.
    let bytes = hex("08 01") + field(15, [0x78]) + field(17, hex("08 05")) + hex("68 01")
    for end in [2, 5, 10, 12] {
      let expected = try Message(testType("Choice"), unpacking: Array(bytes.prefix(end))).view.value()
      #expect(try Message(choice, unpacking: Array(bytes.prefix(end))).view.value() == expected)
    }
  }

  @Test func theSameFilesAreTheSameTypes() throws {
    #expect(try Self.reflected() == Self.reflected())
  }

  @Test func protobufsOwnTypesAreThoseThatAreKnown() throws {
    let type = try #require(try Self.reflected()["WellKnown"])
    #expect(type.field(named: "at")?.messageType == MessageType.named("google.protobuf.Timestamp"))
    #expect(type.field(named: "any")?.messageType == MessageType.named("google.protobuf.Any"))
  }

  @Test func optionalFieldsOfProto3RecordTheirAbsence() throws {
    let type = try reflectedType([
      messageDescriptor(
        "T",
        [
          fieldDescriptor("maybe", 1, DescribedType.int32, oneof: 0, isProto3Optional: true),
          fieldDescriptor("text", 2, DescribedType.string, oneof: 1, isProto3Optional: true),
          fieldDescriptor("plain", 3, DescribedType.int32),
        ], oneofs: 2)
    ])
    #expect(type.fields.map(\.shape) == [.optional, .optional, .implicit])
    let zeros = hex("08 00 12 00")
    #expect(try Message(type, unpacking: zeros).view.serialized() == zeros)
    #expect(try Message(type, unpacking: hex("18 00")).view.serialized() == [])
  }

  @Test func editionsAreReadByTheirFeatures() throws {
    func shapes(_ fileOptions: [UInt8], _ fieldOptions: [UInt8]) throws -> [FieldShape] {
      let message = messageDescriptor("T", [fieldDescriptor("f", 1, DescribedType.int32, options: fieldOptions)])
      let probe = serviceDescriptor("Probe", [(method: "Try", type: ".moondial.reflected.v1.T")])
      return try reflectedMethod([
        fileDescriptor("test.proto", syntax: "editions", options: fileOptions, [message, probe])
      ])
      .input.fields.map(\.shape)
    }
    #expect(try shapes([], []) == [.optional])
    #expect(try shapes(presenceFeature(2, option: 50), []) == [.implicit])
    #expect(try shapes(presenceFeature(2, option: 50), presenceFeature(1, option: 21)) == [.optional])
  }

  @Test func listsArePackedAsTheFileSays() throws {
    func packed(_ syntax: String, _ options: [UInt8] = []) throws -> [UInt8] {
      let list = fieldDescriptor("list", 1, DescribedType.int32, label: 3, options: options)
      let type = try reflectedType([messageDescriptor("T", [list])], syntax: syntax)
      return try Message(type, .fields(["list": .array([.integer(1), .integer(2)])])).view.serialized()
    }
    let (isPacked, isNot) = (hex("0a 02 01 02"), hex("08 01 08 02"))
    #expect(try packed("proto3") == isPacked)
    #expect(try packed("proto3", packedOption(false)) == isNot)
    #expect(try packed("proto2") == isNot)
    #expect(try packed("proto2", packedOption(true)) == isPacked)
    // What cannot be packed is not, whatever is said.
    let texts = fieldDescriptor("list", 1, DescribedType.string, label: 3, options: packedOption(true))
    let type = try reflectedType([messageDescriptor("T", [texts])])
    #expect(try Message(type, .fields(["list": .array([.text("a")])])).view.serialized() == hex("0a 01 61"))
  }

  @Test func groupsAreLeftOut() throws {
    let type = try reflectedType(
      [
        messageDescriptor("T", [fieldDescriptor("g", 1, 10, of: ".x.G"), fieldDescriptor("n", 2, DescribedType.int32)])
      ],
      syntax: "proto2")
    #expect(type.fields.map(\.name.proto.string) == ["n"])
  }

  @Test func enumsMayHaveSeveralNamesForANumber() throws {
    let type = try reflectedType([
      messageDescriptor("T", [fieldDescriptor("e", 1, DescribedType.enumeration, of: ".moondial.reflected.v1.Level")]),
      enumDescriptor("Level", [("LEVEL_NONE", 0), ("LEVEL_LOW", -5), ("LEVEL_FIRST", 1), ("LEVEL_ONE", 1)]),
    ])
    let level = try #require(type.fields.first?.enumType)
    #expect(level.values.map(\.shortName) == ["LOW", "NONE", "FIRST"])
    #expect(level.value(named: "ONE")?.number == 1)
    #expect(level.value(named: "LEVEL_LOW")?.number == -5)
    #expect(try Message(type, unpacking: hex("08 07")).view.value() == .fields(["e": .text("UNKNOWN(7)")]))
  }

  @Test func filesThatAreMissingAreNamed() throws {
    let one = fileDescriptor("one.proto", imports: ["two.proto", "three.proto"], [])
    #expect(try Schema.missing(from: [one]) == ["three.proto", "two.proto"])
    #expect(
      try Schema.missing(from: [one, fileDescriptor("two.proto", imports: ["one.proto"], [])]) == ["three.proto"])
  }

  @Test func aMethodMayStream() throws {
    let message = messageDescriptor("T")
    let streaming = serviceDescriptor("Probe", [(method: "Try", type: ".moondial.reflected.v1.T")], isStreaming: true)
    #expect(try reflectedMethod([fileDescriptor("test.proto", [message, streaming])]).isStreaming)
    #expect(RPCService.health.method(named: "watch")?.isStreaming == true)
    #expect(RPCService.health.method(named: "check")?.isStreaming == false)
    #expect(RPCService.workflow.methods.allSatisfy { !$0.isStreaming })
  }
}
