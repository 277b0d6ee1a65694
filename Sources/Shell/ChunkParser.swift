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
    vm.stack.remove(at: 1)
  }

  deinit { vm.close() }

  /// What Enter does with the text.
  func completeness(of text: String) -> Completeness {
    let stack = vm.stack
    stack.pushCopy(of: 1)
    stack.push(text)
    defer { stack.setCount(1) }
    do {
      try vm.call(arguments: 1, results: 2)
      switch try stack.string(at: -2) {
      case "complete": return .complete
      // Within a long string an indent would become part of it.
      case "incomplete": return .incomplete(indent: stack.truth(at: -1) ? 0 : 2)
      default: return .invalid
      }
    } catch {
      return .invalid
    }
  }
}
