import Locks

/// Types and services as a server describes them, by the files that its reflection service gives.
///
/// A type that is known here as well keeps its fields, and gets those that only the server's version has. One that has
/// no more of them, and leads to none that has, is the type that is known here. What is built lives as long as the
/// process, so the same files give the same schema.
public final class Schema: Sendable {
  private let messages: [String: MessageDescription]
  private let enums: [String: EnumDescription]
  private let described: [String: ServiceDescription]
  private let services = Monitor<[String: RPCService]>([:])

  private static let all = Monitor<[[[UInt8]]: Schema]>([:])

  /// The schema of some files.
  ///
  /// - Parameter files: Serialized `FileDescriptorProto`s.
  /// - Throws: `malformed`, `tooDeep` or `duplicate`.
  public static func of(_ files: [[UInt8]]) throws(WireError) -> Schema {
    if let known = all.withLock({ $0[files] }) { return known }
    let schema = try Schema(files)
    return all.withLock { all in
      let first = all[files] ?? schema
      all[files] = first
      return first
    }
  }

  private init(_ files: [[UInt8]]) throws(WireError) {
    var messages: [String: MessageDescription] = [:]
    var enums: [String: EnumDescription] = [:]
    var services: [String: ServiceDescription] = [:]
    var seen: Set<String> = []
    for bytes in files {
      let file = try FileDescription(bytes)
      // A server may give a file again with another.
      guard seen.insert(file.name).inserted else { continue }
      for message in file.messages { messages[message.name] = message }
      for description in file.enums { enums[description.name] = description }
      for service in file.services { services[service.name] = service }
      let names = file.messages.map(\.name) + file.enums.map(\.name) + file.services.map(\.name)
      if let twice = names.first(where: { !seen.insert("." + $0).inserted }) {
        throw WireError(.duplicate, "\(twice) is described twice")
      }
    }
    (self.messages, self.enums, described) = (messages, enums, services)
  }

  /// The files that files import and that are not among them.
  ///
  /// - Parameter files: Serialized `FileDescriptorProto`s.
  /// - Throws: `malformed` or `tooDeep`.
  public static func missing(from files: [[UInt8]]) throws(WireError) -> [String] {
    var (names, dependencies) = (Set<String>(), Set<String>())
    for bytes in files {
      let file = try FileDescription(bytes)
      names.insert(file.name)
      dependencies.formUnion(file.dependencies)
    }
    return dependencies.subtracting(names).sorted()
  }

  /// A service with its methods and their types.
  ///
  /// - Parameter name: The full name.
  /// - Returns: The service, or nil when the files do not describe it.
  public func service(named name: String) -> RPCService? {
    services.withLock { services in
      if let built = services[name] { return built }
      let service = described[name].map { build($0) }
      services[name] = service
      return service
    }
  }

  private func build(_ service: ServiceDescription) -> RPCService {
    let known = RPCService.named(service.name)
    var builder = SchemaBuilder(messages: messages, enums: enums)
    var problems: [String: WireError] = [:]
    var sound: [MethodDescription] = []
    for method in service.methods {
      // A known method stays one between the known types, and versions of them.
      if let known = known?.method(named: method.name), !known.isBetween(method.input, method.output) { continue }
      do throws(WireError) {
        try builder.plan(method.input)
        try builder.plan(method.output)
        sound.append(method)
      } catch {
        problems[method.name] = error
      }
    }
    let types = builder.build()
    let methods = sound.map { method in
      RPCMethod(
        method.name, of: service.name, input: types[method.input]!, output: types[method.output]!,
        isStreaming: method.isStreaming)
    }
    let names = Set(sound.map(\.name))
    let others = (known?.methods ?? []).filter { !names.contains($0.name) }
    return RPCService(name: service.name, methods: methods + others, problems: problems)
  }
}
