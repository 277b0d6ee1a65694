import CProtobufC

// Fields that the sender's version of the API has and this one does not.
extension MessageWalk {
  /// The key under which native values have them; no message of the API has a field of that name.
  static let unknownFieldsKey = "unknown_fields"

  /// How many fields of a message have no name here; JSON leaves them out, as proto3 JSON does.
  func unknownCount(_ message: UnsafeRawPointer) -> Int {
    mapping == .json ? 0 : Int(message.assumingMemoryBound(to: ProtobufCMessage.self).pointee.n_unknown_fields)
  }

  /// Hands them over as a list of their numbers and values, as far as the wire tells what these are.
  func emitUnknownFields<Sink: ValueSink>(of message: UnsafeRawPointer, into sink: inout Sink) throws {
    let count = unknownCount(message)
    guard count > 0, let fields = message.assumingMemoryBound(to: ProtobufCMessage.self).pointee.unknown_fields else {
      return
    }
    try key(Self.unknownFieldsKey, into: &sink)
    try sink.beginArray(count: count)
    for field in UnsafeBufferPointer(start: fields, count: count) {
      try sink.beginObject(count: 2)
      try key("number", into: &sink)
      try sink.integer(Int64(field.tag))
      try key("value", into: &sink)
      try emit(UnsafeBufferPointer(start: field.data, count: field.len), field.wire_type, into: &sink)
      try sink.endObject()
    }
    try sink.endArray()
  }

  private func emit<Sink: ValueSink>(
    _ data: UnsafeBufferPointer<UInt8>, _ type: ProtobufCWireType, into sink: inout Sink
  ) throws {
    switch type {
    case PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED:
      // protobuf-c keeps the length in front of the bytes.
      let prefix = data.prefix { $0 >= 0x80 }.count + 1
      try sink.bytes(UnsafeBufferPointer(rebasing: data.dropFirst(prefix)))
    case PROTOBUF_C_WIRE_TYPE_VARINT:
      try sink.unsigned64(data.reversed().reduce(0) { $0 << 7 | UInt64($1 & 0x7F) })
    default:
      // Of 4 or 8 bytes, the lowest first.
      try sink.unsigned64(data.reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }
  }

  private func key<Sink: ValueSink>(_ name: String, into sink: inout Sink) throws {
    var name = name
    try name.withUTF8 { try sink.key(.text($0)) }
  }
}
