internal import CLua
internal import CLuaBridge

extension LuaVM {
  /// Stops or restarts the garbage collector: loading modules makes little garbage, and collecting it takes its time.
  public func collectGarbage(_ isOn: Bool) {
    moondial_set_collector(stack.state, isOn)
  }

  /// Compiles text and pushes it as a function.
  ///
  /// - Parameters:
  ///   - source: Lua text; precompiled code is refused.
  ///   - name: the chunk's name by Lua's convention: `@file`, `=name`, or the text itself.
  ///   - stack: where to push it; nil for the main coroutine's.
  /// - Throws: ``LuaError`` with Lua's message when the text does not compile.
  public func load(
    _ source: UnsafeBufferPointer<UInt8>, name: String, on stack: LuaStack? = nil
  ) throws(LuaError) {
    try load(source, name: name, mode: "t", on: stack ?? self.stack)
  }

  /// Loads a chunk that was compiled before, and pushes it as a function.
  ///
  /// Lua does not check such code: it must be our own.
  ///
  /// - Throws: ``LuaError`` when it was compiled by another version of Lua.
  public func load(compiled chunk: [UInt8], name: String, on stack: LuaStack) throws(LuaError) {
    let result = chunk.withUnsafeBufferPointer { chunk in
      Result { () throws(LuaError) in try load(chunk, name: name, mode: "b", on: stack) }
    }
    try result.get()
  }

  private func load(
    _ source: UnsafeBufferPointer<UInt8>, name: String, mode: String, on stack: LuaStack
  ) throws(LuaError) {
    let status = source.withMemoryRebound(to: CChar.self) {
      luaL_loadbufferx(
        stack.state, $0.baseAddress ?? UnsafePointer(bitPattern: 1)!, $0.count, name, mode)
    }
    guard status == LUA_OK else { throw takeError(on: stack) }
  }

  /// Calls the function below `arguments` values on the stack and leaves `results` values, or all of them (nil).
  ///
  /// - Throws: ``LuaError`` when Lua code raised; the value itself is gone.
  public func call(arguments: Int, results: Int?) throws(LuaError) {
    let status = moondial_pcall(stack.state, Int32(arguments), Int32(results ?? Int(LUA_MULTRET)))
    guard status == LUA_OK else { throw takeError(on: stack) }
  }

  private func takeError(on stack: LuaStack) -> LuaError {
    defer { stack.pop() }
    let text = try? stack.withBytes(at: -1) { String(decoding: $0, as: UTF8.self) }
    return LuaError(text ?? "error value of type \(stack.type(at: -1).name)")
  }
}
