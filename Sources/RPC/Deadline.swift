import CGRPC
import Glibc
import Locks

/// The moment after which a call is given up.
///
/// It is counted on the monotonic clock, so that a step of the wall clock neither ends nor prolongs a call.
public struct Deadline: Sendable, Hashable, Comparable {
  /// Nanoseconds on `CLOCK_MONOTONIC`; the largest number stands for never.
  private let nanoseconds: Int64

  /// A deadline that does not come.
  public static let never = Deadline(nanoseconds: .max)

  /// The deadline that comes after some time.
  ///
  /// - Parameter duration: the time from now; a deadline in the past fails a call at once, and one more than 292 years
  ///   ahead is ``never``.
  /// - Returns: the deadline.
  public static func after(_ duration: Duration) -> Deadline {
    let (seconds, attoseconds) = duration.components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return seconds < 0 ? Deadline(nanoseconds: 0) : never }
    let (sum, overflowed) = now().addingReportingOverflow(whole)
    guard !overflowed else { return never }
    let (total, exceeded) = sum.addingReportingOverflow(attoseconds / 1_000_000_000)
    return exceeded ? never : Deadline(nanoseconds: max(total, 0))
  }

  /// Whether one deadline comes before another.
  public static func < (left: Deadline, right: Deadline) -> Bool { left.nanoseconds < right.nanoseconds }

  /// The same clock that core reads for `GPR_CLOCK_MONOTONIC`.
  private static func now() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
  }

  /// Whether the moment has come.
  var hasPassed: Bool { nanoseconds <= Self.now() }

  var coreTime: gpr_timespec {
    guard self != .never else { return gpr_inf_future(GPR_CLOCK_MONOTONIC) }
    return gpr_timespec(
      tv_sec: nanoseconds / 1_000_000_000, tv_nsec: Int32(nanoseconds % 1_000_000_000), clock_type: GPR_CLOCK_MONOTONIC)
  }

  var systemTime: timespec {
    timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
  }
}

extension Monitor {
  /// Blocks the thread until the condition holds.
  ///
  /// - Returns: false if the deadline came first.
  func wait(until deadline: Deadline, for condition: (State) -> Bool) -> Bool {
    wait(until: deadline.systemTime, for: condition)
  }
}
