import Testing
import Wire

/// Descriptors as no compiler makes them: all of it ends in an error or in types that work.
@Suite struct HostileDescriptorsTests {
  private typealias Kind = DescribedType

  private func refused(_ fields: [[UInt8]], oneofs: Int = 0) -> WireError.Code? {
    code { _ = try reflectedType([messageDescriptor("T", fields, oneofs: oneofs)]) }
  }

  @Test func fieldsThatCannotBe() {
    let fine = fieldDescriptor("a", 1, Kind.int32)
    #expect(refused([fine, fieldDescriptor("b", 1, Kind.int32)]) == .duplicate)
    #expect(refused([fine, fieldDescriptor("a", 2, Kind.int32)]) == .duplicate)
    for number in [0, -1, 19_000, 19_999, 1 << 29, Int.max] {
      #expect(refused([fieldDescriptor("a", number, Kind.int32)]) == .outOfRange, "\(number)")
    }
    for type in [0, 19, -1, 1 << 40] { #expect(refused([fieldDescriptor("a", 1, type)]) == .malformed, "\(type)") }
    #expect(refused([fieldDescriptor("a", 1, Kind.message)]) == .malformed)
    #expect(refused([fieldDescriptor("a", 1, Kind.int32, of: ".x.Y")]) == .malformed)
    #expect(refused([fieldDescriptor("a", 1, Kind.int32, oneof: 0)]) == .malformed)
    #expect(refused([fieldDescriptor("a", 1, Kind.int32, oneof: -1)], oneofs: 1) == .malformed)
    #expect(refused([fieldDescriptor("a", 1, Kind.int32, label: 3, oneof: 0)], oneofs: 1) == .malformed)
  }

  @Test(arguments: ["", "a b", "1a", "a\u{1B}[31m", "é", "a.b", "a\0", ".", "a-b"])
  func namesThatAreNone(name: String) {
    #expect(refused([fieldDescriptor(name, 1, Kind.int32)]) == .malformed)
    #expect(code { _ = try Schema.of([fileDescriptor("test.proto", [messageDescriptor(name)])]) } == .malformed)
    #expect(
      code { _ = try Schema.of([fileDescriptor("test.proto", [enumDescriptor("E", [(name, 0)])])]) } == .malformed)
    #expect(code { _ = try Schema.of([fileDescriptor("test.proto", [serviceDescriptor(name, [])])]) } == .malformed)
  }

  @Test func typesThatAreMissing() {
    #expect(refused([fieldDescriptor("a", 1, Kind.message, of: ".x.Y")]) == .unknownType)
    #expect(refused([fieldDescriptor("a", 1, Kind.enumeration, of: ".x.Y")]) == .unknownType)
    #expect(refused([fieldDescriptor("a", 1, Kind.message, of: "T")]) == .malformed)
    // A message is no enum, and an enum no message.
    #expect(refused([fieldDescriptor("a", 1, Kind.enumeration, of: ".moondial.reflected.v1.T")]) == .unknownType)
    let level = enumDescriptor("Level", [("NONE", 0)])
    let field = fieldDescriptor("a", 1, Kind.message, of: ".moondial.reflected.v1.Level")
    #expect(code { _ = try reflectedType([messageDescriptor("T", [field]), level]) } == .unknownType)
  }

  @Test func namesThatAreTaken() {
    #expect(
      code { _ = try Schema.of([fileDescriptor("test.proto", [messageDescriptor("T"), messageDescriptor("T")])]) }
        == .duplicate)
    #expect(
      code { _ = try Schema.of([fileDescriptor("test.proto", [messageDescriptor("T"), enumDescriptor("T", [])])]) }
        == .duplicate)
    let one = fileDescriptor("one.proto", [messageDescriptor("T")])
    #expect(code { _ = try Schema.of([one, fileDescriptor("two.proto", [messageDescriptor("T")])]) } == .duplicate)
    let twice = fieldDescriptor("a", 1, Kind.enumeration, of: ".moondial.reflected.v1.E")
    let values = enumDescriptor("E", [("A", 0), ("A", 1)])
    #expect(code { _ = try reflectedType([messageDescriptor("T", [twice]), values]) } == .duplicate)
  }

  /// One that cannot be does not take the others with it.
  @Test func aBrokenMethodLeavesTheOthers() throws {
    let missing = messageDescriptor("Missing", [fieldDescriptor("a", 1, Kind.message, of: ".x.Y")])
    let service = serviceDescriptor(
      "Probe",
      [
        (method: "GetGood", type: ".moondial.reflected.v1.T"),
        (method: "GetBad", type: ".moondial.reflected.v1.Missing"),
        (method: "GetNone", type: ".moondial.reflected.v1.None"),
      ])
    let schema = try Schema.of([fileDescriptor("test.proto", [messageDescriptor("T"), missing, service])])
    let probe = try #require(schema.service(named: "moondial.reflected.v1.Probe"))
    #expect(probe.methods.map(\.name) == ["GetGood"])
    #expect(probe.problem(withMethod: "get_bad")?.message == "the type x.Y is not described")
    #expect(probe.problem(withMethod: "GetNone")?.code == .unknownType)
    #expect(probe.problem(withMethod: "get_good") == nil)
  }

  @Test func typesWithinTypesWithoutEnd() {
    var nested = messageDescriptor("T", tag: 3)
    for _ in 0..<5000 { nested = messageDescriptor("T", nested: [nested], tag: 3) }
    let file = fileDescriptor("test.proto", [messageDescriptor("T", nested: [nested])])
    #expect(code { _ = try Schema.of([file]) } == .tooDeep)
  }

  @Test func aLongChainOfTypes() throws {
    let count = 20_000
    let messages = (0..<count).map { index in
      messageDescriptor(
        "T\(index)",
        [fieldDescriptor("next", 1, Kind.message, of: ".moondial.reflected.v1.T\((index + 1) % count)")])
    }
    var type = try reflectedType(messages, named: "T0")
    for _ in 0..<count { type = try #require(type.fields.first?.messageType) }
    #expect(type.shortName == "T0")
  }

  @Test func aTypeWithAHundredThousandFields() throws {
    let fields = (1...100_000).map {
      fieldDescriptor("f\($0)", $0 < 19_000 ? $0 : $0 + 1000, Kind.string, label: $0 % 2 == 0 ? 3 : 1)
    }
    let type = try reflectedType([
      messageDescriptor("T", fields + [fieldDescriptor("t", 200_000, Kind.message, of: ".moondial.reflected.v1.T")])
    ])
    #expect(type.fields.count == 100_001)
    let bytes = try Message(type, .fields(["f99999": .text("x"), "t": .fields(["f2": .array([.text("y")])])]))
      .view.serialized()
    #expect(try Message(type, unpacking: bytes).view.serialized() == bytes)
    #expect(type.field(named: "f19000")?.number == 20_000)
  }

  /// Each element of the list takes most of a megabyte, and five bytes of the wire.
  @Test func aListOfTypesWithManyFields() throws {
    let fields = (1...50_000).map { fieldDescriptor("f\($0)", $0 < 19_000 ? $0 : $0 + 1000, Kind.bytes) }
    let type = try reflectedType(
      [
        messageDescriptor("Wide", fields),
        messageDescriptor(
          "L", [fieldDescriptor("all", 200_000, Kind.message, of: ".moondial.reflected.v1.Wide", label: 3)]),
      ], named: "L")
    let many = (0..<2000).flatMap { _ in field(200_000, []) }
    #expect(code { _ = try Message(type, unpacking: many, memoryLimit: 1 << 28) } == .overBudget)
  }

  @Test func mapsThatAreNone() throws {
    for (key, value) in [(Kind.message, Kind.int32), (Kind.bytes, Kind.int32), (1, Kind.int32), (2, Kind.bool)] {
      let entry = messageDescriptor(
        "MEntry",
        [
          fieldDescriptor("key", 1, key, of: key == Kind.message ? ".moondial.reflected.v1.T" : nil),
          fieldDescriptor("value", 2, value),
        ], isMapEntry: true, tag: 3)
      let map = fieldDescriptor("m", 1, Kind.message, of: ".moondial.reflected.v1.T.MEntry", label: 3)
      let type = try reflectedType([messageDescriptor("T", [map], nested: [entry])])
      #expect(type.fields.map(\.shape) == [.list])
      #expect(try Message(type, unpacking: field(1, hex("10 01"))).view.serialized() == field(1, hex("10 01")))
    }
  }

  @Test func bytesThatAreNoDescriptor() {
    #expect(code { _ = try Schema.of([[0xFF]]) } == .malformed)
    #expect(code { _ = try Schema.of([hex("0a 05 61")]) } == .malformed)
    #expect(code { _ = try Schema.of([hex("08 01")]) } == .malformed)
    #expect(code { _ = try Schema.of([field(1, [0xFF])]) } == .malformed)
    #expect(code { _ = try Schema.of([field(4, hex("0b"))]) } == .malformed)
  }

  /// Descriptors with a few of their bytes changed. What still makes types reads and writes random bytes with them.
  @Test(arguments: 1...6) func mutatedDescriptors(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let files = try SchemaTests.files()
    let names = ["Scalars", "Repeated", "Choice", "Maps", "WellKnown", "Tree", "Everything", "Legacy", "Leaf"]
    let probe = fileDescriptor(
      "probe.proto", package: "probe",
      [serviceDescriptor("Probe", names.map { (method: $0, type: ".moondial.wiretest.v1.\($0)") })])
    var usable = 0
    for round in 0..<120 {
      var mutated = files
      let which = mutated.count - 1 - Int.random(in: 0...1, using: &random)
      for _ in 0...Int.random(in: 0...2, using: &random) {
        let place = Int.random(in: mutated[which].indices, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: mutated[which][place] = UInt8.random(in: .min ... .max, using: &random)
        case 1: mutated[which][place] ^= 1 << Int.random(in: 0...7, using: &random)
        default: mutated[which][place] &+= 1
        }
      }
      do {
        guard let service = try Schema.of(mutated + [probe]).service(named: "probe.Probe") else { continue }
        for method in service.methods {
          usable += 1
          try exercise(method.input, &random, "seed \(seed), round \(round), \(method.name)")
        }
      } catch let error as WireError {
        #expect([.malformed, .duplicate, .tooDeep].contains(error.code), "\(error)")
      }
    }
    #expect(usable > 200)
  }

  private func exercise(_ type: MessageType, _ random: inout SeededGenerator, _ comment: Comment) throws {
    var values = RandomValues(seed: random.next())
    let bytes = try Message(type, values.message(type)).view.serialized()
    let again = try Message(type, unpacking: bytes, in: Arena(chunkSize: 0))
    #expect(try again.view.serialized() == bytes, comment)
    var broken = bytes
    for _ in 0..<3 where !broken.isEmpty {
      broken[Int.random(in: broken.indices, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
    }
    if let message = try? Message(type, unpacking: broken, in: Arena(chunkSize: 0)) {
      _ = try message.view.value()
      _ = try? message.view.json()
      _ = try? message.view.serialized()
    }
  }
}
