import CEditBridge
import CLibedit
import Glibc

// Which keys do what, in libedit's key maps and in the user's settings.
extension LineEditor {
  /// Whether the keys are vi's.
  var hasViKeys: Bool { moondial_edit_has_vi_keymap(editor) }

  /// Binds the keys that do something else than libedit's key map says.
  func bindKeys() {
    bindActions()
    for (control, action) in Action.controls { bindKey([control], to: action) }
    for (keys, action) in Action.sequences { bindKey(keys.unicodeScalars, to: action) }
    for (keys, command) in Action.assured {
      moondial_edit_bind(editor, wide(keys.unicodeScalars), wide(command.unicodeScalars))
    }
    let none = wide("ed-unassigned".unicodeScalars)
    guard hasViKeys else {
      moondial_edit_bind(editor, wide(Action.extendedCommand.unicodeScalars), none)
      return
    }
    moondial_edit_bind_alternative(editor, wide(Action.viExtendedCommand.unicodeScalars), none)
    for (key, action) in Action.viCommands {
      moondial_edit_bind_keys_alternative(editor, wide([key]), wide([action.character]))
    }
  }

  /// Binds what the editor cannot do without: the characters that stand for actions, and Enter.
  private func bindActions() {
    for action in Action.allCases {
      let (keys, command) = (wide([action.character]), wide(action.command.unicodeScalars))
      let result = moondial_edit_bind(editor, keys, command)
      assert(result == 0, "libedit has no command \(action.command)")
      if hasViKeys { moondial_edit_bind_alternative(editor, keys, command) }
    }
    for enter: Unicode.Scalar in ["\r", "\n"] {
      bindKey([enter], to: .enter)
      if hasViKeys { moondial_edit_bind_keys_alternative(editor, wide([enter]), wide([Action.enter.character])) }
    }
  }

  private func bindKey(_ keys: some Sequence<Unicode.Scalar>, to action: Action) {
    moondial_edit_bind_keys(editor, wide(keys), wide([action.character]))
  }

  private func wide(_ scalars: some Sequence<Unicode.Scalar>) -> [Int32] { WideString.encode(scalars) }
}

// The user's file of libedit commands (editrc(5)).
extension LineEditor {
  /// Does what the file says, line by line.
  ///
  /// Not `el_source`: that stops at the first line it does not understand and says nothing, and `bind -v` makes it forget
  /// the keys bound before it.
  func loadSettings() {
    guard let path = configuration.settingsPath, let stream = fopen(path, "re") else { return }
    defer { fclose(stream) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    var number = 0
    while getline(&line, &capacity, stream) > 0, let line {
      number += 1
      let text = String(cString: line).trimmingPrefix { $0.isWhitespace }
      guard !text.isEmpty, text.first != "#" else { continue }
      if !parse(String(text)) { configuration.warn("\(path):\(number): not understood") }
    }
    // Whatever it says, the editor edits, and Enter is its own.
    moondial_edit_set_edits(editor, true)
    bindActions()
  }

  /// Has libedit do what a line says; false if it does not understand it.
  private func parse(_ line: String) -> Bool {
    guard let tokenizer = tok_winit(nil) else { return false }
    defer { tok_wend(tokenizer) }
    var count: Int32 = 0
    var words: UnsafeMutablePointer<UnsafePointer<Int32>?>?
    guard tok_wstr(tokenizer, WideString.encode(line.unicodeScalars), &count, &words) == 0, count > 0 else {
      return false
    }
    let arguments = UnsafeBufferPointer(start: words, count: Int(count)).dropFirst().map { word in
      word.map { String(WideString.decode($0, $0 + wcslen($0))) }
    }
    let understood = el_wparse(editor, count, words) == 0
    // Choosing a key map forgets all bindings, those of the editor among them.
    if arguments.contains("-e") || arguments.contains("-v") { bindKeys() }
    return understood
  }
}
