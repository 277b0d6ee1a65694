import Synchronization

/// The way to the terminal for everybody but the line editor: writes above the prompt while there is one.
///
/// Between two reads a write goes to the terminal at once. During a read only the input thread may touch the terminal,
/// so the text is queued, in order, and the input thread woken: it takes the prompt away, writes, and draws the prompt
/// again. Usable from any thread, and after the editor is closed.
public final class PromptWriter: Sendable {
  private struct State {
    var isReading = false
    var queue: [UInt8] = []
    /// Whether the last byte written left the cursor at the left edge, where a prompt has to begin.
    var isAtLineStart = true
  }

  // The lock is held while writing between two reads: a read that begins meanwhile must not draw its prompt into the
  // middle of the text.
  private let state = Mutex(State())
  private let output: Int32
  private let wake: SelfPipe

  init(output: Int32, wake: SelfPipe) {
    self.output = output
    self.wake = wake
  }

  /// Writes a text; above the prompt, where it ends with a line of its own, if one is on the screen.
  ///
  /// - Parameter text: what to write, as it is.
  public func printAbove(_ text: String) {
    guard !text.isEmpty else { return }
    state.withLock { state in
      if state.isReading {
        Self.append(text, to: &state.queue)
        wake.signal()
      } else {
        _ = writeFully(Array(text.utf8), to: output)
        state.isAtLineStart = text.utf8.last == UInt8(ascii: "\n")
      }
    }
  }

  private static func append(_ text: String, to queue: inout [UInt8]) {
    queue += text.utf8
    if queue.last != UInt8(ascii: "\n") { queue.append(UInt8(ascii: "\n")) }
  }
}

// For the input thread.
extension PromptWriter {
  /// From now on texts are queued. Ends a line that was left open, since libedit draws from the left edge.
  func beginReading() {
    state.withLock { state in
      if !state.isAtLineStart { _ = writeFully([UInt8(ascii: "\n")], to: output) }
      state.isReading = true
      state.isAtLineStart = true
    }
  }

  /// The texts that wait, to be written above the prompt.
  func takeQueue() -> [UInt8] {
    state.withLock { state in
      _ = wake.drain()
      defer { state.queue = [] }
      return state.queue
    }
  }

  /// From now on texts are written at once, after those that still wait.
  ///
  /// One step, so that no text overtakes an earlier one. The cursor must be at the left edge of an empty line.
  func endReading() {
    state.withLock { state in
      _ = wake.drain()
      if !state.queue.isEmpty { _ = writeFully(state.queue, to: output) }
      state.queue = []
      state.isReading = false
    }
  }
}
