/// How the values of a field are held.
public enum FieldKind: UInt8, Sendable {
  /// The types of protobuf that share one form in memory are one kind: `sint32` and `sfixed32` are `int32`.
  case boolean, bytes, double, enumeration, float, int32, int64, message, string, uint32, uint64
}

/// How many values a field has, and how its absence shows.
public enum FieldShape: UInt8, Sendable {
  /// One value; zero or empty means absent.
  case implicit
  /// One value whose absence is recorded (proto2).
  case optional
  /// One value that must be there (proto2).
  case required
  /// One value, or another member of the same oneof.
  case oneof
  /// A list.
  case list
  /// A map, which protobuf-c holds as a list of entries with `key` and `value`.
  case map
}

// What is known of a field. Made once by TypeTable, never changed, never freed.
struct FieldFacts {
  let name: FieldName
  let id: UInt32
  let kind: FieldKind
  let shape: FieldShape
  let isDeprecated: Bool
  let offset: Int
  // Where the count of a list, the `has_` of an optional field or the case of a oneof lies.
  let quantifier: Int
  let defaultValue: UnsafeRawPointer?
  let messageType: MessageType?
  let enumType: EnumType?
}

/// A field of a message type.
public struct MessageField: Hashable {
  let facts: UnsafePointer<FieldFacts>

  /// The name in both spellings.
  public var name: FieldName { facts.pointee.name }

  /// The field's number on the wire.
  public var number: Int { Int(facts.pointee.id) }

  /// How the values are held; of a map, see its entries' type.
  public var kind: FieldKind { facts.pointee.kind }

  /// How many values there are, and how absence shows.
  public var shape: FieldShape { facts.pointee.shape }

  /// Whether the `.proto` file calls the field deprecated.
  public var isDeprecated: Bool { facts.pointee.isDeprecated }

  /// The type of a message field; of a map, the type of its entries with the fields `key` and `value`.
  public var messageType: MessageType? { facts.pointee.messageType }

  /// The type of an enum field.
  public var enumType: EnumType? { facts.pointee.enumType }

  /// The type as a `.proto` file writes it, with short names: `repeated Payload`, `map<string, bytes>`.
  public var typeText: String {
    switch shape {
    case .list: "repeated \(valueTypeText)"
    case .map: "map<\(mapKey.valueTypeText), \(mapValue.valueTypeText)>"
    case .implicit, .optional, .required, .oneof: valueTypeText
    }
  }

  private var valueTypeText: String {
    switch kind {
    case .boolean: "bool"
    case .enumeration: enumType?.shortName ?? "enum"
    case .message: messageType?.shortName ?? "message"
    case .bytes, .double, .float, .int32, .int64, .string, .uint32, .uint64: "\(kind)"
    }
  }

  // Only for maps, whose entries have exactly these two fields.
  var mapKey: MessageField { MessageField(facts: messageType!.facts.pointee.fields) }
  var mapValue: MessageField { MessageField(facts: messageType!.facts.pointee.fields + 1) }
}

// Facts are never changed and never freed, so any thread may read them.
extension MessageField: @unchecked Sendable {}
