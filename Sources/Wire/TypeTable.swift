import CProtobufC
import Locks

/// What was derived from descriptors so far, one entry for each message type and enum in use.
///
/// A type is entered together with all types that it reaches, so a walk follows pointers and never takes the lock.
enum TypeTable {
  // Keyed by the address of the descriptor.
  private struct Entries {
    var messages: [UInt: MessageType] = [:]
    var enums: [UInt: EnumType] = [:]
    // Those that were met in a field, and whose facts are still to be found.
    var pending: [(UnsafeMutablePointer<TypeFacts>, UnsafePointer<ProtobufCMessageDescriptor>)] = []

    // Recursive types refer to themselves, so the place of the facts is known before the facts are.
    mutating func message(_ descriptor: UnsafePointer<ProtobufCMessageDescriptor>) -> MessageType {
      let address = UInt(bitPattern: descriptor)
      if let known = messages[address] { return known }
      let magic = UInt32(PROTOBUF_C__MESSAGE_DESCRIPTOR_MAGIC)
      precondition(descriptor.pointee.magic == magic, "not a message descriptor")
      let place = UnsafeMutablePointer<TypeFacts>.allocate(capacity: 1)
      let type = MessageType(facts: place)
      messages[address] = type
      pending.append((place, descriptor))
      return type
    }
  }

  private static let entries = Monitor(Entries())

  /// Returns the type with this descriptor, which must live as long as the process.
  static func type(_ descriptor: UnsafePointer<ProtobufCMessageDescriptor>) -> MessageType {
    entries.withLock { entries in
      let type = entries.message(descriptor)
      // Not by recursion: how long a chain of types is, is up to whoever describes them.
      while let (place, descriptor) = entries.pending.popLast() {
        place.initialize(to: facts(of: descriptor, &entries))
      }
      return type
    }
  }

  private static func facts(
    of descriptor: UnsafePointer<ProtobufCMessageDescriptor>, _ entries: inout Entries
  ) -> TypeFacts {
    let count = Int(descriptor.pointee.n_fields)
    let fields = UnsafeMutablePointer<FieldFacts>.allocate(capacity: max(count, 1))
    for index in 0..<count {
      (fields + index).initialize(to: fieldFacts(descriptor.pointee.fields + index, of: descriptor, &entries))
    }
    let name = StaticText(permanent: descriptor.pointee.name)
    return TypeFacts(
      name: name, descriptor: descriptor, wellKnown: WellKnownType(name: name.string), fields: fields,
      fieldCount: count, byProtoName: order(fields, count) { $0.proto }, byJSONName: order(fields, count) { $0.json })
  }

  private static func fieldFacts(
    _ field: UnsafePointer<ProtobufCFieldDescriptor>, of parent: UnsafePointer<ProtobufCMessageDescriptor>,
    _ entries: inout Entries
  ) -> FieldFacts {
    let kind = kind(of: field.pointee.type)
    let name = StaticText(permanent: field.pointee.name)
    let inner = kind == .message ? field.pointee.descriptor : nil
    let shape = shape(of: field, parent: parent)
    return FieldFacts(
      name: FieldName(proto: name, json: StaticText(copying: jsonName(name.string))), id: field.pointee.id, kind: kind,
      shape: shape, isDeprecated: field.pointee.flags & PROTOBUF_C_FIELD_FLAG_DEPRECATED.rawValue != 0,
      offset: Int(field.pointee.offset), quantifier: Int(field.pointee.quantifier_offset),
      defaultValue: field.pointee.default_value,
      messageType: inner.map { entries.message($0.assumingMemoryBound(to: ProtobufCMessageDescriptor.self)) },
      enumType: kind == .enumeration ? enumType(UInt(bitPattern: field.pointee.descriptor!), &entries) : nil)
  }

  private static func enumType(_ address: UInt, _ entries: inout Entries) -> EnumType {
    if let known = entries.enums[address] { return known }
    let type = EnumType(descriptor: UnsafePointer<ProtobufCEnumDescriptor>(bitPattern: address)!)
    entries.enums[address] = type
    return type
  }

  private static func order(
    _ fields: UnsafePointer<FieldFacts>, _ count: Int, by spelling: (FieldName) -> StaticText
  ) -> UnsafePointer<Int> {
    let sorted = (0..<count).sorted {
      StaticText.order(spelling(fields[$0].name).bytes, spelling(fields[$1].name).bytes) < 0
    }
    let order = UnsafeMutablePointer<Int>.allocate(capacity: max(count, 1))
    order.initialize(from: sorted, count: count)
    return UnsafePointer(order)
  }

  static func kind(of type: ProtobufCType) -> FieldKind {
    switch type {
    case PROTOBUF_C_TYPE_BOOL: .boolean
    case PROTOBUF_C_TYPE_BYTES: .bytes
    case PROTOBUF_C_TYPE_DOUBLE: .double
    case PROTOBUF_C_TYPE_ENUM: .enumeration
    case PROTOBUF_C_TYPE_FLOAT: .float
    case PROTOBUF_C_TYPE_INT32, PROTOBUF_C_TYPE_SINT32, PROTOBUF_C_TYPE_SFIXED32: .int32
    case PROTOBUF_C_TYPE_INT64, PROTOBUF_C_TYPE_SINT64, PROTOBUF_C_TYPE_SFIXED64: .int64
    case PROTOBUF_C_TYPE_MESSAGE: .message
    case PROTOBUF_C_TYPE_STRING: .string
    case PROTOBUF_C_TYPE_UINT32, PROTOBUF_C_TYPE_FIXED32: .uint32
    case PROTOBUF_C_TYPE_UINT64, PROTOBUF_C_TYPE_FIXED64: .uint64
    default: preconditionFailure("protobuf-c has no field type \(type.rawValue)")
    }
  }

  private static func shape(
    of field: UnsafePointer<ProtobufCFieldDescriptor>, parent: UnsafePointer<ProtobufCMessageDescriptor>
  ) -> FieldShape {
    if field.pointee.flags & PROTOBUF_C_FIELD_FLAG_ONEOF.rawValue != 0 { return .oneof }
    return switch field.pointee.label {
    case PROTOBUF_C_LABEL_REQUIRED: .required
    case PROTOBUF_C_LABEL_OPTIONAL: .optional
    case PROTOBUF_C_LABEL_NONE: .implicit
    default: isMap(field, parent: parent) ? .map : .list
    }
  }

  // Descriptors carry no map flag: a map is told by the entry type that protoc makes for it. A message written by
  // hand to look the same would have the same wire form.
  private static func isMap(
    _ field: UnsafePointer<ProtobufCFieldDescriptor>, parent: UnsafePointer<ProtobufCMessageDescriptor>
  ) -> Bool {
    guard field.pointee.type == PROTOBUF_C_TYPE_MESSAGE, let opaque = field.pointee.descriptor else { return false }
    let entry = opaque.assumingMemoryBound(to: ProtobufCMessageDescriptor.self).pointee
    guard entry.n_fields == 2, isKey(entry.fields[0].type),
      (0..<2).allSatisfy({ entry.fields[$0].id == $0 + 1 && entry.fields[$0].label == PROTOBUF_C_LABEL_NONE }),
      String(cString: entry.fields[0].name) == "key", String(cString: entry.fields[1].name) == "value"
    else { return false }
    let camel = camelCase(String(cString: field.pointee.name), capital: true)
    return String(cString: entry.name) == "\(String(cString: parent.pointee.name)).\(camel)Entry"
  }

  private static func isKey(_ type: ProtobufCType) -> Bool {
    switch kind(of: type) {
    case .boolean, .int32, .int64, .string, .uint32, .uint64: true
    case .bytes, .double, .enumeration, .float, .message: false
    }
  }

  // ToJsonName in protobuf's descriptor.cc; the Temporal API sets no json_name of its own.
  private static func jsonName(_ name: String) -> String { camelCase(name, capital: false) }

  // Byte by byte, as names are ASCII and every field of every type in use comes through here at the start.
  private static func camelCase(_ name: String, capital: Bool) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(name.utf8.count)
    var raise = capital
    for byte in name.utf8 {
      if byte == UInt8(ascii: "_") {
        raise = true
      } else {
        result.append(raise && (0x61...0x7A).contains(byte) ? byte & 0xDF : byte)
        raise = false
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
