// Reading single fields by name. An unset field reads as zero or empty, as everywhere in protobuf. A name or a kind
// that is not the field's own is a mistake in the calling code and ends the process, with type and field in the text.

extension MessageView {
  /// The text of a string field.
  public func string(_ field: String) -> String {
    guard let slot = value(field, .string) else { return "" }
    return String(decoding: slot.field.string(at: slot.place), as: UTF8.self)
  }

  /// The number of an integer field; a `uint64` above `Int64.max` wraps.
  public func integer(_ field: String) -> Int64 {
    guard let slot = value(field, .int64, .int32, .uint32, .uint64) else { return 0 }
    return slot.field.integer(at: slot.place)
  }

  /// The number of a `double` or `float` field.
  public func double(_ field: String) -> Double {
    guard let slot = value(field, .double, .float) else { return 0 }
    return slot.field.kind == .float ? Double(slot.place.load(as: Float.self)) : slot.place.load(as: Double.self)
  }

  /// The value of a `bool` field.
  public func boolean(_ field: String) -> Bool {
    value(field, .boolean).map { $0.place.load(as: Int32.self) != 0 } ?? false
  }

  /// The bytes of a bytes field.
  public func bytes(_ field: String) -> [UInt8] {
    value(field, .bytes).map { Array($0.field.bytes(at: $0.place)) } ?? []
  }

  /// The value of an enum field.
  public func enumeration(_ field: String) -> EnumValue {
    let slot = value(field, .enumeration)
    return EnumValue(type: type.requireField(field).enumType!, number: slot?.place.load(as: Int32.self) ?? 0)
  }

  /// The message in a field, or nil when none is set.
  public func message(_ field: String) -> MessageView? {
    guard let slot = value(field, .message), let message = slot.place.load(as: UnsafeRawPointer?.self) else {
      return nil
    }
    return MessageView(owner: owner, pointer: message, type: slot.field.messageType!)
  }

  /// The time in a Timestamp field, or nil when none is set.
  public func timestamp(_ field: String) -> (seconds: Int64, nanos: Int32)? { secondsAndNanos(field, .timestamp) }

  /// The span in a Duration field, or nil when none is set.
  public func duration(_ field: String) -> (seconds: Int64, nanos: Int32)? { secondsAndNanos(field, .duration) }

  /// The messages of a list.
  public func messages(_ field: String) -> MessageList { MessageList(parent: self, field: list(field, .message)) }

  /// The texts of a list of strings.
  public func strings(_ field: String) -> [String] {
    let field = list(field, .string)
    return (0..<field.count(in: pointer)).map {
      String(decoding: field.string(at: field.element($0, in: pointer)), as: UTF8.self)
    }
  }

  /// The numbers of a list of integers.
  public func integers(_ field: String) -> [Int64] {
    let field = list(field, .int64, .int32, .uint32, .uint64)
    return (0..<field.count(in: pointer)).map { field.integer(at: field.element($0, in: pointer)) }
  }

  /// The values of a list of enums.
  public func enumerations(_ field: String) -> [EnumValue] {
    let field = list(field, .enumeration)
    return (0..<field.count(in: pointer)).map {
      EnumValue(type: field.enumType!, number: field.element($0, in: pointer).load(as: Int32.self))
    }
  }

  /// The entries of a map, in the order of the wire.
  public func mapEntries(_ field: String) -> [MapEntry] {
    let map = type.requireField(field)
    precondition(map.shape == .map, "\(type).\(field) is not a map")
    return MessageList(parent: self, field: map).map(MapEntry.init)
  }

  /// The entry of a map with this key; where the wire gives a key twice, the last one counts.
  public func mapEntry(_ field: String, key: String) -> MapEntry? {
    mapEntries(field).last { $0.key == key }
  }

  private func value(
    _ name: String, _ kinds: FieldKind..., function: StaticString = #function
  ) -> (field: MessageField, place: UnsafeRawPointer)? {
    let field = type.requireField(name, function: function)
    let isSingle = field.shape != .list && field.shape != .map
    precondition(isSingle && kinds.contains(field.kind), "\(function): \(type).\(name) is \(field.typeText)")
    // The members of a oneof share their place.
    guard field.shape != .oneof || field.isPresent(in: pointer) else { return nil }
    return (field, field.slot(in: pointer))
  }

  private func list(_ name: String, _ kinds: FieldKind..., function: StaticString = #function) -> MessageField {
    let field = type.requireField(name, function: function)
    precondition(
      field.shape == .list && kinds.contains(field.kind), "\(function): \(type).\(name) is \(field.typeText)")
    return field
  }

  private func secondsAndNanos(_ field: String, _ wellKnown: WellKnownType) -> (seconds: Int64, nanos: Int32)? {
    guard let message = message(field) else { return nil }
    precondition(message.type.facts.pointee.wellKnown == wellKnown, "\(type).\(field) is \(message.type)")
    return message.secondsAndNanos
  }

  // Timestamp and Duration alike: seconds = 1, nanos = 2.
  var secondsAndNanos: (seconds: Int64, nanos: Int32) {
    let fields = type.facts.pointee.fields
    return (
      pointer.load(fromByteOffset: fields[0].offset, as: Int64.self),
      pointer.load(fromByteOffset: fields[1].offset, as: Int32.self)
    )
  }
}

extension MessageField {
  func integer(at slot: UnsafeRawPointer) -> Int64 {
    switch kind {
    case .int32: Int64(slot.load(as: Int32.self))
    case .uint32: Int64(slot.load(as: UInt32.self))
    case .uint64: Int64(truncatingIfNeeded: slot.load(as: UInt64.self))
    default: slot.load(as: Int64.self)
    }
  }
}
