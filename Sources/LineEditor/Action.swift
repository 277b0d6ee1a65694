/// What a key does.
///
/// Each action has a C1 control character of its own, which no terminal can send (`KeyDecoder` drops them): libedit
/// sees keys only as these characters, bound to one of its own commands or to the editor's.
enum Action: UInt32, CaseIterable {
  // libedit's own commands.
  case acceptLine = 0x80
  case left, right, wordLeft, wordRight
  case deletePreviousWord, deleteNextWord
  case setMark, killRegion
  // The editor's commands.
  case enter, newline, paste
  case up, down, viUp, viDown, lineStart, lineEnd, bufferStart, bufferEnd
  case deleteNext, deleteNextOrLeave
  case killToLineEnd, killToLineStart
  case complete, takeCompletion
  case searchBackward, searchForward
  case clearScreen, editElsewhere, undo
}

extension Action {
  /// libedit's name of the command.
  var command: String {
    switch self {
    case .acceptLine: "ed-newline"
    case .left: "ed-prev-char"
    case .right: "ed-next-char"
    case .wordLeft: "ed-prev-word"
    case .wordRight: "em-next-word"
    case .deletePreviousWord: "ed-delete-prev-word"
    case .deleteNextWord: "em-delete-next-word"
    case .setMark: "em-set-mark"
    case .killRegion: "em-kill-region"
    default: Self.ownCommand
    }
  }

  /// The one command that the editor adds to libedit; it tells the actions apart by their character.
  static let ownCommand = "moondial-action"

  /// The character that stands for the action.
  var character: Unicode.Scalar {
    // C1 controls are scalar values.
    Unicode.Scalar(rawValue)!
  }

  /// The action behind a character that reached the editor's command.
  init?(character: Int32) {
    guard let value = UInt32(exactly: character) else { return nil }
    self.init(rawValue: value)
  }
}

extension Action {
  /// Control characters that do something else than libedit's maps say.
  ///
  /// Enter is CR, or LF when it was typed ahead. Line start, line end and the kills mean one line of the buffer here, the
  /// whole buffer in libedit.
  static let controls: [Unicode.Scalar: Action] = [
    "\r": .enter, "\n": .enter, "\t": .complete,
    "\u{01}": .lineStart, "\u{05}": .lineEnd,
    "\u{04}": .deleteNextOrLeave,
    "\u{0b}": .killToLineEnd, "\u{15}": .killToLineStart,
    "\u{0c}": .clearScreen,
    "\u{0e}": .down, "\u{10}": .up, "\u{1f}": .undo,
  ]

  /// The same for keys one after the other: Ctrl-X Ctrl-E and Ctrl-X Ctrl-U.
  static let sequences = [
    (keys: "\u{18}\u{05}", action: Action.editElsewhere), (keys: "\u{18}\u{15}", action: .undo),
  ]

  /// Keys of vi's command mode, whose lines are histories of lines in libedit.
  static let viCommands: [Unicode.Scalar: Action] = [
    "j": .viDown, "k": .viUp, "+": .viDown, "-": .viUp, "\u{0e}": .viDown, "\u{10}": .viUp,
    "v": .editElsewhere, "\u{0c}": .clearScreen,
  ]

  /// Keys bound to libedit's commands because they are not its default everywhere.
  static let assured = [(keys: "\u{12}", command: "em-inc-search-prev"), ("\u{17}", "ed-delete-prev-word")]

  /// The "extended command" of Alt-X, with which one could change the key map under the editor.
  static let extendedCommand = "\u{1b}x"
  /// The same in vi's command mode.
  static let viExtendedCommand = ":"

  /// What a key does; nil where it does nothing.
  init?(_ key: Key) {
    let word = !key.modifiers.isDisjoint(with: [.control, .alt])
    switch key.name {
    case .up: self = .up
    case .down: self = .down
    case .left: self = word ? .wordLeft : .left
    case .right: self = word ? .wordRight : .right
    case .home: self = word ? .bufferStart : .lineStart
    case .end: self = word ? .bufferEnd : .lineEnd
    case .delete: self = word ? .deleteNextWord : .deleteNext
    case .pageUp: self = .searchBackward
    case .pageDown: self = .searchForward
    case .enter: self = key.modifiers.isEmpty ? .enter : .newline
    case .pasteBegin: self = .paste
    case .insert, .backTab, .function, .pasteEnd, .focusIn, .focusOut, .unknown: return nil
    }
  }
}
