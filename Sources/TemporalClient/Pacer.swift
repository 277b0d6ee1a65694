/// Keeps a loop of long polls from becoming a hot loop.
///
/// A server answers an empty long poll after its own window of 20 s, or one second before the client's deadline. With a
/// deadline of a second or less that is at once, and a loop that asks again at once sends hundreds of requests per
/// second. So a poll that brought nothing is followed by the next one a full second after it started.
struct Pacer<C: Clock> where C.Duration == Duration {
  private let clock: C
  private var started: C.Instant?

  init(clock: C = ContinuousClock()) {
    self.clock = clock
  }

  /// Waits until the next poll may start, and counts it as started.
  ///
  /// - Throws: `CancellationError` if the task is cancelled.
  mutating func pace() async throws {
    if let started {
      let next = started.advanced(by: .seconds(1))
      if clock.now < next { try await clock.sleep(until: next, tolerance: nil) }
    }
    try Task.checkCancellation()
    started = clock.now
  }
}
