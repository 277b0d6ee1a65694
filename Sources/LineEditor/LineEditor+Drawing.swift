import CEditBridge
import CLibedit

// What the user sees. libedit edits, but what it would draw is dropped: it can neither colour what is typed, nor show a
// line below it, nor a buffer that is taller than the screen. Only on a terminal that cannot move its cursor libedit
// draws, and then nothing of this happens.
extension LineEditor {
  /// Brings the screen up to date with the buffer. Called when libedit waits for a character.
  func draw() {
    guard movesCursor, !drawing.isFinished else { return }
    let (text, cursor) = buffer()
    let screen = screen
    let frame = frame(text, cursor: cursor)
    let below = rowsBelow(text, cursor, room: max(screen.rows - frame.rows.count, screen.rows / 2))
    var window = frame.window(height: screen.rows - below.count, top: &drawing.top)
    window.rows += below
    let beep = sink.pointee.beeped ? "\u{07}" : ""
    sink.pointee.beeped = false
    send(Painter.difference(from: drawing.shown, to: window, columns: frame.columns) + beep)
    drawing.shown = window
  }

  /// Draws the entry as it stays on the screen, with the cursor on a new line below it.
  ///
  /// - Parameters:
  ///   - text: the entry.
  ///   - ending: what is written behind it, before the line ends.
  func finish(_ text: [Unicode.Scalar], ending: String = "") {
    guard movesCursor, !drawing.isFinished else { return }
    drawing.isFinished = true
    let frame = frame(text, cursor: text.count)
    let whole = Window(rows: frame.rows, cursor: frame.cursor)
    if frame.rows.count > screen.rows {
      // Only a part of it is on the screen, and all of it has to be in what scrolled away.
      send(Painter.erasure(of: drawing.shown))
      drawing.shown = Window()
    }
    send(Painter.difference(from: drawing.shown, to: whole, columns: frame.columns) + ending)
    if !ending.isEmpty || !frame.endsOnFreshRow { send("\n") }
    drawing.shown = Window()
  }

  /// Takes everything off the screen; it is to be drawn anew.
  func eraseDrawing() -> String {
    defer { forgetDrawing() }
    return movesCursor ? Painter.erasure(of: drawing.shown) : "\n"
  }

  /// Something else is on the screen now, with the cursor at the left edge.
  func forgetDrawing() {
    drawing.shown = Window()
    drawing.isFinished = false
  }

  /// The frame of the prompt and a text.
  func frame(_ text: [Unicode.Scalar], cursor: Int) -> Frame {
    Frame(prompt: prompt, text: text, cursor: cursor, styles: styles(of: text), columns: screen.columns)
  }

  private func styles(of text: [Unicode.Scalar]) -> [String] {
    guard configuration.usesStyles, let highlight = configuration.highlight else { return [] }
    if text != drawing.styledText || drawing.styles.count != text.count {
      drawing.styledText = text
      drawing.styles = StyledSpan.styles(of: text, highlight(String(text)))
    }
    return drawing.styles
  }

  /// The list that Tab shows, or the hint; in at most `room` rows.
  private func rowsBelow(_ text: [Unicode.Scalar], _ cursor: Int, room: Int) -> [Frame.Row] {
    guard screen.rows > 2, !isSearch(text) else { return [] }
    if let menu = drawing.menu, menu.text == text, menu.cursor == cursor {
      return menu.rows(columns: screen.columns, height: room, styled: configuration.usesStyles)
    }
    drawing.menu = nil
    guard let hint = hint(text, cursor) else { return [] }
    return [Frame.Row([(hint, configuration.usesStyles ? "2" : "")], columns: screen.columns)]
  }

  private func hint(_ text: [Unicode.Scalar], _ cursor: Int) -> String? {
    guard configuration.hint != nil || configuration.askHint != nil else { return nil }
    if text != drawing.hintedText || cursor != drawing.hintedCursor {
      drawing.hintedText = text
      drawing.hintedCursor = cursor
      let offset = text[..<cursor].reduce(0) { $0 + UTF8.width($1) }
      if let ask = configuration.askHint {
        // The line stays until the next one comes: it seldom changes with a key.
        if text.isEmpty { drawing.hint = nil }
        ask(String(text), offset)
      } else {
        drawing.hint = configuration.hint?(String(text), offset)
      }
    }
    return drawing.hint
  }

  /// Shows a hint that came later, if it is for the buffer as it is.
  func takeHint() {
    guard let (hint, text, cursor) = completions.takeHint(), let hinted = drawing.hintedText,
      String(hinted) == text, hinted[..<drawing.hintedCursor].reduce(0, { $0 + UTF8.width($1) }) == cursor,
      hint != drawing.hint
    else { return }
    drawing.hint = hint
    draw()
  }

  /// Whether libedit's search has put its own prompt behind the text; then the buffer is not what the user types.
  func isSearch(_ text: [Unicode.Scalar]) -> Bool {
    let line = String(text[BufferMotion.lineStart(text, text.count)...])
    return (["bck:", "bck?", "fwd:", "fwd?"] + (hasViKeys ? ["/", "?"] : [])).contains { line.hasPrefix($0) }
  }
}

extension String {
  /// A string of these characters.
  init(_ scalars: some Sequence<Unicode.Scalar>) {
    self.init(String.UnicodeScalarView(scalars))
  }
}
