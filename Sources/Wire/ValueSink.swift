/// How messages turn into values where protobuf leaves a choice.
public enum ValueMapping: Sendable {
  /// As proto3 JSON: a FieldMask is comma-joined text, an `Any` of a known type is unpacked next to its `@type`, and maps
  /// are in the order of their keys.
  case json
  /// As the program's own values: a FieldMask and an `Any` are objects of their fields.
  case native
}

/// A key of an object.
public enum ObjectKey {
  /// A field of a message, in both spellings.
  case field(FieldName)
  /// A string, borrowed for the time of the call.
  case text(UnsafeBufferPointer<UInt8>)
  /// A key of a map with integer keys.
  case integer(Int64)
  /// A key of a map with `uint64` keys.
  case unsigned(UInt64)
  /// A key of a map with `bool` keys.
  case boolean(Bool)
}

/// Receives a walk through values, each in its turn: the back end of every conversion out of a message.
///
/// Text and bytes are borrowed for the time of the call. An error that a sink throws ends the walk.
public protocol ValueSink {
  /// How this sink wants messages; read once, when a walk begins.
  var mapping: ValueMapping { get }

  /// Called before each message within the one that is walked; of Timestamps and Durations, their own calls come.
  ///
  /// - Returns: Whether the sink took the message as its value, so that the walk passes over it.
  mutating func message(_ view: MessageView) throws -> Bool

  /// Nothing: a JSON null.
  mutating func null() throws
  /// A truth value.
  mutating func boolean(_ value: Bool) throws
  /// An integer.
  mutating func integer(_ value: Int64) throws
  /// A 64-bit field of a message, which proto3 JSON writes as a string.
  mutating func integer64(_ value: Int64) throws
  /// An unsigned 64-bit field of a message, which proto3 JSON writes as a string.
  mutating func unsigned64(_ value: UInt64) throws
  /// A `float` field of a message, which has fewer digits than a double.
  mutating func float(_ value: Float) throws
  /// A number with a fraction, also where the fraction is zero.
  mutating func double(_ value: Double) throws
  /// Valid UTF-8, which may hold a NUL.
  mutating func string(_ value: UnsafeBufferPointer<UInt8>) throws
  /// The bytes of a bytes field.
  mutating func bytes(_ value: UnsafeBufferPointer<UInt8>) throws
  /// The value of an enum field, which may have no name.
  mutating func enumeration(_ value: EnumValue) throws
  /// A Timestamp, as seconds since 1970 and the nanoseconds after them.
  mutating func timestamp(seconds: Int64, nanos: Int32) throws
  /// A Duration; seconds and nanoseconds have the same sign.
  mutating func duration(seconds: Int64, nanos: Int32) throws

  /// An array of `count` values begins.
  mutating func beginArray(count: Int) throws
  /// The array that began last ends.
  mutating func endArray() throws
  /// An object of `count` entries begins: each a ``key(_:)`` and a value.
  mutating func beginObject(count: Int) throws
  /// The key of the value that follows.
  mutating func key(_ key: ObjectKey) throws
  /// The object that began last ends.
  mutating func endObject() throws
}

// What a sink gets that leaves these out: native values, no message taken whole, and numbers of one width.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension ValueSink {
  public var mapping: ValueMapping { .native }
  public mutating func message(_ view: MessageView) throws -> Bool { false }
  public mutating func integer64(_ value: Int64) throws { try integer(value) }
  public mutating func float(_ value: Float) throws { try double(Double(value)) }
}
