internal import ArgumentParser
internal import Shell

/// The options about the connection, with the names of the `temporal` CLI's.
struct ConnectionArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The API key; switches TLS on.", valueName: "key"))
  var apiKey: String?

  @Flag(inversion: .prefixedNo, help: "Encrypt the connection; on if there is an API key or another option for TLS.")
  var tls: Bool?

  @Option(help: ArgumentHelp("The CA of the server's certificate (default: those of the system).", valueName: "file"))
  var tlsCaPath: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("The same as PEM.", valueName: "pem"))
  var tlsCaData: String?

  @Option(help: ArgumentHelp("The client's certificate.", valueName: "file"))
  var tlsCertPath: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("The same as PEM.", valueName: "pem"))
  var tlsCertData: String?

  @Option(help: ArgumentHelp("The key of the client's certificate.", valueName: "file"))
  var tlsKeyPath: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("The same as PEM.", valueName: "pem"))
  var tlsKeyData: String?

  @Option(help: ArgumentHelp("The name in the server's certificate, if not the address's.", valueName: "name"))
  var tlsServerName: String?

  @Flag(help: .hidden)
  var tlsDisableHostVerification = false

  @Option(help: ArgumentHelp("The :authority to send.", valueName: "name"))
  var clientAuthority: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A header for every call; may be repeated.", valueName: "key=value"))
  var grpcMeta: [String] = []

  @Option(
    help: ArgumentHelp(
      "The server that encodes and decodes all payloads; {namespace} in it is replaced.", valueName: "url"))
  var codecEndpoint: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The Authorization header for the codec's server.", valueName: "value"))
  var codecAuth: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A header for the codec's server; may be repeated.", valueName: "key=value"))
  var codecHeader: [String] = []

  @Option(help: "Who the histories say it was (default: process@host).")
  var identity: String?

  @Option(
    help: ArgumentHelp("How long to wait for the server's first answer, as 5s.", valueName: "duration"),
    transform: ConnectionArguments.duration)
  var clientConnectTimeout: Duration?

  @Option(
    help: ArgumentHelp(
      "The profile of the configuration file (default: $TEMPORAL_PROFILE, or default).", valueName: "name"))
  var profile: String?

  @Option(
    help: ArgumentHelp(
      "The configuration file (default: $TEMPORAL_CONFIG_FILE, or ~/.config/temporalio/temporal.toml).",
      valueName: "file"))
  var configFile: String?

  @Flag(help: "Read no configuration file.")
  var disableConfigFile = false

  @Flag(help: "Read no variables TEMPORAL_….")
  var disableConfigEnv = false

  func validate() throws {
    if tlsDisableHostVerification {
      throw ValidationError(
        "The server's certificate is always verified: name its CA by --tls-ca-path, or its name by --tls-server-name.")
    }
  }

  /// An option that a server of one's own has no use for, where one is given.
  var optionForAnotherServer: String? {
    let given: [(String, Bool)] = [
      ("--api-key", apiKey != nil), ("--tls", tls != nil),
      ("--tls-ca-path", tlsCaPath != nil), ("--tls-ca-data", tlsCaData != nil),
      ("--tls-cert-path", tlsCertPath != nil), ("--tls-cert-data", tlsCertData != nil),
      ("--tls-key-path", tlsKeyPath != nil), ("--tls-key-data", tlsKeyData != nil),
      ("--tls-server-name", tlsServerName != nil), ("--client-authority", clientAuthority != nil),
      ("--profile", profile != nil), ("--config-file", configFile != nil),
    ]
    return given.first { $0.1 }?.0
  }

  /// The options for the shell.
  var options: ConnectionOptions {
    var options = ConnectionOptions()
    options.apiKey = apiKey
    options.tls = tls
    options.serverCACertificate = Self.source(tlsCaPath, tlsCaData)
    options.clientCertificate = Self.source(tlsCertPath, tlsCertData)
    options.clientKey = Self.source(tlsKeyPath, tlsKeyData)
    options.serverName = tlsServerName
    options.authority = clientAuthority
    options.metadata = grpcMeta
    options.codecEndpoint = codecEndpoint
    options.codecAuth = codecAuth
    options.codecHeaders = codecHeader
    options.identity = identity
    options.connectTimeout = clientConnectTimeout
    options.profile = profile
    options.configurationFile = configFile
    options.readsFile = !disableConfigFile
    options.readsVariables = !disableConfigEnv
    return options
  }

  private static func source(_ path: String?, _ data: String?) -> ConnectionOptions.Source {
    var source = ConnectionOptions.Source()
    source.path = path
    source.data = data
    return source
  }

  /// A duration in Go's form, which is the CLI's: `1m30s`, `500ms`.
  private static func duration(_ text: String) throws -> Duration {
    let duration = try durationOrNone(text)
    guard duration > .zero else { throw ValidationError("\"\(text)\" is not a duration, such as 5s or 500ms.") }
    return duration
  }

  /// A duration, or `0` for none.
  static func durationOrNone(_ text: String) throws -> Duration {
    if text == "0" { return .zero }
    let units: [Substring: Double] = ["ms": 0.001, "s": 1, "m": 60, "h": 3_600]
    var rest = text[...]
    var seconds = 0.0
    while !rest.isEmpty {
      let number = rest.prefix { $0.isNumber || $0 == "." }
      let unit = rest.dropFirst(number.count).prefix { $0.isLetter }
      guard let value = Double(number), let factor = units[unit] else {
        throw ValidationError("\"\(text)\" is not a duration, such as 5s or 500ms.")
      }
      seconds += value * factor
      rest = rest.dropFirst(number.count + unit.count)
    }
    guard !text.isEmpty else { throw ValidationError("\"\" is not a duration, such as 5s or 500ms.") }
    return .seconds(seconds)
  }
}
