import CProtobufC

/// Fills a message from a source, one level for each call; every error tells the way to the value.
struct MessageFill<Source: ValueSource> {
  let arena: Arena
  let ignoringUnknownFields: Bool

  func fill(
    _ message: UnsafeMutableRawPointer, _ type: MessageType, from source: Source, depth: Int
  ) throws(WireError) {
    guard depth <= Message.depthLimit else {
      throw WireError(.tooDeep, "messages are nested more than \(Message.depthLimit) levels deep")
    }
    if let ready = try source.readyValue(for: type) { return try fill(message, type, with: ready) }
    switch type.facts.pointee.wellKnown {
    case .none: try fillObject(message, type, from: source, depth: depth)
    case .timestamp, .duration: try fillTime(message, type, from: source, depth: depth)
    case .wrapper:
      let value = MessageField(facts: type.facts.pointee.fields)
      try store(source, value, at: message + value.facts.pointee.offset, depth: depth)
    case .fieldMask: try fillFieldMask(message, type, from: source, depth: depth)
    case .any: try fillAny(message, type, from: source, depth: depth)
    }
  }

  /// Fills the fields from the entries of an object.
  ///
  /// - Parameter skipped: A key that is no field and has been read already.
  func fillObject(
    _ message: UnsafeMutableRawPointer, _ type: MessageType, from source: Source, skipping skipped: String? = nil,
    depth: Int
  ) throws(WireError) {
    guard source.kind == .object || source.kind == .empty else {
      throw WireError(.wrongType, "expected a table for \(type.shortName), got \(source.kindDescription)")
    }
    var given = [Bool](repeating: false, count: type.facts.pointee.fieldCount)
    try source.forEachEntry { (key, value) throws(WireError) in
      if let skipped, case .text(let bytes) = key, bytes.elementsEqual(skipped.utf8) { return }
      guard let field = find(key, in: type) else {
        if ignoringUnknownFields || isWhatAWalkLeft(key, source.dialect) { return }
        throw unknownField(key, type, source.dialect)
      }
      // Absent, also where the field is named twice.
      if value.kind == .null { return }
      let index = field.facts - type.facts.pointee.fields
      do throws(WireError) {
        guard !given[index] else { throw WireError(.duplicate, "given twice") }
        given[index] = true
        try refuseSecondMember(field, of: type, given: given)
        try fill(field, in: message, from: value, depth: depth)
      } catch {
        throw error.within(pathElement(key, isField: true))
      }
    }
  }

  private func find(_ key: ObjectKey, in type: MessageType) -> MessageField? {
    switch key {
    case .text(let bytes): type.field(named: bytes)
    case .field(let name): type.field(named: name.proto.bytes)
    case .integer, .unsigned, .boolean: nil
    }
  }

  // What was read from a newer server may be given back: the fields that only it knows do not return to it.
  private func isWhatAWalkLeft(_ key: ObjectKey, _ dialect: ValueDialect) -> Bool {
    guard dialect == .native, case .text(let bytes) = key else { return false }
    return bytes.elementsEqual(MessageWalk.unknownFieldsKey.utf8)
  }

  private func unknownField(_ key: ObjectKey, _ type: MessageType, _ dialect: ValueDialect) -> WireError {
    let path = [pathElement(key, isField: true)]
    guard case .field(let name) = path[0] else {
      return WireError(.unknownField, "\(type.shortName) has named fields only", path: path)
    }
    let hint = NearestName.hint(name, among: type.fields.flatMap { spellings($0, dialect) })
    return WireError(.unknownField, "\(type.shortName) has no such field\(hint)", path: path)
  }

  private func spellings(_ field: MessageField, _ dialect: ValueDialect) -> [String] {
    switch dialect {
    case .json: [field.name.json.string, field.name.proto.string]
    case .native: [field.name.proto.string]
    }
  }

  private func refuseSecondMember(
    _ field: MessageField, of type: MessageType, given: [Bool]
  ) throws(WireError) {
    guard field.shape == .oneof else { return }
    for index in given.indices where given[index] {
      let other = MessageField(facts: type.facts.pointee.fields + index)
      guard other != field, other.shape == .oneof,
        other.facts.pointee.quantifier == field.facts.pointee.quantifier
      else { continue }
      throw WireError(
        .oneofConflict, "only one of '\(other.name.proto)' and '\(field.name.proto)' may be given")
    }
  }

  private func fill(
    _ field: MessageField, in message: UnsafeMutableRawPointer, from value: Source, depth: Int
  ) throws(WireError) {
    switch field.shape {
    case .list: try fillList(field, in: message, from: value, depth: depth)
    case .map: try fillMap(field, in: message, from: value, depth: depth)
    case .implicit, .oneof, .optional, .required:
      // A member that took this place before left its own bits there.
      if field.kind == .message, !field.isPresent(in: message) {
        (message + field.facts.pointee.offset).storeBytes(of: nil, as: UnsafeRawPointer?.self)
      }
      try store(value, field, at: arena.claim(field, in: message), depth: depth)
    }
  }

  private func fillList(
    _ field: MessageField, in message: UnsafeMutableRawPointer, from source: Source, depth: Int
  ) throws(WireError) {
    guard source.kind == .array || source.kind == .empty else {
      throw WireError(.wrongType, "expected a list, got \(source.kindDescription)")
    }
    try source.forEachElement { (number, element) throws(WireError) in
      do throws(WireError) {
        guard try isValue(element, of: field) else { throw WireError(.wrongType, "a list cannot hold null") }
        try store(element, field, at: arena.append(field, in: message), depth: depth)
      } catch {
        throw error.within(.index(number))
      }
    }
  }

  private func fillMap(
    _ field: MessageField, in message: UnsafeMutableRawPointer, from source: Source, depth: Int
  ) throws(WireError) {
    let (key, value) = (field.mapKey, field.mapValue)
    // A table with the integer keys 1 to n is an array for its source.
    let isArrayOfEntries = source.kind == .array && source.dialect == .native && key.kind != .string
    guard source.kind == .object || source.kind == .empty || isArrayOfEntries else {
      throw WireError(.wrongType, "expected a table for a map, got \(source.kindDescription)")
    }
    try source.forEachEntry { (given, element) throws(WireError) in
      do throws(WireError) {
        guard try isValue(element, of: value) else { throw WireError(.wrongType, "a map cannot hold null") }
        let entry = arena.appendEntry(field, in: message)
        try store(key: given, key, at: entry + key.facts.pointee.offset)
        try store(element, value, at: entry + value.facts.pointee.offset, depth: depth)
      } catch {
        throw error.within(pathElement(given, isField: false))
      }
    }
    try sortEntries(field, in: message)
  }

  // A null is a value where the source has a message for it, as one of payloads has.
  private func isValue(_ element: Source, of field: MessageField) throws(WireError) -> Bool {
    guard element.kind == .null else { return true }
    guard let type = field.messageType else { return false }
    return try element.readyValue(for: type) != nil
  }

  private func pathElement(_ key: ObjectKey, isField: Bool) -> WireError.PathElement {
    let name: String
    switch key {
    case .field(let field): name = field.proto.string
    case .text(let bytes): name = String(decoding: bytes, as: UTF8.self)
    case .integer(let number): return .index(Int(number))
    case .unsigned(let number): return .key(String(number))
    case .boolean(let value): return .key(String(value))
    }
    return isField ? .field(name) : .key(name)
  }

  // A table has no order, but the same table should always give the same bytes.
  private func sortEntries(_ field: MessageField, in message: UnsafeMutableRawPointer) throws(WireError) {
    let count = field.count(in: message)
    guard count > 1 else { return }
    let key = field.mapKey
    let array = field.slot(in: message).load(as: UnsafeMutablePointer<UnsafeRawPointer>.self)
    var entries = UnsafeMutableBufferPointer(start: array, count: count)
    entries.sort { key.order($0, $1) < 0 }
    for index in 1..<count where key.order(array[index - 1], array[index]) == 0 {
      throw WireError(.duplicate, "two of the keys are the same")
    }
  }
}

extension MessageField {
  /// Compares two entries of a map by this field, which is their key: negative, zero or positive.
  func order(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer) -> Int {
    let (left, right) = (slot(in: left), slot(in: right))
    switch kind {
    case .string: return StaticText.order(string(at: left), string(at: right))
    case .boolean: return Int(left.load(as: Int32.self)) - Int(right.load(as: Int32.self))
    case .uint64:
      let (left, right) = (left.load(as: UInt64.self), right.load(as: UInt64.self))
      return left == right ? 0 : left < right ? -1 : 1
    default:
      let (left, right) = (integer(at: left), integer(at: right))
      return left == right ? 0 : left < right ? -1 : 1
    }
  }
}
