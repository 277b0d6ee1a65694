import Synchronization
import Testing

@testable import RPC

extension PeerTests {
  @Suite struct CancellationTests {
    @Test func beforeTheCallNothingIsSent() async throws {
      let channel = try Channel.toPeer()
      let (gate, open) = AsyncStream.makeStream(of: Void.self)
      let task = Task {
        for await _ in gate {}
        return try await channel.call("Flaky", "never sent", metadata: ["x-code": "2", "x-succeed-at": "1"])
      }
      task.cancel()
      open.finish()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(try await channel.call("Attempts", "never sent").text == "0")
    }

    /// Between creation and start, which is where a cancellation may fall in the middle of `unary`.
    @Test func betweenCreationAndStart() async throws {
      let channel = try Channel.toPeer()
      let call = try channel.makeCall("/peer.Peer/Hang", deadline: .after(.seconds(30)))
      call.cancel()
      let outcome = await call.start([], metadata: [:], waitForReady: false)
      #expect(throws: RPCError.self) { try outcome.get() }
    }

    @Test func inFlight() async throws {
      let channel = try Channel.toPeer()
      let task = Task { try await channel.call("Hang", "in flight") }
      _ = try await channel.call("HasArrived", "in flight")
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      // The server has heard of it, too.
      _ = try await channel.call("HasLeft", "in flight")
    }

    @Test func afterCompletion() async throws {
      let channel = try Channel.toPeer()
      let call = try channel.makeCall("/peer.Peer/Echo", deadline: .after(.seconds(30)))
      let outcome = await call.start([1, 2], metadata: [:], waitForReady: false)
      call.cancel()
      call.cancel()
      #expect(try outcome.get().message == [1, 2])
    }

    @Test func aServerThatCancelsIsNotTheTask() async throws {
      let channel = try Channel.toPeer()
      let error = try await rpcError { try await channel.call("Fail", "going down", metadata: ["x-code": "1"]) }
      #expect(error.code == .cancelled)
      #expect(error.message == "going down")
    }

    /// Many calls cancelled at every moment of their lives: each ends exactly once, and none is lost.
    @Test func atAnyMoment() async throws {
      let channel = try Channel.toPeer()
      let ended = await withTaskGroup(of: Bool.self) { group in
        for number in 0..<200 {
          group.addTask {
            let task = Task { try await channel.call("Echo", "\(number)") }
            for _ in 0..<(number % 20) { await Task.yield() }
            task.cancel()
            switch await task.result {
            case .success(let response): return response.text == "\(number)"
            case .failure(let error): return error is CancellationError
            }
          }
        }
        return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(ended == 200)
    }
  }
}
