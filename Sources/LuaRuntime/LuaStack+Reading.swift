internal import CLua
internal import CLuaBridge

extension LuaStack {
  /// The type of the value at `index`; `.none` where there is no value.
  public func type(at index: Int) -> LuaType { LuaType(rawValue: lua_type(state, Int32(index))) ?? .none }

  /// Whether there is no value, or nil, at `index`.
  public func isNil(at index: Int) -> Bool { lua_type(state, Int32(index)) <= 0 }

  /// Whether the value at `index` is a number with Lua's integer representation.
  public func isInteger(at index: Int) -> Bool { lua_isinteger(state, Int32(index)) != 0 }

  /// Whether the value at `index` is the null pointer that ``pushNullPointer()`` pushes.
  public func isNullPointer(at index: Int) -> Bool {
    type(at: index) == .lightUserdata && lua_touserdata(state, Int32(index)) == nil
  }

  /// The boolean at `index`; nil is false and every other value true, as in Lua's conditions.
  public func truth(at index: Int) -> Bool { lua_toboolean(state, Int32(index)) != 0 }

  /// The integer at `index`, or a float with an exact integer value.
  ///
  /// - Throws: ``LuaArgumentError`` when the value is no such number.
  public func integer(at index: Int) throws(LuaArgumentError) -> Int {
    guard type(at: index) == .number else { throw unexpected(at: index, wanted: "integer") }
    var exact: Int32 = 0
    let value = lua_tointegerx(state, Int32(index), &exact)
    guard exact != 0 else { throw LuaArgumentError("bad argument #\(index) (number has no integer representation)") }
    return Int(value)
  }

  /// The number at `index`.
  ///
  /// - Throws: ``LuaArgumentError`` when the value is no number; text that looks like one does not count.
  public func number(at index: Int) throws(LuaArgumentError) -> Double {
    guard type(at: index) == .number else { throw unexpected(at: index, wanted: "number") }
    return lua_tonumberx(state, Int32(index), nil)
  }

  /// The text at `index`.
  ///
  /// - Throws: ``LuaArgumentError`` when the value is no string, or its bytes are not UTF-8.
  public func string(at index: Int) throws(LuaArgumentError) -> String {
    let text: String? = try withBytes(at: index) { String(validating: $0, as: UTF8.self) }
    guard let text else { throw LuaArgumentError("bad argument #\(index) (text that is not valid UTF-8)") }
    return text
  }

  /// The text at `index`, or nil where there is no value or nil.
  ///
  /// - Throws: ``LuaArgumentError`` when the value is neither nil nor UTF-8 text.
  public func optionalString(at index: Int) throws(LuaArgumentError) -> String? {
    isNil(at: index) ? nil : try string(at: index)
  }

  /// Lends the bytes of the string at `index`.
  ///
  /// - Throws: ``LuaArgumentError`` when the value is no string; a number is none here.
  public func withBytes<Result>(
    at index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) throws(LuaArgumentError) -> Result {
    guard type(at: index) == .string else { throw unexpected(at: index, wanted: "string") }
    var count = 0
    let bytes = lua_tolstring(state, Int32(index), &count)
    return UnsafeRawPointer(bytes!).withMemoryRebound(to: UInt8.self, capacity: count) {
      body(UnsafeBufferPointer(start: $0, count: count))
    }
  }

  /// The Swift object that the userdata at `index` owns.
  ///
  /// - Throws: ``LuaArgumentError`` when the value is none of ours, or holds an object of another type.
  public func object<Object: AnyObject>(
    at index: Int, as type: Object.Type = Object.self
  ) throws(LuaArgumentError) -> Object {
    guard let object = optionalObject(at: index, as: type) else { throw unexpected(at: index, wanted: "\(type)") }
    return object
  }

  /// The Swift object that the userdata at `index` owns, or nil when the value is no such userdata.
  public func optionalObject<Object: AnyObject>(at index: Int, as type: Object.Type = Object.self) -> Object? {
    guard let pointer = moondial_to_object(state, Int32(index)) else { return nil }
    return Unmanaged<AnyObject>.fromOpaque(pointer).takeUnretainedValue() as? Object
  }

  private func unexpected(at index: Int, wanted: String) -> LuaArgumentError {
    LuaArgumentError("bad argument #\(index) (\(wanted) expected, got \(type(at: index).name))")
  }
}
