/// An error that a bound function or an operation raises in Lua as a value of its own making.
public protocol LuaConvertibleError: Error {
  /// Pushes exactly one value: the one that Lua code catches.
  func push(on stack: LuaStack)
}

/// A wrong argument: raised as Lua's own functions do, as text with the position of the call.
public struct LuaArgumentError: Error, Equatable, CustomStringConvertible {
  /// One sentence that names what is wrong.
  public let description: String

  /// Makes an error with a message.
  public init(_ description: String) { self.description = description }
}

/// An error value that left Lua code, as text.
public struct LuaError: Error, CustomStringConvertible {
  /// The error's text; for a value that is no string, its type.
  public let description: String

  /// Makes an error with a message.
  public init(_ description: String) { self.description = description }
}
