import LineEditor
import Locks

/// What the line editor asks while an entry is typed, on its way to the VM's thread: candidates for the word at the
/// cursor, and a hint for the call around it.
///
/// Of each kind only the newest question counts. A VM that is busy answers late, and the user types on.
final class PromptQuestions: Sendable {
  enum Question: Sendable {
    case completion(CompletionRequest)
    case hint(text: String, cursor: Int)
  }

  private struct State {
    var completion: CompletionRequest?
    var hint: (text: String, cursor: Int)?
    var waiter: CheckedContinuation<Question?, Never>?
    var inbox: CompletionInbox?

    /// The oldest of what waits; candidates first, as somebody waits for them.
    mutating func take() -> Question? {
      if let request = completion {
        completion = nil
        return .completion(request)
      }
      defer { hint = nil }
      return hint.map { .hint(text: $0.text, cursor: $0.cursor) }
    }
  }

  private let state = Monitor(State())

  /// Takes the place to which the answers go.
  func answer(to inbox: CompletionInbox) { state.withLock { $0.inbox = inbox } }

  /// Asks for candidates.
  func ask(_ request: CompletionRequest) { add { $0.completion = request } }

  /// Asks for a hint.
  func askHint(_ text: String, _ cursor: Int) { add { $0.hint = (text, cursor) } }

  private func add(_ change: (inout State) -> Void) {
    let answer = state.withLock { state -> (CheckedContinuation<Question?, Never>, Question?)? in
      change(&state)
      guard let waiter = state.waiter else { return nil }
      state.waiter = nil
      return (waiter, state.take())
    }
    answer?.0.resume(returning: answer?.1)
  }

  /// The next question; nil when the caller is cancelled. One caller at a time.
  func next() async -> Question? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let question = state.withLock { state -> Question? in
          let question = state.take()
          if question == nil { state.waiter = continuation }
          return question
        }
        if let question {
          continuation.resume(returning: question)
        } else if Task.isCancelled {
          // The handler may have come before there was anybody to wake.
          stopWaiting()
        }
      }
    } onCancel: {
      stopWaiting()
    }
  }

  private func stopWaiting() {
    let waiter = state.withLock { state in
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(returning: nil)
  }

  /// Answers a question for candidates.
  func deliver(_ list: CompletionList, for request: CompletionRequest) {
    state.withLock { $0.inbox }?.deliver(list, for: request)
  }

  /// Answers a question for a hint; nil where there is none to give.
  func deliver(hint: String?, for text: String, cursor: Int) {
    state.withLock { $0.inbox }?.deliver(hint: hint, for: text, cursor: cursor)
  }
}
