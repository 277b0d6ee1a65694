import RPC
import Testing

@Suite(.timeLimit(.minutes(1))) struct RetryPolicyTests {
  /// Runs a policy over attempts that all fail, and returns how often it tried.
  private func attempts(
    _ policy: RetryPolicy, _ code: StatusCode, _ message: String = "", clock: VirtualClock = VirtualClock(),
    jitter: () -> Double = { 0.5 }
  ) async -> Int {
    var numbers: [Int] = []
    await #expect(throws: RPCError.self) {
      try await policy.run(clock: clock, jitter: jitter) { attempt in
        numbers.append(attempt)
        throw RPCError(code, message)
      }
    }
    #expect(numbers == Array(1...numbers.count))
    return numbers.count
  }

  private func milliseconds(_ pauses: [Duration]) -> [Int] {
    pauses.map { Int(($0 / .milliseconds(1)).rounded()) }
  }

  @Test(arguments: (0...17).map { StatusCode(rawValue: $0) })
  func theTableOfCodes(code: StatusCode) async {
    let retried: Set<StatusCode> = [
      .unknown, .resourceExhausted, .aborted, .outOfRange, .internal, .unavailable, .dataLoss,
    ]
    let count = await attempts(.standard, code)
    #expect((count > 1) == retried.contains(code))
  }

  @Test func pausesGrowUntilTheTimeIsUp() async {
    let clock = VirtualClock()
    #expect(await attempts(.standard, .unavailable, clock: clock) == 9)
    #expect(milliseconds(clock.pauses) == [100, 170, 289, 491, 835, 1420, 2414, 4103])
  }

  @Test func pausesStopGrowingAndAttemptsEnd() async {
    let clock = VirtualClock()
    #expect(await attempts(RetryPolicy(maximumElapsed: nil), .internal, clock: clock) == 10)
    #expect(milliseconds(clock.pauses) == [100, 170, 289, 491, 835, 1420, 2414, 4103, 5000])
  }

  @Test func aThrottledCallerWaitsLonger() async {
    let clock = VirtualClock()
    #expect(await attempts(.standard, .resourceExhausted, clock: clock) == 5)
    #expect(milliseconds(clock.pauses) == [1000, 2000, 4000, 8000])
    let patient = VirtualClock()
    #expect(await attempts(RetryPolicy(maximumElapsed: nil), .resourceExhausted, clock: patient) == 10)
    #expect(milliseconds(patient.pauses) == [1000, 2000, 4000, 8000, 10000, 10000, 10000, 10000, 10000])
  }

  @Test(arguments: [
    "Received message larger than max (5242880 vs. 4194304)", "grpc: received message larger than max (1 vs. 0)",
    "grpc: message after decompression larger than max", "grpc: received message after decompression larger than max",
  ])
  func aMessageThatIsTooLargeStaysSo(message: String) async {
    #expect(await attempts(.standard, .resourceExhausted, message) == 1)
  }

  @Test func jitterStaysWithinAFifth() async {
    let seed: UInt64 = 20_261_123
    var generator = SplitMix64(state: seed)
    let clock = VirtualClock()
    let policy = RetryPolicy(maximumElapsed: nil, maximumAttempts: 200)
    _ = await attempts(policy, .unavailable, clock: clock, jitter: { Double.random(in: 0..<1, using: &generator) })
    let tail = clock.pauses.dropFirst(8)
    #expect(tail.allSatisfy { $0 >= .seconds(4) && $0 < .seconds(6) }, "seed \(seed)")
    #expect(tail.min()! < .seconds(4.1) && tail.max()! > .seconds(5.9), "seed \(seed)")
  }

  @Test func theTimeOfAttemptsCounts() async {
    let clock = VirtualClock()
    var count = 0
    await #expect(throws: RPCError.self) {
      try await RetryPolicy.standard.run(clock: clock, jitter: { 0.5 }) { _ in
        count += 1
        clock.advance(by: .seconds(6))
        throw RPCError(.unavailable, "")
      }
    }
    #expect(count == 2)
  }

  @Test func noneMeansOneAttempt() async {
    #expect(await attempts(.once, .unavailable) == 1)
  }

  @Test func successEndsTheLoop() async throws {
    let result = try await RetryPolicy.standard.run(clock: VirtualClock()) { attempt in
      if attempt < 4 { throw RPCError(.aborted, "") }
      return attempt
    }
    #expect(result == 4)
  }

  @Test func otherErrorsPassThrough() async {
    struct Other: Error {}
    var count = 0
    await #expect(throws: Other.self) {
      try await RetryPolicy.standard.run(clock: VirtualClock()) { _ in
        count += 1
        throw Other()
      }
    }
    #expect(count == 1)
  }

  @Test func cancellationEndsThePause() async throws {
    let (attempted, continuation) = AsyncStream.makeStream(of: Int.self)
    let task = Task {
      // An hour on the real clock, which only the cancellation can end.
      let policy = RetryPolicy(
        backoff: .init(initial: .seconds(3600), multiplier: 1, maximum: .seconds(3600)), maximumElapsed: nil)
      try await policy.run { attempt in
        continuation.yield(attempt)
        throw RPCError(.unavailable, "")
      }
    }
    for await _ in attempted { break }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
