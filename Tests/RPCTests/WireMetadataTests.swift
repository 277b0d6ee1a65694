import Testing

@testable import RPC

extension PeerTests {
  @Suite struct WireMetadataTests {
    @Test func binaryValuesTravelUnchanged() async throws {
      let channel = try Channel.toPeer()
      var metadata: Metadata = ["X-Text": "plain"]
      metadata.append("x-raw-bin", bytes: [0, 1, 255, 0])
      metadata.append("x-empty-bin", bytes: [])
      let response = try await channel.call("Echo", metadata: metadata)
      for received in [response.initialMetadata, response.trailingMetadata] {
        #expect(received.firstText("x-text") == "plain")
        #expect(received.first("x-raw-bin") == [0, 1, 255, 0])
        #expect(received.first("x-empty-bin") == [])
      }
    }

    @Test func repeatedTrailersStayInOrder() async throws {
      let channel = try Channel.toPeer()
      let response = try await channel.call("Echo", metadata: ["x-a": "1", "x-b": "2", "x-a": "3", "x-a": "1"])
      #expect(response.trailingMetadata.all("x-a").map { String(decoding: $0, as: UTF8.self) } == ["1", "3", "1"])
    }

    @Test func illegalMetadataIsRefusedByName() async throws {
      let channel = try Channel.toPeer()
      let error = try await rpcError { try await channel.call("Echo", metadata: ["x bad": "1"]) }
      #expect(error.code == .invalidArgument)
      #expect(error.message.contains("\"x bad\""))
    }

    /// Past the check, to see that a batch core refuses leaves nothing behind.
    @Test func aBatchThatCoreRefusesFails() async throws {
      let queue = try CompletionQueue()
      let channel = try Channel(Channel.Configuration(target: Peer.shared.get().target), on: queue)
      let call = try channel.makeCall("/peer.Peer/Echo", deadline: .after(.seconds(30)))
      #expect(queue.callCount == 1)
      let outcome = await call.start([], metadata: ["x bad": "1"], waitForReady: false)
      let error = #expect(throws: RPCError.self) { try outcome.get() }
      #expect(error?.code == .invalidArgument)
      #expect(queue.callCount == 0)
      channel.close()
      #expect(queue.shutDown(by: .after(.seconds(10))))
    }
  }

  @Suite struct StatusTests {
    @Test(arguments: 1...16)
    func everyCodeArrives(number: Int) async throws {
      let channel = try Channel.toPeer()
      let error = try await rpcError {
        try await channel.call("Fail", "why: größer", metadata: ["x-code": "\(number)"])
      }
      #expect(error.code.rawValue == Int32(number))
      #expect(error.message == "why: größer")
      #expect(error.details.isEmpty)
      #expect(error.coreDescription?.isEmpty == false)
    }

    /// The last is no google.rpc.Status: a field that ends in the middle.
    @Test(arguments: [[8, 5, 18, 2, 104, 105], [8, 5, 0, 255], [0], [255, 255, 255]] as [[UInt8]])
    func detailsAreKeptRaw(details: [UInt8]) async throws {
      let channel = try Channel.toPeer()
      var metadata: Metadata = ["x-code": "5", "x-trailer-a": "1", "x-trailer-a": "2"]
      metadata.append("x-details-bin", bytes: details)
      let error = try await rpcError { [metadata] in try await channel.call("Fail", "gone", metadata: metadata) }
      #expect(error.code == .notFound)
      #expect(error.message == "gone")
      #expect(error.details == details)
      #expect(error.trailingMetadata.all("x-trailer-a").count == 2)
      #expect(error.trailingMetadata.first("grpc-status-details-bin") == details)
    }

    @Test func attemptsReachTheServer() async throws {
      let channel = try Channel.toPeer()
      let policy = RetryPolicy(backoff: .init(initial: .milliseconds(1), multiplier: 1, maximum: .milliseconds(1)))
      let response = try await policy.run { _ in
        try await channel.call("Flaky", "flaky-1", metadata: ["x-code": "14", "x-succeed-at": "4"])
      }
      #expect(response.text == "4")
      await #expect(throws: RPCError.self) {
        try await policy.run { _ in
          try await channel.call("Flaky", "flaky-2", metadata: ["x-code": "9", "x-succeed-at": "4"])
        }
      }
      #expect(try await channel.call("Attempts", "flaky-2").text == "1")
      await #expect(throws: RPCError.self) {
        try await policy.run { _ in
          try await channel.call("Flaky", "flaky-3", metadata: ["x-code": "13", "x-succeed-at": "99"])
        }
      }
      #expect(try await channel.call("Attempts", "flaky-3").text == "10")
    }
  }
}
