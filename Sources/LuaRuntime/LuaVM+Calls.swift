internal import CLua
internal import CLuaBridge

extension LuaVM {
  /// Compiles text and pushes it as a function.
  ///
  /// - Parameters:
  ///   - source: Lua text; precompiled code is refused.
  ///   - name: the chunk's name by Lua's convention: `@file`, `=name`, or the text itself.
  /// - Throws: ``LuaError`` with Lua's message when the text does not compile.
  public func load(_ source: UnsafeBufferPointer<UInt8>, name: String) throws(LuaError) {
    let state = stack.state
    let status = source.withMemoryRebound(to: CChar.self) {
      luaL_loadbufferx(state, $0.baseAddress ?? UnsafePointer(bitPattern: 1)!, $0.count, name, "t")
    }
    guard status == LUA_OK else { throw takeError() }
  }

  /// Calls the function below `arguments` values on the stack and leaves `results` values, or all of them (nil).
  ///
  /// - Throws: ``LuaError`` when Lua code raised; the value itself is gone.
  public func call(arguments: Int, results: Int?) throws(LuaError) {
    let status = moondial_pcall(stack.state, Int32(arguments), Int32(results ?? Int(LUA_MULTRET)))
    guard status == LUA_OK else { throw takeError() }
  }

  private func takeError() -> LuaError {
    defer { stack.pop() }
    let text = try? stack.withBytes(at: -1) { String(decoding: $0, as: UTF8.self) }
    return LuaError(description: text ?? "error value of type \(stack.type(at: -1).name)")
  }
}
