import Synchronization
import Testing

@testable import TemporalClient

@Suite struct PacerTests {
  /// A clock that stands still but for who sleeps and who works by it.
  private final class ManualClock: Clock {
    struct Instant: InstantProtocol {
      var offset: Duration
      func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
      func duration(to other: Instant) -> Duration { other.offset - offset }
      static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let time = Mutex(Instant(offset: .zero))
    var now: Instant { time.withLock { $0 } }
    var minimumResolution: Duration { .nanoseconds(1) }
    func sleep(until deadline: Instant, tolerance: Duration?) async throws { time.withLock { $0 = deadline } }
    func work(_ duration: Duration) { time.withLock { $0 = $0.advanced(by: duration) } }
  }

  @Test func startsAtOnceAndThenOncePerSecondAtMost() async throws {
    let clock = ManualClock()
    var pacer = Pacer(clock: clock)
    var starts: [Duration] = []
    for work in [Duration.milliseconds(1), .milliseconds(400), .seconds(1), .seconds(20), .zero] {
      try await pacer.pace()
      starts.append(clock.now.offset)
      clock.work(work)
    }
    #expect(starts == [.zero, .seconds(1), .seconds(2), .seconds(3), .seconds(23)])
  }

  @Test func doesNotStartInACancelledTask() async {
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      var pacer = Pacer(clock: ManualClock())
      try await pacer.pace()
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
