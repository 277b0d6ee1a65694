import Foundation
import Testing
import Wire

/// Times, spans and base64 as text.
@Suite struct TextTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0, 0), ("2026-01-31T12:34:56.789Z", 1_769_862_896, 789_000_000),
    ("0001-01-01T00:00:00Z", -62_135_596_800, 0), ("9999-12-31T23:59:59.999999999Z", 253_402_300_799, 999_999_999),
    ("2000-02-29T00:00:00.000001Z", 951_782_400, 1000), ("1969-12-31T23:59:59.500Z", -1, 500_000_000),
  ])
  func timestamps(text: String, seconds: Int, nanos: Int) throws {
    #expect(TimestampText.format(seconds: Int64(seconds), nanos: Int32(nanos)) == text)
    let parsed = try #require(TimestampText.parse(text))
    #expect(parsed == (Int64(seconds), Int32(nanos)))
  }

  @Test func offsetsAndFractions() throws {
    #expect(try #require(TimestampText.parse("1970-01-01t01:30:00+01:30")) == (0, 0))
    #expect(try #require(TimestampText.parse("1969-12-31T19:00:00.5-05:00")) == (0, 500_000_000))
    #expect(try #require(TimestampText.parse("1970-01-01T00:00:00.123456789z")) == (0, 123_456_789))
  }

  @Test(arguments: [
    "", "2026", "2026-01-31", "2026-01-31T00:00:00", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-01-32T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T00:60:00Z",
    "2026-01-31T00:00:60Z", "2026-01-31T00:00:00.Z", "2026-01-31T00:00:00.1234567890Z", "2026-01-31T00:00:00+1:00",
    "2026-01-31T00:00:00+24:00", "2026-01-31T00:00:00Zx", "2026-01-31 00:00:00Z", "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59-01:00", "-001-01-01T00:00:00Z", "٢026-01-31T00:00:00Z",
  ])
  func textsThatAreNoTimestamps(text: String) {
    #expect(TimestampText.parse(text) == nil)
  }

  @Test func timestampsAgreeWithFoundation() throws {
    var random = SeededGenerator(seed: 3)
    let style = Date.ISO8601FormatStyle()
    for _ in 0..<500 {
      // Foundation's calendar is Julian before 1582, RFC 3339's is not.
      let seconds = Int64.random(in: -12_219_292_800...253_402_300_799, using: &random)
      let text = Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(style)
      #expect(TimestampText.format(seconds: seconds, nanos: 0) == text)
      #expect(try #require(TimestampText.parse(text)) == (seconds, 0))
    }
  }

  @Test(arguments: [
    ("0s", 0, 0), ("1m30s", 90, 0), ("500ms", 0, 500_000_000), ("1h30m", 5400, 0), ("1.5s", 1, 500_000_000),
    ("-1.5h", -5400, 0), ("+2d", 172_800, 0), ("1us", 0, 1000), ("1µs", 0, 1000), ("1μs", 0, 1000), ("3ns", 0, 3),
    ("-0.000000001s", 0, -1), ("1h1m1s1ms1us1ns", 3661, 1_001_001), ("0.5ns", 0, 0), ("1500ms", 1, 500_000_000),
    ("3652500d", 315_576_000_000, 0),
  ])
  func durations(text: String, seconds: Int, nanos: Int) throws {
    let parsed = try #require(DurationText.parse(text))
    #expect(parsed == (Int64(seconds), Int32(nanos)))
  }

  @Test(arguments: [
    "", "1", "s", "1x", "1 s", "1s ", "-", "1.s", ".5s", "1m-30s", "--1s", "4000000d", "99999999999999999999s",
    "1.0000000001s", "9223372036854775807h", "315576000000s1d",
  ])
  func textsThatAreNoDurations(text: String) {
    #expect(DurationText.parse(text) == nil)
  }

  @Test func spansAsNumbers() throws {
    #expect(try #require(DurationText.split(1.5)) == (1, 500_000_000))
    #expect(try #require(DurationText.split(-0.1)) == (0, -100_000_000))
    #expect(try #require(DurationText.split(0.9999999999)) == (1, 0))
    #expect(try #require(DurationText.split(-1.9999999999)) == (-2, 0))
    for number in [Double.nan, .infinity, 1e12] { #expect(DurationText.split(number) == nil) }
  }

  @Test func base64() {
    var random = SeededGenerator(seed: 5)
    for length in 0..<70 {
      let bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      let text = Data(bytes).base64EncodedString()
      #expect(Base64.encode(bytes) == text)
      #expect(Base64.decode(text) == bytes)
      let bare = text.replacing("=", with: "")
      #expect(Base64.decode(bare) == bytes)
      #expect(Base64.decode(bare.replacing("+", with: "-").replacing("/", with: "_")) == bytes)
    }
    for bad in ["a", "ab=", "abc==", "a===", "====", "ab c", "ab\n", "é", "abcde", "ab==ab"] {
      #expect(Base64.decode(bad) == nil, "\(bad)")
    }
  }
}
