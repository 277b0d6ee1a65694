/// Which failures of a call are tried again, how often, and after what pause.
///
/// gRPC's own retries, by service config, stop at five attempts and at requests of 256 KiB, hence this. The numbers and
/// the rules of ``standard`` are those of Temporal's sdk-core (`retry.rs`, `RetryOptions`).
public struct RetryPolicy: Sendable, Hashable {
  /// The pauses for everything but an exhausted resource.
  public var backoff: Backoff
  /// The pauses after ``StatusCode/resourceExhausted``, where the server asks to be spared; the longer one counts.
  public var throttleBackoff: Backoff
  /// A pause that would end later than this after the first attempt is not made; nil for no limit.
  public var maximumElapsed: Duration?
  /// How many attempts are made in all, at least one.
  public var maximumAttempts: Int

  /// Creates a policy; what is left out is as in ``standard``.
  ///
  /// - Parameters:
  ///   - backoff: the pauses.
  ///   - throttleBackoff: the pauses after ``StatusCode/resourceExhausted``.
  ///   - maximumElapsed: the time after which no further attempt begins.
  ///   - maximumAttempts: how many attempts are made in all.
  public init(
    backoff: Backoff = Backoff(initial: .milliseconds(100), multiplier: 1.7, maximum: .seconds(5)),
    throttleBackoff: Backoff = Backoff(initial: .seconds(1), multiplier: 2, maximum: .seconds(10)),
    maximumElapsed: Duration? = .seconds(10), maximumAttempts: Int = 10
  ) {
    self.backoff = backoff
    self.throttleBackoff = throttleBackoff
    self.maximumElapsed = maximumElapsed
    self.maximumAttempts = maximumAttempts
  }

  /// 100 ms, growing by 1.7 up to 5 s, within 10 s and 10 attempts; throttled 1 s, doubling up to 10 s; all ±20 %.
  public static let standard = RetryPolicy()

  /// One attempt.
  public static let once = RetryPolicy(maximumAttempts: 1)

  /// The codes that may mean something else a moment later (sdk-core's `RETRYABLE_ERROR_CODES`).
  public static let retryableCodes: Set<StatusCode> = [
    .unknown, .resourceExhausted, .aborted, .outOfRange, .internal, .unavailable, .dataLoss,
  ]

  /// Whether another attempt can bring another result.
  ///
  /// - Parameter error: how an attempt ended.
  /// - Returns: false also for a message that is larger than one side accepts, which has the code of a throttled call.
  ///   Core says "Received message larger than max", Go "grpc: received message larger than max" and "… after
  ///   decompression larger than max".
  public static func isRetryable(_ error: RPCError) -> Bool {
    guard retryableCodes.contains(error.code) else { return false }
    return error.code != .resourceExhausted || !error.message.contains("larger than max")
  }

  /// Makes attempts until one succeeds, or fails for good, or the policy is used up.
  ///
  /// - Parameters:
  ///   - clock: the clock for pauses and for ``maximumElapsed``.
  ///   - jitter: gives numbers from 0 up to 1, from which the pauses are made uneven.
  ///   - operation: one attempt, with its number from 1. A deadline set in it counts for that attempt alone. What
  ///     makes a request unique has to be made outside of it, so that the server recognises the request again.
  /// - Returns: what the successful attempt returned.
  /// - Throws: what the last attempt threw; `CancellationError` if the task is cancelled in a pause.
  public func run<T>(
    clock: some Clock<Duration> = SuspendingClock(),
    jitter: () -> Double = { Double.random(in: 0..<1) },
    operation: (_ attempt: Int) async throws -> T
  ) async throws -> T {
    let start = clock.now
    var backoff = backoff
    var throttleBackoff = throttleBackoff
    var attempt = 1
    while true {
      do {
        return try await operation(attempt)
      } catch let error as RPCError {
        guard attempt < maximumAttempts, Self.isRetryable(error) else { throw error }
        var pause = backoff.next(jitter: jitter())
        if let maximumElapsed, start.duration(to: clock.now) + pause > maximumElapsed { throw error }
        if error.code == .resourceExhausted { pause = max(pause, throttleBackoff.next(jitter: jitter())) }
        try await clock.sleep(for: pause)
        attempt += 1
      }
    }
  }
}

extension RetryPolicy {
  /// A series of growing, uneven pauses.
  public struct Backoff: Sendable, Hashable {
    /// The middle of the range for the next pause.
    private var interval: Duration
    /// The factor from one pause to the next.
    public let multiplier: Double
    /// The middle of the range from which on pauses do not grow.
    public let maximum: Duration
    /// How far a pause may be from the middle of its range, as a share of it.
    public let spread: Double

    /// Creates a series that starts with `initial`.
    ///
    /// - Parameters:
    ///   - initial: the first pause, before it is made uneven.
    ///   - multiplier: the factor from one pause to the next.
    ///   - maximum: the longest pause, before it is made uneven.
    ///   - spread: how far a pause may be from these, as a share.
    public init(initial: Duration, multiplier: Double, maximum: Duration, spread: Double = 0.2) {
      interval = initial
      self.multiplier = multiplier
      self.maximum = maximum
      self.spread = spread
    }

    /// The next pause.
    mutating func next(jitter: Double) -> Duration {
      defer { interval = min(interval * multiplier, maximum) }
      return interval * (1 - spread + 2 * spread * jitter)
    }
  }
}
