import TemporalClient

/// How the session's client connects, as the options say that have the names of the `temporal` CLI's.
public struct ConnectionOptions: Sendable {
  /// A certificate or key: the path of its file, or itself.
  public struct Source: Sendable {
    /// The path of a PEM file.
    public var path: String?
    /// PEM itself.
    public var data: String?

    /// Makes one that is not given.
    public init() {}
  }

  /// `--address`.
  public var address: String?
  /// `--namespace`.
  public var namespace: String?
  /// `--api-key`.
  public var apiKey: String?
  /// `--tls` or `--no-tls`.
  public var tls: Bool?
  /// `--tls-ca-path` and `--tls-ca-data`.
  public var serverCACertificate = Source()
  /// `--tls-cert-path` and `--tls-cert-data`.
  public var clientCertificate = Source()
  /// `--tls-key-path` and `--tls-key-data`.
  public var clientKey = Source()
  /// `--tls-server-name`.
  public var serverName: String?
  /// `--client-authority`.
  public var authority: String?
  /// `--grpc-meta`, each as `KEY=VALUE`.
  public var metadata: [String] = []
  /// `--codec-endpoint`.
  public var codecEndpoint: String?
  /// `--codec-auth`.
  public var codecAuth: String?
  /// `--codec-header`, each as `KEY=VALUE`.
  public var codecHeaders: [String] = []
  /// `--identity`.
  public var identity: String?
  /// `--client-connect-timeout`.
  public var connectTimeout: Duration?
  /// `--profile`.
  public var profile: String?
  /// `--config-file`.
  public var configurationFile: String?
  /// Whether the configuration file is read.
  public var readsFile = true
  /// Whether the variables `TEMPORAL_…` are.
  public var readsVariables = true

  /// Makes options that leave all to the configuration file and the variables.
  public init() {}

  /// What the options make of the configuration file and the variables.
  ///
  /// - Throws: `UsageError` if a client cannot be made with them.
  func configuration() throws -> Client.Configuration {
    var profile = ConnectionProfile()
    if readsFile || readsVariables {
      var sources = ConnectionProfile.Sources()
      sources.file = configurationFile.nonEmpty
      sources.profile = self.profile.nonEmpty
      sources.includesFile = readsFile
      sources.includesVariables = readsVariables
      profile = try ConnectionProfile(sources)
    }
    profile.address = address ?? profile.address
    profile.namespace = namespace ?? profile.namespace
    profile.apiKey = apiKey.nonEmpty ?? profile.apiKey
    profile.authority = authority.nonEmpty ?? profile.authority
    applyTLS(to: &profile)
    try applyCodec(to: &profile)
    return try complete(profile.configuration())
  }

  /// The configuration for a dev server, which knows nothing of keys and certificates; neither a file nor a variable is
  /// about it, but for the namespace.
  func configuration(ofDevServer address: String) throws -> Client.Configuration {
    var profile = ConnectionProfile()
    profile.namespace = try namespace ?? ConnectionProfile(variables: .process).namespace
    profile.address = address
    try applyCodec(to: &profile)
    return try complete(profile.configuration())
  }

  private func complete(_ configuration: Client.Configuration) throws -> Client.Configuration {
    var configuration = configuration
    for (key, value) in try Self.pairs(metadata, of: "--grpc-meta") { configuration.metadata.set(key, value) }
    if let identity, !identity.isEmpty { configuration.identity = identity }
    configuration.connectTimeout = connectTimeout
    try configuration.validate()
    return configuration
  }

  private func applyCodec(to profile: inout ConnectionProfile) throws {
    profile.codec.endpoint = codecEndpoint.nonEmpty ?? profile.codec.endpoint
    profile.codec.auth = codecAuth.nonEmpty ?? profile.codec.auth
    profile.codec.headers = try Self.pairs(codecHeaders, of: "--codec-header")
  }

  private static func pairs(_ texts: [String], of option: String) throws -> [(name: String, value: String)] {
    try texts.map { text in
      guard let sign = text.firstIndex(of: "=") else { throw ShellError("\(option) takes KEY=VALUE") }
      return (String(text[..<sign]), String(text[text.index(after: sign)...]))
    }
  }

  private func applyTLS(to profile: inout ConnectionProfile) {
    if tls == false {
      profile.tls = ConnectionProfile.TLS()
      profile.tls?.isDisabled = true
      return
    }
    var settings = profile.tls ?? ConnectionProfile.TLS()
    var isGiven = tls == true
    func take(_ given: String?, _ value: inout String?) {
      guard let given = given.nonEmpty else { return }
      value = given
      isGiven = true
    }
    take(serverCACertificate.path, &settings.serverCACertificate.path)
    take(serverCACertificate.data, &settings.serverCACertificate.data)
    take(clientCertificate.path, &settings.clientCertificate.path)
    take(clientCertificate.data, &settings.clientCertificate.data)
    take(clientKey.path, &settings.clientKey.path)
    take(clientKey.data, &settings.clientKey.data)
    take(serverName, &settings.serverName)
    if isGiven { profile.tls = settings }
  }
}

extension String? {
  /// As with the CLI, an option that is given nothing is not given.
  fileprivate var nonEmpty: String? { self?.isEmpty == true ? nil : self }
}
