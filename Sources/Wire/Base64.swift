/// Base64 as proto3 JSON has it: written with the standard alphabet and padding, read in either alphabet.
public enum Base64 {
  /// Appends the encoded bytes to `text`.
  public static func encode(_ bytes: UnsafeBufferPointer<UInt8>, into text: inout [UInt8]) {
    text.reserveCapacity(text.count + (bytes.count + 2) / 3 * 4)
    var index = 0
    while index + 2 < bytes.count {
      append(UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2]), 4, &text)
      index += 3
    }
    switch bytes.count - index {
    case 1:
      append(UInt32(bytes[index]) << 16, 2, &text)
      text.append(padding)
      text.append(padding)
    case 2:
      append(UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8, 3, &text)
      text.append(padding)
    default: break
    }
  }

  /// Returns the encoded bytes as text.
  public static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    bytes.withUnsafeBufferPointer { encode($0, into: &text) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Decodes standard or URL-safe base64, with or without its padding.
  ///
  /// - Returns: The bytes, or nil when the text is no base64.
  public static func decode(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var length = text.count
    while length > 0, text.count - length < 2, text[length - 1] == padding { length -= 1 }
    let padded = length < text.count
    guard length % 4 != 1, !padded || text.count % 4 == 0 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(length / 4 * 3 + 2)
    var bits: UInt32 = 0
    var held = 0
    for character in text[..<length] {
      guard let value = value(of: character) else { return nil }
      bits = bits << 6 | value
      held += 6
      if held >= 8 {
        held -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
      }
    }
    return bytes
  }

  /// Decodes standard or URL-safe base64, with or without its padding.
  ///
  /// - Returns: The bytes, or nil when the text is no base64.
  public static func decode(_ text: String) -> [UInt8]? {
    var text = text
    return text.withUTF8 { decode($0) }
  }

  private static let padding = UInt8(ascii: "=")
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static func append(_ bits: UInt32, _ characters: Int, _ text: inout [UInt8]) {
    for index in 0..<characters {
      text.append(alphabet[Int(bits >> UInt32(18 - 6 * index) & 63)])
    }
  }

  private static func value(of character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
