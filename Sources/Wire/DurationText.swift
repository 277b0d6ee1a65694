/// Spans of time as text: the `"1.5s"` of proto3 JSON, and the `"1h30m"` that people write.
public enum DurationText {
  // Ten thousand years: the range of google.protobuf.Duration.
  static let seconds: ClosedRange<Int64> = -315_576_000_000...315_576_000_000

  /// Returns `1.500s` with 0, 3, 6 or 9 digits of a second's fraction, or nil out of range.
  public static func format(seconds: Int64, nanos: Int32) -> String? {
    guard isValid(seconds: seconds, nanos: nanos) else { return nil }
    let sign = seconds < 0 || nanos < 0 ? "-" : ""
    return "\(sign)\(seconds.magnitude)\(TimestampText.fraction(abs(nanos)))s"
  }

  /// Reads the one form of proto3 JSON: seconds with up to nine digits of a fraction, and an `s`.
  public static func parseJSON(_ text: String) -> (seconds: Int64, nanos: Int32)? {
    var scanner = TextScanner(text)
    let negative = scanner.take("-")
    guard let seconds = scanner.number(), let nanos = scanner.take(".") ? scanner.fraction() : 0, scanner.take("s"),
      scanner.isAtEnd
    else { return nil }
    return signed(seconds, Int64(nanos), negative)
  }

  /// Reads `"1m30s"`, `"500ms"`, `"1h30m"`, `"1.5s"`: numbers, each with one of `d h m s ms us µs ns`.
  ///
  /// The rule of Go's `time.ParseDuration`, with days as the Temporal CLI has them.
  ///
  /// - Returns: Seconds and nanoseconds of the same sign, or nil when the text is none or out of range.
  public static func parse(_ text: String) -> (seconds: Int64, nanos: Int32)? {
    var scanner = TextScanner(text)
    let negative = scanner.take("-")
    if !negative { _ = scanner.take("+") }
    var total: (seconds: Int64, nanos: Int64) = (0, 0)
    repeat {
      guard let whole = scanner.number(), let fraction = scanner.take(".") ? scanner.fraction() : 0,
        let unit = nanoseconds(of: scanner.letters())
      else { return nil }
      // Up to 10^13 seconds of either: past the range, and far from overflowing.
      let span = Int128(whole) * Int128(unit) + Int128(fraction) * Int128(unit) / 1_000_000_000
      guard span <= Int128(seconds.upperBound) * 1_000_000_000 else { return nil }
      total.seconds += Int64(span / 1_000_000_000)
      total.nanos += Int64(span % 1_000_000_000)
    } while !scanner.isAtEnd
    return signed(total.seconds + total.nanos / 1_000_000_000, total.nanos % 1_000_000_000, negative)
  }

  /// Splits a number of seconds, rounded to the nanosecond.
  ///
  /// - Returns: Seconds and nanoseconds of the same sign, or nil when the number is out of range or none at all.
  public static func split(_ value: Double) -> (seconds: Int64, nanos: Int32)? {
    guard value.isFinite, value.magnitude <= Double(seconds.upperBound) else { return nil }
    var whole = value.rounded(.towardZero)
    var nanos = ((value - whole) * 1e9).rounded()
    if nanos.magnitude == 1e9 {
      whole += value < 0 ? -1 : 1
      nanos = 0
    }
    return (Int64(whole), Int32(nanos))
  }

  static func isValid(seconds: Int64, nanos: Int32) -> Bool {
    Self.seconds.contains(seconds) && nanos.magnitude < 1_000_000_000
      && (seconds == 0 || nanos == 0 || (seconds < 0) == (nanos < 0))
  }

  private static func signed(_ seconds: Int64, _ nanos: Int64, _ negative: Bool) -> (seconds: Int64, nanos: Int32)? {
    guard seconds <= Self.seconds.upperBound else { return nil }
    return negative ? (-seconds, Int32(-nanos)) : (seconds, Int32(nanos))
  }

  private static func nanoseconds(of unit: String) -> Int64? {
    switch unit {
    case "d": 86_400_000_000_000
    case "h": 3_600_000_000_000
    case "m": 60_000_000_000
    case "s": 1_000_000_000
    case "ms": 1_000_000
    // The micro sign and the Greek letter.
    case "us", "\u{B5}s", "\u{3BC}s": 1000
    case "ns": 1
    default: nil
    }
  }
}
