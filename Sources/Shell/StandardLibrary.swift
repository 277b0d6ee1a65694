import CStandardLibrary
import LuaRuntime

/// The Lua modules of `stdlib/`, which are compiled into the binary.
enum StandardLibrary {
  /// The names of all modules, as `require` knows them after `moondial.`.
  static var names: [String] { modules.map { String(cString: $0.name) } }

  /// Compiles a module and pushes it as a function.
  ///
  /// - Parameter stack: where to push it; nil for the main coroutine's.
  /// - Throws: ``LuaError`` when its text does not compile.
  static func load(_ name: String, into vm: LuaVM, on stack: LuaStack? = nil) throws(LuaError) {
    guard let module = modules.first(where: { String(cString: $0.name) == name }) else {
      throw LuaError("there is no module '\(name)'")
    }
    try vm.load(UnsafeBufferPointer(start: module.text, count: module.size), name: "=moondial/\(name)", on: stack)
  }

  private static var modules: UnsafeBufferPointer<moondial_module> {
    UnsafeBufferPointer(start: moondial_modules, count: moondial_modules_count)
  }
}
