import CStandardLibrary
import LuaRuntime

/// The Lua modules of `stdlib/`, which are compiled into the binary.
enum StandardLibrary {
  /// The names of all modules, as `require` knows them after `moondial.`.
  static var names: [String] { modules.map { String(cString: $0.name) } }

  /// Makes the modules known to the `require` of a VM.
  ///
  /// - Throws: ``LuaError`` when `stdlib/loader.lua` does not load.
  static func install(into vm: LuaVM) throws(LuaError) {
    try load("loader", into: vm)
    vm.push(
      { [unowned vm] stack in
        let name = try stack.string(at: 1)
        guard names.contains(name) else { return 0 }
        try load(name, into: vm, on: stack)
        return 1
      }, on: vm.stack)
    try vm.call(arguments: 1, results: 0)
  }

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
