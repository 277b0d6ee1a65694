import Synchronization

/// The way back for candidates that were not at hand when Tab asked. Usable from any thread, and after the editor is
/// closed.
public final class CompletionInbox: Sendable {
  private let delivered = Mutex<(list: CompletionList, request: CompletionRequest)?>(nil)
  private let wake: SelfPipe

  init(wake: SelfPipe) {
    self.wake = wake
  }

  /// Answers a request, once.
  ///
  /// A list that comes after the buffer or the cursor has changed is dropped. There is no limit of time here: a host
  /// that gives up delivers nothing.
  ///
  /// - Parameters:
  ///   - list: the candidates.
  ///   - request: the question, as it was asked.
  public func deliver(_ list: CompletionList, for request: CompletionRequest) {
    delivered.withLock { $0 = (list, request) }
    wake.signal()
  }

  /// The list delivered last, if it was not taken before. For the input thread.
  func take() -> (list: CompletionList, request: CompletionRequest)? {
    delivered.withLock { delivered in
      defer { delivered = nil }
      return delivered
    }
  }
}
