import LuaRuntime
import TemporalClient
import Wire

extension Session {
  /// Binds what `stdlib/service.lua` and completion call. Where a client is given, what its server has told of counts.
  func bindServices(on stack: LuaStack) {
    bindNames(on: stack)
    bindReflection(on: stack)
    // service_request(client, service, name, request): the serialized request, or nil where it has a name that is not
    // known and that learn_service may bring to be.
    vm.bind("service_request", on: stack) { stack in
      let client = try stack.object(at: 1, as: ClientObject.self).client
      let service = Self.fullName(try stack.string(at: 2))
      do {
        stack.push(try Self.request(on: stack))
      } catch is UnknownNameError where client.canLearn(serviceNamed: service) {
        stack.pushNil()
      }
      return 1
    }
    // call_service(client, service, name, request, options): an operation; the response and the message it was made of.
    // The request is a table, or a serialized one.
    vm.bind("call_service", on: stack) { [unowned self] stack in
      let client = try stack.object(at: 1, as: ClientObject.self).client
      let method = try Self.method(on: stack)
      let isSerialized = stack.type(at: 4) == .string
      let request = try isSerialized ? stack.withBytes(at: 4) { Array($0) } : Self.request(on: stack)
      let options = try CallArguments(stack: stack, index: 5).callOptions()
      return start(on: stack) {
        let response = try await client.call(method, request, options: options)
        let named = await client.named(response, of: method, options: options)
        return { stack in
          try stack.push(named.view)
          stack.push(object: MessageObject(named.view), type: .message)
          return 2
        }
      }
    }
  }

  private func bindNames(on stack: LuaStack) {
    // service_method(client, service, name): true, or nil and what is wrong with the name; without a client, only nil.
    vm.bind("service_method", on: stack) { stack in
      let (service, name) = (Self.service(on: stack), try stack.string(at: 3))
      if service?.method(named: name) != nil {
        stack.push(true)
        return 1
      } else if stack.isNil(at: 1) {
        return 0
      }
      let fullName = Self.fullName(try stack.string(at: 2))
      let client = try stack.object(at: 1, as: ClientObject.self).client
      let nearest = service?.nearestMethodName(to: name).map { "; did you mean '\($0)'?" } ?? ""
      let reason =
        client.hasNoReflection
        ? " that is known here, and \(client.configuration.target) has no reflection service that would tell of it" : ""
      stack.pushNil()
      if let problem = service?.problem(withMethod: name) {
        stack.push("\(client.configuration.target) describes '\(name)' of \(fullName) as it cannot be: \(problem)")
      } else {
        stack.push("\(fullName) has no RPC '\(name)'\(reason)\(nearest)")
      }
      return 2
    }
    // only_reads(client, service, name): whether an RPC leaves the server's state as it is.
    vm.bind("only_reads", on: stack) { stack in
      stack.push(Self.service(on: stack)?.method(named: try stack.string(at: 3))?.onlyReads ?? false)
      return 1
    }
    // service_methods(client, service): the names of its RPCs.
    vm.bind("service_methods", on: stack) { stack in
      stack.push(list: (Self.service(on: stack)?.methods ?? []).filter { !$0.isStreaming }.map(\.snakeName))
      return 1
    }
    // request_fields(client, service, name, path): the fields of a request, or of the message at a path of names in it:
    // a list of tables with `name`, `help` and, of an enum, `values`; empty where there is none.
    vm.bind("request_fields", on: stack) { stack in
      var message = Self.service(on: stack)?.method(named: try stack.string(at: 3))?.input
      for index in 1... {
        stack.pushElement(index, of: 4)
        defer { stack.pop() }
        guard let name = try stack.optionalString(at: -1) else { break }
        message = message?.field(named: name)?.messageType
      }
      Self.push(message?.fields ?? [], on: stack)
      return 1
    }
  }

  private func bindReflection(on stack: LuaStack) {
    // knows_service(client, service): whether it can be called without asking the server for it.
    vm.bind("knows_service", on: stack) { stack in
      stack.push(Self.service(on: stack) != nil)
      return 1
    }
    // can_learn(client, service): whether the server may know more of a service.
    vm.bind("can_learn", on: stack) { stack in
      let client = try stack.object(at: 1, as: ClientObject.self).client
      stack.push(client.canLearn(serviceNamed: Self.fullName(try stack.string(at: 2))))
      return 1
    }
    // learn_service(client, service, options): asks the server for a service.
    vm.bind("learn_service", on: stack) { [unowned self] stack in
      let client = try stack.object(at: 1, as: ClientObject.self).client
      let service = Self.fullName(try stack.string(at: 2))
      let options = try CallArguments(stack: stack, index: 3).callOptions()
      return start(on: stack) {
        _ = try await client.learnService(named: service, options: options)
        return { _ in 0 }
      }
    }
    // service_names(client): the full names of the services that the server has.
    vm.bind("service_names", on: stack) { [unowned self] stack in
      let client = try stack.object(at: 1, as: ClientObject.self).client
      return start(on: stack) {
        let names = try await client.serviceNames()
        return { stack in
          stack.push(list: names)
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

  /// The service in the second argument, as far as the client in the first one knows it; without a client, as far as
  /// everybody does.
  private static func service(on stack: LuaStack) -> RPCService? {
    guard let name = (try? stack.string(at: 2)).map(fullName) else { return nil }
    guard let client = try? stack.object(at: 1, as: ClientObject.self).client else { return RPCService.named(name) }
    return client.knownService(named: name)
  }

  private static func request(on stack: LuaStack) throws -> [UInt8] {
    let method = try method(on: stack)
    do throws(WireError) {
      let builder = MessageBuilder(method.input)
      try builder.fill(from: LuaValueSource(stack, at: 4, fillsMessage: true))
      return try builder.serialized()
    } catch {
      let text = "\(method.snakeName): \(error)"
      if [.unknownField, .unknownEnumValue].contains(error.code) { throw UnknownNameError(message: text) }
      throw LuaKindError("TypeError", text)
    }
  }

  private static func method(on stack: LuaStack) throws -> RPCMethod {
    let name = try stack.string(at: 3)
    guard let method = service(on: stack)?.method(named: name) else {
      throw LuaArgumentError("there is no RPC '\(name)'")
    }
    return method
  }

  /// The services that have a short name here.
  private static func fullName(_ name: String) -> String {
    switch name {
    case "workflow": RPCService.workflow.name
    case "operator": RPCService.operator.name
    case "health": RPCService.health.name
    default: name
    }
  }
}

/// A request has the name of a field or of an enum's value that is not known.
private struct UnknownNameError: LuaConvertibleError {
  let message: String

  func push(on stack: LuaStack) { stack.pushError(kind: "TypeError", message: message) {} }
}
