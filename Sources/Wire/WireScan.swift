/// Looks over the bytes of a message before protobuf-c does.
///
/// protobuf-c recurses without limit, takes strings for what they are, and tells no reason when it fails. So this goes
/// first, without recursion, through every field that is a message or a string.
struct WireScan {
  /// Whether a string holds a NUL: protobuf-c would lose the rest of it when packing.
  private(set) var foundNUL = false

  private struct Frame {
    let type: MessageType
    let end: Int
  }

  /// - Throws: `malformed`, `tooDeep` or `invalidUTF8`.
  init(_ bytes: UnsafeBufferPointer<UInt8>, as root: MessageType) throws(WireError) {
    var frame = Frame(type: root, end: bytes.count)
    var outer: [Frame] = []
    var position = 0
    while true {
      while position == frame.end {
        guard let next = outer.popLast() else { return }
        frame = next
      }
      guard let tag = Self.varint(bytes, &position, end: frame.end), tag <= UInt32.max, tag >> 3 != 0 else {
        throw Self.malformed(root, bytes.count, at: position)
      }
      guard let length = Self.length(wireType: tag & 7, bytes, &position, end: frame.end) else {
        throw Self.malformed(root, bytes.count, at: position)
      }
      let end = position + length
      if tag & 7 == 2, let field = frame.type.field(number: UInt32(tag >> 3)) {
        if field.kind == .string {
          try check(string: UnsafeBufferPointer(rebasing: bytes[position..<end]), field, of: frame.type)
        } else if field.kind == .message {
          guard outer.count < Message.depthLimit else {
            throw WireError(.tooDeep, "\(root): messages are nested more than \(Message.depthLimit) levels deep")
          }
          outer.append(frame)
          frame = Frame(type: field.messageType!, end: end)
          continue
        }
      }
      position = end
    }
  }

  /// The error for bytes that are no message of this type.
  static func malformed(_ type: MessageType, _ count: Int, at position: Int? = nil) -> WireError {
    let place = position.map { ", at byte \($0)" } ?? ""
    return WireError(.malformed, "\(count) bytes are not a valid \(type)\(place)")
  }

  private mutating func check(
    string: UnsafeBufferPointer<UInt8>, _ field: MessageField, of type: MessageType
  ) throws(WireError) {
    guard UTF8Text.isValid(string) else {
      throw WireError(.invalidUTF8, "\(type).\(field.name.proto) is not valid UTF-8")
    }
    if !foundNUL, UTF8Text.holdsNUL(string) { foundNUL = true }
  }

  // The number of bytes of a value after what has been read of it, or nil when they are not there.
  private static func length(
    wireType: UInt64, _ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int, end: Int
  ) -> Int? {
    let length: Int
    switch wireType {
    case 0: return varint(bytes, &position, end: end).map { _ in 0 }
    case 1: length = 8
    case 2:
      guard let count = varint(bytes, &position, end: end), count <= UInt64(Int32.max) else { return nil }
      length = Int(count)
    case 5: length = 4
    // 3 and 4 are groups, which proto3 does not have.
    default: return nil
    }
    return length <= end - position ? length : nil
  }

  private static func varint(_ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int, end: Int) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < end, shift < 70 {
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }
}

/// What a protobuf string must be.
enum UTF8Text {
  static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    (try? UTF8Span(validating: bytes.span)) != nil
  }

  static func holdsNUL(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.contains(0)
  }
}
