internal import CLua
internal import CLuaBridge

/// The stack of one coroutine: what a bound function reads its arguments from and pushes its results to.
///
/// A `LuaStack` is valid only inside the call that received it. Everything it does is free of Lua errors (the manual's
/// `-` functions, and those that fail for lack of memory alone, which ends the process): see `CLuaBridge.h` for why.
public struct LuaStack {
  let state: OpaquePointer

  /// The number of values on the stack; in a bound function, at first, the number of its arguments.
  public var count: Int { Int(lua_gettop(state)) }

  /// Cuts or fills with nil, so that `count` values remain.
  public func setCount(_ count: Int) { lua_settop(state, Int32(count)) }

  /// Removes `count` values from the top.
  public func pop(_ count: Int = 1) { moondial_pop(state, Int32(count)) }

  /// The index counted from the bottom that means the same value as `index`.
  public func absolute(_ index: Int) -> Int { Int(lua_absindex(state, Int32(index))) }

  /// Makes room for `count` more values; returns false when the stack would grow over Lua's limit.
  public func reserve(_ count: Int) -> Bool { lua_checkstack(state, Int32(count)) != 0 }
}

/// The type of a Lua value.
public enum LuaType: Int32, Sendable {
  case none = -1
  case null = 0
  case boolean = 1
  case lightUserdata = 2
  case number = 3
  case string = 4
  case table = 5
  case function = 6
  case userdata = 7
  case thread = 8

  /// Lua's own name for the type, as it stands in Lua's messages.
  public var name: String {
    switch self {
    case .none: "no value"
    case .null: "nil"
    case .boolean: "boolean"
    case .lightUserdata, .userdata: "userdata"
    case .number: "number"
    case .string: "string"
    case .table: "table"
    case .function: "function"
    case .thread: "thread"
    }
  }
}
