import Glibc
import LineEditor

extension LineEditor {
  /// Makes the editor of the prompt: Enter asks Lua's own parser whether the input is complete, and the history is kept
  /// in the user's state folder.
  ///
  /// - Parameters:
  ///   - options: what to run.
  ///   - questions: who is asked for candidates and hints.
  /// - Throws: ``ShellError`` when standard output is no terminal, and what making an editor throws.
  convenience init(for options: ShellOptions, asking questions: PromptQuestions) throws {
    guard isatty(STDOUT_FILENO) == 1 else {
      throw ShellError("the prompt needs a terminal, and standard output is none; a script or -e does without")
    }
    var configuration = Configuration()
    configuration.historyPath = Self.historyPath
    configuration.settingsPath = Self.settingsPath
    configuration.editedFileSuffix = ".lua"
    configuration.usesStyles = getenv("NO_COLOR") == nil
    configuration.highlight = LuaHighlighter.spans
    configuration.warn = { StandardError.write("moondial: \($0)\n") }
    configuration.complete = { request in
      questions.ask(request)
      return .later
    }
    configuration.askHint = { text, cursor in questions.askHint(text, cursor) }
    let parser = try ChunkParser()
    configuration.indentation = { parser.indentation(of: $0) }
    try self.init(configuration) { parser.completeness(of: $0) }
    questions.answer(to: completions)
  }

  /// What the user makes of a text elsewhere, or why not.
  func edited(_ text: String) -> Result<String, LineEditorError> {
    do throws(LineEditorError) { return .success(try edit(text)) } catch { return .failure(error) }
  }

  /// `$EDITRC`, by default `~/.editrc`; nil where there is no home.
  private static var settingsPath: String? {
    if let path = getenv("EDITRC").map({ String(cString: $0) }), !path.isEmpty { return path }
    return getenv("HOME").map { String(cString: $0) + "/.editrc" }
  }

  /// `$XDG_STATE_HOME/moondial/history`, by default in `~/.local/state`; nil where there is no home.
  private static var historyPath: String? {
    if let state = getenv("XDG_STATE_HOME").map({ String(cString: $0) }), state.hasPrefix("/") {
      return state + "/moondial/history"
    }
    guard let home = getenv("HOME").map({ String(cString: $0) }), !home.isEmpty else { return nil }
    return home + "/.local/state/moondial/history"
  }
}
