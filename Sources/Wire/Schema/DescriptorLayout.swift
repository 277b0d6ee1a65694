import CProtobufC

/// Builds protobuf-c's descriptors at run time; they are never freed, as those that protoc-c makes are not.
///
/// No field has a default and no type a `message_init`: a new message is all zeros. protobuf-c's generic initialisation,
/// which it uses then, would write the addresses of default strings into the places that the members of oneofs share.
enum DescriptorLayout {
  /// Fills the descriptor of a message.
  ///
  /// - Parameters:
  ///   - place: Where the descriptor is to be; those of other types may already point to it.
  ///   - inner: Gives the descriptor of a field's type, if that is a message or an enum.
  static func write(
    _ plan: MessagePlan, to place: UnsafeMutablePointer<ProtobufCMessageDescriptor>,
    inner: (FieldPlan) -> UnsafeRawPointer?
  ) {
    var size = MemoryLayout<ProtobufCMessage>.size
    func take(_ count: Int) -> UInt32 {
      let alignment = min(count, 8)
      size = (size + alignment - 1) / alignment * alignment
      defer { size += count }
      return UInt32(size)
    }
    let oneofs = Dictionary(grouping: plan.fields.filter { $0.oneof != nil }) { $0.oneof! }.mapValues { members in
      (quantifier: take(4), offset: take(members.map(\.size).max()!))
    }
    let fields = UnsafeMutablePointer<ProtobufCFieldDescriptor>.allocate(capacity: max(plan.fields.count, 1))
    for (index, field) in plan.fields.enumerated() {
      var descriptor = ProtobufCFieldDescriptor()
      descriptor.name = permanent(field.name)
      descriptor.id = field.number
      descriptor.label = field.label
      descriptor.type = field.type
      if let shared = field.oneof.flatMap({ oneofs[$0] }) {
        (descriptor.quantifier_offset, descriptor.offset) = (shared.quantifier, shared.offset)
        descriptor.flags |= PROTOBUF_C_FIELD_FLAG_ONEOF.rawValue
      } else if field.label == PROTOBUF_C_LABEL_REPEATED {
        (descriptor.quantifier_offset, descriptor.offset) = (take(8), take(8))
      } else {
        let hasCount = field.label == PROTOBUF_C_LABEL_OPTIONAL && !field.isPointer
        descriptor.quantifier_offset = hasCount ? take(4) : 0
        descriptor.offset = take(field.size)
      }
      if field.isPacked { descriptor.flags |= PROTOBUF_C_FIELD_FLAG_PACKED.rawValue }
      if field.isDeprecated { descriptor.flags |= PROTOBUF_C_FIELD_FLAG_DEPRECATED.rawValue }
      descriptor.descriptor = inner(field)
      (fields + index).initialize(to: descriptor)
    }
    var descriptor = ProtobufCMessageDescriptor()
    descriptor.magic = UInt32(PROTOBUF_C__MESSAGE_DESCRIPTOR_MAGIC)
    (descriptor.name, descriptor.short_name, descriptor.package_name) = names(plan.name)
    descriptor.c_name = descriptor.short_name
    descriptor.sizeof_message = (size + 7) / 8 * 8
    descriptor.n_fields = UInt32(plan.fields.count)
    descriptor.fields = UnsafePointer(fields)
    descriptor.fields_sorted_by_name = permanent(
      plan.fields.indices.sorted { precedes(plan.fields[$0].name, plan.fields[$1].name) }.map { UInt32($0) })
    (descriptor.n_field_ranges, descriptor.field_ranges) = ranges(plan.fields.map { Int32($0.number) })
    place.initialize(to: descriptor)
  }

  /// Fills the descriptor of an enum.
  static func write(_ plan: EnumPlan, to place: UnsafeMutablePointer<ProtobufCEnumDescriptor>) {
    // Of several names for a number, the first that was given stands for it.
    var numbers: [Int32: String] = [:]
    for value in plan.values where numbers[value.number] == nil { numbers[value.number] = value.name }
    let sorted = numbers.sorted { $0.key < $1.key }
    let places = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1.key, $0) })
    var descriptor = ProtobufCEnumDescriptor()
    descriptor.magic = UInt32(PROTOBUF_C__ENUM_DESCRIPTOR_MAGIC)
    (descriptor.name, descriptor.short_name, descriptor.package_name) = names(plan.name)
    descriptor.c_name = descriptor.short_name
    descriptor.n_values = UInt32(sorted.count)
    descriptor.values = permanent(
      sorted.map { number, name in
        let name = permanent(name)
        return ProtobufCEnumValue(name: name, c_name: name, value: number)
      })
    let byName = plan.values.sorted { precedes($0.name, $1.name) }
    descriptor.n_value_names = UInt32(byName.count)
    descriptor.values_by_name = permanent(
      byName.map { ProtobufCEnumValueIndex(name: permanent($0.name), index: UInt32(places[$0.number]!)) })
    (descriptor.n_value_ranges, descriptor.value_ranges) = ranges(sorted.map(\.key))
    place.initialize(to: descriptor)
  }

  // The runs of numbers without gaps, by which protobuf-c finds the place of a number; behind them, the end.
  private static func ranges(_ numbers: [Int32]) -> (UInt32, UnsafePointer<ProtobufCIntRange>) {
    var ranges: [ProtobufCIntRange] = []
    for (index, number) in numbers.enumerated() where index == 0 || numbers[index - 1] != number &- 1 {
      ranges.append(ProtobufCIntRange(start_value: number, orig_index: UInt32(index)))
    }
    let end = ProtobufCIntRange(start_value: 0, orig_index: UInt32(numbers.count))
    return (UInt32(ranges.count), permanent(ranges + [end]))
  }

  private static func names(
    _ name: String
  ) -> (full: UnsafePointer<CChar>, short: UnsafePointer<CChar>, package: UnsafePointer<CChar>) {
    let parts = name.split(separator: ".")
    return (permanent(name), permanent(String(parts.last ?? "")), permanent(parts.dropLast().joined(separator: ".")))
  }

  // As `strcmp` has it, which finds the name again.
  private static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  private static func permanent(_ text: String) -> UnsafePointer<CChar> {
    UnsafeRawPointer(StaticText(copying: text).pointer).assumingMemoryBound(to: CChar.self)
  }

  private static func permanent<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
    let copy = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
    copy.initialize(from: elements, count: elements.count)
    return UnsafePointer(copy)
  }
}

extension FieldPlan {
  /// Whether NULL stands for its absence.
  fileprivate var isPointer: Bool { type == PROTOBUF_C_TYPE_MESSAGE || type == PROTOBUF_C_TYPE_STRING }

  /// The size of one value in the struct of a message.
  fileprivate var size: Int { TypeTable.kind(of: type).size }
}
