internal import CLua
internal import CLuaBridge

extension LuaStack {
  /// Pushes nil.
  public func pushNil() { lua_pushnil(state) }

  /// Pushes the null pointer as a light userdata: a value unlike any other, to stand for an absent one in tables.
  public func pushNullPointer() { lua_pushlightuserdata(state, nil) }

  /// Pushes a boolean.
  public func push(_ value: Bool) { lua_pushboolean(state, value ? 1 : 0) }

  /// Pushes an integer.
  public func push(_ value: Int) { lua_pushinteger(state, lua_Integer(value)) }

  /// Pushes an integer.
  public func push(_ value: Int64) { lua_pushinteger(state, lua_Integer(value)) }

  /// Pushes a float.
  public func push(_ value: Double) { lua_pushnumber(state, value) }

  /// Pushes text.
  public func push(_ value: String) {
    var value = value
    value.withUTF8 { push($0) }
  }

  /// Pushes text, or nil where there is none.
  public func push(_ value: String?) {
    if let value { push(value) } else { pushNil() }
  }

  /// Pushes a string of bytes.
  public func push(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else {
      lua_pushlstring(state, "", 0)
      return
    }
    lua_pushlstring(state, UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self), bytes.count)
  }

  /// Pushes a string of bytes.
  public func push(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { push($0) } }

  /// Pushes a copy of the value at `index`.
  public func pushCopy(of index: Int) { lua_pushvalue(state, Int32(index)) }

  /// Moves the value on top to `index` and shifts the ones above it up.
  public func insert(at index: Int) { moondial_insert(state, Int32(index)) }

  /// Removes the value at `index` and shifts the ones above it down.
  public func remove(at index: Int) { moondial_remove(state, Int32(index)) }

  /// Pushes a userdata that owns `object`, with the registered metatable `type`.
  public func push(object: AnyObject, type: LuaMetatable) {
    pushMetatable(type)
    moondial_push_object(state, Unmanaged.passRetained(object).toOpaque(), 1, -1)
    remove(at: -2)
  }

  /// Pushes the table that goes with the userdata at `index`, made on first use: what Lua code notes down about it.
  public func pushNotes(of index: Int) {
    let userdata = Int32(absolute(index))
    guard lua_getiuservalue(state, userdata, 1) != LUA_TTABLE else { return }
    pop()
    pushTable()
    lua_pushvalue(state, -1)
    lua_setiuservalue(state, userdata, 1)
  }
}
