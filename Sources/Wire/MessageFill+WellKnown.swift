import CProtobufC

extension MessageFill {
  /// Converts the value of a message field; a message that is there already is filled further.
  func store(
    message source: Source, _ type: MessageType, at slot: UnsafeMutableRawPointer, depth: Int
  ) throws(WireError) {
    let message = slot.load(as: UnsafeMutableRawPointer?.self) ?? arena.makeMessage(type)
    slot.storeBytes(of: message, as: UnsafeMutableRawPointer.self)
    try fill(message, type, from: source, depth: depth + 1)
  }

  /// Fills the message with what the source hands over as it is.
  func fill(_ message: UnsafeMutableRawPointer, _ type: MessageType, with ready: ReadyValue) throws(WireError) {
    switch ready {
    case .message(let view):
      guard view.type == type else {
        throw WireError(.wrongType, "expected a \(type.shortName), got a \(view.type.shortName)")
      }
      let size = type.facts.pointee.descriptor.pointee.sizeof_message
      message.copyMemory(from: try arena.copy(of: view), byteCount: size)
    case .time(let seconds, let nanos): try store(seconds: seconds, nanos: nanos, in: message, type)
    }
  }

  func fillTime(
    _ message: UnsafeMutableRawPointer, _ type: MessageType, from source: Source, depth: Int
  ) throws(WireError) {
    let isTimestamp = type.facts.pointee.wellKnown == .timestamp
    let value: (seconds: Int64, nanos: Int32)?
    switch source.kind {
    case .string:
      let text = try source.text()
      if isTimestamp {
        value = TimestampText.parse(text)
      } else {
        value = source.dialect == .json ? DurationText.parseJSON(text) : DurationText.parse(text)
      }
      guard value != nil else {
        let form =
          isTimestamp ? "a time such as '2026-01-31T12:00:00Z'" : "a duration such as '\(durationExample(source))'"
        throw WireError(.malformed, "'\(text)' is not \(form)")
      }
    case .integer where source.dialect == .native: value = (source.integer, 0)
    case .double where source.dialect == .native:
      value = split(source.double, isTimestamp: isTimestamp)
    case .object where source.dialect == .native, .empty where source.dialect == .native:
      try fillObject(message, type, from: source, depth: depth)
      let fields = type.facts.pointee.fields
      value = (
        message.load(fromByteOffset: fields[0].offset, as: Int64.self),
        message.load(fromByteOffset: fields[1].offset, as: Int32.self)
      )
    default: throw wrongType(isTimestamp ? "a time" : "a duration", source)
    }
    guard let value else { throw WireError(.outOfRange, "\(source.double) seconds are out of range") }
    try store(seconds: value.seconds, nanos: value.nanos, in: message, type)
  }

  private func durationExample(_ source: Source) -> String { source.dialect == .json ? "1.5s" : "1m30s" }

  // The nanoseconds of a Timestamp count forwards also before 1970.
  private func split(_ seconds: Double, isTimestamp: Bool) -> (seconds: Int64, nanos: Int32)? {
    guard let value = DurationText.split(seconds) else { return nil }
    return isTimestamp && value.nanos < 0 ? (value.seconds - 1, value.nanos + 1_000_000_000) : value
  }

  private func store(
    seconds: Int64, nanos: Int32, in message: UnsafeMutableRawPointer, _ type: MessageType
  ) throws(WireError) {
    let isTimestamp = type.facts.pointee.wellKnown == .timestamp
    guard isTimestamp || type.facts.pointee.wellKnown == .duration else {
      throw WireError(.wrongType, "expected a table for \(type.shortName), got a time")
    }
    let isValid =
      isTimestamp
      ? TimestampText.seconds.contains(seconds) && (0..<1_000_000_000).contains(nanos)
      : DurationText.isValid(seconds: seconds, nanos: nanos)
    guard isValid else {
      throw WireError(.outOfRange, "\(seconds) seconds and \(nanos) nanoseconds are out of range")
    }
    arena.store(seconds: seconds, nanos: nanos, in: message, type)
  }

  func fillFieldMask(
    _ message: UnsafeMutableRawPointer, _ type: MessageType, from source: Source, depth: Int
  ) throws(WireError) {
    let paths = type.requireField("paths")
    switch source.kind {
    case .string:
      let isJSON = source.dialect == .json
      for path in try source.text().split(separator: ",") {
        guard !isJSON || !path.contains("_") else {
          throw WireError(.malformed, "'\(path)': the paths of a FieldMask are written in camelCase")
        }
        var path = FieldMaskText.proto(path: String(path))
        path.withUTF8 { arena.store(string: $0, at: arena.append(paths, in: message)) }
      }
    case .array where source.dialect == .native:
      try source.forEachElement { (number, element) throws(WireError) in
        do throws(WireError) {
          try store(element, paths, at: arena.append(paths, in: message), depth: depth)
        } catch {
          throw error.within(.index(number))
        }
      }
    default: try fillObject(message, type, from: source, depth: depth)
    }
  }

  func fillAny(
    _ message: UnsafeMutableRawPointer, _ type: MessageType, from source: Source, depth: Int
  ) throws(WireError) {
    guard source.kind == .object || source.kind == .empty else { throw wrongType("a table for Any", source) }
    var url: String?
    var isEmpty = true
    try source.forEachEntry { (key, value) throws(WireError) in
      isEmpty = false
      guard case .text(let bytes) = key, bytes.elementsEqual("@type".utf8) else { return }
      guard value.kind == .string else { throw wrongType("a type URL", value).within(.key("@type")) }
      url = try value.text()
    }
    guard var url else {
      guard isEmpty || source.dialect == .native else { throw WireError(.unknownType, "an Any needs its '@type'") }
      return try fillObject(message, type, from: source, depth: depth)
    }
    let bytesField = type.requireField("value")
    let bytesSlot = message + bytesField.facts.pointee.offset
    if let innerType = MessageType.named(anyURL: url) {
      let inner = arena.makeMessage(innerType)
      if innerType.facts.pointee.wellKnown == .none {
        try fillObject(inner, innerType, from: source, skipping: "@type", depth: depth + 1)
      } else {
        try forValue(of: source) { (value) throws(WireError) in
          try fill(inner, innerType, from: value, depth: depth + 1)
        }
      }
      pack(inner).withUnsafeBufferPointer { arena.store(bytes: $0, at: bytesSlot) }
    } else {
      try forValue(of: source) { (value) throws(WireError) in
        try store(value, bytesField, at: bytesSlot, depth: depth)
      }
    }
    let urlField = type.requireField("type_url")
    guard !url.utf8.contains(0) else { throw WireError(.nulByte, "the string holds a NUL", path: [.key("@type")]) }
    url.withUTF8 { arena.store(string: $0, at: message + urlField.facts.pointee.offset) }
  }

  // The other entry next to an `@type`, where the type has no fields to put there.
  private func forValue(
    of source: Source, _ body: (Source) throws(WireError) -> Void
  ) throws(WireError) {
    try source.forEachEntry { (key, value) throws(WireError) in
      guard case .text(let bytes) = key else { return }
      switch String(decoding: bytes, as: UTF8.self) {
      case "@type": return
      case "value":
        do throws(WireError) { try body(value) } catch { throw error.within(.field("value")) }
      case let other:
        if ignoringUnknownFields { return }
        throw WireError(.unknownField, "this Any has only '@type' and 'value'", path: [.field(other)])
      }
    }
  }
}

extension Arena {
  /// Stores the two fields of a Timestamp or Duration.
  func store(seconds: Int64, nanos: Int32, in message: UnsafeMutableRawPointer, _ type: MessageType) {
    let fields = type.facts.pointee.fields
    message.storeBytes(of: seconds, toByteOffset: fields[0].offset, as: Int64.self)
    message.storeBytes(of: nanos, toByteOffset: fields[1].offset, as: Int32.self)
  }

  /// Copies a message into this arena.
  func copy(of view: MessageView) throws(WireError) -> UnsafeMutableRawPointer {
    let bytes = try view.serialized()
    var allocator = allocator
    guard
      let copy = protobuf_c_message_unpack(view.type.facts.pointee.descriptor, &allocator, bytes.count, bytes)
    else { preconditionFailure("protobuf-c does not read what it wrote: \(view.type)") }
    return UnsafeMutableRawPointer(copy)
  }
}
