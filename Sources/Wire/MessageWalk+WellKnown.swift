extension MessageWalk {
  func emitTime<Sink: ValueSink>(_ message: UnsafeRawPointer, _ type: MessageType, into sink: inout Sink) throws {
    let (seconds, nanos) = MessageView(owner: owner, pointer: message, type: type).secondsAndNanos
    if type.facts.pointee.wellKnown == .timestamp {
      try sink.timestamp(seconds: seconds, nanos: nanos)
    } else {
      try sink.duration(seconds: seconds, nanos: nanos)
    }
  }

  /// Comma-joined paths, each name in its JSON spelling.
  func emitFieldMask<Sink: ValueSink>(_ message: UnsafeRawPointer, _ type: MessageType, into sink: inout Sink) throws {
    let paths = MessageView(owner: owner, pointer: message, type: type).strings("paths")
    var text = try paths.map(FieldMaskText.json(path:)).joined(separator: ",")
    try text.withUTF8 { try sink.string($0) }
  }

  /// An object with the type's URL under `@type`: next to the fields of the message, or to its `value` where the type
  /// has a JSON form of its own, or to the bytes where the type is not known.
  func emitAny<Sink: ValueSink>(_ message: UnsafeRawPointer, _ type: MessageType, into sink: inout Sink) throws {
    let any = MessageView(owner: owner, pointer: message, type: type)
    let url = any.string("type_url")
    if url.isEmpty, !any.has("value") {
      try sink.beginObject(count: 0)
      return try sink.endObject()
    }
    guard depth < Message.depthLimit else {
      throw WireError(.tooDeep, "\(type): messages are nested more than \(Message.depthLimit) levels deep")
    }
    guard let inner = try any.unpackedAny() else {
      try beginAny(url, count: 2, into: &sink)
      try key("value", into: &sink)
      let field = type.requireField("value")
      try sink.bytes(field.bytes(at: field.slot(in: message)))
      return try sink.endObject()
    }
    let walk = MessageWalk(owner: inner, mapping: mapping, includingDefaults: includingDefaults, depth: depth + 1)
    if inner.type.facts.pointee.wellKnown == .none {
      try beginAny(url, count: 1 + walk.count(inner.pointer, inner.type), into: &sink)
      try walk.emitFields(inner.pointer, inner.type, into: &sink)
    } else {
      try beginAny(url, count: 2, into: &sink)
      try key("value", into: &sink)
      try walk.emit(message: inner.pointer, inner.type, into: &sink)
    }
    try sink.endObject()
  }

  private func beginAny<Sink: ValueSink>(_ url: String, count: Int, into sink: inout Sink) throws {
    var url = url
    try sink.beginObject(count: count)
    try key("@type", into: &sink)
    try url.withUTF8 { try sink.string($0) }
  }

  private func key<Sink: ValueSink>(_ name: StaticString, into sink: inout Sink) throws {
    try sink.key(.text(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)))
  }
}

/// The paths of a FieldMask, whose names JSON spells in its own way.
enum FieldMaskText {
  /// `workflow_execution.run_id` becomes `workflowExecution.runId`.
  static func json(path: String) throws(WireError) -> String {
    let json = camelCase(path)
    guard proto(path: json) == path else {
      throw WireError(.malformed, "the path '\(path)' of a FieldMask has no JSON form")
    }
    return json
  }

  /// `workflowExecution.runId` becomes `workflow_execution.run_id`.
  static func proto(path: String) -> String {
    var result = ""
    for character in path.unicodeScalars {
      if ("A"..."Z").contains(character) {
        result += "_"
        result += character.properties.lowercaseMapping
      } else {
        result.unicodeScalars.append(character)
      }
    }
    return result
  }

  private static func camelCase(_ path: String) -> String {
    var result = ""
    var raise = false
    for character in path.unicodeScalars {
      if character == "_" {
        raise = true
      } else {
        result += raise ? character.properties.uppercaseMapping : String(character)
        raise = false
      }
    }
    return result
  }
}
