/// The fields of a serialized message in the order of the wire, read without knowing its type.
public struct WireFields {
  /// What a field holds.
  public enum Value: Sendable {
    /// An integer, a boolean or the number of an enum value.
    case varint(UInt64)
    /// The place of a string, of bytes or of a message.
    case bytes(Range<Int>)
    /// A number of 4 or 8 bytes, which nobody reads here.
    case fixed
  }

  private let message: [UInt8]
  private let start: Int
  private let end: Int
  private var position: Int

  /// - Parameters:
  ///   - message: The bytes.
  ///   - range: The place of the message within them; nil for all of them.
  public init(_ message: [UInt8], in range: Range<Int>? = nil) {
    self.message = message
    start = range?.lowerBound ?? 0
    end = range?.upperBound ?? message.count
    position = start
  }

  /// Reads the next field.
  ///
  /// - Returns: Its number and what it holds, or nil at the end.
  /// - Throws: `malformed`.
  public mutating func next() throws(WireError) -> (number: Int, value: Value)? {
    guard position < end else { return nil }
    guard let tag = varint(), tag <= UInt32.max, tag >> 3 != 0, let value = value(ofWireType: tag & 7) else {
      throw WireError(.malformed, "\(end - start) bytes are not a message, at byte \(position - start)")
    }
    return (Int(tag >> 3), value)
  }

  private mutating func value(ofWireType type: UInt64) -> Value? {
    switch type {
    case 0: return varint().map { .varint($0) }
    case 1: return skip(8) == nil ? nil : .fixed
    case 2: return varint().flatMap { $0 > UInt64(end - position) ? nil : skip(Int($0)) }.map { .bytes($0) }
    case 5: return skip(4) == nil ? nil : .fixed
    // 3 and 4 are groups, which no message has that is read here.
    default: return nil
    }
  }

  private mutating func skip(_ count: Int) -> Range<Int>? {
    guard count <= end - position else { return nil }
    defer { position += count }
    return position..<position + count
  }

  private mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard position < end else { return nil }
      let byte = message[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }
}
