/// Points in time as RFC 3339 text, as proto3 JSON has them.
public enum TimestampText {
  // 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z: the range of google.protobuf.Timestamp.
  static let seconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// Returns `1970-01-01T00:00:00.5Z` with 0, 3, 6 or 9 digits of a second's fraction, or nil out of range.
  ///
  /// - Parameters:
  ///   - seconds: The seconds since 1970-01-01T00:00:00Z.
  ///   - nanos: The nanoseconds to add.
  public static func format(seconds: Int64, nanos: Int32) -> String? {
    guard Self.seconds.contains(seconds), (0..<1_000_000_000).contains(nanos) else { return nil }
    let days = seconds.quotientRoundingDown(86_400)
    let time = Int(seconds - days * 86_400)
    let date = civil(days: Int(days))
    let hours = digits(time / 3600, 2) + ":" + digits(time / 60 % 60, 2) + ":" + digits(time % 60, 2)
    return "\(digits(date.year, 4))-\(digits(date.month, 2))-\(digits(date.day, 2))T\(hours)\(fraction(nanos))Z"
  }

  /// Reads RFC 3339 text with any offset and up to nine digits of a fraction.
  ///
  /// - Returns: The seconds since 1970-01-01T00:00:00Z and the nanoseconds after them, or nil when the text is none.
  public static func parse(_ text: String) -> (seconds: Int64, nanos: Int32)? {
    var scanner = TextScanner(text)
    guard let year = scanner.number(digits: 4), scanner.take("-"), let month = scanner.number(digits: 2),
      scanner.take("-"), let day = scanner.number(digits: 2), scanner.take("T") || scanner.take("t"),
      let hour = scanner.number(digits: 2), scanner.take(":"), let minute = scanner.number(digits: 2),
      scanner.take(":"), let second = scanner.number(digits: 2),
      (1...12).contains(month), (1...days(in: month, of: year)).contains(day), hour < 24, minute < 60, second < 60
    else { return nil }
    guard let nanos = scanner.take(".") ? scanner.fraction() : 0, let offset = offset(&scanner), scanner.isAtEnd
    else { return nil }
    let seconds = Int64(daysSinceEpoch(year, month, day)) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)
    return Self.seconds.contains(seconds) ? (seconds, nanos) : nil
  }

  /// A fraction of a second with its point, as short as 3, 6 or 9 digits allow; nothing for zero.
  static func fraction(_ nanos: Int32) -> String {
    if nanos == 0 { return "" }
    if nanos % 1_000_000 == 0 { return "." + digits(Int(nanos) / 1_000_000, 3) }
    if nanos % 1000 == 0 { return "." + digits(Int(nanos) / 1000, 6) }
    return "." + digits(Int(nanos), 9)
  }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
  }

  private static func offset(_ scanner: inout TextScanner) -> Int? {
    if scanner.take("Z") || scanner.take("z") { return 0 }
    let sign = scanner.take("+") ? 1 : scanner.take("-") ? -1 : 0
    guard sign != 0, let hours = scanner.number(digits: 2), scanner.take(":"), let minutes = scanner.number(digits: 2),
      hours < 24, minutes < 60
    else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil and civil_from_days. A year begins
  // in March there, so that the leap day is its last.
  private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted.quotientRoundingDown(400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted.quotientRoundingDown(146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}

extension BinaryInteger {
  fileprivate func quotientRoundingDown(_ divisor: Self) -> Self {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

/// Reads numbers and single characters off the front of an ASCII text.
struct TextScanner {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = Substring(text).utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let first = rest.first, first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  /// Reads exactly so many digits.
  mutating func number(digits: Int) -> Int? {
    var value = 0
    for _ in 0..<digits {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// Reads one digit or more, as many as there are; nil also when the number does not fit.
  mutating func number() -> Int64? {
    guard var value = digit().map(Int64.init) else { return nil }
    while let digit = digit() {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int64(digit))
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }

  /// Reads one to nine digits after a point as nanoseconds.
  mutating func fraction() -> Int32? {
    guard var value = digit() else { return nil }
    var count = 1
    while let digit = digit() {
      guard count < 9 else { return nil }
      value = value * 10 + digit
      count += 1
    }
    for _ in count..<9 { value *= 10 }
    return Int32(value)
  }

  /// Reads the longest run of letters.
  mutating func letters() -> String {
    let word = rest.prefix { (0x61...0x7A).contains($0 | 0x20) || $0 >= 0x80 }
    rest = rest.dropFirst(word.count)
    return String(word) ?? ""
  }

  private mutating func digit() -> Int? {
    guard let first = rest.first, (0x30...0x39).contains(first) else { return nil }
    rest.removeFirst()
    return Int(first - 0x30)
  }
}
