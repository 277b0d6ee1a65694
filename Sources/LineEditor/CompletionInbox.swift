import Locks

/// The way back for candidates that were not at hand when Tab asked, and for hints. Usable from any thread, and after
/// the editor is closed.
public final class CompletionInbox: Sendable {
  private let delivered = Monitor<(list: CompletionList, request: CompletionRequest)?>(nil)
  private let deliveredHint = Monitor<(hint: String?, text: String, cursor: Int)?>(nil)
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

  /// Gives a hint; one that comes after the buffer or the cursor has changed is dropped.
  ///
  /// - Parameters:
  ///   - hint: the line, or nil for none.
  ///   - text: the buffer that it is for.
  ///   - cursor: its cursor, as it was asked.
  public func deliver(hint: String?, for text: String, cursor: Int) {
    deliveredHint.withLock { $0 = (hint, text, cursor) }
    wake.signal()
  }

  /// The hint delivered last, if it was not taken before. For the input thread.
  func takeHint() -> (hint: String?, text: String, cursor: Int)? {
    deliveredHint.withLock { delivered in
      defer { delivered = nil }
      return delivered
    }
  }

  /// The list delivered last, if it was not taken before. For the input thread.
  func take() -> (list: CompletionList, request: CompletionRequest)? {
    delivered.withLock { delivered in
      defer { delivered = nil }
      return delivered
    }
  }
}
