import CEditBridge
import CLibedit
import Glibc

// What happens to the screen behind libedit's back. All of this runs inside the character function, when libedit has
// drawn everything and waits.
extension LineEditor {
  /// The size of the screen as libedit knows it, which lags behind a resize until `el_resize`.
  private var screen: (columns: Int, rows: Int) {
    (
      Int(moondial_edit_terminal_number(editor, "co")),
      Int(moondial_edit_terminal_number(editor, "li"))
    )
  }

  /// The cell of the cursor, and the first one behind the text, counted from the prompt's.
  private func cells() -> (cursor: (row: Int, column: Int), end: (row: Int, column: Int)) {
    let (text, cursor) = buffer()
    let screen = screen
    func cell(_ end: Int) -> (row: Int, column: Int) {
      let next = end < text.count ? text[end] : nil
      let cell = ScreenLayout.cell(prompt: visiblePrompt, text: text[..<end], next: next, columns: screen.columns)
      // Of a buffer taller than the screen, only the last screenful is there.
      return (min(cell.row, max(0, screen.rows - 1)), cell.column)
    }
    return (cell(cursor), cell(text.count))
  }

  /// Makes sure that the cursor is at the left edge, where libedit begins, on a line of its own.
  ///
  /// It is not if the terminal echoed what was typed ahead, or a program wrote half a line. Only the terminal knows, so
  /// as many blanks as fit in a row are written: zsh's PROMPT_SP. They end in the next row, unless they began at the
  /// left edge; then they stay in theirs, for terminals wrap at the first character that does not fit, not before.
  func beginLine() {
    el_resize(editor)
    guard movesCursor else { return }
    send(String(repeating: " ", count: screen.columns) + "\r\u{1b}[K")
  }

  /// What takes prompt and buffer off the screen, given the cursor's row in it.
  private func erasure(fromRow row: Int) -> String {
    guard movesCursor else { return "\n" }
    return (row > 0 ? "\u{1b}[\(row)A" : "") + "\r\u{1b}[J"
  }

  /// Writes what other threads want written above the prompt.
  func printQueued() {
    let queue = writer.takeQueue()
    guard !queue.isEmpty else { return }
    _ = writeFully(Array(erasure(fromRow: cells().cursor.row).utf8) + queue, to: configuration.output)
    moondial_edit_refresh(editor)
  }

  /// Puts the cursor behind the text, so that what is written next does not end up inside it.
  func moveBelowBuffer() {
    let (cursor, end) = cells()
    guard cursor != end else { return }
    if movesCursor {
      let down = end.row - cursor.row
      send((down > 0 ? "\u{1b}[\(down)B" : "") + "\r" + (end.column > 0 ? "\u{1b}[\(end.column)C" : ""))
    } else {
      send(String(repeating: "\n", count: end.row - cursor.row + 1))
    }
  }

  /// Does what a signal asks for.
  func handle(signal: Int32) {
    switch signal {
    case SIGWINCH: resize()
    case SIGTSTP: suspend()
    case SIGCONT: resume()
    case SIGTERM, SIGHUP: end(by: signal)
    default: break
    }
  }

  /// Draws anew for the new size.
  ///
  /// Some terminals wrap their lines anew and some do not, so the cursor's row is that of the old width or of the new
  /// one. The smaller is taken: a leftover of the old prompt is better than the loss of a line of output.
  private func resize() {
    let before = (row: cells().cursor.row, screen: screen)
    el_resize(editor)
    guard screen != before.screen else { return }
    send(erasure(fromRow: min(before.row, cells().cursor.row)))
    moondial_edit_refresh(editor)
  }

  /// Stops the process as Ctrl-Z does everywhere else, with the terminal left in order.
  private func suspend() {
    moveBelowBuffer()
    send("\n")
    setPasteBracketed(false)
    moondial_edit_set_terminal_prepared(editor, false)
    moondial_edit_unwatch_signals()
    raise(SIGTSTP)
    moondial_edit_watch_signals(signals.writeEnd)
    resume()
  }

  /// Ends the process as the signal does by itself, with the terminal left in order.
  private func end(by signal: Int32) {
    moveBelowBuffer()
    send("\n")
    setPasteBracketed(false)
    moondial_edit_set_terminal_prepared(editor, false)
    var terminal = originalTerminal
    tcsetattr(configuration.input, TCSADRAIN, &terminal)
    moondial_edit_unwatch_signals()
    raise(signal)
  }

  /// Takes the terminal over again, which the shell has used meanwhile.
  private func resume() {
    // libedit thinks that it is in edit mode still, and does nothing unless it left it.
    moondial_edit_set_terminal_prepared(editor, false)
    moondial_edit_set_terminal_prepared(editor, true)
    setPasteBracketed(true)
    send(movesCursor ? "\r\u{1b}[J" : "\n")
    moondial_edit_refresh(editor)
  }
}
