/// Whose values a source hands over, where that makes a difference.
public enum ValueDialect: Sendable {
  /// JSON: bytes are base64, and times have the one form of proto3 JSON.
  case json
  /// The program's own values: strings may be bytes as they are, spans may be numbers of seconds, and arrays count
  /// from 1 in error messages.
  case native
}

/// What a value of a source is.
public enum ValueKind: Sendable {
  case null, boolean, integer, double, string
  /// Bytes that are marked as such.
  case bytes
  case array, object
  /// An empty table, which may stand for an array as well as for an object.
  case empty
  /// Anything that no field can take; see ``ValueSource/kindDescription``.
  case other
}

/// A value that needs no conversion.
public enum ReadyValue: Sendable {
  /// A message of the type that was asked for.
  case message(MessageView)
  /// The value of a Timestamp or a Duration.
  case time(seconds: Int64, nanos: Int32)
}

/// A value to fill a message from: the front end of every conversion into a message.
///
/// The scalar properties are read only when ``kind`` says so. What a source hands to a closure may be borrowed for the
/// time of the call. A source that finds itself broken (a table with mixed keys) throws `wrongType`.
public protocol ValueSource {
  /// Whose values these are.
  var dialect: ValueDialect { get }
  /// What the value is.
  var kind: ValueKind { get }
  /// What the value is, with its article, as in "expected a string, got a table".
  var kindDescription: String { get }

  /// The value of ``ValueKind/boolean``.
  var boolean: Bool { get }
  /// The value of ``ValueKind/integer``.
  var integer: Int64 { get }
  /// The value of ``ValueKind/double``.
  var double: Double { get }
  /// Lends the bytes of a string, or those of ``ValueKind/bytes``.
  func withBytes<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(WireError) -> Result
  ) throws(WireError) -> Result

  /// Calls `body` with each element of an array and its number, as the source's users count.
  func forEachElement(_ body: (Int, Self) throws(WireError) -> Void) throws(WireError)
  /// Calls `body` with each entry of an object, in any order; of an array, too, if its elements can be taken for
  /// entries with integer keys.
  func forEachEntry(_ body: (ObjectKey, Self) throws(WireError) -> Void) throws(WireError)

  /// Hands over the value for a message field of this type as it is, for instance a Payload that was kept whole.
  ///
  /// - Returns: The value, or nil when it is to be converted.
  func readyValue(for type: MessageType) throws(WireError) -> ReadyValue?
}

extension ValueSource {
  /// The kind, in words that suit every source.
  public var kindDescription: String {
    switch kind {
    case .null: "null"
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .double: "a number"
    case .string: "a string"
    case .bytes: "bytes"
    case .array: "an array"
    case .object: "an object"
    case .empty: "an empty table"
    case .other: "a value of another kind"
    }
  }

  /// Hands over nothing.
  public func readyValue(for type: MessageType) throws(WireError) -> ReadyValue? { nil }

  /// The bytes of a string as text; invalid UTF-8 is repaired, so this is for values that are compared or parsed.
  func text() throws(WireError) -> String {
    try withBytes { (bytes) throws(WireError) in String(decoding: bytes, as: UTF8.self) }
  }
}
