/// A value that a ``MessageBuilder`` can put into a field.
public enum FieldValue {
  case boolean(Bool)
  case bytes([UInt8])
  case double(Double)
  /// For integer fields and enum fields.
  case integer(Int128)
  case message(MessageView)
  /// For string fields, and for enum fields by full or short name.
  case string(String)
}

/// A type whose values fit into fields.
public protocol FieldConvertible {
  var fieldValue: FieldValue { get }
}

extension Bool: FieldConvertible {
  public var fieldValue: FieldValue { .boolean(self) }
}

extension Array: FieldConvertible where Element == UInt8 {
  public var fieldValue: FieldValue { .bytes(self) }
}

extension Double: FieldConvertible {
  public var fieldValue: FieldValue { .double(self) }
}

extension Int: FieldConvertible {
  public var fieldValue: FieldValue { .integer(Int128(self)) }
}

extension Int32: FieldConvertible {
  public var fieldValue: FieldValue { .integer(Int128(self)) }
}

extension Int64: FieldConvertible {
  public var fieldValue: FieldValue { .integer(Int128(self)) }
}

extension UInt64: FieldConvertible {
  public var fieldValue: FieldValue { .integer(Int128(self)) }
}

extension String: FieldConvertible {
  public var fieldValue: FieldValue { .string(self) }
}

extension EnumValue: FieldConvertible {
  public var fieldValue: FieldValue { .integer(Int128(number)) }
}

extension MessageView: FieldConvertible {
  public var fieldValue: FieldValue { .message(self) }
}
