import CEditBridge
import CLibedit

// What Tab does.
extension LineEditor {
  /// Completes what is before the cursor, or shows more of the list that is there.
  func complete(_ text: [Unicode.Scalar], _ cursor: Int) -> UInt8 {
    guard let complete = configuration.complete else { return insert(["\t"]) }
    if drawing.menu?.text == text, drawing.menu?.cursor == cursor {
      drawing.menu?.page += 1
      return UInt8(CC_NORM)
    }
    // Where there is nothing before the cursor to complete, Tab indents; but not where nothing has been typed at all.
    let line = text[BufferMotion.lineStart(text, cursor)..<cursor]
    if line.allSatisfy({ $0 == " " }), line.startIndex > 0 || !line.isEmpty { return insert([" ", " "]) }

    requestCount += 1
    let request = CompletionRequest(
      text: String(text), cursor: text[..<cursor].reduce(0) { $0 + UTF8.width($1) }, number: requestCount)
    switch complete(request) {
    case .ready(let list): return apply(list, to: text, cursor)
    case .later:
      awaited = request
      return UInt8(CC_NORM)
    }
  }

  /// Takes an answer that came later, if the buffer is still as it was.
  func takeDelivered() {
    guard let (list, request) = completions.take(), request == awaited else { return }
    let (text, cursor) = buffer()
    awaited = nil
    guard String(text) == request.text, text[..<cursor].reduce(0, { $0 + UTF8.width($1) }) == request.cursor else {
      return
    }
    delivered = list
    // Commands change the buffer, so the list is applied in one: libedit gets a key that nobody pressed.
    ready.append(Action.takeCompletion.character)
  }

  /// Applies the answer that came later.
  func applyDelivered(_ text: [Unicode.Scalar], _ cursor: Int) -> UInt8 {
    defer { delivered = nil }
    return delivered.map { apply($0, to: text, cursor) } ?? UInt8(CC_NORM)
  }

  /// Whether a character that is typed is there already: those who do not look type the bracket that Tab has inserted.
  func isCompletedEnd(_ character: Unicode.Scalar) -> Bool {
    guard let completed = completedEnd else { return false }
    completedEnd = nil
    return completed.character == character && buffer() == (completed.text, completed.cursor)
  }

  private func apply(_ list: CompletionList, to text: [Unicode.Scalar], _ cursor: Int) -> UInt8 {
    guard let step = CompletionStep(list, text: text, cursor: cursor) else { return UInt8(CC_ERROR) }
    switch step {
    case .replace(let range, let replacement):
      el_cursor(editor, Int32(range.upperBound - cursor))
      el_deletestr(editor, Int32(range.count))
      if list.candidates.count == 1, let end = list.candidates[0].suffix.unicodeScalars.last {
        let completed = text[..<range.lowerBound] + replacement
        completedEnd = (end, Array(completed + text[range.upperBound...]), completed.count)
      }
      return insert(replacement)
    case .list(let candidates):
      drawing.menu = CompletionMenu(text: text, cursor: cursor, candidates: candidates)
      // Where libedit draws, there is no place for a list.
      return UInt8(movesCursor ? CC_NORM : CC_ERROR)
    }
  }
}

/// What one Tab does with the candidates.
enum CompletionStep: Equatable {
  /// Puts a text in the place of a part of the buffer, given as indices of characters.
  case replace(Range<Int>, [Unicode.Scalar])
  /// Shows the candidates, for there is nothing that all of them have in common and that is not there yet.
  case list([Completion])

  /// The step to take, or nil if there is no candidate, or none for this buffer.
  init?(_ list: CompletionList, text: [Unicode.Scalar], cursor: Int) {
    guard let first = list.candidates.first, let range = Self.indices(list.replacing, in: text) else { return nil }
    // No key is pressed by a text that a server sent.
    func typed(_ text: String) -> [Unicode.Scalar] {
      text.unicodeScalars.filter { $0.properties.generalCategory != .control }
    }
    if list.candidates.count == 1 {
      self = .replace(range, typed(first.text + first.suffix))
      return
    }
    let common = list.candidates.dropFirst().reduce(typed(first.text)) { common, candidate in
      Array(zip(common, typed(candidate.text)).prefix { $0 == $1 }.map(\.0))
    }
    let before = text[range]
    if common.count > before.count, common.starts(with: before) {
      self = .replace(range, common)
    } else {
      self = .list(list.candidates)
    }
  }

  /// Offsets into the UTF-8 form of a text as indices of its characters; nil where they are none.
  private static func indices(_ offsets: Range<Int>, in text: [Unicode.Scalar]) -> Range<Int>? {
    var offset = 0
    var bounds: [Int] = []
    for index in 0...text.count {
      if bounds.isEmpty, offset == offsets.lowerBound { bounds.append(index) }
      if bounds.count == 1, offset == offsets.upperBound { bounds.append(index) }
      if index < text.count { offset += UTF8.width(text[index]) }
    }
    return bounds.count == 2 ? bounds[0]..<bounds[1] : nil
  }
}
