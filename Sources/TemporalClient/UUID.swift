/// A random identifier in the form of RFC 9562, version 4: the ids of requests and updates.
public enum UUID {
  /// Makes a new identifier.
  ///
  /// - Parameter generator: the source of the 122 random bits.
  /// - Returns: 36 characters, in lower case.
  static func version4(using generator: inout some RandomNumberGenerator) -> String {
    let version: UInt64 = 0x4000
    let variant: UInt64 = 0x8000_0000_0000_0000
    let high = generator.next() & ~0xF000 | version
    let low = generator.next() & ~0xC000_0000_0000_0000 | variant
    let digits = hexadecimal(high) + hexadecimal(low)
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { text.append(UInt8(ascii: "-")) }
      text.append(digit)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Makes a new identifier from the system's randomness.
  ///
  /// - Returns: 36 characters, in lower case.
  public static func version4() -> String {
    var generator = SystemRandomNumberGenerator()
    return version4(using: &generator)
  }

  private static func hexadecimal(_ value: UInt64) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return stride(from: 60, through: 0, by: -4).map { digits[Int(value >> UInt64($0) & 0xF)] }
  }
}
