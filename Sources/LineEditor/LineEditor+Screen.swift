import CEditBridge
import CLibedit
import Glibc

// What signals and other threads do to the screen. All of this runs inside the character function, when libedit waits.
extension LineEditor {
  /// Makes sure that the cursor is at the left edge, where the prompt begins, on a line of its own.
  ///
  /// It is not if the terminal echoed what was typed ahead, or a program wrote half a line. Only the terminal knows, so
  /// as many blanks as fit in a row are written: zsh's PROMPT_SP. They end in the next row, unless they began at the
  /// left edge; then they stay in theirs, for terminals wrap at the first character that does not fit, not before.
  func beginLine() {
    takeSize()
    guard movesCursor else { return }
    send(String(repeating: " ", count: screen.columns) + "\r\u{1b}[K")
  }

  /// Writes what other threads want written above the prompt.
  func printQueued() {
    let queue = writer.takeQueue()
    guard !queue.isEmpty else { return }
    _ = writeFully(Array(eraseDrawing().utf8) + queue, to: configuration.output)
    drawAnew()
  }

  /// Draws prompt and buffer where the cursor is, at the left edge.
  func drawAnew() {
    if movesCursor {
      draw()
    } else {
      moondial_edit_refresh(editor)
    }
  }

  /// Puts the cursor below the text, so that what is written next does not end up inside it.
  ///
  /// - Parameter ending: what is written behind the text.
  func moveBelowBuffer(_ ending: String = "") {
    let (text, cursor) = buffer()
    if movesCursor {
      finish(text, ending: ending)
    } else {
      let (here, end) = (frame(text, cursor: cursor).cursor.row, frame(text, cursor: text.count).cursor.row)
      send(String(repeating: "\n", count: cursor < text.count ? end - here + 1 : 0) + ending + "\n")
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

  /// Asks the terminal for its size.
  func takeSize() {
    var size = winsize()
    _ = ioctl(configuration.output, UInt(TIOCGWINSZ), &size)
    screen = (size.ws_col < 2 ? 80 : Int(size.ws_col), size.ws_row < 1 ? 24 : Int(size.ws_row))
    makeRoom()
  }

  /// Gives libedit a screen on which the buffer has room, whatever the terminal's is.
  ///
  /// There is room for twice the buffer, since a command may add what was killed before, and the size does not change in
  /// the middle of one.
  func makeRoom() {
    let line = el_wline(editor).pointee
    // Where the line is empty vi's "$" leaves the cursor in front of it, and what is typed next would be put there.
    if line.cursor < line.buffer { el_cursor(editor, 1) }
    let text = UnsafeBufferPointer(start: line.buffer, count: line.lastchar - line.buffer)
    let columns = movesCursor ? 512 : screen.columns
    // What is not plain takes up to eight columns.
    let width = text.reduce(prompt.count) { $0 + ((0x20...0x7e).contains($1) ? 1 : 8) }
    let rows = text.reduce(1) { $0 + ($1 == 0x0a ? 1 : 0) } + width / columns
    let size = backStage.size
    guard size.columns != columns || size.rows < 2 * rows || size.rows > max(32, 12 * rows) else { return }
    backStage.resize(columns: columns, rows: max(32, 3 * rows), for: editor)
    // The position of its cursor is still that on the old picture.
    if movesCursor { moondial_edit_refresh(editor) }
  }

  /// Draws anew for the new size.
  ///
  /// Some terminals wrap their lines anew and some do not, so the cursor's row is that of the old width or of the new
  /// one. The smaller is taken: a leftover of the old prompt is better than the loss of a line of output.
  private func resize() {
    let before = screen
    takeSize()
    guard screen != before else { return }
    let (text, cursor) = buffer()
    let row = frame(text, cursor: cursor).cursor.row
    drawing.shown.cursor.row = min(drawing.shown.cursor.row, max(0, row - drawing.top))
    send(eraseDrawing())
    drawAnew()
  }

  /// Stops the process as Ctrl-Z does everywhere else, with the terminal left in order.
  private func suspend() {
    moveBelowBuffer()
    leaveTerminal()
    raise(SIGTSTP)
    moondial_edit_watch_signals(signals.writeEnd)
    resume()
  }

  /// Ends the process as the signal does by itself, with the terminal left in order.
  private func end(by signal: Int32) {
    moveBelowBuffer()
    leaveTerminal()
    mode.restore()
    raise(signal)
  }

  /// Takes the terminal over again, which the shell has used meanwhile.
  private func resume() {
    takeTerminal()
    takeSize()
    send(movesCursor ? "\r\u{1b}[J" : "\n")
    forgetDrawing()
    drawAnew()
  }
}

// Handing the terminal to others.
extension LineEditor {
  /// Puts the terminal in order for another program.
  func leaveTerminal() {
    setPasteBracketed(false)
    mode.share()
    moondial_edit_unwatch_signals()
  }

  /// Takes the terminal for the editor, whoever had it.
  func takeTerminal() {
    mode.edit()
    setPasteBracketed(true)
  }
}
