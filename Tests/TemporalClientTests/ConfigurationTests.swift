import Testing

@testable import TemporalClient

@Suite struct ConfigurationTests {
  @Test(arguments: ["localhost:7233", "127.0.0.1:1", "[::1]:7233", "my-host.example.com:65535"])
  func acceptsAHostAndAPort(target: String) throws {
    let client = try Client(Client.Configuration(target: target))
    #expect(client.configuration.target == target)
  }

  @Test(arguments: [
    ("", "has no port"),
    ("localhost", "has no port"),
    ("[::1]", "has no port"),
    (":7233", "has no host"),
    ("::1:7233", "has an IPv6 address without brackets"),
    ("localhost:", "has no valid port"),
    ("localhost:0", "has no valid port"),
    ("localhost:65536", "has no valid port"),
    ("localhost:http", "has no valid port"),
    ("localhost:+80", "has no valid port"),
    ("http://localhost:7233", "has a scheme"),
    ("local host:7233", "has characters that no host has"),
    ("localhost:7233/", "has characters that no host has"),
  ])
  func refusesWhatIsNoHostAndPort(target: String, fault: String) {
    let error = #expect(throws: UsageError.self) { try Client(Client.Configuration(target: target)) }
    #expect(
      error?.message == "the target \"\(target)\" \(fault); it must be a host and a port, such as localhost:7233")
  }

  @Test func refusesHeadersThatCannotBeSent() {
    var configuration = Client.Configuration()
    configuration.metadata = ["no spaces": "x"]
    let error = #expect(throws: UsageError.self) { try Client(configuration) }
    #expect(error?.message.contains("no spaces") == true)
  }

  @Test func saysWhichProcessItIs() {
    let parts = Client.Configuration().identity.split(separator: "@", maxSplits: 1)
    #expect(parts.count == 2)
    #expect(parts.first.flatMap { Int($0) } ?? 0 > 0)
  }
}
