import Testing

@testable import RPC

@Suite struct ConfigurationTests {
  @Test(arguments: [
    "localhost:7233", "LocalHost", "127.0.0.1:7233", "127.9.9.9:1", "[::1]:7233", "::1", "dns:///localhost:7233",
    "dns:localhost:7233", "dns://8.8.8.8/localhost:1", "ipv4:127.0.0.1:7233", "ipv6:[::1]:7233", "unix:/run/x",
    "unix-abstract:x",
  ])
  func loopbackNeedsNoProxy(target: String) {
    #expect(!Channel.Configuration(target: target).usesProxy)
  }

  @Test(arguments: [
    "example.com:7233", "127.example.com:7233", "10.0.0.1:7233", "localhost.example.com:1", "[2001:db8::1]:7233",
    "dns:///example.com:443", "ipv4:10.0.0.1:7233", "127.0.0.300:1", "",
  ])
  func othersMayUseOne(target: String) {
    #expect(Channel.Configuration(target: target).usesProxy)
  }

  @Test func aProxysPasswordMayHaveAnyCharacters() {
    #expect(Channel.Configuration.Proxy(target: "p:1").url == "http://p:1")
    let proxy = Channel.Configuration.Proxy(target: "p:1", user: "a@b", password: "p:w/ä\n%")
    #expect(proxy.url == "http://a%40b:p%3Aw%2F%C3%A4%0A%25@p:1")
  }

  @Test func defaultsAreThoseOfTemporalsClients() {
    let configuration = Channel.Configuration(target: "localhost:7233")
    #expect(configuration.keepalive == .init(interval: .seconds(30), timeout: .seconds(15)))
    #expect(configuration.maximumResponseSize == 134_217_728)
    #expect(configuration.maximumReconnectBackoff == .seconds(5))
  }

  @Test(arguments: ["", "local\0host:1"])
  func aTargetMustBeAName(target: String) {
    let error = #expect(throws: RPCError.self) { try Channel(Channel.Configuration(target: target)) }
    #expect(error?.code == .invalidArgument)
  }

  @Test func aCancellationAfterTheDeadlineIsTheDeadlines() {
    let cancelled = RPCError(.cancelled, "CANCELLED", details: [1])
    let attributed = cancelled.attributed(to: .after(.zero))
    #expect(attributed.code == .deadlineExceeded)
    #expect(attributed.details == [1])
    #expect(cancelled.attributed(to: .after(.seconds(60))).code == .cancelled)
    #expect(cancelled.attributed(to: .never).code == .cancelled)
    #expect(RPCError(.notFound, "").attributed(to: .after(.zero)).code == .notFound)
  }

  @Test func deadlinesAreTotal() {
    #expect(Deadline.after(.seconds(Int64.max)) == .never)
    #expect(Deadline.after(.seconds(9_300_000_000)) == .never)
    #expect(Deadline.after(.seconds(Int64.min)) == Deadline.after(.seconds(-9_000_000_000)))
    #expect(Deadline.after(.seconds(1)) < Deadline.after(.milliseconds(2_500)))
    #expect(Deadline.after(.seconds(1_000_000_000)) < .never)
  }
}
