/// Makes one poll of a loop, and keeps the loop from becoming a hot one.
///
/// A server answers a poll that brings nothing after its own window of 20 s, or one second before the client's
/// deadline. With a deadline of a second or less that is at once, and a loop that asks again at once sends hundreds of
/// requests per second. So a poll that brought nothing does not return before a second has passed since it started.
///
/// - Parameters:
///   - clock: the clock to wait by.
///   - isEmpty: whether the answer brought nothing, so that the caller is going to ask again.
///   - poll: asks.
/// - Returns: the answer.
/// - Throws: what `poll` throws; `CancellationError` if the task is cancelled while it waits.
func paced<Answer>(
  by clock: some Clock<Duration> = ContinuousClock(), isEmpty: (Answer) -> Bool, poll: () async throws -> Answer
) async throws -> Answer {
  let next = clock.now.advanced(by: .seconds(1))
  let answer = try await poll()
  if isEmpty(answer) { try await clock.sleep(until: next, tolerance: nil) }
  return answer
}
