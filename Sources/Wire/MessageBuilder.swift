/// Builds one message in an arena.
///
/// Names of fields and kinds of values are the calling code's own and must be right; a mistake ends the process, with
/// type and field in the text. What the values hold may come from a user: the first fault in it (a NUL in a string, a
/// number out of range, an unknown enum name) is kept and thrown by ``serialized()``, so that a request is written down
/// without a `try` on each line.
public final class MessageBuilder {
  // What all builders of one message share.
  private final class Root {
    let arena = Arena()
    var failure: WireError?
  }

  /// The type of the message.
  public let type: MessageType

  private let root: Root
  private let pointer: UnsafeMutableRawPointer
  private let path: [WireError.PathElement]

  private var arena: Arena { root.arena }

  /// Begins a message in which nothing is set.
  public init(_ type: MessageType) {
    self.type = type
    root = Root()
    pointer = root.arena.makeMessage(type)
    path = []
  }

  private init(_ type: MessageType, _ root: Root, _ pointer: UnsafeMutableRawPointer, _ path: [WireError.PathElement]) {
    self.type = type
    self.root = root
    self.pointer = pointer
    self.path = path
  }

  /// Sets a field; of a oneof, instead of the member that was set before. Nil changes nothing.
  public func set<Value: FieldConvertible>(_ field: String, _ value: Value?) {
    guard let value else { return }
    let target = single(field)
    put(value.fieldValue, target, at: arena.claim(target, in: pointer), [.field(field)])
  }

  /// Adds an element to a list.
  public func append(_ field: String, _ value: some FieldConvertible) {
    let list = list(field)
    let index = list.count(in: pointer)
    put(value.fieldValue, list, at: arena.append(list, in: pointer), [.field(field), .index(index)])
  }

  /// Sets an entry of a map with string keys.
  public func set(_ field: String, key: String, _ value: some FieldConvertible) {
    let (entry, valueField) = entry(field, key)
    let slot = entry + valueField.facts.pointee.offset
    put(value.fieldValue, valueField, at: slot, [.field(field), .key(key)])
  }

  /// Sets a Timestamp field.
  public func setTimestamp(_ field: String, seconds: Int64, nanos: Int32 = 0) {
    let inner = message(field)
    precondition(inner.type.facts.pointee.wellKnown == .timestamp, "\(type).\(field) is \(inner.type)")
    guard TimestampText.seconds.contains(seconds), (0..<1_000_000_000).contains(nanos) else {
      return fail(.outOfRange, "\(seconds) seconds and \(nanos) nanoseconds are out of range", [.field(field)])
    }
    arena.store(seconds: seconds, nanos: nanos, in: inner.pointer, inner.type)
  }

  /// Sets a Duration field; seconds and nanoseconds have the same sign.
  public func setDuration(_ field: String, seconds: Int64, nanos: Int32 = 0) {
    let inner = message(field)
    precondition(inner.type.facts.pointee.wellKnown == .duration, "\(type).\(field) is \(inner.type)")
    guard DurationText.isValid(seconds: seconds, nanos: nanos) else {
      return fail(.outOfRange, "\(seconds) seconds and \(nanos) nanoseconds are out of range", [.field(field)])
    }
    arena.store(seconds: seconds, nanos: nanos, in: inner.pointer, inner.type)
  }

  /// Sets a Duration field; nil changes nothing.
  public func setDuration(_ field: String, _ duration: Duration?) {
    guard let (seconds, attoseconds) = duration?.components else { return }
    setDuration(field, seconds: seconds, nanos: Int32(attoseconds / 1_000_000_000))
  }

  /// Returns the builder of the message in a field, which is set by this if it was not.
  public func message(_ field: String) -> MessageBuilder {
    let target = requireMessage(single(field))
    let wasPresent = target.isPresent(in: pointer)
    let slot = arena.claim(target, in: pointer)
    return inner(target, at: slot, isNew: !wasPresent, [.field(field)])
  }

  /// Adds a message to a list and returns its builder.
  public func append(_ field: String) -> MessageBuilder {
    let list = requireMessage(list(field))
    let index = list.count(in: pointer)
    return inner(list, at: arena.append(list, in: pointer), isNew: true, [.field(field), .index(index)])
  }

  /// Returns the builder of the message under a string key of a map, which is added if it was not there.
  public func mapEntry(_ field: String, key: String) -> MessageBuilder {
    let (entry, value) = entry(field, key)
    let slot = entry + value.facts.pointee.offset
    return inner(requireMessage(value), at: slot, isNew: false, [.field(field), .key(key)])
  }

  /// Fills the message from a source, on top of what is set already.
  ///
  /// After an error the message is filled in part only, and ``serialized()`` throws.
  ///
  /// - Parameters:
  ///   - source: An object whose keys are the names of fields.
  ///   - place: How errors call the source: `start_workflow`.
  ///   - ignoringUnknownFields: Whether keys that are no field are passed over, and names that are no enum value.
  /// - Throws: A ``WireError`` with the path of the value that is wrong.
  public func fill<Source: ValueSource>(
    from source: Source, at place: String? = nil, ignoringUnknownFields: Bool = false
  ) throws(WireError) {
    let fill = MessageFill<Source>(arena: arena, ignoringUnknownFields: ignoringUnknownFields)
    do throws(WireError) {
      try fill.fill(pointer, type, from: source, depth: 0)
    } catch {
      let error = error.within(path).within(place.map { [.field($0)] } ?? [])
      root.failure = root.failure ?? error
      throw error
    }
  }

  /// Takes over from another message of the type the fields that this version of the API does not know.
  ///
  /// - Parameter original: What the message is a new version of; ``UnknownFields`` tells what goes where.
  public func keepUnknownFields(of original: MessageView) {
    precondition(original.type == type, "\(type) is no version of \(original.type)")
    UnknownFields(arena: arena).carry(from: original.pointer, to: pointer, type)
  }

  /// Packs the message as built so far.
  ///
  /// - Throws: The first fault in a value that was set.
  public func serialized() throws(WireError) -> [UInt8] {
    if let failure = root.failure { throw failure }
    return pack(UnsafeRawPointer(pointer))
  }

  /// Returns the message as built so far.
  ///
  /// - Throws: The first fault in a value that was set, or `tooDeep`.
  public func finished() throws(WireError) -> Message { try Message(type, unpacking: serialized()) }
}

extension MessageBuilder {
  private func single(_ name: String, function: StaticString = #function) -> MessageField {
    let field = type.requireField(name, function: function)
    precondition(field.shape != .list && field.shape != .map, "\(function): \(type).\(name) is \(field.typeText)")
    return field
  }

  private func list(_ name: String, function: StaticString = #function) -> MessageField {
    let field = type.requireField(name, function: function)
    precondition(field.shape == .list, "\(function): \(type).\(name) is \(field.typeText)")
    return field
  }

  private func requireMessage(_ field: MessageField) -> MessageField {
    precondition(field.kind == .message, "\(type).\(field.name.proto) is \(field.typeText)")
    return field
  }

  // The entry with this key, added if it is not there.
  private func entry(_ name: String, _ key: String) -> (entry: UnsafeMutableRawPointer, value: MessageField) {
    let map = type.requireField(name)
    precondition(map.shape == .map && map.mapKey.kind == .string, "\(type).\(name) is \(map.typeText)")
    if key.utf8.contains(0) { fail(.nulByte, "the key holds a NUL", [.field(name)]) }
    var key = key
    return key.withUTF8 { key in
      for index in 0..<map.count(in: pointer) {
        let entry = map.element(index, in: pointer).load(as: UnsafeMutableRawPointer.self)
        if map.mapKey.string(at: map.mapKey.slot(in: entry)).elementsEqual(key) { return (entry, map.mapValue) }
      }
      let entry = arena.appendEntry(map, in: pointer)
      arena.store(string: key, at: entry + map.mapKey.facts.pointee.offset)
      return (entry, map.mapValue)
    }
  }

  private func inner(
    _ field: MessageField, at slot: UnsafeMutableRawPointer, isNew: Bool, _ step: [WireError.PathElement]
  ) -> MessageBuilder {
    // What another member of a oneof left in the slot is no message.
    let old = isNew ? nil : slot.load(as: UnsafeMutableRawPointer?.self)
    let message = old ?? arena.makeMessage(field.messageType!)
    slot.storeBytes(of: message, as: UnsafeMutableRawPointer.self)
    return MessageBuilder(field.messageType!, root, message, path + step)
  }

  private func put(
    _ value: FieldValue, _ field: MessageField, at slot: UnsafeMutableRawPointer, _ step: [WireError.PathElement]
  ) {
    switch (field.kind, value) {
    case (.boolean, .boolean(let value)): slot.storeBytes(of: value ? 1 : 0, as: Int32.self)
    case (.bytes, .bytes(let value)): value.withUnsafeBufferPointer { arena.store(bytes: $0, at: slot) }
    case (.double, .double(let value)): slot.storeBytes(of: value, as: Double.self)
    case (.float, .double(let value)): slot.storeBytes(of: Float(value), as: Float.self)
    case (.string, .string(var value)):
      if value.utf8.contains(0) { fail(.nulByte, "the string holds a NUL", step) }
      value.withUTF8 { arena.store(string: $0, at: slot) }
    case (.enumeration, .integer(let number)):
      guard let number = Int32(exactly: number) else {
        return fail(.outOfRange, "\(number) does not fit an enum", step)
      }
      slot.storeBytes(of: number, as: Int32.self)
    case (.enumeration, .string(let name)):
      guard let value = field.enumType!.value(named: name) else {
        return fail(WireError.unknownEnumValue(name, field.enumType!), step)
      }
      slot.storeBytes(of: value.number, as: Int32.self)
    case (.int32, .integer(let number)), (.int64, .integer(let number)), (.uint32, .integer(let number)),
      (.uint64, .integer(let number)):
      do throws(WireError) {
        try arena.store(integer: number, field, at: slot)
      } catch {
        fail(error, step)
      }
    case (.message, .message(let view)):
      precondition(view.type == field.messageType, "\(type).\(field.name.proto) is \(field.typeText), not \(view.type)")
      do throws(WireError) {
        slot.storeBytes(of: try arena.copy(of: view), as: UnsafeMutableRawPointer.self)
      } catch {
        fail(error, step)
        // Nothing else may lie where a pointer to a message is expected.
        slot.storeBytes(of: arena.makeMessage(view.type), as: UnsafeMutableRawPointer.self)
      }
    default: preconditionFailure("\(type).\(field.name.proto) is \(field.typeText), which \(value) does not fit")
    }
  }

  private func fail(_ code: WireError.Code, _ text: String, _ step: [WireError.PathElement]) {
    fail(WireError(code, text), step)
  }

  private func fail(_ error: WireError, _ step: [WireError.PathElement]) {
    if root.failure == nil { root.failure = error.within(step).within(path) }
  }
}
