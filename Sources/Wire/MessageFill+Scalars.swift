extension MessageFill {
  /// Converts one value and stores it at `slot`.
  func store(
    _ source: Source, _ field: MessageField, at slot: UnsafeMutableRawPointer, depth: Int
  ) throws(WireError) {
    switch field.kind {
    case .boolean:
      guard source.kind == .boolean else { throw wrongType("a boolean", source) }
      slot.storeBytes(of: source.boolean ? 1 : 0, as: Int32.self)
    case .int32, .int64, .uint32, .uint64: try arena.store(integer: integer(source, field), field, at: slot)
    case .float:
      let value = try double(source)
      guard !value.isFinite || Float(value).isFinite else { throw WireError(.outOfRange, "does not fit a float") }
      slot.storeBytes(of: Float(value), as: Float.self)
    case .double: slot.storeBytes(of: try double(source), as: Double.self)
    case .enumeration: slot.storeBytes(of: try enumNumber(source, field.enumType!), as: Int32.self)
    case .string:
      guard source.kind == .string else { throw wrongType("a string", source) }
      try source.withBytes { (bytes) throws(WireError) in
        try check(text: bytes)
        arena.store(string: bytes, at: slot)
      }
    case .bytes: try store(bytes: source, at: slot)
    case .message: try store(message: source, field.messageType!, at: slot, depth: depth)
    }
  }

  /// Converts a map's key and stores it at `slot`.
  func store(key: ObjectKey, _ field: MessageField, at slot: UnsafeMutableRawPointer) throws(WireError) {
    switch (field.kind, key) {
    case (.string, .text(let bytes)):
      try check(text: bytes)
      arena.store(string: bytes, at: slot)
    case (.string, .field(let name)): arena.store(string: name.proto.bytes, at: slot)
    case (.string, _): throw WireError(.wrongType, "the map's keys are strings")
    case (.boolean, .boolean(let value)): slot.storeBytes(of: value ? 1 : 0, as: Int32.self)
    case (.boolean, .text(let bytes)):
      switch String(decoding: bytes, as: UTF8.self) {
      case "true": slot.storeBytes(of: 1, as: Int32.self)
      case "false": slot.storeBytes(of: 0, as: Int32.self)
      default: throw WireError(.wrongType, "the map's keys are booleans")
      }
    case (.boolean, _): throw WireError(.wrongType, "the map's keys are booleans")
    // Native integers have 64 bits, and those of a uint64 come and go as they are; JSON's keys are text.
    case (.uint64, .integer(let number)): try arena.store(integer: Int128(UInt64(bitPattern: number)), field, at: slot)
    case (_, .integer(let number)): try arena.store(integer: Int128(number), field, at: slot)
    case (_, .unsigned(let number)): try arena.store(integer: Int128(number), field, at: slot)
    case (_, .text(let bytes)):
      guard let number = decimal(String(decoding: bytes, as: UTF8.self)) else {
        throw WireError(.wrongType, "the map's keys are integers")
      }
      try arena.store(integer: number, field, at: slot)
    case (_, .field), (_, .boolean): throw WireError(.wrongType, "the map's keys are integers")
    }
  }

  func wrongType(_ expected: String, _ source: Source) -> WireError {
    WireError(.wrongType, "expected \(expected), got \(source.kindDescription)")
  }

  private func check(text: UnsafeBufferPointer<UInt8>) throws(WireError) {
    guard UTF8Text.isValid(text) else { throw WireError(.invalidUTF8, "the string is not valid UTF-8") }
    guard !UTF8Text.holdsNUL(text) else { throw WireError(.nulByte, "the string holds a NUL") }
  }

  private func integer(_ source: Source, _ field: MessageField) throws(WireError) -> Int128 {
    switch source.kind {
    case .integer:
      // Native integers have 64 bits, and those of a uint64 come and go as they are.
      if field.kind == .uint64, source.dialect == .native {
        return Int128(UInt64(bitPattern: source.integer))
      }
      return Int128(source.integer)
    case .double:
      guard let exact = Int128(exactly: source.double) else {
        throw WireError(.wrongType, "expected an integer, got \(source.double)")
      }
      return exact
    case .string:
      let text = try source.text()
      guard let number = decimal(text) else { throw WireError(.wrongType, "'\(text)' is not an integer") }
      return number
    default: throw wrongType("an integer", source)
    }
  }

  private func double(_ source: Source) throws(WireError) -> Double {
    switch source.kind {
    case .integer: return Double(source.integer)
    case .double: return source.double
    case .string:
      let text = try source.text()
      switch text {
      case "NaN": return .nan
      case "Infinity": return .infinity
      case "-Infinity": return -.infinity
      default:
        // Swift's own reader also takes "inf" and hexadecimal numbers.
        let isDecimal = text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
        guard isDecimal, let value = Double(text) else { throw WireError(.wrongType, "'\(text)' is not a number") }
        guard value.isFinite else { throw WireError(.outOfRange, "does not fit a double") }
        return value
      }
    default: throw wrongType("a number", source)
    }
  }

  private func decimal(_ text: String) -> Int128? {
    // Any integer that fits a field is shorter than this.
    guard text.utf8.count <= 30 else { return nil }
    return Int128(text)
  }

  private func enumNumber(_ source: Source, _ type: EnumType) throws(WireError) -> Int32 {
    switch source.kind {
    case .integer, .double:
      guard let number = source.kind == .integer ? Int64(source.integer) : Int64(exactly: source.double) else {
        throw WireError(.wrongType, "expected a value of \(type.shortName), got \(source.double)")
      }
      guard let number = Int32(exactly: number) else {
        throw WireError(.outOfRange, "\(type.shortName) has 32-bit numbers")
      }
      return number
    case .string:
      let text = try source.text()
      guard let value = type.value(named: text) ?? type.value(numbered: text) else {
        // The name is as new as a field would be; in its place stands the enum's "unspecified".
        if ignoringUnknownFields { return 0 }
        throw WireError.unknownEnumValue(text, type)
      }
      return value.number
    default: throw wrongType("a value of \(type.shortName)", source)
    }
  }

  private func store(bytes source: Source, at slot: UnsafeMutableRawPointer) throws(WireError) {
    guard source.kind == .string || source.kind == .bytes else { throw wrongType("bytes", source) }
    let isText = source.kind == .string && source.dialect == .json
    try source.withBytes { (bytes) throws(WireError) in
      guard isText else { return arena.store(bytes: bytes, at: slot) }
      guard let decoded = Base64.decode(bytes) else { throw WireError(.malformed, "the string is not base64") }
      decoded.withUnsafeBufferPointer { arena.store(bytes: $0, at: slot) }
    }
  }
}

extension WireError {
  static func unknownEnumValue(_ text: String, _ type: EnumType) -> WireError {
    let names = type.values.map(\.shortName) + type.values.compactMap { $0.name?.string }
    return WireError(
      .unknownEnumValue, "\(type.shortName) has no value '\(text)'\(NearestName.hint(text, among: names))")
  }
}

extension EnumType {
  /// Reads back what ``EnumValue/shortName`` gives for a number without a name.
  func value(numbered text: String) -> EnumValue? {
    guard text.hasPrefix("UNKNOWN("), text.hasSuffix(")") else { return nil }
    return Int32(text.dropFirst("UNKNOWN(".count).dropLast()).map { EnumValue(type: self, number: $0) }
  }
}

extension Arena {
  /// Stores an integer that must be in the field's range.
  func store(integer: Int128, _ field: MessageField, at slot: UnsafeMutableRawPointer) throws(WireError) {
    switch field.kind {
    case .int32 where Int32(exactly: integer) != nil: slot.storeBytes(of: Int32(integer), as: Int32.self)
    case .int64 where Int64(exactly: integer) != nil: slot.storeBytes(of: Int64(integer), as: Int64.self)
    case .uint32 where UInt32(exactly: integer) != nil: slot.storeBytes(of: UInt32(integer), as: UInt32.self)
    case .uint64 where UInt64(exactly: integer) != nil: slot.storeBytes(of: UInt64(integer), as: UInt64.self)
    default: throw WireError(.outOfRange, "\(integer) does not fit \(field.kind)")
    }
  }
}
