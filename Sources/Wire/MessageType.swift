import CProtobufC

// Types whose JSON is not an object of their fields.
enum WellKnownType: UInt8 {
  case none, any, duration, fieldMask, timestamp, wrapper

  init(name: String) {
    switch name {
    case "google.protobuf.Any": self = .any
    case "google.protobuf.Duration": self = .duration
    case "google.protobuf.FieldMask": self = .fieldMask
    case "google.protobuf.Timestamp": self = .timestamp
    case "google.protobuf.BoolValue", "google.protobuf.BytesValue", "google.protobuf.DoubleValue",
      "google.protobuf.FloatValue", "google.protobuf.Int32Value", "google.protobuf.Int64Value",
      "google.protobuf.StringValue", "google.protobuf.UInt32Value", "google.protobuf.UInt64Value":
      self = .wrapper
    default: self = .none
    }
  }
}

// What is known of a message type. Made once by TypeTable, never changed, never freed.
struct TypeFacts {
  let name: StaticText
  let descriptor: UnsafePointer<ProtobufCMessageDescriptor>
  let wellKnown: WellKnownType
  // In the order of the numbers, as in the descriptor.
  let fields: UnsafePointer<FieldFacts>
  let fieldCount: Int
  // Indices of `fields` in the order of either spelling.
  let byProtoName: UnsafePointer<Int>
  let byJSONName: UnsafePointer<Int>
}

/// A message type, known by its protobuf-c descriptor.
public struct MessageType: Hashable, CustomStringConvertible {
  let facts: UnsafePointer<TypeFacts>

  /// The full name: `temporal.api.common.v1.Payload`.
  public var name: String { facts.pointee.name.string }

  /// The name without its package: `Payload`.
  public var shortName: String { String(cString: facts.pointee.descriptor.pointee.short_name) }

  /// The full name.
  public var description: String { name }

  /// Whether this is the other type, or a server's version of it.
  public func isVersion(of other: MessageType) -> Bool {
    // Only types that were built at run time have no function that initialises a message.
    self == other
      || facts.pointee.descriptor.pointee.message_init == nil && facts.pointee.name == other.facts.pointee.name
  }

  /// The fields in the order of their numbers.
  public var fields: [MessageField] {
    (0..<facts.pointee.fieldCount).map { MessageField(facts: facts.pointee.fields + $0) }
  }

  /// Finds a field by the name of the `.proto` file or by its JSON name.
  public func field(named name: String) -> MessageField? {
    var name = name
    return name.withUTF8 { field(named: $0) }
  }

  func field(named name: UnsafeBufferPointer<UInt8>) -> MessageField? {
    find(name, in: facts.pointee.byProtoName) { $0.proto } ?? find(name, in: facts.pointee.byJSONName) { $0.json }
  }

  func field(number: UInt32) -> MessageField? {
    let fields = facts.pointee.fields
    // Most messages number their fields without gaps.
    let guess = Int(number) - 1
    if guess >= 0, guess < facts.pointee.fieldCount, fields[guess].id == number {
      return MessageField(facts: fields + guess)
    }
    var low = 0
    var high = facts.pointee.fieldCount
    while low < high {
      let middle = (low + high) / 2
      if fields[middle].id < number { low = middle + 1 } else { high = middle }
    }
    return low < facts.pointee.fieldCount && fields[low].id == number ? MessageField(facts: fields + low) : nil
  }

  // A name that is not in the .proto file is a mistake in the calling code, not in its input.
  func requireField(_ name: String, function: StaticString = #function) -> MessageField {
    guard let field = field(named: name) else {
      let hint = NearestName.hint(name, among: fields.map(\.name.proto.string))
      preconditionFailure("\(function): \(self.name) has no field '\(name)'\(hint)")
    }
    return field
  }

  /// The members of the oneof that the field belongs to, or nothing when it belongs to none.
  public func oneofMembers(with field: MessageField) -> [MessageField] {
    guard field.shape == .oneof else { return [] }
    return fields.filter { $0.shape == .oneof && $0.facts.pointee.quantifier == field.facts.pointee.quantifier }
  }

  private func find(
    _ name: UnsafeBufferPointer<UInt8>, in order: UnsafePointer<Int>, spelling: (FieldName) -> StaticText
  ) -> MessageField? {
    var low = 0
    var high = facts.pointee.fieldCount
    while low < high {
      let middle = (low + high) / 2
      let field = facts.pointee.fields + order[middle]
      let comparison = StaticText.order(spelling(field.pointee.name).bytes, name)
      if comparison == 0 { return MessageField(facts: field) }
      if comparison < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }
}

// Facts are never changed and never freed, so any thread may read them.
extension MessageType: @unchecked Sendable {}
