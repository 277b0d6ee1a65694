extension ConnectionProfile {
  /// Puts variables in the place of what the profile says.
  ///
  /// A variable that is set to nothing counts as set, as in Temporal's own clients: it takes back what the file says.
  mutating func apply(_ environment: Environment) throws(UsageError) {
    func take(_ name: String, _ value: inout String?) { value = environment[name] ?? value }
    take("TEMPORAL_ADDRESS", &address)
    take("TEMPORAL_NAMESPACE", &namespace)
    take("TEMPORAL_API_KEY", &apiKey)
    take("TEMPORAL_CLIENT_AUTHORITY", &authority)
    take("TEMPORAL_CODEC_ENDPOINT", &codec.endpoint)
    take("TEMPORAL_CODEC_AUTH", &codec.auth)
    try applyTLS(environment)
    for (name, value) in environment.variables(withPrefix: "TEMPORAL_GRPC_META_") {
      metadata[Self.metadataKey(name)] = value.isEmpty ? nil : value
    }
  }

  private mutating func applyTLS(_ environment: Environment) throws(UsageError) {
    var settings = tls ?? TLS()
    var isGiven = false
    func take(_ name: String, _ value: inout String?) {
      guard let text = environment["TEMPORAL_TLS_\(name)"] else { return }
      value = text
      isGiven = true
    }
    if let isOn = environment["TEMPORAL_TLS"].flatMap(Self.boolean) {
      settings.isDisabled = !isOn
      isGiven = true
    }
    take("CLIENT_CERT_PATH", &settings.clientCertificate.path)
    take("CLIENT_CERT_DATA", &settings.clientCertificate.data)
    take("CLIENT_KEY_PATH", &settings.clientKey.path)
    take("CLIENT_KEY_DATA", &settings.clientKey.data)
    take("SERVER_CA_CERT_PATH", &settings.serverCACertificate.path)
    take("SERVER_CA_CERT_DATA", &settings.serverCACertificate.data)
    take("SERVER_NAME", &settings.serverName)
    // It is not obeyed, as the Python SDK does not obey it; that it is there switches TLS on all the same.
    if environment["TEMPORAL_TLS_DISABLE_HOST_VERIFICATION"].flatMap(Self.boolean) != nil { isGiven = true }
    takeOlder(&settings, &isGiven, environment)
    guard isGiven else { return }
    try settings.checkForConflicts()
    tls = settings
  }

  /// The variables that the CLI had before there were profiles, which there are stronger than all others.
  private func takeOlder(_ settings: inout TLS, _ isGiven: inout Bool, _ environment: Environment) {
    func take(_ name: String, _ value: inout String?) {
      guard let text = environment.nonEmpty("TEMPORAL_TLS_\(name)") else { return }
      value = text
      isGiven = true
    }
    take("CERT", &settings.clientCertificate.path)
    take("CERT_DATA", &settings.clientCertificate.data)
    take("KEY", &settings.clientKey.path)
    take("KEY_DATA", &settings.clientKey.data)
    take("CA", &settings.serverCACertificate.path)
    take("CA_DATA", &settings.serverCACertificate.data)
  }

  private static func boolean(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "1", "true": true
    case "0", "false": false
    default: nil
    }
  }
}
