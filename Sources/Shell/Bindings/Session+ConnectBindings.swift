import LuaRuntime
import TemporalClient

extension Session {
  /// Binds what makes clients.
  func bindConnecting(on stack: LuaStack) {
    // session_client(): the client that the command line, the variables and the configuration file describe.
    vm.bind("session_client", on: stack) { [unowned self] stack in
      stack.push(object: try makeClient(options.configuration), type: .client)
      return 1
    }
    vm.bind("client", on: stack) { [unowned self] stack in
      let configuration: Client.Configuration
      do {
        configuration = try Client.Configuration(
          CallArguments(stack: stack, index: 1), file: options.connection.configurationFile)
        if configuration.codecs.contains(where: \.isLua) { hasLuaCodec = true }
      } catch let error as any TemporalError {
        throw LuaTemporalError(error: error)
      }
      stack.push(object: try makeClient(configuration), type: .client)
      return 1
    }
    // profiles(): the names of the profiles in the configuration file of the command line, or the user's own.
    vm.bind("profiles", on: stack) { [unowned self] stack in
      var sources = ConnectionProfile.Sources()
      sources.file = options.connection.configurationFile
      do { stack.push(list: try ConnectionProfile.names(sources)) } catch { throw LuaTemporalError(error: error) }
      return 1
    }
    // client_in(client, namespace): a client like another, for another namespace.
    vm.bind("client_in", on: stack) { [unowned self] stack in
      let client = try stack.object(at: 1, as: ClientObject.self)
      stack.push(object: try makeClient(client.configuration(namespace: stack.string(at: 2))), type: .client)
      return 1
    }
    // connect(client): an operation; the server's version, or nil where it is too old to tell.
    vm.bind("connect", on: stack) { [unowned self] stack in
      let client = try stack.object(at: 1, as: ClientObject.self).client
      return start(on: stack) {
        let version = try await client.connect()?.view.string("server_version")
        return { stack in
          stack.push(version)
          return 1
        }
      }
    }
  }

  /// Binds what changes how a client calls.
  func bindCallSettings(on stack: LuaStack) {
    // set_api_key(client, key): the key of later calls; nil for none.
    vm.bind("set_api_key", on: stack) { stack in
      let client = try stack.object(at: 1, as: ClientObject.self)
      do {
        try client.setAPIKey(stack.type(at: 2) == .null ? nil : APIKey(stack.string(at: 2)))
      } catch let error as any TemporalError {
        throw LuaTemporalError(error: error)
      }
      return 0
    }
    // set_rpc_metadata(client, a): the headers of later calls, in `rpc_metadata`.
    vm.bind("set_rpc_metadata", on: stack) { stack in
      let client = try stack.object(at: 1, as: ClientObject.self).client
      let metadata = try CallArguments(stack: stack, index: 2).callOptions().metadata
      do { try client.setMetadata(metadata) } catch { throw LuaTemporalError(error: error) }
      return 0
    }
  }

  private func makeClient(_ configuration: Client.Configuration) throws -> ClientObject {
    var configuration = configuration
    configuration.isReadOnly = configuration.isReadOnly || options.isReadOnly
    configuration.observer = { [trace, silence, address = configuration.target] report in
      trace.note(report)
      silence.note(report, from: address)
    }
    configuration.warn = { [trace] text in trace.warn(text) }
    do { return ClientObject(try Client(configuration)) } catch { throw LuaTemporalError(error: error) }
  }
}

extension Client.Configuration {
  /// Reads the parameters of `temporal.connect`: those of a profile, where one is named, and over them what is given.
  ///
  /// - Parameters:
  ///   - arguments: the parameters.
  ///   - file: where a profile is looked for if they do not say.
  fileprivate init(_ arguments: CallArguments, file: String?) throws {
    self.init()
    var sources = ConnectionProfile.Sources()
    sources.profile = try arguments.string("profile")
    sources.file = try arguments.string("config_file")
    var profile = ConnectionProfile()
    if sources.profile != nil, sources.file == nil { sources.file = file }
    if sources.profile != nil || sources.file != nil { profile = try ConnectionProfile(sources) }
    profile.namespace = try arguments.string("namespace") ?? profile.namespace
    self = try profile.configuration()
    target = try arguments.string("target_host") ?? target
    identity = try arguments.string("identity") ?? identity
    if let key = try arguments.string("api_key") { apiKey = try APIKey(key) }
    switch arguments.type("tls") {
    case .null: break
    case .table: encryption = .tls(try arguments.table("tls", TLSSettings.init) ?? TLSSettings())
    default:
      let isOn = try arguments.boolean("tls")
      if isOn { switchTLSOn() } else { encryption = .off }
    }
    for element in try arguments.callOptions().metadata { metadata.set(element.key, bytes: element.value) }
    switch arguments.type("keep_alive_config") {
    case .table: keepalive = try arguments.table("keep_alive_config", Keepalive.init) ?? keepalive
    case .boolean: keepalive = try arguments.boolean("keep_alive_config") ? Keepalive() : nil
    default: break
    }
    retry = try arguments.table("retry_config", RetryPolicy.init) ?? retry
    codecs = try arguments.tables("codec", Codec.init) ?? codecs
    isReadOnly = try isReadOnly || arguments.boolean("read_only")
    proxy = try arguments.table("http_connect_proxy_config", Proxy.init)
    compresses = try arguments.string("grpc_compression") == "GZIP"
    connectTimeout = try arguments.duration("connect_timeout")
    defaultQueryRejectCondition = try arguments.enumeration("default_workflow_query_reject_condition")
  }

  /// Leaves settings of a profile as they are.
  private mutating func switchTLSOn() {
    guard case .tls = encryption else { return encryption = .tls(TLSSettings()) }
  }
}

extension Client.Configuration.Codec {
  fileprivate init(_ arguments: CallArguments) throws {
    if let number = try arguments.integer("number") {
      self = .local(LuaCodec(number: number, name: try arguments.requiredString("name")))
      return
    }
    var settings = RemoteCodec.Settings(endpoint: try arguments.requiredString("endpoint"))
    settings.authorization = try arguments.string("auth")
    settings.headers = try arguments.texts("headers")
    settings.timeout = try arguments.duration("timeout") ?? settings.timeout
    settings.serverRootCACertificate = try arguments.string("server_root_ca_cert").map(
      TLSSettings.Source.init(pathOrData:))
    self = .remote(settings)
  }

  fileprivate var isLua: Bool {
    if case .local(let codec) = self { codec is LuaCodec } else { false }
  }
}

extension TLSSettings {
  fileprivate init(_ arguments: CallArguments) throws {
    self.init()
    serverRootCACertificate = try arguments.string("server_root_ca_cert").map(Source.init(pathOrData:))
    domain = try arguments.string("domain")
    clientCertificate = try arguments.string("client_cert").map(Source.init(pathOrData:))
    clientPrivateKey = try arguments.string("client_private_key").map(Source.init(pathOrData:))
  }
}

extension RetryPolicy {
  /// The fields of the SDK's `RetryConfig`, whose `max_retries` counts the first attempt, too.
  fileprivate init(_ arguments: CallArguments) throws {
    self.init()
    let multiplier = try arguments.number("multiplier") ?? backoff.multiplier
    let spread = try arguments.number("randomization_factor") ?? backoff.spread
    guard (1...1000).contains(multiplier), (0...1).contains(spread) else {
      throw LuaKindError(
        "ValueError", "retry_config: multiplier must be from 1 to 1000, and randomization_factor from 0 to 1")
    }
    backoff = Backoff(
      initial: try arguments.duration("initial_interval") ?? .milliseconds(100), multiplier: multiplier,
      maximum: try arguments.duration("max_interval") ?? backoff.maximum, spread: spread)
    maximumElapsed = try arguments.duration("max_elapsed_time") ?? maximumElapsed
    maximumAttempts = max(1, try arguments.integer("max_retries") ?? maximumAttempts)
  }
}

extension Client.Configuration.Keepalive {
  fileprivate init(_ arguments: CallArguments) throws {
    self.init()
    interval = try arguments.duration("interval") ?? interval
    timeout = try arguments.duration("timeout") ?? timeout
  }
}

extension Client.Configuration.Proxy {
  fileprivate init(_ arguments: CallArguments) throws {
    self.init(target: try arguments.requiredString("target_host"))
    let credentials = try arguments.strings("basic_auth")
    if credentials.count == 2 { (user, password) = (credentials[0], credentials[1]) }
  }
}
