import Testing

@testable import RPC

extension PeerTests {
  @Suite struct ConnectionTests {
    @Test func theDeadlineEndsACall() async throws {
      let channel = try Channel.toPeer()
      let clock = SuspendingClock()
      let start = clock.now
      let error = try await rpcError { try await channel.unary("/peer.Peer/Hang", [], timeout: .milliseconds(50)) }
      #expect(error.code == .deadlineExceeded)
      #expect(clock.now - start >= .milliseconds(50))
    }

    @Test(arguments: [Duration.zero, .seconds(-1)])
    func aDeadlineInThePastEndsItAtOnce(timeout: Duration) async throws {
      let channel = try Channel.toPeer()
      let error = try await rpcError { try await channel.unary("/peer.Peer/Hang", [], timeout: timeout) }
      #expect(error.code == .deadlineExceeded)
    }

    @Test func aDeadPortFailsAtOnce() async throws {
      let dead = try DeadPort()
      let channel = try Channel.to("127.0.0.1:\(dead.port)")
      let error = try await rpcError { try await channel.call("Echo") }
      #expect(error.code == .unavailable)
      #expect(error.message.contains("Connection refused"))
    }

    @Test func aDeadPortIsWaitedForOnRequest() async throws {
      let dead = try DeadPort()
      let channel = try Channel.to("127.0.0.1:\(dead.port)")
      let clock = SuspendingClock()
      let start = clock.now
      let error = try await rpcError {
        try await channel.unary("/peer.Peer/Echo", [], timeout: .milliseconds(200), waitForReady: true)
      }
      #expect(error.code == .deadlineExceeded)
      #expect(clock.now - start >= .milliseconds(200))
    }

    @Test func aNameThatDoesNotExist() async throws {
      let channel = try Channel.to("no-such-host.invalid:7233") { $0.usesProxy = false }
      let error = try await rpcError { try await channel.call("Echo") }
      #expect(error.code == .unavailable)
      #expect(error.message.contains("no-such-host.invalid"))
    }

    @Test func aServerThatDiesInTheMiddle() async throws {
      let peer = try Peer()
      let channel = try Channel.to(peer.target)
      let task = Task { try await channel.call("Hang", "killed") }
      _ = try await channel.call("HasArrived", "killed")
      peer.kill()
      #expect(try await rpcError { try await task.value }.code == .unavailable)
    }

    @Test func aServerThatComesBack() async throws {
      let first = try Peer()
      let channel = try Channel.to(first.target)
      _ = try await channel.call("Echo")
      first.kill()
      #expect(try await rpcError { try await channel.call("Echo") }.code == .unavailable)
      let second = try Peer(port: first.port)
      let response = try await channel.unary(
        "/peer.Peer/Echo", [7], timeout: .seconds(30), waitForReady: true)
      #expect(response.message == [7])
      #expect(try await channel.call("Echo", "again").text == "again")
      second.kill()
    }

    /// A frozen server keeps the connection open; only a ping finds out.
    @Test func keepaliveFindsADeadConnection() async throws {
      let peer = try Peer()
      let channel = try Channel.to(peer.target) {
        $0.keepalive = .init(interval: .milliseconds(200), timeout: .milliseconds(200))
      }
      let task = Task { try await channel.unary("/peer.Peer/Hang", Array("frozen".utf8), timeout: nil) }
      _ = try await channel.call("HasArrived", "frozen")
      peer.freeze()
      #expect(try await rpcError { try await task.value }.code == .unavailable)
    }
  }
}
