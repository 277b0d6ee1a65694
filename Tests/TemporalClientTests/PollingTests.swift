import Synchronization
import Testing

@testable import TemporalClient

@Suite struct PollingTests {
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
    func work(_ duration: Duration) { time.withLock { $0 = $0.advanced(by: duration) } }

    /// Like the system's clocks: does not go back, and does not sleep in a cancelled task.
    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
      try Task.checkCancellation()
      time.withLock { $0 = max($0, deadline) }
    }
  }

  @Test(arguments: [
    (Duration.zero, Duration.seconds(1)), (.milliseconds(400), .seconds(1)), (.seconds(1), .seconds(1)),
    (.seconds(20), .seconds(20)),
  ])
  func anEmptyPollTakesASecondAtLeast(work: Duration, total: Duration) async throws {
    let clock = ManualClock()
    let answer = try await paced(by: clock) {
      $0 == nil
    } poll: { () -> Int? in
      clock.work(work)
      return nil
    }
    #expect(answer == nil)
    #expect(clock.now.offset == total)
  }

  @Test func aPollThatBringsSomethingIsNotHeld() async throws {
    let clock = ManualClock()
    let answer = try await paced(by: clock) {
      $0 == nil
    } poll: { () -> Int? in
      clock.work(.milliseconds(3))
      return 7
    }
    #expect(answer == 7)
    #expect(clock.now.offset == .milliseconds(3))
  }

  @Test func cancellingEndsTheWait() async throws {
    let task = Task {
      try await paced(by: ManualClock()) {
        $0 == nil
      } poll: { () -> Int? in
        withUnsafeCurrentTask { $0?.cancel() }
        return nil
      }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
