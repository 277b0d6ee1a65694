import Testing

@testable import RPC

extension PeerTests {
  @Suite struct UnaryTests {
    @Test(arguments: [0, 1, 23, 24, 4096, 100_000])
    func echo(size: Int) async throws {
      let channel = try Channel.toPeer()
      let request = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
      let response = try await channel.unary("/peer.Peer/Echo", request, timeout: .seconds(30))
      #expect(response.message == request)
      channel.close()
    }

    @Test func aReplyOfFiveMegabytesArrivesWhole() async throws {
      let channel = try Channel.toPeer()
      let response = try await channel.call("Big", "5242880")
      #expect(response.message.count == 5_242_880)
      #expect(response.message.enumerated().allSatisfy { $0.element == UInt8(truncatingIfNeeded: $0.offset) })
    }

    @Test func aReplyAboveTheLimitFails() async throws {
      let channel = try Channel.toPeer { $0.maximumResponseSize = 4 << 20 }
      let error = try await rpcError { try await channel.call("Big", "5242880") }
      #expect(error.code == .resourceExhausted)
      #expect(error.message.contains("5242880 vs. 4194304"))
      #expect(!RetryPolicy.isRetryable(error))
    }

    @Test func manyCallsAtOnce() async throws {
      let channel = try Channel.toPeer()
      let replies = try await withThrowingTaskGroup(of: (Int, String).self) { group in
        for number in 0..<500 {
          group.addTask { (number, try await channel.call("Echo", "call \(number)").text) }
        }
        return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
      #expect(replies.count == 500)
      #expect(replies.allSatisfy { $0.value == "call \($0.key)" })
    }

    /// A queue that nobody polls takes seconds for each call. The quickest of many tells: a machine with much to do holds
    /// up some of them.
    @Test func callsAreQuick() async throws {
      let channel = try Channel.toPeer()
      _ = try await channel.call("Echo")
      let clock = SuspendingClock()
      var times: [Duration] = []
      for _ in 0..<21 {
        times.append(try await clock.measure { _ = try await channel.call("Echo") })
      }
      #expect(times.min()! < .milliseconds(50))
    }

    @Test func aMethodTheServerDoesNotKnow() async throws {
      let channel = try Channel.toPeer()
      #expect(try await rpcError { try await channel.call("Nothing") }.code == .unimplemented)
    }

    @Test func successWithoutAMessageIsAnError() async throws {
      let channel = try Channel.toPeer()
      let error = try await rpcError { try await channel.call("Silent") }
      #expect(error.code == .unimplemented)
      #expect(error.message == "No message returned for unary request")
    }

    @Test func theAuthorityIsThatOfTheConfiguration() async throws {
      let peer = try Peer(options: ["--authority"])
      #expect(try await Channel.to(peer.target).call("Any").text == peer.target)
      let channel = try Channel.to(peer.target) { $0.authority = "elsewhere.example:7233" }
      #expect(try await channel.call("Any").text == "elsewhere.example:7233")
    }

    @Test func theUserAgentComesFirst() async throws {
      let channel = try Channel.toPeer { $0.userAgent = "tester/1.5" }
      let agent = try await channel.call("Headers", "user-agent").text
      #expect(agent.hasPrefix("tester/1.5 grpc-c/\(GRPCRuntime.version)"))
    }
  }
}
