internal import CLua
internal import CLuaBridge

/// The name of a metatable that Swift and Lua share, kept in Lua's registry.
///
/// Lua code fills the table; Swift gives it to the values it makes.
public struct LuaMetatable: Sendable {
  /// The `__name` of its values, as in `WorkflowHandle`.
  public let name: String

  /// Whether its values are userdata that own a Swift object, and so need the finalizer.
  let ownsObjects: Bool

  /// Apart from `name`, so that no other library's registry key can be the same.
  let registryKey: String

  private init(_ name: String, ownsObjects: Bool) {
    self.name = name
    self.ownsObjects = ownsObjects
    registryKey = "moondial." + name
  }

  /// The metatable of userdata that own a Swift object.
  public static func object(_ name: String) -> LuaMetatable { LuaMetatable(name, ownsObjects: true) }

  /// The metatable of tables.
  public static func table(_ name: String) -> LuaMetatable { LuaMetatable(name, ownsObjects: false) }
}

extension LuaStack {
  /// Pushes the registered metatable, made on first use with its `__name`.
  public func pushMetatable(_ metatable: LuaMetatable) {
    push(metatable.registryKey)
    lua_rawget(state, moondial_registry_index)
    if type(at: -1) == .table { return }
    pop()
    pushTable(fields: 8)
    push(metatable.name)
    setField("__name", of: -2)
    if metatable.ownsObjects { moondial_set_finalizer(state, -1) }
    push(metatable.registryKey)
    pushCopy(of: -2)
    lua_rawset(state, moondial_registry_index)
  }

  /// Pops a table from the top and makes it the registered metatable of the values that `metatable` names.
  public func setMetatable(_ metatable: LuaMetatable) {
    push(metatable.registryKey)
    insert(at: -2)
    lua_rawset(state, moondial_registry_index)
  }
}
