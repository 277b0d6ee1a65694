/// What `temporal.toml` and the variables `TEMPORAL_…` say of a connection, as Temporal's own clients read them.
public struct ConnectionProfile: Sendable {
  /// A certificate or key, of which the path or the text is given.
  public struct Source: Sendable {
    /// The path of a PEM file.
    public var path: String?
    /// PEM itself.
    public var data: String?

    /// Creates one that is not given.
    public init() {}
  }

  /// The settings of TLS; that there are any switches it on.
  public struct TLS: Sendable {
    /// Whether TLS is off all the same.
    public var isDisabled: Bool?
    /// The client's certificate.
    public var clientCertificate = Source()
    /// The key of the client's certificate.
    public var clientKey = Source()
    /// The CA of the server's certificate.
    public var serverCACertificate = Source()
    /// The name in the server's certificate, where it is not the address's.
    public var serverName: String?

    /// Creates settings that say nothing.
    public init() {}
  }

  /// Where a profile is looked for, and under which name.
  public struct Sources: Sendable {
    /// The configuration file; nil for the one that `TEMPORAL_CONFIG_FILE` names, or the user's own.
    public var file: String?
    /// The profile's name; nil for the one that `TEMPORAL_PROFILE` names, or `default`, which need not be there.
    public var profile: String?
    /// Whether the file is read.
    public var includesFile = true
    /// Whether variables overrule the file.
    public var includesVariables = true

    /// Creates the usual sources.
    public init() {}

    /// Where the file is; nil where there is no home.
    func path(_ environment: Environment) -> String? {
      file ?? environment.nonEmpty("TEMPORAL_CONFIG_FILE") ?? environment.defaultConfigurationFile
    }
  }

  /// The profile's name in the file; nil where no profile was found.
  public var name: String?
  /// Whether the profile is marked as production.
  public var isProduction = false
  /// Whether the profile is for reading only.
  public var isReadOnly = false
  /// The server's host and port, in which `${namespace}` stands for the namespace.
  public var address: String?
  /// The namespace.
  public var namespace: String?
  /// The API key.
  public var apiKey: String?
  /// The `:authority` to send.
  public var authority: String?
  /// The settings of TLS.
  public var tls: TLS?
  /// Headers of every call.
  public var metadata: [String: String] = [:]

  /// Creates a profile that says nothing.
  public init() {}

  /// Reads a profile.
  ///
  /// - Parameters:
  ///   - sources: where to look for it.
  ///   - environment: the variables.
  /// - Throws: ``UsageError`` if there is no profile of a name that was asked for, if the file cannot be read, or if the
  ///   settings contradict each other.
  public init(_ sources: Sources, environment: Environment = .process) throws(UsageError) {
    if sources.includesFile {
      let path = sources.path(environment)
      let file = try path.map { (path) throws(UsageError) in try ConfigurationFile(path: path) }
      let asked = sources.profile ?? environment.nonEmpty("TEMPORAL_PROFILE")
      if let profile = file?.profile(asked ?? "default") {
        self = profile
        name = asked ?? "default"
      } else if let asked {
        throw UsageError("there is no profile \"\(asked)\" in \(path ?? "a configuration file, for there is none")")
      }
    }
    if sources.includesVariables { try apply(environment) }
  }

  /// The profiles that there are to choose from.
  ///
  /// - Parameters:
  ///   - sources: where to look for them.
  ///   - environment: the variables.
  /// - Returns: their names, sorted.
  /// - Throws: ``UsageError`` if the file cannot be read, or is not a configuration.
  public static func names(_ sources: Sources, environment: Environment = .process) throws(UsageError) -> [String] {
    guard sources.includesFile, let path = sources.path(environment) else { return [] }
    return try ConfigurationFile(path: path).names
  }

  /// Reads what variables alone say.
  ///
  /// - Parameter environment: the variables.
  /// - Throws: ``UsageError`` if they contradict each other.
  public init(variables environment: Environment) throws(UsageError) {
    try apply(environment)
  }

  /// The configuration of a client that connects as the profile says.
  ///
  /// - Returns: the configuration, with defaults for what the profile does not say.
  /// - Throws: ``UsageError`` if the API key is none, or if a path and data are given for the same thing.
  public func configuration() throws(UsageError) -> Client.Configuration {
    var configuration = Client.Configuration()
    configuration.profile = name
    configuration.isProduction = isProduction
    configuration.isReadOnly = isReadOnly
    if let namespace, !namespace.isEmpty { configuration.namespace = namespace }
    if let address, !address.isEmpty {
      configuration.target = address.replacing("${namespace}", with: configuration.namespace)
    }
    if let apiKey, !apiKey.isEmpty { configuration.apiKey = try APIKey(apiKey) }
    if let authority, !authority.isEmpty { configuration.authority = authority }
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { configuration.metadata.append(key, value) }
    if let tls { configuration.encryption = try tls.encryption() }
    return configuration
  }

  /// The name of a header as the file and variables may write it: in capitals, and with underscores.
  static func metadataKey(_ name: String) -> String {
    String(name.lowercased().map { $0 == "_" ? "-" : $0 })
  }
}

extension ConnectionProfile.TLS {
  func encryption() throws(UsageError) -> Client.Configuration.Encryption {
    try checkForConflicts()
    if isDisabled == true { return .off }
    var settings = TLSSettings()
    settings.serverRootCACertificate = serverCACertificate.source
    settings.clientCertificate = clientCertificate.source
    settings.clientPrivateKey = clientKey.source
    if let serverName, !serverName.isEmpty { settings.domain = serverName }
    return .tls(settings)
  }

  /// Checks that nothing is given twice.
  func checkForConflicts() throws(UsageError) {
    let all = [
      ("client certificate", clientCertificate), ("client's key", clientKey),
      ("server's CA certificate", serverCACertificate),
    ]
    for (role, source) in all where source.path?.isEmpty == false && source.data?.isEmpty == false {
      throw UsageError("the \(role) is given twice: as a path and as data")
    }
  }
}

extension ConnectionProfile.Source {
  fileprivate var source: TLSSettings.Source? {
    if let path, !path.isEmpty { return .path(path) }
    if let data, !data.isEmpty { return .data(Array(data.utf8)) }
    return nil
  }
}

extension ConnectionProfile: CustomStringConvertible, CustomReflectable {
  /// The address and the namespace; nothing of what is secret.
  public var description: String { "\(address ?? "no address"), \(namespace ?? "no namespace")" }
  /// No children: a dump shows the description alone.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension ConnectionProfile.Source: CustomStringConvertible, CustomReflectable {
  /// The path; nothing of the data, which may be a key.
  public var description: String { path ?? (data == nil ? "nothing" : "PEM") }
  /// No children: a dump shows the description alone.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
