/// Writes what a walk hands over as JSON text; messages as proto3 JSON.
///
/// Written here rather than by jansson, which prints 0.1 as 0.10000000000000001: the shortest text that reads back as
/// the same number is used, and a double stays one (`1.0`).
public struct JSONWriter {
  /// How the text is laid out.
  public struct Style: Sendable {
    /// How many spaces each level is indented by; nil writes one line without spaces.
    public var indentation: Int?

    /// Whether all that is not printable ASCII is escaped.
    public var isASCII: Bool

    /// Whether NaN and the infinities are written as strings, as in proto3 JSON; otherwise they are errors.
    public var quotesNonFiniteNumbers: Bool

    /// - Parameters:
    ///   - indentation: How many spaces each level is indented by; nil writes one line without spaces.
    ///   - isASCII: Whether all that is not printable ASCII is escaped.
    ///   - quotesNonFiniteNumbers: Whether NaN and the infinities are written as strings, or are errors.
    public init(indentation: Int? = nil, isASCII: Bool = false, quotesNonFiniteNumbers: Bool = true) {
      self.indentation = indentation
      self.isASCII = isASCII
      self.quotesNonFiniteNumbers = quotesNonFiniteNumbers
    }
  }

  /// The text so far, in UTF-8.
  public private(set) var bytes: [UInt8] = []

  /// Writes messages that have a form of their own, and tells of each whether it did; without, all have that of proto3
  /// JSON.
  public var writesMessage: ((MessageView, inout JSONWriter) throws -> Bool)?

  private let style: Style
  // For each array and object that is open, whether it has something in it already.
  private var open: [Bool] = []
  private var isAfterKey = false

  /// Begins a text.
  public init(style: Style = Style()) { self.style = style }
}

// What each means is told by ValueSink.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension JSONWriter: ValueSink {
  public var mapping: ValueMapping { .json }

  public mutating func message(_ view: MessageView) throws -> Bool {
    guard let writesMessage else { return false }
    return try writesMessage(view, &self)
  }

  public mutating func null() {
    beginValue()
    bytes += "null".utf8
  }

  public mutating func boolean(_ value: Bool) {
    beginValue()
    bytes += (value ? "true" : "false").utf8
  }

  public mutating func integer(_ value: Int64) {
    beginValue()
    append(value.magnitude, isNegative: value < 0)
  }

  public mutating func integer64(_ value: Int64) {
    beginValue()
    bytes.append(Self.quote)
    append(value.magnitude, isNegative: value < 0)
    bytes.append(Self.quote)
  }

  public mutating func unsigned64(_ value: UInt64) {
    beginValue()
    bytes.append(Self.quote)
    append(value, isNegative: false)
    bytes.append(Self.quote)
  }

  public mutating func float(_ value: Float) throws {
    if value.isFinite { number(value.description) } else { try nonFinite(Double(value)) }
  }

  public mutating func double(_ value: Double) throws {
    if value.isFinite { number(value.description) } else { try nonFinite(value) }
  }

  public mutating func string(_ value: UnsafeBufferPointer<UInt8>) {
    beginValue()
    appendQuoted(value)
  }

  public mutating func bytes(_ value: UnsafeBufferPointer<UInt8>) {
    beginValue()
    bytes.append(Self.quote)
    Base64.encode(value, into: &bytes)
    bytes.append(Self.quote)
  }

  public mutating func enumeration(_ value: EnumValue) {
    if let name = value.name { string(name.bytes) } else { integer(Int64(value.number)) }
  }

  public mutating func timestamp(seconds: Int64, nanos: Int32) throws {
    guard let text = TimestampText.format(seconds: seconds, nanos: nanos) else {
      throw WireError(.outOfRange, "a Timestamp of \(seconds) seconds and \(nanos) nanoseconds is out of range")
    }
    plain(text)
  }

  public mutating func duration(seconds: Int64, nanos: Int32) throws {
    guard let text = DurationText.format(seconds: seconds, nanos: nanos) else {
      throw WireError(.outOfRange, "a Duration of \(seconds) seconds and \(nanos) nanoseconds is out of range")
    }
    plain(text)
  }

  public mutating func beginArray(count: Int) { begin("[") }
  public mutating func endArray() { end("]") }
  public mutating func beginObject(count: Int) { begin("{") }
  public mutating func endObject() { end("}") }

  public mutating func key(_ key: ObjectKey) {
    beginValue()
    switch key {
    case .field(let name):
      bytes.append(Self.quote)
      bytes.append(contentsOf: name.json.bytes)
      bytes.append(Self.quote)
    case .text(let text): appendQuoted(text)
    case .integer(let number): appendQuoted(String(number))
    case .unsigned(let number): appendQuoted(String(number))
    case .boolean(let value): appendQuoted(value ? "true" : "false")
    }
    bytes.append(UInt8(ascii: ":"))
    if style.indentation != nil { bytes.append(UInt8(ascii: " ")) }
    isAfterKey = true
  }
}

extension JSONWriter {
  private static var quote: UInt8 { UInt8(ascii: "\"") }

  private mutating func beginValue() {
    if isAfterKey {
      isAfterKey = false
    } else if let isContinued = open.last {
      if isContinued { bytes.append(UInt8(ascii: ",")) }
      open[open.count - 1] = true
      breakLine()
    }
  }

  private mutating func begin(_ bracket: Unicode.Scalar) {
    beginValue()
    bytes.append(UInt8(ascii: bracket))
    open.append(false)
  }

  private mutating func end(_ bracket: Unicode.Scalar) {
    if open.removeLast() { breakLine() }
    bytes.append(UInt8(ascii: bracket))
  }

  private mutating func breakLine() {
    guard let indentation = style.indentation else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation * open.count))
  }

  private mutating func number(_ text: String) {
    beginValue()
    bytes += text.utf8
  }

  // Text that needs no escapes.
  private mutating func plain(_ text: String) {
    beginValue()
    appendQuoted(text)
  }

  private mutating func appendQuoted(_ text: String) {
    bytes.append(Self.quote)
    bytes += text.utf8
    bytes.append(Self.quote)
  }

  private mutating func nonFinite(_ value: Double) throws {
    guard style.quotesNonFiniteNumbers else { throw WireError(.outOfRange, "JSON has no number for \(value)") }
    plain(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
  }

  private mutating func append(_ magnitude: UInt64, isNegative: Bool) {
    if isNegative { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    var rest = magnitude
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(Self.quote)
    var run = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      let isPlain = byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
      if isPlain, byte < 0x7F || !style.isASCII {
        index += 1
        continue
      }
      bytes.append(contentsOf: text[run..<index])
      if byte < 0x80 {
        appendEscape(of: byte)
        index += 1
      } else {
        index += appendUnicodeEscape(UnsafeBufferPointer(rebasing: text[index...]))
      }
      run = index
    }
    bytes.append(contentsOf: text[run...])
    bytes.append(Self.quote)
  }

  private mutating func appendEscape(of byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default: appendHexadecimal(UInt16(byte))
    }
  }

  // Escapes the character at the front of the text and returns how many bytes it took.
  private mutating func appendUnicodeEscape(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    let character = String(decoding: text.prefix(4), as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
    for unit in UTF16.encode(character) ?? UTF16.encodedReplacementCharacter {
      bytes.append(UInt8(ascii: "\\"))
      appendHexadecimal(unit)
    }
    return UTF8.width(character)
  }

  private mutating func appendHexadecimal(_ unit: UInt16) {
    bytes.append(UInt8(ascii: "u"))
    for shift in [12, 8, 4, 0] {
      let digit = UInt8(unit >> UInt16(shift) & 0xF)
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
