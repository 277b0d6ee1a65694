import CProtobufC

/// One field of a ``MessagePlan``.
struct FieldPlan {
  let name: String
  let number: UInt32
  let type: ProtobufCType
  let label: ProtobufCLabel
  /// The number of its oneof within the message; nil outside of one.
  let oneof: Int?
  /// The full name of the message or enum that it holds.
  let typeName: String?
  let isPacked: Bool
  let isDeprecated: Bool

  init(_ field: FieldDescription, of message: MessageDescription, oneofs: [Int: Int]) {
    name = field.name
    number = UInt32(field.number)
    type = Self.type(field.type)
    // Not those of the known type, which are counted by the place of their case.
    oneof = field.oneof.map { oneofs[$0] ?? -1 - $0 }
    typeName = field.typeName
    let isPackable = ![PROTOBUF_C_TYPE_BYTES, PROTOBUF_C_TYPE_MESSAGE, PROTOBUF_C_TYPE_STRING].contains(type)
    isPacked = field.isPacked && field.isRepeated && isPackable
    isDeprecated = field.isDeprecated
    label =
      if field.isRepeated { PROTOBUF_C_LABEL_REPEATED } else if message.isMapEntry || oneof != nil {
        PROTOBUF_C_LABEL_NONE
      } else {
        field.hasPresence ? PROTOBUF_C_LABEL_OPTIONAL : PROTOBUF_C_LABEL_NONE
      }
  }

  private init(_ field: ProtobufCFieldDescriptor) {
    func has(_ flag: ProtobufCFieldFlag) -> Bool { field.flags & flag.rawValue != 0 }
    name = String(cString: field.name)
    number = field.id
    type = field.type
    label = field.label
    oneof = has(PROTOBUF_C_FIELD_FLAG_ONEOF) ? Int(field.quantifier_offset) : nil
    typeName = field.descriptor.map {
      // Both kinds of descriptors begin with the same fields.
      String(cString: $0.assumingMemoryBound(to: ProtobufCMessageDescriptor.self).pointee.name)
    }
    isPacked = has(PROTOBUF_C_FIELD_FLAG_PACKED)
    isDeprecated = has(PROTOBUF_C_FIELD_FLAG_DEPRECATED)
  }

  /// The fields of a known type.
  static func all(of type: UnsafePointer<ProtobufCMessageDescriptor>) -> [FieldPlan] {
    (0..<Int(type.pointee.n_fields)).map { FieldPlan(type.pointee.fields[$0]) }
  }

  // By the numbers of FieldDescriptorProto.Type; a group is left out before.
  private static func type(_ number: Int) -> ProtobufCType {
    let types = [
      PROTOBUF_C_TYPE_DOUBLE, PROTOBUF_C_TYPE_FLOAT, PROTOBUF_C_TYPE_INT64, PROTOBUF_C_TYPE_UINT64,
      PROTOBUF_C_TYPE_INT32, PROTOBUF_C_TYPE_FIXED64, PROTOBUF_C_TYPE_FIXED32, PROTOBUF_C_TYPE_BOOL,
      PROTOBUF_C_TYPE_STRING, PROTOBUF_C_TYPE_MESSAGE, PROTOBUF_C_TYPE_MESSAGE, PROTOBUF_C_TYPE_BYTES,
      PROTOBUF_C_TYPE_UINT32, PROTOBUF_C_TYPE_ENUM, PROTOBUF_C_TYPE_SFIXED32, PROTOBUF_C_TYPE_SFIXED64,
      PROTOBUF_C_TYPE_SINT32, PROTOBUF_C_TYPE_SINT64,
    ]
    return types[number - 1]
  }
}
