/// Looks over a JSON text before jansson does: for its depth, which jansson limits by a constant only, and for integers
/// past 64 bits, which jansson refuses.
struct JSONScan {
  // Where the integers end that do not fit, in the order of the text.
  private var wideIntegerEnds: [Int] = []

  init(_ text: [UInt8], depthLimit: Int) throws(JSONError) {
    let (depthFault, ends) = text.withUnsafeBufferPointer { Self.scan($0, depthLimit) }
    if let offset = depthFault {
      let before = text[..<offset]
      let line = before.count { $0 == UInt8(ascii: "\n") } + 1
      let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      let column = String(decoding: before[lineStart...], as: UTF8.self).unicodeScalars.count + 1
      throw JSONError(
        message: "arrays and objects are nested more than \(depthLimit) levels deep", line: line, column: column,
        offset: offset)
    }
    wideIntegerEnds = ends
  }

  /// The text with `.0` after each integer that does not fit.
  func withWideIntegersAsReals(_ text: [UInt8]) -> [UInt8] {
    guard !wideIntegerEnds.isEmpty else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.count + wideIntegerEnds.count * 2)
    var start = 0
    for end in wideIntegerEnds {
      result += text[start..<end]
      result += ".0".utf8
      start = end
    }
    return result + text[start...]
  }

  private static func scan(_ text: UnsafeBufferPointer<UInt8>, _ depthLimit: Int) -> (depthFault: Int?, ends: [Int]) {
    var ends: [Int] = []
    var depth = 0
    var index = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\""):
        index += 1
        while index < text.count, text[index] != UInt8(ascii: "\"") {
          index += text[index] == UInt8(ascii: "\\") ? 2 : 1
        }
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        if depth > depthLimit { return (index, []) }
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        let start = index
        while index < text.count, isNumeric(text[index]) { index += 1 }
        if isWideInteger(UnsafeBufferPointer(rebasing: text[start..<index])) { ends.append(index) }
        continue
      default: break
      }
      index += 1
    }
    return (nil, ends)
  }

  private static func isNumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private static func isWideInteger(_ number: UnsafeBufferPointer<UInt8>) -> Bool {
    // 18 digits always fit.
    guard number.count > 18 else { return false }
    let digits = number.first == UInt8(ascii: "-") ? number.dropFirst() : number[...]
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
    return Int64(String(decoding: number, as: UTF8.self)) == nil
  }
}
