import Locks
import LuaRuntime
import TemporalClient

/// An operation that has Lua code encode and decode payloads on its way.
///
/// The VM's thread may not be waited for, nor may it wait. So the operation completes with a request, Lua code that awaits
/// it does the work, and goes on with another operation for the rest: the codec's code runs in the coroutine of the call,
/// may suspend it, and raises its errors there.
final class CodecConversation: Sendable {
  /// That of the running task.
  @TaskLocal static var current: CodecConversation?

  private enum Event {
    case request(CodecRequest)
    case end(Result<OperationResult, any Error>)
  }

  private struct State {
    var task: Task<Void, Never>?
    var events: [Event] = []
    var listener: CheckedContinuation<Event, Never>?
    var waiting: [Int: CheckedContinuation<[Payload], any Error>] = [:]
    var lastRequest = 0
    var isCancelled = false
  }

  private let state = Monitor(State())

  /// Begins with the work of the operation.
  init(_ body: @escaping @Sendable () async throws -> OperationResult) {
    let task = Task {
      let result: Result<OperationResult, any Error>
      do {
        result = .success(try await Self.$current.withValue(self, operation: body))
      } catch {
        result = .failure(error)
      }
      self.post(.end(result))
    }
    state.withLock { $0.task = task }
  }

  /// Whether the operation was cancelled, so that nobody needs an answer.
  var isCancelled: Bool { state.withLock { $0.isCancelled } }

  /// Waits for the end, or for a request that has to be answered before.
  func next() async throws -> OperationResult {
    let event = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let event = state.withLock { state -> Event? in
          guard !state.events.isEmpty else {
            state.listener = continuation
            return nil
          }
          return state.events.removeFirst()
        }
        if let event { continuation.resume(returning: event) }
      }
    } onCancel: {
      cancel()
    }
    switch event {
    case .end(let result): return try result.get()
    case .request(let request): return { stack in try request.push(on: stack) }
    }
  }

  /// Has Lua code do a codec's work.
  func ask(_ codec: Int, _ direction: CodecRequest.Direction, _ payloads: [Payload]) async throws -> [Payload] {
    try await withCheckedThrowingContinuation { continuation in
      let number = state.withLock { state -> Int? in
        guard !state.isCancelled else { return nil }
        state.lastRequest += 1
        state.waiting[state.lastRequest] = continuation
        return state.lastRequest
      }
      guard let number else { return continuation.resume(throwing: CancellationError()) }
      post(
        .request(
          CodecRequest(conversation: self, number: number, codec: codec, direction: direction, payloads: payloads)))
    }
  }

  /// Gives a request its answer; only the first counts.
  func answer(_ number: Int, _ result: Result<[Payload], any Error>) {
    state.withLock { $0.waiting.removeValue(forKey: number) }?.resume(with: result)
  }

  /// Ends the operation early; its end still comes.
  func cancel() {
    let (task, waiting) = state.withLock { state in
      state.isCancelled = true
      defer { state.waiting = [:] }
      return (state.task, state.waiting.values)
    }
    task?.cancel()
    for continuation in waiting { continuation.resume(throwing: CancellationError()) }
  }

  private func post(_ event: Event) {
    let listener = state.withLock { state -> CheckedContinuation<Event, Never>? in
      guard let listener = state.listener else {
        state.events.append(event)
        return nil
      }
      state.listener = nil
      return listener
    }
    listener?.resume(returning: event)
  }
}

/// What Lua holds of a codec's work until it is done.
final class CodecRequest: Sendable {
  enum Direction: String {
    case encode, decode
  }

  let conversation: CodecConversation
  private let number: Int
  private let codec: Int
  private let direction: Direction
  private let payloads: [Payload]

  init(conversation: CodecConversation, number: Int, codec: Int, direction: Direction, payloads: [Payload]) {
    self.conversation = conversation
    self.number = number
    self.codec = codec
    self.direction = direction
    self.payloads = payloads
  }

  /// Gives it its answer; only the first counts.
  func answer(_ result: Result<[Payload], any Error>) { conversation.answer(number, result) }

  /// Pushes the mark by which Lua code knows a request, the request, the codec's number, what to do, and the payloads.
  fileprivate func push(on stack: LuaStack) throws -> Int {
    guard !conversation.isCancelled else { throw LuaTemporalError(error: CancellationError()) }
    stack.pushMetatable(.codecRequest)
    stack.push(object: self, type: .codecRequest)
    stack.push(codec)
    stack.push(direction.rawValue)
    stack.pushTable(elements: payloads.count)
    for (index, payload) in payloads.enumerated() {
      stack.push(payload)
      stack.setElement(index + 1, of: -2)
    }
    return 5
  }
}
