import CJansson

/// A value within a ``JSONDocument``.
public struct JSONValue {
  let tree: JSONTree
  let node: UnsafeMutablePointer<json_t>

  /// Hands the value to a sink.
  public func emit(into sink: inout some ValueSink) throws {
    switch kind {
    case .null, .other: try sink.null()
    case .boolean: try sink.boolean(boolean)
    case .integer: try sink.integer(integer)
    case .double: try sink.double(double)
    case .string, .bytes: try sink.string(stringBytes)
    case .array:
      let count = json_array_size(node)
      try sink.beginArray(count: count)
      for index in 0..<count { try element(index).emit(into: &sink) }
      try sink.endArray()
    case .object, .empty:
      try sink.beginObject(count: json_object_size(node))
      var entry = json_object_iter(node)
      while let current = entry {
        try sink.key(.text(key(current)))
        try value(current).emit(into: &sink)
        entry = json_object_iter_next(node, current)
      }
      try sink.endObject()
    }
  }

  private var stringBytes: UnsafeBufferPointer<UInt8> {
    let start = UnsafeRawPointer(json_string_value(node)!).assumingMemoryBound(to: UInt8.self)
    return UnsafeBufferPointer(start: start, count: json_string_length(node))
  }

  private func element(_ index: Int) -> JSONValue { JSONValue(tree: tree, node: json_array_get(node, index)) }

  private func key(_ entry: UnsafeMutableRawPointer) -> UnsafeBufferPointer<UInt8> {
    let start = UnsafeRawPointer(json_object_iter_key(entry)!).assumingMemoryBound(to: UInt8.self)
    return UnsafeBufferPointer(start: start, count: json_object_iter_key_len(entry))
  }

  private func value(_ entry: UnsafeMutableRawPointer) -> JSONValue {
    JSONValue(tree: tree, node: json_object_iter_value(entry))
  }
}

// The tree is never changed, and the value keeps it.
extension JSONValue: @unchecked Sendable {}

// What each means is told by ValueSource.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension JSONValue: ValueSource {
  public var dialect: ValueDialect { .json }

  public var kind: ValueKind {
    switch node.pointee.type {
    case JSON_OBJECT: .object
    case JSON_ARRAY: .array
    case JSON_STRING: .string
    case JSON_INTEGER: .integer
    case JSON_REAL: .double
    case JSON_TRUE, JSON_FALSE: .boolean
    default: .null
    }
  }

  public var boolean: Bool { node.pointee.type == JSON_TRUE }
  public var integer: Int64 { Int64(json_integer_value(node)) }
  public var double: Double { json_real_value(node) }

  public func withBytes<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(WireError) -> Result
  ) throws(WireError) -> Result {
    try body(stringBytes)
  }

  public func forEachElement(_ body: (Int, JSONValue) throws(WireError) -> Void) throws(WireError) {
    for index in 0..<json_array_size(node) { try body(index, element(index)) }
  }

  public func forEachEntry(_ body: (ObjectKey, JSONValue) throws(WireError) -> Void) throws(WireError) {
    var entry = json_object_iter(node)
    while let current = entry {
      try body(.text(key(current)), value(current))
      entry = json_object_iter_next(node, current)
    }
  }
}
