extension MessageView {
  /// The message as proto3 JSON.
  ///
  /// - Parameters:
  ///   - style: How the text is laid out.
  ///   - includingDefaults: Whether fields without recorded presence are written also when zero or empty.
  /// - Returns: The text in UTF-8.
  /// - Throws: A ``WireError`` where a time is out of its range or an `Any` of a known type cannot be unpacked.
  public func json(style: JSONWriter.Style = .init(), includingDefaults: Bool = false) throws -> [UInt8] {
    var writer = JSONWriter(style: style)
    try emit(into: &writer, includingDefaults: includingDefaults)
    return writer.bytes
  }

  /// The message as proto3 JSON; see ``json(style:includingDefaults:)``.
  public func jsonText(style: JSONWriter.Style = .init(), includingDefaults: Bool = false) throws -> String {
    String(decoding: try json(style: style, includingDefaults: includingDefaults), as: UTF8.self)
  }
}

extension Message {
  /// Reads a message from proto3 JSON.
  ///
  /// - Parameters:
  ///   - type: The type that the text is of.
  ///   - json: The text in UTF-8; fields by their JSON name or that of the `.proto` file.
  ///   - ignoringUnknownFields: Whether keys that are no field are passed over, and names that are no enum value.
  /// - Throws: A ``JSONError`` when the text is not JSON; a ``WireError`` with the path of a value that does not fit.
  public convenience init(_ type: MessageType, json: [UInt8], ignoringUnknownFields: Bool = false) throws {
    let document = try JSONDocument(parsing: json, limits: JSONLimits(rejectsDuplicateKeys: true))
    let builder = MessageBuilder(type)
    try builder.fill(from: document.root, ignoringUnknownFields: ignoringUnknownFields)
    try self.init(type, unpacking: builder.serialized())
  }
}
