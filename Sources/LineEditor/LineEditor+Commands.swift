import CEditBridge
import CLibedit

// What keys do. Called by libedit, which then does what the returned code says.
extension LineEditor {
  /// Performs the action of a character bound to the editor's command.
  ///
  /// - Returns: one of libedit's `CC_` codes.
  func perform(_ character: Int32) -> UInt8 {
    guard let action = Action(character: character) else { return UInt8(CC_ERROR) }
    let (text, cursor) = buffer()
    switch action {
    case .enter: return enter(text, cursor)
    case .newline: return insert(["\n"])
    case .paste: return insert(pasted)
    case .up:
      return move(to: BufferMotion.up(text, cursor), from: cursor) ?? replace(text, history.previous(from: text))
    case .down:
      return move(to: BufferMotion.down(text, cursor), from: cursor) ?? replace(text, history.next())
    case .viUp, .viDown:
      // There the cursor stands on a character, not behind the last one.
      let line = action == .viUp ? BufferMotion.up(text, cursor) : BufferMotion.down(text, cursor)
      guard let line else {
        defer { el_cursor(editor, -1) }
        return replace(text, action == .viUp ? history.previous(from: text) : history.next())
      }
      return move(to: BufferMotion.onCharacter(text, line), from: cursor)!
    case .lineStart: return move(to: BufferMotion.lineStart(text, cursor), from: cursor)!
    case .lineEnd: return move(to: BufferMotion.lineEnd(text, cursor), from: cursor)!
    case .bufferStart: return move(to: 0, from: cursor)!
    case .bufferEnd: return move(to: text.count, from: cursor)!
    case .deleteNext: return deleteNext(text, cursor)
    case .deleteNextOrLeave: return text.isEmpty ? UInt8(CC_EOF) : deleteNext(text, cursor)
    case .killToLineEnd:
      // At the end of a line the newline goes, so that a repeated kill goes on.
      if cursor < text.count, text[cursor] == "\n" { return deleteNext(text, cursor) }
      return push([.setMark, .lineEnd, .killRegion])
    case .killToLineStart: return push([.setMark, .lineStart, .killRegion])
    case .complete: return complete(text, cursor)
    case .takeCompletion: return applyDelivered(text, cursor)
    case .searchBackward: return search(text, cursor, history.previous(from: text, startingWith: text[..<cursor]))
    case .searchForward: return search(text, cursor, history.next(from: text, startingWith: text[..<cursor]))
    case .clearScreen:
      send(movesCursor ? "\u{1b}[H\u{1b}[2J" : "\n")
      forgetDrawing()
      return UInt8(CC_REFRESH)
    case .editElsewhere: return editElsewhere(text)
    case .undo:
      let state = undoHistory.undo()
      defer { if let state { el_cursor(editor, Int32(state.cursor - state.text.count)) } }
      return replace(text, state?.text)
    default: return UInt8(CC_ERROR)
    }
  }

  /// The buffer, and the cursor as an index into it.
  func buffer() -> (text: [Unicode.Scalar], cursor: Int) {
    // Borrowed from libedit until the next change of the buffer.
    let line = el_wline(editor).pointee
    let text = WideString.decode(line.buffer, line.lastchar)
    // libedit's cursor may be behind the text in the middle of a search, and in front of it after vi's "$".
    return (text, max(0, min(line.cursor - line.buffer, text.count)))
  }

  /// Accepts the text, or goes on with it on a new line.
  private func enter(_ text: [Unicode.Scalar], _ cursor: Int) -> UInt8 {
    let indentation = configuration.indentation(String(text[..<cursor]))
    if let own = indentation.own { indentLess(text, cursor, own) }
    switch isComplete(String(text)) {
    case .complete, .invalid:
      let (text, _) = buffer()
      // Drawn before libedit gives the terminal its echo back. Where libedit draws, its own command moves below the whole
      // block; returning CC_NEWLINE from here would leave the cursor in the middle of it.
      finish(text)
      return push([.acceptLine])
    case .incomplete:
      return insert(["\n"] + Array(repeating: " ", count: max(0, indentation.next)))
    }
  }

  /// Takes blanks from the beginning of the cursor's line until it begins with no more than `own`; not of the first line.
  private func indentLess(_ text: [Unicode.Scalar], _ cursor: Int, _ own: Int) {
    let start = BufferMotion.lineStart(text, cursor)
    let blanks = text[start...].prefix { $0 == " " }.count
    guard start > 0, own < blanks, start + blanks <= cursor else { return }
    el_cursor(editor, Int32(start + blanks - cursor))
    el_deletestr(editor, Int32(blanks - own))
    el_cursor(editor, Int32(cursor - start - blanks))
  }

  /// Lets libedit perform actions next, in this order.
  private func push(_ actions: [Action]) -> UInt8 {
    el_wpush(editor, WideString.encode(actions.map(\.character)))
    return UInt8(CC_NORM)
  }

  func insert(_ text: [Unicode.Scalar]) -> UInt8 {
    el_winsertstr(editor, WideString.encode(text))
    makeRoom()
    return UInt8(CC_REFRESH)
  }

  private func move(to position: Int?, from cursor: Int) -> UInt8? {
    guard let position else { return nil }
    el_cursor(editor, Int32(position - cursor))
    return UInt8(CC_CURSOR)
  }

  /// Puts another text into the buffer, with the cursor at its end; beeps where there is none.
  func replace(_ text: [Unicode.Scalar], _ replacement: [Unicode.Scalar]?) -> UInt8 {
    guard let replacement else { return UInt8(CC_ERROR) }
    // Not `el_wreplacestr`, which refuses an empty text.
    el_cursor(editor, Int32(text.count))
    el_deletestr(editor, Int32(text.count))
    return insert(replacement)
  }

  /// Puts what the history has into the buffer, and the cursor back to where the search for it ends.
  private func search(_ text: [Unicode.Scalar], _ cursor: Int, _ found: [Unicode.Scalar]?) -> UInt8 {
    defer { if let found { el_cursor(editor, Int32(min(cursor, found.count) - found.count)) } }
    return replace(text, found)
  }

  /// Deletes the character under the cursor; libedit's own command takes the one before it at the end of the buffer.
  private func deleteNext(_ text: [Unicode.Scalar], _ cursor: Int) -> UInt8 {
    guard cursor < text.count else { return UInt8(CC_ERROR) }
    el_cursor(editor, 1)
    el_deletestr(editor, 1)
    return UInt8(CC_REFRESH)
  }
}
