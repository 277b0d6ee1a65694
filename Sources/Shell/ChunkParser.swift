import LineEditor
import LuaRuntime

/// Tells whether the text at the prompt is a whole chunk, by Lua's own parser.
///
/// It has a VM of its own, on the input thread: the session's is busy elsewhere.
final class ChunkParser {
  private let vm = LuaVM()

  /// - Throws: ``LuaError`` when `stdlib/chunk.lua` does not load.
  init() throws {
    try vm.installStandardLibrary()
    try vm.loadModule("chunk")
    try vm.call(arguments: 0, results: 1)
    vm.stack.pushField("is_complete", of: 1)
    vm.stack.pushField("indentation", of: 1)
    vm.stack.remove(at: 1)
  }

  deinit { vm.close() }

  /// What Enter does with the text.
  func completeness(of text: String) -> Completeness {
    let state = call(1, text, results: 1) { stack in try stack.string(at: -1) }
    switch state {
    case "complete": return .complete
    case "incomplete": return .incomplete
    default: return .invalid
    }
  }

  /// How the lines are indented around an Enter behind the text.
  func indentation(of text: String) -> Indentation {
    let found = call(2, text, results: 2) { stack in
      Indentation(next: try stack.integer(at: -2), own: stack.isNil(at: -1) ? nil : try stack.integer(at: -1))
    }
    return found ?? Indentation(next: 0)
  }

  /// Calls the function at an index of the stack; nil where it fails.
  private func call<Result>(
    _ function: Int, _ text: String, results: Int, _ read: (LuaStack) throws -> Result
  ) -> Result? {
    let stack = vm.stack
    stack.pushCopy(of: function)
    stack.push(text)
    defer { stack.setCount(2) }
    do {
      try vm.call(arguments: 1, results: results)
      return try read(stack)
    } catch {
      return nil
    }
  }
}
