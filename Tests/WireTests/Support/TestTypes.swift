import CWireTestMessages
import Testing
import Wire

/// A message type of `wire_test.proto`.
func testType(_ shortName: String) -> MessageType {
  guard let descriptor = moondial_wire_test_descriptor(shortName) else {
    preconditionFailure("wire_test.proto has no message \(shortName)")
  }
  return MessageType(descriptor: descriptor)
}

/// A message type of the Temporal API.
func apiType(_ name: String) throws -> MessageType {
  try #require(MessageType.named("temporal.api." + name))
}

/// Bytes from hexadecimal digits; spaces are for the reader.
func hex(_ text: String) -> [UInt8] {
  let digits = text.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// A length-delimited field.
func field(_ number: Int, _ content: [UInt8]) -> [UInt8] {
  varint(UInt64(number) << 3 | 2) + varint(UInt64(content.count)) + content
}

func varint(_ value: UInt64) -> [UInt8] {
  var (bytes, rest): ([UInt8], UInt64) = ([], value)
  while rest > 0x7F {
    bytes.append(UInt8(rest & 0x7F) | 0x80)
    rest >>= 7
  }
  return bytes + [UInt8(rest)]
}

func unpack(_ type: String, _ bytes: [UInt8]) throws -> MessageView {
  try Message(testType(type), unpacking: bytes).view
}

/// The error's code; the test fails when there is no error.
func code(_ body: () throws -> Void) -> WireError.Code? {
  do {
    try body()
    Issue.record("no error")
    return nil
  } catch let error as WireError {
    return error.code
  } catch {
    Issue.record("\(error)")
    return nil
  }
}

/// The error's text; the test fails when there is no error.
func text(_ body: () throws -> Void) -> String? {
  do {
    try body()
    Issue.record("no error")
    return nil
  } catch {
    return "\(error)"
  }
}

/// SplitMix64: the same seed gives the same tests everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
