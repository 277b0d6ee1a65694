public import Wire

/// Writes values as JSON for payloads: compact, and with sorted keys.
public struct JSONEncoding {
  /// As deep as ``Wire/JSONDocument`` reads.
  static let depthLimit = 512

  private var output: [UInt8] = []

  /// Writes a value.
  ///
  /// - Parameter source: the value.
  /// - Returns: its JSON text.
  /// - Throws: `WireError` with the path to the part of the value that JSON cannot hold.
  public static func encode(_ source: some ValueSource) throws(WireError) -> [UInt8] {
    var encoding = JSONEncoding()
    try encoding.write(source, depth: 0)
    return encoding.output
  }

  private mutating func write(_ source: some ValueSource, depth: Int) throws(WireError) {
    switch source.kind {
    case .null: output += "null".utf8
    case .boolean: output += (source.boolean ? "true" : "false").utf8
    case .integer: output += String(source.integer).utf8
    case .double:
      let value = source.double
      guard value.isFinite else { throw WireError(.outOfRange, "JSON has no number for \(value)") }
      // The shortest text that reads back as the same number, which always shows that it is no integer.
      output += value.description.utf8
    case .string: try writeString(source)
    case .array: try writeArray(source, depth: depth)
    case .object: try writeObject(source, depth: depth)
    case .empty: output += "{}".utf8
    case .bytes: throw WireError(.wrongType, "JSON cannot hold bytes; only a whole argument can be bytes")
    case .other: try writeOther(source)
    }
  }

  private mutating func writeString(_ source: some ValueSource) throws(WireError) {
    let text = try source.withBytes { (bytes) throws(WireError) in try Self.quoted(bytes) }
    output += text
  }

  private static func quoted(_ text: UnsafeBufferPointer<UInt8>) throws(WireError) -> [UInt8] {
    guard (try? UTF8Span(validating: text.span)) != nil else {
      throw WireError(.invalidUTF8, "the string is not valid UTF-8")
    }
    var writer = JSONWriter()
    writer.string(text)
    return writer.bytes
  }

  private mutating func writeArray(_ source: some ValueSource, depth: Int) throws(WireError) {
    try Self.check(depth)
    output.append(UInt8(ascii: "["))
    var isFirst = true
    try source.forEachElement { (index, element) throws(WireError) in
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      do throws(WireError) {
        try write(element, depth: depth + 1)
      } catch {
        throw error.within(.index(index))
      }
    }
    output.append(UInt8(ascii: "]"))
  }

  /// A source lends its values one after the other, so each is written at once, and what is sorted is the text.
  private mutating func writeObject(_ source: some ValueSource, depth: Int) throws(WireError) {
    try Self.check(depth)
    var entries: [(key: [UInt8], value: [UInt8])] = []
    try source.forEachEntry { (key, value) throws(WireError) in
      let name = Self.name(of: key)
      do throws(WireError) {
        var encoding = JSONEncoding()
        try encoding.write(value, depth: depth + 1)
        entries.append((name, encoding.output))
      } catch {
        throw error.within(.key(String(decoding: name, as: UTF8.self)))
      }
    }
    entries.sort { $0.key.lexicographicallyPrecedes($1.key) }
    output.append(UInt8(ascii: "{"))
    for (index, entry) in entries.enumerated() {
      if index > 0 {
        guard entries[index - 1].key != entry.key else {
          let name = String(decoding: entry.key, as: UTF8.self)
          throw WireError(.duplicate, "the key is given twice", path: [.key(name)])
        }
        output.append(UInt8(ascii: ","))
      }
      let quotedKey = entry.key.withUnsafeBufferPointer { key in
        Result { () throws(WireError) in try Self.quoted(key) }
      }
      output += try quotedKey.get()
      output.append(UInt8(ascii: ":"))
      output += entry.value
    }
    output.append(UInt8(ascii: "}"))
  }

  private static func name(of key: ObjectKey) -> [UInt8] {
    switch key {
    case .text(let text): Array(text)
    case .field(let name): Array(name.proto.bytes)
    case .integer(let number): Array(String(number).utf8)
    case .unsigned(let number): Array(String(number).utf8)
    case .boolean(let value): Array((value ? "true" : "false").utf8)
    }
  }

  /// Of what is no JSON, only times have a text: that of ISO 8601, as in the Python SDK.
  private mutating func writeOther(_ source: some ValueSource) throws(WireError) {
    guard let type = MessageType.named("google.protobuf.Timestamp"),
      case .time(let seconds, let nanos)? = try source.readyValue(for: type),
      let text = TimestampText.format(seconds: seconds, nanos: nanos)
    else { throw WireError(.wrongType, "JSON cannot hold \(source.kindDescription)") }
    output += "\"\(text)\"".utf8
  }

  private static func check(_ depth: Int) throws(WireError) {
    guard depth < depthLimit else {
      throw WireError(.tooDeep, "the value is nested more than \(depthLimit) levels deep")
    }
  }
}

extension Payload {
  /// A text as JSON.
  init(json text: String) {
    var text = text
    var writer = JSONWriter()
    text.withUTF8 { writer.string($0) }
    self.init(encoding: "json/plain", data: writer.bytes)
  }
}
