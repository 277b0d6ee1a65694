// The numbers are those of google/protobuf/descriptor.proto.
extension FileDescription {
  /// Reads a serialized `FileDescriptorProto`.
  ///
  /// - Throws: `malformed`, or `tooDeep` for types within types without end.
  init(_ bytes: [UInt8]) throws(WireError) {
    let reader = DescriptionReader(bytes)
    var rules = PresenceRules()
    // What applies to all types of the file stands behind them.
    try reader.forEach(in: nil) { (number, value) throws(WireError) in
      switch number {
      case 1: name = try reader.text(value)
      case 2: package = try reader.name(value)
      case 3: dependencies.append(try reader.text(value))
      case 8: try rules.read(features: 50, of: value, reader)
      case 12: rules.syntax = try reader.text(value)
      default: break
      }
    }
    let scope = package.isEmpty ? "" : package + "."
    try reader.forEach(in: nil) { (number, value) throws(WireError) in
      switch number {
      case 4: try reader.message(value, within: scope, depth: 0, rules, into: &self)
      case 5: enums.append(try reader.enumeration(value, within: scope))
      case 6: services.append(try reader.service(value, within: scope))
      default: break
      }
    }
  }
}

/// What a file says of fields that say nothing themselves.
private struct PresenceRules {
  // Empty means proto2.
  var syntax = ""
  // FeatureSet.FieldPresence and FeatureSet.RepeatedFieldEncoding, which only editions have.
  private var presence: UInt64 = 1
  private var encoding: UInt64 = 1

  var recordsAbsence: Bool { syntax == "editions" ? presence != 2 : syntax != "proto3" }
  var packs: Bool { syntax == "editions" ? encoding != 2 : syntax == "proto3" }

  mutating func read(
    features field: Int, of options: WireFields.Value, _ reader: DescriptionReader
  ) throws(WireError) {
    try reader.forEach(in: options) { (number, value) throws(WireError) in
      guard number == field else { return }
      try reader.forEach(in: value) { (number, value) throws(WireError) in
        switch number {
        case 1: presence = try reader.number(value)
        case 3: encoding = try reader.number(value)
        default: break
        }
      }
    }
  }
}

private struct DescriptionReader {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Calls `body` with each field of a message, or of the whole.
  func forEach(
    in value: WireFields.Value?, _ body: (Int, WireFields.Value) throws(WireError) -> Void
  ) throws(WireError) {
    var fields = WireFields(bytes, in: try value.map { (value) throws(WireError) in try range(value) })
    while let field = try fields.next() { try body(field.number, field.value) }
  }

  func message(
    _ value: WireFields.Value, within scope: String, depth: Int, _ rules: PresenceRules,
    into file: inout FileDescription
  ) throws(WireError) {
    guard depth < Message.depthLimit else {
      throw WireError(.tooDeep, "types are nested more than \(Message.depthLimit) levels deep")
    }
    var message = MessageDescription(name: scope + (try declaredName(value)))
    try forEach(in: value) { (number, value) throws(WireError) in
      switch number {
      case 2: message.fields.append(try field(value, of: message.name, rules))
      case 3: try self.message(value, within: message.name + ".", depth: depth + 1, rules, into: &file)
      case 4: file.enums.append(try enumeration(value, within: message.name + "."))
      case 7:
        try forEach(in: value) { (number, value) throws(WireError) in
          if number == 7 { message.isMapEntry = try self.number(value) != 0 }
        }
      case 8: message.oneofCount += 1
      default: break
      }
    }
    file.messages.append(message)
  }

  private func field(
    _ value: WireFields.Value, of message: String, _ rules: PresenceRules
  ) throws(WireError) -> FieldDescription {
    var (field, rules) = (FieldDescription(), rules)
    var (label, isProto3Optional) = (UInt64(1), false)
    var packed: Bool?
    try forEach(in: value) { (number, value) throws(WireError) in
      switch number {
      case 1: field.name = try name(value)
      case 3: field.number = Int(clamping: try self.number(value))
      case 4: label = try self.number(value)
      case 5: field.type = Int(clamping: try self.number(value))
      case 6: field.typeName = try typeName(value)
      case 8:
        try rules.read(features: 21, of: value, self)
        try forEach(in: value) { (number, value) throws(WireError) in
          if number == 2 { packed = try self.number(value) != 0 }
          if number == 3 { field.isDeprecated = try self.number(value) != 0 }
        }
      case 9: field.oneof = Int(clamping: try self.number(value))
      case 17: isProto3Optional = try self.number(value) != 0
      default: break
      }
    }
    guard !field.name.isEmpty, !field.name.contains(".") else {
      throw WireError(.malformed, "a field of \(message) has no name")
    }
    field.isRepeated = label == 3
    // A oneof of its own stands for the presence of such a field.
    if isProto3Optional { field.oneof = nil }
    field.hasPresence = isProto3Optional || rules.recordsAbsence || label == 2
    field.isPacked = packed ?? rules.packs
    return field
  }

  func enumeration(_ value: WireFields.Value, within scope: String) throws(WireError) -> EnumDescription {
    var description = EnumDescription(name: scope + (try declaredName(value)))
    try forEach(in: value) { (number, value) throws(WireError) in
      guard number == 2 else { return }
      let name = try declaredName(value)
      var enumNumber: Int32 = 0
      try forEach(in: value) { (number, value) throws(WireError) in
        if number == 2 { enumNumber = Int32(truncatingIfNeeded: try self.number(value)) }
      }
      description.values.append((name, enumNumber))
    }
    return description
  }

  func service(_ value: WireFields.Value, within scope: String) throws(WireError) -> ServiceDescription {
    var service = ServiceDescription(name: scope + (try declaredName(value)))
    try forEach(in: value) { (number, value) throws(WireError) in
      guard number == 2 else { return }
      var method = MethodDescription(name: try declaredName(value))
      try forEach(in: value) { (number, value) throws(WireError) in
        switch number {
        case 2: method.input = try typeName(value)
        case 3: method.output = try typeName(value)
        case 5, 6: if try self.number(value) != 0 { method.isStreaming = true }
        default: break
        }
      }
      service.methods.append(method)
    }
    return service
  }

  // MARK: Values

  func number(_ value: WireFields.Value) throws(WireError) -> UInt64 {
    guard case .varint(let number) = value else { throw Self.unexpected }
    return number
  }

  func text(_ value: WireFields.Value) throws(WireError) -> String {
    guard let text = String(validating: bytes[try range(value)], as: UTF8.self) else { throw Self.unexpected }
    return text
  }

  /// An identifier, or several joined by dots: names are shown, and must not drive a terminal.
  func name(_ value: WireFields.Value) throws(WireError) -> String {
    let range = try range(value)
    var isStart = true
    for byte in bytes[range] {
      let isLetter = (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
      guard isLetter || !isStart && ((0x30...0x39).contains(byte) || byte == UInt8(ascii: ".")) else {
        throw WireError(.malformed, "a name in a descriptor is no name")
      }
      isStart = byte == UInt8(ascii: ".")
    }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// The `name` of a declaration, its field 1: it has to be known before the rest is read, and may stand behind it.
  private func declaredName(_ value: WireFields.Value) throws(WireError) -> String {
    var found = ""
    try forEach(in: value) { (number, value) throws(WireError) in if number == 1 { found = try name(value) } }
    guard !found.isEmpty, !found.contains(".") else { throw WireError(.malformed, "a declaration has no name") }
    return found
  }

  /// A reference to a type, which a descriptor writes with a dot before its full name.
  private func typeName(_ value: WireFields.Value) throws(WireError) -> String {
    let range = try range(value)
    guard range.count > 1, bytes[range.lowerBound] == UInt8(ascii: ".") else {
      throw WireError(.malformed, "a type in a descriptor is not referred to by its full name")
    }
    return try name(.bytes(range.dropFirst()))
  }

  private func range(_ value: WireFields.Value) throws(WireError) -> Range<Int> {
    guard case .bytes(let range) = value else { throw Self.unexpected }
    return range
  }

  private static var unexpected: WireError { WireError(.malformed, "a descriptor is not as descriptor.proto has it") }
}
