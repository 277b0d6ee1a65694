public import Wire

extension MessageView {
  /// The message as the `temporal` CLI prints it: proto3 JSON in which a payload is the value that it carries.
  ///
  /// A payload whose metadata says more than its encoding, as those of search attributes do, stays a payload, and so does
  /// one that is no JSON.
  ///
  /// - Returns: the text in UTF-8, on one line.
  /// - Throws: `WireError` where a time is out of its range.
  public func jsonWithPayloadShorthand() throws -> [UInt8] {
    var writer = JSONWriter()
    writer.writesMessage = PayloadShorthand.write
    try emit(into: &writer)
    return writer.bytes
  }
}

/// The form of payloads in the JSON of Temporal's Go API: `EnablePayloadShorthand`.
private enum PayloadShorthand {
  static func write(_ view: MessageView, into writer: inout JSONWriter) throws -> Bool {
    switch view.type {
    case payload:
      guard let value = value(of: Payload(view: view)) else { return false }
      try value.emit(into: &writer)
    case payloads:
      // All or none: a list of both could not be told from a list of values.
      let all = view.messages("payloads")
      let values = all.compactMap { value(of: Payload(view: $0)) }
      guard values.count == all.count else { return false }
      writer.beginArray(count: values.count)
      for value in values { try value.emit(into: &writer) }
      writer.endArray()
    default: return false
    }
    return true
  }

  private static let payload = MessageType.named("temporal.api.common.v1.Payload")
  private static let payloads = MessageType.named("temporal.api.common.v1.Payloads")

  /// What stands for a payload; nil where that is the payload itself.
  private static func value(of payload: Payload) -> Value? {
    switch payload.encoding {
    case "binary/null": return Value(document: nil)
    case "json/plain" where payload.metadata.count == 1:
      return (try? JSONDocument(parsing: payload.data)).map { Value(document: $0) }
    case "json/protobuf" where payload.metadata.count == 2:
      guard let type = payload.metadata.first(where: { $0.key == "messageType" })?.value, !type.isEmpty,
        let document = try? JSONDocument(parsing: payload.data), document.root.kind == .object
      else { return nil }
      return Value(document: document, messageType: type)
    default: return nil
    }
  }

  private struct Value {
    /// nil for null.
    var document: JSONDocument?
    /// The type of a message, whose name stands beside its fields.
    var messageType: [UInt8]?

    func emit(into writer: inout JSONWriter) throws {
      guard let document else { return writer.null() }
      guard let messageType else { return try document.emit(into: &writer) }
      var fields: [(name: [UInt8], value: JSONValue)] = []
      try document.root.forEachEntry { (key, value) throws(WireError) in
        if case .text(let name) = key { fields.append((Array(name), value)) }
      }
      writer.beginObject(count: fields.count + 1)
      write(Array("_protoMessageType".utf8), into: &writer)
      messageType.withUnsafeBufferPointer { writer.string($0) }
      for field in fields {
        write(field.name, into: &writer)
        try field.value.emit(into: &writer)
      }
      writer.endObject()
    }

    private func write(_ key: [UInt8], into writer: inout JSONWriter) {
      key.withUnsafeBufferPointer { writer.key(.text($0)) }
    }
  }
}
