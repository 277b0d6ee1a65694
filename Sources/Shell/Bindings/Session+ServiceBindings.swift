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
