import CProtobufC

/// A message to read from: a place in memory, and a reference to whatever keeps the memory.
public struct MessageView {
  let owner: Message
  let pointer: UnsafeRawPointer

  /// The type of the message.
  public let type: MessageType

  /// Packs the message; the order is that of the field numbers, unknown fields come last.
  ///
  /// - Throws: `nulByte` when the whole that this message was unpacked with has a string with a NUL in it: protobuf-c
  ///   reads it, but would silently cut it off here.
  public func serialized() throws(WireError) -> [UInt8] {
    guard !owner.holdsNUL else {
      throw WireError(.nulByte, "\(owner.type): a string holds a NUL, so the message cannot be packed again")
    }
    return pack(pointer)
  }

  /// Whether a field has a value: for a field without recorded presence, one other than zero or empty.
  public func has(_ field: String) -> Bool { type.requireField(field).isPresent(in: pointer) }

  /// The member that is set of the oneof that `field` belongs to.
  ///
  /// - Parameter field: Any member of the oneof.
  /// - Returns: The name of the member that is set, or nil when none is.
  public func whichOneof(containing field: String) -> String? {
    let member = type.requireField(field)
    precondition(member.shape == .oneof, "\(type).\(field) is not in a oneof")
    let number = pointer.load(fromByteOffset: member.facts.pointee.quantifier, as: UInt32.self)
    return type.field(number: number)?.name.proto.string
  }

  /// The fields that this version of the API does not know: number and wire type, in the order of the wire.
  public var unknownFields: [(number: Int, wireType: Int)] {
    let base = pointer.assumingMemoryBound(to: ProtobufCMessage.self).pointee
    return (0..<Int(base.n_unknown_fields)).map { index in
      let field = base.unknown_fields[index]
      return (Int(field.tag), Int(field.wire_type.rawValue))
    }
  }

  /// Whether this message, or one within it, has fields or values of enums that its type does not know.
  public var holdsWhatIsUnknown: Bool { Self.holdsWhatIsUnknown(pointer, type) }

  private static func holdsWhatIsUnknown(_ message: UnsafeRawPointer, _ type: MessageType) -> Bool {
    if message.assumingMemoryBound(to: ProtobufCMessage.self).pointee.n_unknown_fields > 0 { return true }
    let facts = type.facts.pointee
    for index in 0..<facts.fieldCount {
      let field = MessageField(facts: facts.fields + index)
      let (inner, values) = (field.messageType, field.enumType)
      guard inner != nil || values != nil, field.isPresent(in: message) else { continue }
      let isMany = field.shape == .list || field.shape == .map
      for index in 0..<(isMany ? field.count(in: message) : 1) {
        let slot = isMany ? field.element(index, in: message) : field.slot(in: message)
        if let inner, holdsWhatIsUnknown(slot.load(as: UnsafeRawPointer.self), inner) { return true }
        if let values, EnumValue(type: values, number: slot.load(as: Int32.self)).name == nil { return true }
      }
    }
    return false
  }
}

// Nothing writes to what a Message holds, and the view keeps it.
extension MessageView: @unchecked Sendable {}

/// The elements of a list of messages, or the entries of a map.
public struct MessageList: RandomAccessCollection, Sendable {
  let parent: MessageView
  let field: MessageField

  /// Always 0.
  public var startIndex: Int { 0 }
  /// The number of messages.
  public var endIndex: Int { field.count(in: parent.pointer) }

  /// The message at a position.
  public subscript(index: Int) -> MessageView {
    precondition(indices.contains(index), "index \(index) is out of range")
    let element = field.element(index, in: parent.pointer).load(as: UnsafeRawPointer.self)
    return MessageView(owner: parent.owner, pointer: element, type: field.messageType!)
  }
}

/// An entry of a map.
public struct MapEntry: Sendable {
  /// The entry as the message that it is on the wire, with the fields `key` and `value`.
  public let entry: MessageView

  /// The key as text; integers in decimal.
  public var key: String {
    switch entry.type.requireField("key").kind {
    case .string: entry.string("key")
    case .boolean: entry.boolean("key") ? "true" : "false"
    default: String(entry.integer("key"))
    }
  }

  /// The value of a map to `bytes`.
  public var bytes: [UInt8] { entry.bytes("value") }

  /// The value of a map to `string`.
  public var string: String { entry.string("value") }

  /// The value of a map to integers.
  public var integer: Int64 { entry.integer("value") }

  /// The value of a map to messages; one that the wire left out is empty.
  public var message: MessageView {
    entry.message("value") ?? Message(empty: entry.type.requireField("value").messageType!).view
  }
}
