internal import CLua
internal import CLuaBridge

/// Raw access to tables: metamethods are scripts' code and could raise, so none runs here.
extension LuaStack {
  /// Pushes a new table with room for `elements` in sequence and `fields` others.
  public func pushTable(elements: Int = 0, fields: Int = 0) {
    lua_createtable(state, Int32(clamping: elements), Int32(clamping: fields))
  }

  /// Pushes a new list of texts.
  public func push(list texts: [String]) {
    pushTable(elements: texts.count)
    for (index, text) in texts.enumerated() {
      push(text)
      setElement(index + 1, of: -2)
    }
  }

  /// Pops the value on top and stores it at `key` of the table at `index`.
  public func setField(_ key: StaticString, of index: Int) {
    let table = absolute(index)
    key.withUTF8Buffer { push($0) }
    moondial_insert(state, -2)
    lua_rawset(state, Int32(table))
  }

  /// Pops a value and the key below it and stores them in the table at `index`.
  public func setEntry(of index: Int) { lua_rawset(state, Int32(index)) }

  /// Pops the value on top and stores it as element `position` of the table at `index`.
  public func setElement(_ position: Int, of index: Int) { lua_rawseti(state, Int32(index), lua_Integer(position)) }

  /// Pushes the value at `key` of the table at `index` and returns its type.
  @discardableResult
  public func pushField(_ key: StaticString, of index: Int) -> LuaType {
    let table = absolute(index)
    key.withUTF8Buffer { push($0) }
    lua_rawget(state, Int32(table))
    return type(at: -1)
  }

  /// Pops a key and pushes its value in the table at `index`.
  public func pushEntry(of index: Int) { lua_rawget(state, Int32(index)) }

  /// Pushes element `position` of the table at `index` and returns its type.
  @discardableResult
  public func pushElement(_ position: Int, of index: Int) -> LuaType {
    lua_rawgeti(state, Int32(index), lua_Integer(position))
    return type(at: -1)
  }

  /// The length of the table at `index`, by its border.
  public func length(at index: Int) -> Int { Int(lua_rawlen(state, Int32(index))) }

  /// Calls `body` for each entry of the table at `index`, with the key and the value as the two values on top.
  ///
  /// `body` must leave the table as it is and the stack as it found it.
  public func forEachEntry<Failure: Error>(
    of index: Int, _ body: () throws(Failure) -> Void
  ) throws(Failure) {
    let table = Int32(absolute(index))
    lua_pushnil(state)
    while moondial_next(state, table) != 0 {
      try body()
      pop()
    }
  }

  /// Pops a metatable from the top, or nil, and gives it to the value at `index`.
  public func setMetatable(of index: Int) { lua_setmetatable(state, Int32(index)) }

  /// Whether the value at `index` has exactly the registered metatable `type`.
  public func hasMetatable(_ type: LuaMetatable, at index: Int) -> Bool {
    guard lua_getmetatable(state, Int32(index)) != 0 else { return false }
    pushMetatable(type)
    defer { pop(2) }
    return lua_rawequal(state, -1, -2) != 0
  }

  /// The address of the table at `index`, to tell tables apart.
  public func identity(at index: Int) -> UnsafeRawPointer? { lua_topointer(state, Int32(index)) }
}
