import Wire

/// Makes trees that fit a message type, from any field with any shape.
struct RandomValues {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func message(_ type: MessageType, depth: Int = 0) -> Value {
    switch type.name {
    case "google.protobuf.Timestamp":
      return .time(Int64.random(in: -62_135_596_800...253_402_300_799, using: &random), nanos())
    case "google.protobuf.Duration":
      let seconds = Int64.random(in: -315_576_000_000...315_576_000_000, using: &random)
      return .time(seconds, seconds < 0 ? -nanos() : nanos())
    case "google.protobuf.Any":
      // Any's own tests are elsewhere; here it is bytes of no known type.
      return .fields(["type_url": .text("type.example/none"), "value": .bytes(bytes())])
    case "google.protobuf.FieldMask":
      // Other paths have no JSON form.
      return .fields(["paths": .array([.text("state"), .text(pick(["a_b.c_d", "spec"]))])])
    default: break
    }
    if type.name.hasPrefix("google.protobuf."), type.name.hasSuffix("Value"), type.fields.count == 1 {
      return scalar(type.fields[0], depth)
    }
    var entries: [Value.Key: Value] = [:]
    var groups: Set<String> = []
    for field in type.fields {
      guard field.shape == .required || Int.random(in: 0..<(depth < 2 ? 2 : 6), using: &random) == 0 else { continue }
      if field.shape == .oneof {
        let group = type.oneofMembers(with: field).map(\.name.proto.string).joined()
        guard groups.insert(group).inserted else { continue }
      }
      if let value = value(field, depth) { entries[.text(field.name.proto.string)] = value }
    }
    return .object(entries)
  }

  private mutating func value(_ field: MessageField, _ depth: Int) -> Value? {
    if depth > 4, field.kind == .message { return nil }
    switch field.shape {
    case .implicit, .optional, .oneof, .required: return scalar(field, depth)
    case .list:
      return .array((0..<Int.random(in: 1...3, using: &random)).map { _ in scalar(field, depth) })
    case .map:
      guard let entry = field.messageType else { return nil }
      var entries: [Value.Key: Value] = [:]
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        entries[key(entry.fields[0])] = scalar(entry.fields[1], depth)
      }
      return .object(entries)
    }
  }

  private mutating func key(_ field: MessageField) -> Value.Key {
    switch scalar(field, 0) {
    case .string(let bytes): .text(String(decoding: bytes, as: UTF8.self))
    case .boolean(let truth): .boolean(truth)
    case .integer(let number): .integer(number)
    case let other: preconditionFailure("\(other) is no key")
    }
  }

  private mutating func scalar(_ field: MessageField, _ depth: Int) -> Value {
    switch field.kind {
    case .boolean: .boolean(Bool.random(using: &random))
    case .int32: .integer(pick([0, -1, 1, Int64(Int32.min), Int64(Int32.max), 300]))
    case .uint32: .integer(pick([0, 1, Int64(UInt32.max), 300]))
    case .int64: .integer(pick([0, -1, 1, .min, .max, 1 << 40]))
    case .uint64: .integer(pick([0, 1, -1, .max, .min, 1 << 40]))
    case .float: .double(Double(Float(pick([0, 1, -2.5, 0.1, .infinity, .nan, 3.4e38]))))
    case .double: .double(pick([0, 1, -2.5, 0.1, -.infinity, .nan, .leastNonzeroMagnitude, 1e300]))
    case .enumeration: pickEnum(field)
    case .string: .text(pick(["", "a", "Grüße, 世界 🌒", "line\nbreak \"quoted\" \\ \u{1}", "x"]))
    case .bytes: .bytes(bytes())
    case .message: field.messageType.map { message($0, depth: depth + 1) } ?? .null
    }
  }

  private mutating func pickEnum(_ field: MessageField) -> Value {
    let values = field.enumType?.values.map(\.shortName) ?? []
    return Int.random(in: 0..<5, using: &random) == 0 ? .text("UNKNOWN(9999)") : .text(pick(values))
  }

  private mutating func bytes() -> [UInt8] {
    (0..<Int.random(in: 0...5, using: &random)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
  }

  private mutating func nanos() -> Int32 { pick([0, 1, 500_000_000, 123_000, 999_999_999]) }

  private mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int.random(in: 0..<choices.count, using: &random)]
  }
}
