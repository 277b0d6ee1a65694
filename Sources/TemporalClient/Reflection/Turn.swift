import Locks

/// A lock that tasks wait for without keeping a thread: one has its turn, the others come in order.
final class Turn: Sendable {
  private struct State {
    var isTaken = false
    var waiting: [(number: Int, continuation: CheckedContinuation<Void, any Error>)] = []
    var next = 0
  }

  private let state = Monitor(State())

  /// Runs a body when nobody else does.
  ///
  /// - Throws: what the body throws; `CancellationError` if the task is cancelled while it waits.
  func take<Result>(_ body: () async throws -> Result) async throws -> Result {
    try await wait()
    defer { pass() }
    return try await body()
  }

  private func wait() async throws {
    let number = state.withLock { state in
      state.next += 1
      return state.next
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        let isTurn = state.withLock { state in
          guard state.isTaken else {
            state.isTaken = true
            return true
          }
          state.waiting.append((number, continuation))
          return false
        }
        if isTurn { continuation.resume() }
        // The handler may have run before there was anything to take out.
        if Task.isCancelled { leave(number) }
      }
    } onCancel: {
      leave(number)
    }
  }

  private func leave(_ number: Int) {
    let continuation = state.withLock { state in
      state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0).continuation }
    }
    continuation?.resume(throwing: CancellationError())
  }

  private func pass() {
    let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
      guard !state.waiting.isEmpty else {
        state.isTaken = false
        return nil
      }
      return state.waiting.removeFirst().continuation
    }
    next?.resume()
  }
}
