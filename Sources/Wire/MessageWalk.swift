extension MessageView {
  /// Walks the message, field by field in the order of the numbers, and hands each value to `sink`.
  ///
  /// - Parameters:
  ///   - sink: The back end that receives the values.
  ///   - includingDefaults: Whether fields without recorded presence are handed over also when zero or empty.
  /// - Throws: What the sink throws; a ``WireError`` where a time is out of its range or an `Any` cannot be unpacked.
  public func emit(into sink: inout some ValueSink, includingDefaults: Bool = false) throws {
    let walk = MessageWalk(owner: owner, mapping: sink.mapping, includingDefaults: includingDefaults, depth: 0)
    try walk.emit(message: pointer, type, into: &sink)
  }
}

/// The one walk through a message; what becomes of the values is the sink's.
struct MessageWalk {
  let owner: Message
  let mapping: ValueMapping
  let includingDefaults: Bool
  // How many Any lie around the owner: each is unpacked anew, so unpacking alone does not limit their depth.
  let depth: Int

  func emit<Sink: ValueSink>(message: UnsafeRawPointer, _ type: MessageType, into sink: inout Sink) throws {
    switch type.facts.pointee.wellKnown {
    case .none: try emitObject(message, type, into: &sink)
    case .timestamp, .duration: try emitTime(message, type, into: &sink)
    case .wrapper:
      let value = MessageField(facts: type.facts.pointee.fields)
      try emit(value, at: value.slot(in: message), into: &sink)
    case .fieldMask where mapping == .json: try emitFieldMask(message, type, into: &sink)
    case .any where mapping == .json: try emitAny(message, type, into: &sink)
    case .fieldMask, .any: try emitObject(message, type, into: &sink)
    }
  }

  private func emitObject<Sink: ValueSink>(
    _ message: UnsafeRawPointer, _ type: MessageType, into sink: inout Sink
  ) throws {
    try sink.beginObject(count: count(message, type) + (unknownCount(message) > 0 ? 1 : 0))
    try emitFields(message, type, into: &sink)
    try emitUnknownFields(of: message, into: &sink)
    try sink.endObject()
  }

  func emitFields<Sink: ValueSink>(_ message: UnsafeRawPointer, _ type: MessageType, into sink: inout Sink) throws {
    let facts = type.facts.pointee
    for index in 0..<facts.fieldCount {
      let field = MessageField(facts: facts.fields + index)
      guard isEmitted(field, of: message) else { continue }
      try sink.key(.field(field.name))
      switch field.shape {
      case .list: try emitList(field, of: message, into: &sink)
      case .map: try emitMap(field, of: message, into: &sink)
      case .implicit, .oneof, .optional, .required: try emit(field, at: field.slot(in: message), into: &sink)
      }
    }
  }

  func count(_ message: UnsafeRawPointer, _ type: MessageType) -> Int {
    let facts = type.facts.pointee
    var count = 0
    for index in 0..<facts.fieldCount where isEmitted(MessageField(facts: facts.fields + index), of: message) {
      count += 1
    }
    return count
  }

  private func isEmitted(_ field: MessageField, of message: UnsafeRawPointer) -> Bool {
    if field.isPresent(in: message) { return true }
    guard includingDefaults else { return false }
    switch field.shape {
    case .list, .map: return true
    case .implicit: return field.kind != .message
    case .oneof, .optional, .required: return false
    }
  }

  private func emitList<Sink: ValueSink>(
    _ field: MessageField, of message: UnsafeRawPointer, into sink: inout Sink
  ) throws {
    let count = field.count(in: message)
    try sink.beginArray(count: count)
    for index in 0..<count { try emit(field, at: field.element(index, in: message), into: &sink) }
    try sink.endArray()
  }

  private func emitMap<Sink: ValueSink>(
    _ field: MessageField, of message: UnsafeRawPointer, into sink: inout Sink
  ) throws {
    let entries = entries(of: field, in: message)
    let (keyField, valueField) = (field.mapKey, field.mapValue)
    try sink.beginObject(count: entries.count)
    for entry in entries {
      let slot = keyField.slot(in: entry)
      switch keyField.kind {
      case .string: try sink.key(.text(keyField.string(at: slot)))
      case .boolean: try sink.key(.boolean(slot.load(as: Int32.self) != 0))
      case .uint64: try sink.key(.unsigned(slot.load(as: UInt64.self)))
      default: try sink.key(.integer(keyField.integer(at: slot)))
      }
      try emit(valueField, at: valueField.slot(in: entry), into: &sink)
    }
    try sink.endObject()
  }

  /// The entries of a map; for JSON in the order of the keys, for that of the wire means nothing, and the same message
  /// should always give the same text. Where the wire gives a key twice, the last one counts.
  private func entries(of field: MessageField, in message: UnsafeRawPointer) -> [UnsafeRawPointer] {
    let entries = (0..<field.count(in: message)).map {
      field.element($0, in: message).load(as: UnsafeRawPointer.self)
    }
    guard mapping == .json, entries.count > 1 else { return entries }
    let key = field.mapKey
    let sorted = entries.indices.sorted { left, right in
      let order = key.order(entries[left], entries[right])
      return order == 0 ? left < right : order < 0
    }
    return sorted.indices.compactMap { place in
      let entry = entries[sorted[place]]
      let isLast = place + 1 == sorted.count || key.order(entry, entries[sorted[place + 1]]) != 0
      return isLast ? entry : nil
    }
  }

  private func emit<Sink: ValueSink>(_ field: MessageField, at slot: UnsafeRawPointer, into sink: inout Sink) throws {
    switch field.kind {
    case .boolean: try sink.boolean(slot.load(as: Int32.self) != 0)
    case .int32: try sink.integer(Int64(slot.load(as: Int32.self)))
    case .uint32: try sink.integer(Int64(slot.load(as: UInt32.self)))
    case .int64: try sink.integer64(slot.load(as: Int64.self))
    case .uint64: try sink.unsigned64(slot.load(as: UInt64.self))
    case .float: try sink.float(slot.load(as: Float.self))
    case .double: try sink.double(slot.load(as: Double.self))
    case .enumeration:
      try sink.enumeration(EnumValue(type: field.enumType!, number: slot.load(as: Int32.self)))
    case .string: try sink.string(field.string(at: slot))
    case .bytes: try sink.bytes(field.bytes(at: slot))
    case .message: try emitInner(field.messageType!, slot.load(as: UnsafeRawPointer?.self), into: &sink)
    }
  }

  private func emitInner<Sink: ValueSink>(
    _ type: MessageType, _ pointer: UnsafeRawPointer?, into sink: inout Sink
  ) throws {
    guard let pointer else {
      // The entry of a map whose value the wire left out: the value is an empty message.
      let empty = Message(empty: type)
      let walk = MessageWalk(owner: empty, mapping: mapping, includingDefaults: includingDefaults, depth: depth)
      return try walk.emitInner(type, empty.pointer, into: &sink)
    }
    switch type.facts.pointee.wellKnown {
    case .timestamp, .duration: break
    case .none, .any, .fieldMask, .wrapper:
      if try sink.message(MessageView(owner: owner, pointer: pointer, type: type)) { return }
    }
    try emit(message: pointer, type, into: &sink)
  }
}
