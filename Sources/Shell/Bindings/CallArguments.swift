import LuaRuntime
import TemporalClient
import Wire

/// The arguments of a call as a table by parameter name, checked and completed by `stdlib/declare.lua`.
struct CallArguments {
  let stack: LuaStack
  let index: Int

  /// What a parameter is; null where it was not given.
  func type(_ name: StaticString) -> LuaType {
    defer { stack.pop() }
    return stack.pushField(name, of: index)
  }

  /// Whether no parameter is given.
  var isEmpty: Bool {
    var count = 0
    stack.forEachEntry(of: index) { count += 1 }
    return count == 0
  }

  /// The text of a parameter, or nil where it was not given.
  func string(_ name: StaticString) throws -> String? {
    try read(name) { try stack.string(at: -1) }
  }

  /// The text of a parameter that the declaration requires.
  func requiredString(_ name: StaticString) throws -> String {
    guard let value = try string(name) else { throw LuaArgumentError("\(name) is missing") }
    return value
  }

  /// The bytes of a parameter, or none where it was not given.
  func bytes(_ name: StaticString) throws -> [UInt8] {
    try read(name) { try stack.withBytes(at: -1) { Array($0) } } ?? []
  }

  /// The integer of a parameter, or nil where it was not given.
  func integer(_ name: StaticString) throws -> Int? {
    try read(name) { try stack.integer(at: -1) }
  }

  /// The number of a parameter, or nil where it was not given.
  func number(_ name: StaticString) throws -> Double? {
    try read(name) { try stack.number(at: -1) }
  }

  /// The truth of a parameter; false where it was not given.
  func boolean(_ name: StaticString) throws -> Bool {
    try read(name) { stack.truth(at: -1) } ?? false
  }

  /// The duration of a parameter, which the declaration has brought to seconds.
  ///
  /// A Duration has no room for any number: more than thirty million years are as many.
  func duration(_ name: StaticString) throws -> Duration? {
    try read(name) { .seconds(min(try stack.number(at: -1), 1e15)) }
  }

  /// The value of a parameter that is one of an enum's names, in any case.
  ///
  /// - Throws: an error that lists the names when the text is none of them.
  func enumeration<Value: APIEnumeration>(_ name: StaticString, as type: Value.Type = Value.self) throws -> Value? {
    guard let text = try string(name) else { return nil }
    var wanted = text.uppercased()
    if wanted.hasPrefix(Value.prefix) { wanted.removeFirst(Value.prefix.count) }
    if let value = Value(rawValue: wanted) { return value }
    let names = Value.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    throw LuaKindError("ValueError", "\(name) must be one of \(names), not \"\(text)\"")
  }

  /// The payloads of the values in a list parameter, whose length is its field `n`.
  func payloads(_ name: StaticString) throws -> [Payload] {
    try read(name) {
      stack.pushField("n", of: -1)
      let count = try stack.integer(at: -1)
      stack.pop()
      var payloads: [Payload] = []
      payloads.reserveCapacity(count)
      for position in 1...max(count, 1) where position <= count {
        stack.pushElement(position, of: -1)
        defer { stack.pop() }
        payloads.append(try stack.payload(at: -1, path: "\(name)[\(position)]"))
      }
      return payloads
    } ?? []
  }

  /// The payloads of the values in a table parameter, by name and in the order of the names.
  func payloadsByName(_ name: StaticString) throws -> [(key: String, value: Payload)] {
    var entries: [(key: String, value: Payload)] = []
    _ = try read(name) {
      try stack.forEachEntry(of: -1) {
        guard stack.type(at: -2) == .string else { throw LuaKindError("TypeError", "\(name): its keys must be text") }
        let key = try stack.string(at: -2)
        entries.append((key, try stack.payload(at: -1, path: "\(name).\(key)")))
      }
    }
    return entries.sorted { $0.key < $1.key }
  }

  /// The list of texts of a parameter, or none where it was not given.
  func strings(_ name: StaticString) throws -> [String] {
    try read(name) {
      guard stack.type(at: -1) == .table else { throw LuaKindError("TypeError", "\(name) must be a list of texts") }
      return try (0..<stack.length(at: -1)).map { index in
        stack.pushElement(index + 1, of: -1)
        defer { stack.pop() }
        guard stack.type(at: -1) == .string else {
          throw LuaKindError("TypeError", "\(name)[\(index + 1)] must be text, not a \(stack.type(at: -1).name)")
        }
        return try stack.string(at: -1)
      }
    } ?? []
  }

  /// The object of the host that a parameter holds, which the declaration has checked.
  func object<Object: AnyObject>(_ name: StaticString, as type: Object.Type) throws -> Object {
    defer { stack.pop() }
    stack.pushField(name, of: index)
    return try stack.object(at: -1, as: type)
  }

  /// The arguments within a table parameter, or nil where it was not given.
  func table<Result>(_ name: StaticString, _ body: (CallArguments) throws -> Result) throws -> Result? {
    try read(name) {
      guard stack.type(at: -1) == .table else { throw LuaKindError("TypeError", "\(name) must be a table") }
      return try body(CallArguments(stack: stack, index: stack.count))
    }
  }

  /// The arguments within each table of a list parameter, or nil where it was not given.
  func tables<Result>(_ name: StaticString, _ body: (CallArguments) throws -> Result) throws -> [Result]? {
    try read(name) {
      try (0..<stack.length(at: -1)).map { index in
        stack.pushElement(index + 1, of: -1)
        defer { stack.pop() }
        return try body(CallArguments(stack: stack, index: stack.count))
      }
    }
  }

  /// The texts in a table parameter, by name and in the order of the names.
  func texts(_ name: StaticString) throws -> [(name: String, value: String)] {
    var entries: [(name: String, value: String)] = []
    _ = try read(name) {
      try stack.forEachEntry(of: -1) { entries.append((try stack.string(at: -2), try stack.string(at: -1))) }
    }
    return entries.sorted { $0.name < $1.name }
  }

  /// `rpc_metadata` and `rpc_timeout`, which every call takes.
  func callOptions() throws -> CallOptions {
    var options = CallOptions(timeout: try duration("rpc_timeout"))
    _ = try read("rpc_metadata") {
      try stack.forEachEntry(of: -1) {
        let key = try stack.string(at: -2)
        try stack.withBytes(at: -1) { options.metadata.append(key, bytes: Array($0)) }
      }
    }
    return options
  }

  /// Reads the value of a parameter from the top of the stack; nil where it was not given.
  ///
  /// What the stack says of a wrong value counts arguments, so the parameter is named instead.
  private func read<Result>(_ name: StaticString, _ body: () throws -> Result) throws -> Result? {
    defer { stack.pop() }
    guard stack.pushField(name, of: index) != .null else { return nil }
    do {
      return try body()
    } catch let error as LuaArgumentError {
      throw LuaKindError("TypeError", "\(name): \(error.description)")
    }
  }
}
