import Testing

@testable import RPC

extension PeerTests {
  @Suite struct ClosingTests {
    @Test func aClosedChannelRefusesCalls() async throws {
      let channel = try Channel.toPeer()
      _ = try await channel.call("Echo")
      channel.close()
      channel.close()
      let error = try await rpcError { try await channel.call("Echo") }
      #expect(error.code == RPCError.channelClosed.code)
      #expect(error.message == RPCError.channelClosed.message)
      #expect(!RetryPolicy.isRetryable(error))
    }

    @Test func closingEndsTheCallsInFlight() async throws {
      let channel = try Channel.toPeer()
      let other = try Channel.toPeer()
      let calls = (0..<10).map { number in Task { try await channel.call("Hang", "closing \(number)") } }
      let unaffected = Task { try await other.call("Hang", "not closing") }
      for number in 0..<10 { _ = try await other.call("HasArrived", "closing \(number)") }
      _ = try await other.call("HasArrived", "not closing")
      // What would not end would be waited for until the test's own time is over.
      channel.close(within: .seconds(3600))
      for call in calls {
        let error = try await rpcError { try await call.value }
        #expect(error.code == .cancelled)
        #expect(error.message == "Channel closed")
      }
      #expect(try await other.call("Echo", "alive").text == "alive")
      unaffected.cancel()
      await #expect(throws: CancellationError.self) { try await unaffected.value }
    }

    /// Core would abort the process if the queue were gone.
    @Test func aCallStartedAfterClosingEndsInOrder() async throws {
      let queue = try CompletionQueue()
      let channel = try Channel(Channel.Configuration(target: Peer.shared.get().target), on: queue)
      let call = try channel.makeCall("/peer.Peer/Echo", deadline: .after(.seconds(30)))
      channel.close(within: .zero)
      #expect(throws: RPCError.self) { try channel.makeCall("/peer.Peer/Echo", deadline: .never) }
      let outcome = await call.start([], metadata: [:], waitForReady: false)
      let error = #expect(throws: RPCError.self) { try outcome.get() }
      #expect(error?.message == "Channel closed")
      #expect(queue.shutDown(by: .after(.seconds(10))))
    }

    @Test func aQueueWithCallsLeftIsNotDestroyed() async throws {
      let queue = try CompletionQueue()
      let channel = try Channel(Channel.Configuration(target: Peer.shared.get().target), on: queue)
      let call = try channel.makeCall("/peer.Peer/Hang", deadline: .after(.seconds(30)))
      #expect(!queue.shutDown(by: .after(.milliseconds(10))))
      #expect(throws: RPCError.self) { try channel.makeCall("/peer.Peer/Echo", deadline: .never) }
      let outcome = await call.start([], metadata: [:], waitForReady: false)
      #expect(throws: RPCError.self) { try outcome.get() }
      #expect(!queue.shutDown(by: .after(.zero)))
    }

    @Test func shuttingDownEndsTheCallsOfAllChannels() async throws {
      let queue = try CompletionQueue()
      let target = try Peer.shared.get().target
      let channels = try (0..<3).map { _ in try Channel(Channel.Configuration(target: target), on: queue) }
      let calls = channels.enumerated().map { number, channel in
        Task { try await channel.call("Hang", "shutting down \(number)") }
      }
      for number in 0..<3 { _ = try await channels[0].call("HasArrived", "shutting down \(number)") }
      #expect(queue.shutDown(by: .after(.seconds(10))))
      #expect(queue.shutDown(by: .after(.seconds(10))), "a second time")
      for call in calls { #expect(try await rpcError { try await call.value }.code == .cancelled) }
      // Channels may be closed, or let go, when all else is gone.
      for channel in channels.dropLast() { channel.close() }
    }

    /// Every way a call can end gives all its objects back.
    @Test func nothingIsKept() async throws {
      struct Weak { weak var call: UnaryCall? }
      let queue = try CompletionQueue()
      let channel = try Channel(Channel.Configuration(target: Peer.shared.get().target), on: queue)
      var calls: [Weak] = []
      func run(_ method: String, _ timeout: Duration, _ metadata: Metadata = [:], cancel: Bool = false) async throws {
        let call = try channel.makeCall("/peer.Peer/\(method)", deadline: .after(timeout))
        calls.append(Weak(call: call))
        if cancel { call.cancel() }
        _ = await call.start(Array("1000".utf8), metadata: metadata, waitForReady: false)
      }
      for _ in 0..<25 {
        try await run("Big", .seconds(30))
        try await run("Fail", .seconds(30), ["x-code": "3"])
        try await run("Echo", .seconds(30), cancel: true)
        try await run("Hang", .milliseconds(1))
        try await run("Echo", .seconds(30), ["x bad": ""])
      }
      #expect(calls.count == 125)
      #expect(queue.callCount == 0)
      channel.close()
      // Joins the thread, which may still have held the last of them.
      #expect(queue.shutDown(by: .after(.seconds(10))))
      #expect(calls.allSatisfy { $0.call == nil })
    }
  }
}
