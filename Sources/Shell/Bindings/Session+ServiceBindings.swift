import LuaRuntime
import TemporalClient
import Wire

extension Session {
  /// Binds what `stdlib/service.lua` calls.
  func bindServices(on stack: LuaStack) {
    // service_method(service, name): true, or nil and what is wrong with the name.
    vm.bind("service_method", on: stack) { stack in
      let service = Self.service(try stack.string(at: 1))
      let name = try stack.string(at: 2)
      if service.method(named: name) != nil {
        stack.push(true)
        return 1
      }
      let nearest = service.nearestMethodName(to: name).map { "; did you mean '\($0)'?" } ?? ""
      stack.pushNil()
      stack.push("\(service.name) has no RPC '\(name)'\(nearest)")
      return 2
    }
    // only_reads(service, name): whether an RPC leaves the server's state as it is.
    vm.bind("only_reads", on: stack) { stack in
      stack.push(Self.service(try stack.string(at: 1)).method(named: try stack.string(at: 2))?.onlyReads ?? false)
      return 1
    }
    // service_methods(service): the names of its RPCs.
    vm.bind("service_methods", on: stack) { stack in
      stack.push(list: Self.service(try stack.string(at: 1)).methods.map(\.snakeName))
      return 1
    }
    // request_fields(service, name, path): the fields of a request, or of the message at a path of names in it: a list
    // of tables with `name`, `help` and, of an enum, `values`; empty where there is none.
    vm.bind("request_fields", on: stack) { stack in
      var message = Self.service(try stack.string(at: 1)).method(named: try stack.string(at: 2))?.input
      for index in 1... {
        stack.pushElement(index, of: 3)
        defer { stack.pop() }
        guard let name = try stack.optionalString(at: -1) else { break }
        message = message?.field(named: name)?.messageType
      }
      Self.push(message?.fields ?? [], on: stack)
      return 1
    }
    // call_service(client, service, name, request, options)
    vm.bind("call_service", on: stack) { [unowned self] stack in
      let client = try stack.object(at: 1, as: ClientObject.self).client
      let name = try stack.string(at: 3)
      guard let method = Self.service(try stack.string(at: 2)).method(named: name) else {
        throw LuaArgumentError("there is no RPC '\(name)'")
      }
      let request = try Self.request(of: method, from: LuaValueSource(stack, at: 4, fillsMessage: true))
      let options = try CallArguments(stack: stack, index: 5).callOptions()
      return start(on: stack) {
        let response = try await client.call(method, request, options: options)
        return { stack in
          try stack.push(response.view)
          return 1
        }
      }
    }
  }

  private static func push(_ fields: [MessageField], on stack: LuaStack) {
    stack.pushTable(elements: fields.count)
    for (index, field) in fields.enumerated() {
      stack.pushTable(fields: 3)
      stack.push(field.name.proto.string)
      stack.setField("name", of: -2)
      stack.push(field.typeText)
      stack.setField("help", of: -2)
      if let values = field.enumType?.values {
        stack.push(list: values.map(\.shortName))
        stack.setField("values", of: -2)
      }
      stack.setElement(index + 1, of: -2)
    }
  }

  private static func service(_ name: String) -> RPCService { name == "operator" ? .operator : .workflow }

  private static func request(of method: RPCMethod, from source: LuaValueSource) throws -> [UInt8] {
    let builder = MessageBuilder(method.input)
    do {
      try builder.fill(from: source)
      return try builder.serialized()
    } catch {
      throw LuaKindError("TypeError", "\(method.snakeName): \(error)")
    }
  }
}
