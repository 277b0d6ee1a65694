import Testing

@testable import TemporalClient

@Suite struct UUIDTests {
  /// Gives the same number again and again.
  private struct Constant: RandomNumberGenerator {
    var value: UInt64
    mutating func next() -> UInt64 { value }
  }

  @Test(arguments: [
    (0, "00000000-0000-4000-8000-000000000000"),
    (UInt64.max, "ffffffff-ffff-4fff-bfff-ffffffffffff"),
    (0x0123_4567_89AB_CDEF, "01234567-89ab-4def-8123-456789abcdef"),
  ])
  func setsVersionAndVariant(random: UInt64, text: String) {
    var generator = Constant(value: random)
    #expect(UUID.version4(using: &generator) == text)
  }

  @Test func differsEveryTime() {
    #expect(Set((0..<100).map { _ in UUID.version4() }).count == 100)
  }
}
