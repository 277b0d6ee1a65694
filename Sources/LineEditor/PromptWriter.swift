import CEditBridge
import Locks

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
    /// Whether reads end at once.
    var isOver = false
    var writes = 0
  }

  // The lock is held while writing between two reads: a read that begins meanwhile must not draw its prompt into the
  // middle of the text.
  private let state = Monitor(State())
  private let output: Int32
  private let wake: SelfPipe

  init(output: Int32, wake: SelfPipe) {
    self.output = output
    self.wake = wake
  }

  /// Writes a text; above the prompt, where it ends with a line of its own, if one is on the screen.
  ///
  /// - Parameter text: what to write, as it is.
  public func printAbove(_ text: String) { printAbove(Array(text.utf8)) }

  /// Writes text that need not be UTF-8, as it is.
  public func printAbove(_ bytes: [UInt8]) {
    guard let last = bytes.last else { return }
    let newline = UInt8(ascii: "\n")
    state.withLock { state in
      state.writes += 1
      if state.isReading {
        state.queue += bytes
        if last != newline { state.queue.append(newline) }
        wake.signal()
      } else {
        _ = writeFully(bytes, to: output)
        state.isAtLineStart = last == newline
      }
    }
  }

  /// How often something was written: whoever draws on the terminal sees by it whether others wrote meanwhile.
  public var writes: Int { state.withLock { $0.writes } }

  /// Makes what the process writes to `stdout` and `stderr` come out here; once, before other threads use them.
  ///
  /// What other programs write that it starts is not seen.
  public func takeStandardStreams() {
    // Until the process ends, when they are flushed: never released.
    let context = Unmanaged.passRetained(self).toOpaque()
    let isDone = moondial_edit_route_streams(context) { context, bytes, count in
      let bytes = UnsafeRawBufferPointer(start: bytes, count: count)
      Unmanaged<PromptWriter>.fromOpaque(context).takeUnretainedValue().printAbove(Array(bytes))
    }
    precondition(isDone, "there is no memory for the terminal's streams")
  }

  /// Ends the read in progress, and all that come, as the end of the input does.
  public func endReads() {
    state.withLock { state in state.isOver = true }
    wake.signal()
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

  /// Somebody else has brought the cursor to the left edge.
  func noteLineStart() { state.withLock { $0.isAtLineStart = true } }

  /// Whether `endReads` was called.
  var isOver: Bool { state.withLock { $0.isOver } }

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
