import Testing

@testable import TemporalClient

/// What Tests/Connecting cannot see from outside, because it needs no server or must not show itself.
@Suite struct ConnectionProfileTests {
  private func configuration(_ variables: [String: String]) throws -> Client.Configuration {
    try ConnectionProfile(variables: Environment(variables)).configuration()
  }

  @Test func nothingIsTheServerOfThisMachine() throws {
    let configuration = try ConnectionProfile(ConnectionProfile.Sources(), environment: Environment([:]))
      .configuration()
    #expect(configuration.target == "localhost:7233")
    #expect(configuration.namespace == "default")
    #expect(configuration.encryption == .automatic)
    #expect(!configuration.isEncrypted)
  }

  @Test func theAuthorityIsAVariable() throws {
    #expect(try configuration(["TEMPORAL_CLIENT_AUTHORITY": "there"]).authority == "there")
    #expect(try configuration(["TEMPORAL_CLIENT_AUTHORITY": ""]).authority == nil)
  }

  @Test func theFileIsWhereTheUserKeepsConfiguration() {
    func file(_ variables: [String: String]) -> String? { Environment(variables).defaultConfigurationFile }
    #expect(file(["HOME": "/people/me", "XDG_CONFIG_HOME": "/etc/me"]) == "/etc/me/temporalio/temporal.toml")
    #expect(
      file(["HOME": "/people/me", "XDG_CONFIG_HOME": "relative"]) == "/people/me/.config/temporalio/temporal.toml")
    #expect(file([:]) == nil)
  }

  @Test func aKeySwitchesTLSOnUnlessItIsOff() throws {
    #expect(try configuration(["TEMPORAL_API_KEY": "k"]).isEncrypted)
    #expect(try !configuration(["TEMPORAL_API_KEY": "k", "TEMPORAL_TLS": "0"]).isEncrypted)
  }

  @Test func contradictionsAreNamed() {
    let error = #expect(throws: UsageError.self) {
      try configuration(["TEMPORAL_TLS_CLIENT_KEY_PATH": "a", "TEMPORAL_TLS_CLIENT_KEY_DATA": "b"])
    }
    #expect(error?.message == "the client's key is given twice: as a path and as data")
  }

  @Test(arguments: ["", "a b", "a\n", "ä"])
  func aKeyMustFitAHeader(text: String) {
    let error = #expect(throws: UsageError.self) { try APIKey(text) }
    #expect(error?.message.hasPrefix("the API key ") == true)
  }

  @Test func noDumpShowsASecret() throws {
    var configuration = try configuration([
      "TEMPORAL_API_KEY": "s3cret", "TEMPORAL_GRPC_META_X": "s3cret", "TEMPORAL_TLS_CLIENT_CERT_DATA": "s3cret",
      "TEMPORAL_TLS_CLIENT_KEY_DATA": "s3cret", "TEMPORAL_CODEC_ENDPOINT": "http://me:s3cret@localhost",
      "TEMPORAL_CODEC_AUTH": "s3cret",
    ])
    configuration.proxy = Client.Configuration.Proxy(target: "proxy:1", user: "me", password: "s3cret")
    var shown = "\(configuration) \(String(reflecting: configuration))"
    dump(configuration, to: &shown)
    let profile = try ConnectionProfile(
      variables: Environment(["TEMPORAL_API_KEY": "s3cret", "TEMPORAL_CODEC_AUTH": "s3cret"]))
    shown += "\(profile)"
    dump(profile, to: &shown)
    dump(Channel.Configuration.TLS(identity: .init(certificateChain: Array("s3cret".utf8), privateKey: [])), to: &shown)
    #expect(!shown.contains("s3cret"))
    let numbers = shown.split { !$0.isNumber }.joined(separator: " ")
    #expect(!numbers.contains(Array("s3cret".utf8).map(String.init).joined(separator: " ")), "byte by byte")
  }
}
