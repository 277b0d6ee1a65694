/// A value that a ``MessageBuilder`` can put into a field.
public enum FieldValue {
  /// For `bool` fields.
  case boolean(Bool)
  /// For bytes fields.
  case bytes([UInt8])
  /// For `double` and `float` fields.
  case double(Double)
  /// For integer fields and enum fields.
  case integer(Int128)
  /// For message fields of the view's type; it is copied.
  case message(MessageView)
  /// For string fields, and for enum fields by full or short name.
  case string(String)
}

/// A type whose values fit into fields.
public protocol FieldConvertible {
  /// The value in the form that a builder takes.
  var fieldValue: FieldValue { get }
}

// What fits where is told by FieldValue.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Bool: FieldConvertible {
  public var fieldValue: FieldValue { .boolean(self) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Array: FieldConvertible where Element == UInt8 {
  public var fieldValue: FieldValue { .bytes(self) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Double: FieldConvertible {
  public var fieldValue: FieldValue { .double(self) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Int: FieldConvertible {
  public var fieldValue: FieldValue { .integer(Int128(self)) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Int32: FieldConvertible {
  public var fieldValue: FieldValue { .integer(Int128(self)) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Int64: FieldConvertible {
  public var fieldValue: FieldValue { .integer(Int128(self)) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension UInt64: FieldConvertible {
  public var fieldValue: FieldValue { .integer(Int128(self)) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension String: FieldConvertible {
  public var fieldValue: FieldValue { .string(self) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension EnumValue: FieldConvertible {
  public var fieldValue: FieldValue { .integer(Int128(number)) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension MessageView: FieldConvertible {
  public var fieldValue: FieldValue { .message(self) }
}
