public import Wire

extension Client {
  /// Finds a service without asking anybody: one that is known here, with what the server has told of it so far.
  ///
  /// - Parameter name: the full name.
  /// - Returns: the service, or nil.
  public func knownService(named name: String) -> RPCService? {
    if case .service(let service)? = reflection.answer(for: name) { return service }
    return RPCService.named(name)
  }

  /// Whether the server may know more of a service than is known here, because it has not been asked.
  ///
  /// - Parameter name: the full name of the service.
  public func canLearn(serviceNamed name: String) -> Bool { reflection.answer(for: name) == nil }

  /// Whether the server has been asked and has no reflection service.
  public var hasNoReflection: Bool {
    if case .noReflection? = reflection.answer(for: "") { true } else { false }
  }

  /// Asks the server for a service, its methods and their types; each service is asked for once.
  ///
  /// - Parameters:
  ///   - name: the full name of the service.
  ///   - options: headers and deadline of the call.
  /// - Returns: the service.
  /// - Throws: ``UnknownServiceError`` if the server does not have it or does not tell; ``ConnectError`` or
  ///   ``RPCFailure`` if the server cannot be asked; ``ProtocolError`` if its answer makes no sense; `CancellationError` if the task was
  ///   cancelled.
  public func learnService(named name: String, options: CallOptions = CallOptions()) async throws -> RPCService {
    let answer = try await reflection.turn.take {
      if let answer = reflection.answer(for: name) { return answer }
      let answer = try await ask(for: name, options: options)
      reflection.note(answer, for: name)
      return answer
    }
    switch answer {
    case .service(let service): return service
    case .unknown:
      let names = try await serviceNames(options: options)
      throw UnknownServiceError(name, on: configuration.target, among: names)
    case .noReflection: throw UnknownServiceError(name, on: configuration.target, among: nil)
    }
  }

  /// The full names of the services that the server has.
  ///
  /// - Parameter options: headers and deadline of the call.
  /// - Returns: the names, sorted; none from a server without a reflection service.
  /// - Throws: as ``learnService(named:options:)`` does.
  public func serviceNames(options: CallOptions = CallOptions()) async throws -> [String] {
    do {
      let names = try await reflect(.services, options: options) ?? []
      return names.map { String(decoding: $0, as: UTF8.self) }.sorted()
    } catch let failure as RPCFailure where failure.status == .unimplemented {
      return []
    }
  }

  /// A response by the types of the server, if it has fields or values of enums that are not known here.
  ///
  /// - Parameters:
  ///   - response: the response of a call.
  ///   - method: the method that was called.
  ///   - options: headers and deadline of asking for the types.
  /// - Returns: the response as it is, if the server does not tell more of it.
  public func named(_ response: Message, of method: RPCMethod, options: CallOptions) async -> Message {
    guard response.view.holdsWhatIsUnknown,
      let newer = await newerService(named: method.service, options: options)?.method(named: method.name),
      newer.output != method.output, let bytes = try? response.view.serialized()
    else { return response }
    return (try? Message(newer.output, unpacking: bytes)) ?? response
  }

  private func newerService(named name: String, options: CallOptions) async -> RPCService? {
    switch reflection.answer(for: name) {
    case .service(let service): service
    case .unknown, .noReflection: nil
    case nil: try? await learnService(named: name, options: options)
    }
  }

  private func ask(for name: String, options: CallOptions) async throws -> Reflection.Answer {
    do {
      guard var files = try await reflect(.fileContaining(symbol: name), options: options) else { return .unknown }
      // Most servers give all that a file imports with it; the others are asked.
      var asked: Set<String> = []
      while let missing = try Schema.missing(from: files).first(where: { asked.insert($0).inserted }) {
        files += try await reflect(.file(named: missing), options: options) ?? []
      }
      return try Schema.of(files).service(named: name).map { .service($0) } ?? .unknown
    } catch let failure as RPCFailure where failure.status == .unimplemented {
      return .noReflection
    } catch let error as WireError {
      throw ProtocolError("the server's reflection service describes \(name) as it cannot be: \(error)")
    }
  }

  // Nothing is retried: whoever waits has made a slip more often than not.
  private func reflect(_ question: ReflectionCall, options: CallOptions) async throws -> [[UInt8]]? {
    do {
      return try await ReflectionCall.items(in: call(path: ReflectionCall.paths[0], question.request, options: options))
    } catch let failure as RPCFailure where failure.status == .unimplemented {
      return try await ReflectionCall.items(in: call(path: ReflectionCall.paths[1], question.request, options: options))
    }
  }
}
