internal import Locks

/// Pushes the results of a completed operation and returns their count; a throw is raised in Lua.
public typealias OperationResult = @Sendable (LuaStack) throws -> Int

/// Completions on their way from any thread to the VM's.
///
/// Posting to a closed mailbox drops the completion: that is how an operation which outlives its VM ends.
final class Mailbox: Sendable {
  struct Completion: Sendable {
    let operation: Int
    let result: Result<OperationResult, any Error>
  }

  private struct State {
    var completions: [Completion] = []
    var isOpen = true
  }

  private let state = Monitor(State())
  let wake = EventDescriptor()

  func post(_ completion: Completion) {
    let isFirst = state.withLock { state -> Bool in
      guard state.isOpen else { return false }
      state.completions.append(completion)
      return state.completions.count == 1
    }
    // Only the first of a batch wakes the VM: it takes all that is there when it gets to run.
    if isFirst { wake.signal() }
  }

  func take() -> [Completion] {
    state.withLock { state in
      guard !state.completions.isEmpty else { return [] }
      defer { state.completions.removeAll(keepingCapacity: true) }
      return state.completions
    }
  }

  func close() {
    state.withLock { state in
      state.isOpen = false
      state.completions.removeAll()
    }
  }
}
