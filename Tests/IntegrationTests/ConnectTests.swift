import Foundation
import Synchronization
import TemporalClient
import Testing

extension ServerTests {
  @Suite struct ConnectTests {
    @Test func asksForTheVersion() async throws {
      let fixture = try Fixture()
      let info = try #require(await fixture.client.connect()).view
      #expect(!info.string("server_version").isEmpty)
      #expect(try info.at("capabilities").boolean("supports_schedules"))
    }

    @Test func saysAtOnceThatNobodyListens() async throws {
      // Taken, so that nobody else comes to listen there.
      let (socket, port) = try boundSocket()
      defer { Glibc.close(socket) }
      let attempts = Mutex(0)
      var configuration = Client.Configuration(target: "127.0.0.1:\(port)")
      configuration.observer = { _ in attempts.withLock { $0 += 1 } }
      let client = try Client(configuration)
      let error = try #require(await #expect(throws: ConnectError.self) { try await client.connect() })
      #expect(attempts.withLock(\.self) == 1)
      #expect(error.target == "127.0.0.1:\(port)")
      #expect(error.message.hasPrefix("cannot connect to 127.0.0.1:\(port): "))
      #expect(error.message.contains("Connection refused"))
      #expect(error.failure.status == .unavailable)
    }

    @Test func aClosedClientMakesNoCalls() async throws {
      let fixture = try Fixture()
      let handle = try await fixture.start("Sleep")
      let other = try Fixture()
      let waiting = Task { try await other.client.workflowHandle(id: handle.id).result() }
      _ = try await other.client.connect()
      other.client.close()
      let error = try await failure { _ = try await other.client.workflowHandle(id: handle.id).describe() }
      #expect(error.status == .cancelled)
      await #expect(throws: RPCFailure.self) { try await waiting.value }
      try await handle.terminate()
    }

    @Test func callsAnyMethodWithHeadersOfItsOwn() async throws {
      let fixture = try Fixture()
      let method = try #require(RPCService.workflow.method(named: "describe_namespace"))
      let request = MessageBuilder(method.input)
      request.set("namespace", fixture.client.configuration.namespace)
      let response = try await fixture.client.call(method, request.serialized())
      #expect(try response.view.at("namespace_info").string("name") == fixture.client.configuration.namespace)
      let error = await #expect(throws: UsageError.self) {
        try await fixture.client.call(method, [], options: CallOptions(metadata: ["Not Legal": "x"]))
      }
      #expect(error?.message.contains("not legal") == true)
    }

    /// A socket with a port of its own, on which it does not listen.
    private func boundSocket() throws -> (socket: Int32, port: UInt16) {
      let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let named = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
          Glibc.bind(socket, address, length) == 0 && Glibc.getsockname(socket, address, &length) == 0
        }
      }
      try #require(named)
      return (socket, UInt16(bigEndian: address.sin_port))
    }
  }
}
