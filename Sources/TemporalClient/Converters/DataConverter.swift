public import Wire

/// Turns values into payloads and back.
///
/// The encodings are those of the Python SDK's default converter: nothing is `binary/null`, bytes are `binary/plain`,
/// everything else is JSON.
public struct DataConverter: Sendable {
  /// Creates the default converter.
  public init() {}

  /// Encodes a value.
  ///
  /// A value that is a payload already is taken as it is. JSON is written on one line, with the keys of each object in
  /// the order of their characters, so that equal values have equal payloads; an empty table is an object.
  ///
  /// - Parameter source: the value.
  /// - Returns: the payload.
  /// - Throws: `WireError` with the path to the part of the value that JSON cannot hold.
  public func encode(_ source: some ValueSource) throws(WireError) -> Payload {
    if case .message(let payload)? = try source.readyValue(for: Self.payloadType) { return Payload(view: payload) }
    switch source.kind {
    case .null:
      return Payload(encoding: "binary/null", data: [])
    case .bytes:
      return Payload(encoding: "binary/plain", data: try source.withBytes { Array($0) })
    case .boolean, .integer, .double, .string, .array, .object, .empty, .other:
      return Payload(encoding: "json/plain", data: try JSONEncoding.encode(source))
    }
  }

  /// Decodes a payload.
  ///
  /// - Parameters:
  ///   - payload: the payload.
  ///   - sink: what receives the value. A `json/protobuf` payload arrives as the JSON that it is.
  /// - Throws: ``PayloadError`` if the encoding is not one of those above or the data is not of it; what the sink
  ///   throws.
  public func decode(_ payload: Payload, into sink: inout some ValueSink) throws {
    switch payload.encoding {
    case "binary/null":
      guard payload.data.isEmpty else {
        throw PayloadError(encoding: "binary/null", message: "Expected empty data set for binary/null")
      }
      try sink.null()
    case "binary/plain":
      // Not withUnsafeBufferPointer alone: the sink is inout, and its error of any type.
      try payload.data.withUnsafeBufferPointer { try sink.bytes($0) }
    case "json/plain", "json/protobuf":
      try Self.document(of: payload).emit(into: &sink)
    case let encoding:
      throw PayloadError(encoding: encoding, message: "Unknown payload encoding \(encoding)")
    }
  }

  private static func document(of payload: Payload) throws(PayloadError) -> JSONDocument {
    do {
      return try JSONDocument(parsing: payload.data)
    } catch {
      throw PayloadError(
        encoding: payload.encoding, message: "The data of a \(payload.encoding) payload is not JSON: \(error)")
    }
  }

  private static let payloadType: MessageType = {
    guard let type = MessageType.named("temporal.api.common.v1.Payload") else {
      preconditionFailure("the API has no Payload")
    }
    return type
  }()
}
