import LuaRuntime
import TemporalClient
import Wire

extension Session {
  /// Binds what `stdlib/json.lua`, `stdlib/declare.lua` and others need of values and names.
  func bindValues(on stack: LuaStack) {
    stack.push(moondialVersion)
    stack.setField("version", of: -2)
    stack.pushJSONNull()
    stack.setField("json_null", of: -2)
    vm.bind("json_decode", on: stack) { stack in
      let text = try stack.withBytes(at: 1) { Array($0) }
      do {
        let document = try JSONDocument(parsing: text)
        var sink = LuaValueSink(stack)
        try document.emit(into: &sink)
      } catch {
        throw LuaKindError("ValueError", String(describing: error))
      }
      return 1
    }
    vm.bind("json_encode", on: stack) { stack in
      stack.setCount(2)
      do {
        let text = try JSONEncoding.encode(LuaValueSource(stack, at: 1))
        stack.push(stack.isNil(at: 2) ? text : try Self.indented(text, by: try stack.integer(at: 2)))
      } catch let error as WireError {
        throw LuaKindError("ValueError", error.description)
      }
      return 1
    }
    vm.bind("base64", on: stack) { stack in
      stack.push(Base64.encode(try stack.withBytes(at: 1) { Array($0) }))
      return 1
    }
    // uuid(): a random one.
    vm.bind("uuid", on: stack) { stack in
      stack.push(UUID.version4())
      return 1
    }
    // nearest(name, candidates): the candidate that was probably meant, or nil.
    vm.bind("nearest", on: stack) { stack in
      let candidates = (0..<stack.length(at: 2)).compactMap { index -> String? in
        stack.pushElement(index + 1, of: 2)
        defer { stack.pop() }
        return try? stack.string(at: -1)
      }
      stack.push(NearestName.of(try stack.string(at: 1), among: candidates))
      return 1
    }
    // notes(userdata): a table that goes with it.
    vm.bind("notes", on: stack) { stack in
      stack.pushNotes(of: 1)
      return 1
    }
    // uuid(): a random identifier.
    vm.bind("uuid", on: stack) { stack in
      stack.push(UUID.version4())
      return 1
    }
    // comments(module): the doc comments of a module of stdlib/, for `help`; nil when there is no such module.
    vm.bind("comments", on: stack) { stack in
      if let text = LuaVM.comments(ofModule: try stack.string(at: 1)) { stack.push(text) } else { stack.pushNil() }
      return 1
    }
    bindMetatables(on: stack)
  }

  private static func indented(_ text: [UInt8], by indentation: Int) throws -> [UInt8] {
    var writer = JSONWriter(style: JSONWriter.Style(indentation: indentation))
    try JSONDocument(parsing: text).emit(into: &writer)
    return writer.bytes
  }

  private func bindMetatables(on stack: LuaStack) {
    // metatable(name): the metatable of values that Swift makes.
    vm.bind("metatable", on: stack) { stack in
      stack.pushMetatable(try Self.metatable(try stack.string(at: 1)))
      return 1
    }
    // adopt_metatable(name, table): the values that Swift makes get this metatable from now on.
    vm.bind("adopt_metatable", on: stack) { stack in
      let metatable = try Self.metatable(try stack.string(at: 1))
      stack.setCount(2)
      stack.setMetatable(metatable)
      return 0
    }
  }

  private static func metatable(_ name: String) throws -> LuaMetatable {
    guard let metatable = LuaMetatable.shared.first(where: { $0.name == name }) else {
      throw LuaArgumentError("there is no metatable '\(name)'")
    }
    return metatable
  }
}
