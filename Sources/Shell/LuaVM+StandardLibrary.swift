import LuaRuntime
import StandardLibrary

extension LuaVM {
  /// Makes the modules of `stdlib/` known to `require`.
  ///
  /// - Throws: ``LuaError`` when `stdlib/loader.lua` does not run.
  func installStandardLibrary() throws(LuaError) {
    try loadModule("loader")
    push(
      { [unowned self] stack in
        guard let module = Module.named(try stack.string(at: 1)) else { return 0 }
        try load(compiled: module.chunk, name: "\(module.name)", on: stack)
        return 1
      }, on: stack)
    try call(arguments: 1, results: 0)
  }

  /// Pushes a module's chunk as a function.
  ///
  /// - Throws: ``LuaError`` when there is no such module.
  func loadModule(_ name: String) throws(LuaError) {
    guard let module = Module.named(name) else { throw LuaError("there is no module '\(name)' in stdlib/") }
    try load(compiled: module.chunk, name: name, on: stack)
  }

  /// The doc comments of a module, or nil if there is none of that name.
  static func comments(ofModule name: String) -> [UInt8]? { Module.named(name)?.comments }
}
