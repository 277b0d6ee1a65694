/// UTF-8 text that lives as long as the process: a name from a descriptor, or one derived from it once.
///
/// A walk hands its keys over in this form, so that a sink neither allocates nor hashes a `String` for each field.
public struct StaticText: CustomStringConvertible {
  /// The first byte; a NUL follows the last one.
  public let pointer: UnsafePointer<UInt8>

  /// The number of bytes, without the NUL at the end.
  public let count: Int

  /// The bytes, without the NUL at the end.
  public var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: pointer, count: count) }

  /// The text as a Swift string.
  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// The text.
  public var description: String { string }

  /// Borrows a C string that is never freed.
  init(permanent cString: UnsafePointer<CChar>) {
    pointer = UnsafeRawPointer(cString).assumingMemoryBound(to: UInt8.self)
    var count = 0
    while cString[count] != 0 { count += 1 }
    self.count = count
  }

  private init(pointer: UnsafePointer<UInt8>, count: Int) {
    self.pointer = pointer
    self.count = count
  }

  // The rest of the text; it ends with the same NUL.
  func dropping(_ prefix: Int) -> StaticText { StaticText(pointer: pointer + prefix, count: count - prefix) }

  /// Copies the text to memory that is never freed; for the tables that are computed once.
  init(copying text: String) {
    let utf8 = Array(text.utf8)
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: utf8.count + 1)
    copy.initialize(from: utf8, count: utf8.count)
    copy[utf8.count] = 0
    pointer = UnsafePointer(copy)
    count = utf8.count
  }
}

// The bytes are never changed and never freed, so any thread may read them.
extension StaticText: @unchecked Sendable {}

// Two texts are equal when their bytes are.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension StaticText: Hashable {
  public static func == (left: StaticText, right: StaticText) -> Bool {
    left.pointer == right.pointer || left.bytes.elementsEqual(right.bytes)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
  }
}

extension StaticText {
  /// The order of the bytes, as `strcmp` has it.
  static func order(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    let common = min(left.count, right.count)
    for index in 0..<common where left[index] != right[index] {
      return Int(left[index]) - Int(right[index])
    }
    return left.count - right.count
  }
}

/// A field's name in both spellings.
public struct FieldName: Sendable, Hashable {
  /// As in the `.proto` file: `workflow_id`.
  public let proto: StaticText

  /// As in proto3 JSON: `workflowId`.
  public let json: StaticText
}
