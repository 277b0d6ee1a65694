import Foundation
import Glibc
import Synchronization
import Testing

@testable import RPC

/// Runs jobs where they are enqueued: a task that waits for a call goes on on the thread that resumes it.
private final class InlineExecutor: TaskExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    job.runSynchronously(on: asUnownedTaskExecutor())
  }
}

/// Makes calls that fail until the task goes on on the drain thread. A call that ends before the task has suspended
/// leaves it where it was.
private func reachTheDrainThread(with channel: Channel) async {
  func isThere() -> Bool {
    (try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)) == "grpc-drain\n"
  }
  while !isThere() {
    _ = try? await channel.unary("/peer.Peer/Echo", [], timeout: .milliseconds(20), waitForReady: true)
  }
}

extension PeerTests {
  /// What concerns the process as a whole, each in a process of its own where it would disturb the others.
  @Suite struct ProcessTests {
    @Test func noThreadOfCoreTakesSignals() async throws {
      let channel = try Channel.toPeer()
      _ = try await channel.call("Echo")
      let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT, SIGPIPE, SIGCHLD, SIGUSR1, SIGALRM]
      var seen: Set<String> = []
      for thread in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task") {
        // A thread may end while it is being looked at.
        guard let status = try? String(contentsOfFile: "/proc/self/task/\(thread)/status", encoding: .utf8) else {
          continue
        }
        let lines = status.split(separator: "\n").map { $0.split(separator: "\t", maxSplits: 1) }
        func field(_ name: String) -> String? { lines.first { $0[0] == name }.map { String($0[1]) } }
        let name = try #require(field("Name:"))
        let ofCore = ["grpc", "default-execut", "resolver-execut", "event_engine", "timer_manager"]
        guard ofCore.contains(where: name.hasPrefix) else { continue }
        seen.insert(name)
        let blocked = try #require(field("SigBlk:").flatMap { UInt64($0, radix: 16) })
        for signal in signals {
          #expect(blocked & (1 << UInt64(signal - 1)) != 0, "\(name) takes signal \(signal)")
        }
        #expect(blocked & (1 << UInt64(SIGSEGV - 1)) == 0)
      }
      #expect(seen.contains("grpc-drain") && seen.contains("event_engine"), "\(seen)")
    }

    @Test func theCallersMaskIsKept() throws {
      func mask() -> [Bool] {
        var mask = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &mask)
        return (1...31).map { sigismember(&mask, $0) == 1 }
      }
      let before = mask()
      try Channel.toPeer().close()
      #expect(mask() == before)
    }

    @Test func aWholeLife() async throws {
      await #expect(processExitsWith: .success) {
        let dead = try DeadPort()
        let peer = try Peer()
        let channel = try Channel.to(peer.target)
        let hanging = Task { try await channel.call("Hang", "whole life") }
        _ = try await channel.call("HasArrived", "whole life")
        let other = try Channel.to("127.0.0.1:\(dead.port)")
        #expect(try await rpcError { try await other.call("Echo") }.code == .unavailable)
        other.close()
        // What would not end would be waited for until the test's own time is over.
        #expect(GRPCRuntime.shutdown(within: .seconds(3600)))
        #expect(try await rpcError { try await hanging.value }.code == .cancelled)
        #expect(GRPCRuntime.shutdown())
        #expect(throws: RPCError.self) { try Channel.to(peer.target) }
        channel.close()
      }
    }

    @Test func shuttingDownWhatNeverStarted() async throws {
      await #expect(processExitsWith: .success) {
        #expect(GRPCRuntime.shutdown())
        let error = #expect(throws: RPCError.self) { try Channel.to("localhost:1") }
        #expect(error?.message == "gRPC has been shut down")
      }
    }

    @Test func leavingWithACallInFlight() async throws {
      await #expect(processExitsWith: .exitCode(7)) {
        let peer = try Peer()
        let channel = try Channel.to(peer.target)
        let hanging = Task { try await channel.call("Hang", "leaving") }
        _ = try await channel.call("HasArrived", "leaving")
        peer.kill()
        withExtendedLifetime((channel, hanging)) { exit(7) }
      }
    }

    @Test func closingOnTheThreadThatCompletesIsRejected() async throws {
      await #expect(processExitsWith: .failure) {
        let dead = try DeadPort()
        let channel = try Channel.to("127.0.0.1:\(dead.port)")
        await withTaskExecutorPreference(InlineExecutor()) {
          await reachTheDrainThread(with: channel)
          channel.close()
        }
      }
    }

    /// The same without what is to be rejected, so that the test above fails for no other reason.
    @Test func goingOnOnTheThreadThatCompletesIsNot() async throws {
      await #expect(processExitsWith: .success) {
        let dead = try DeadPort()
        let channel = try Channel.to("127.0.0.1:\(dead.port)")
        await withTaskExecutorPreference(InlineExecutor()) {
          await reachTheDrainThread(with: channel)
        }
      }
    }

    @Test func loopbackCallsGoPastTheProxy() async throws {
      await #expect(processExitsWith: .success) {
        for name in ["grpc_proxy", "https_proxy", "no_grpc_proxy", "no_proxy"] { unsetenv(name) }
        let dead = try DeadPort()
        setenv("http_proxy", "http://127.0.0.1:\(dead.port)", 1)
        let peer = try Peer()
        #expect(try await Channel.to(peer.target).call("Echo", "direct").text == "direct")
        let proxied = try Channel.to(peer.target) { $0.usesProxy = true }
        #expect(try await rpcError { try await proxied.call("Echo") }.code == .unavailable)
      }
    }

    @Test func coreWritesNothingToTheTerminal() async throws {
      let result = await #expect(
        processExitsWith: .success, observing: [\.standardErrorContent, \.standardOutputContent]
      ) {
        let dead = try DeadPort()
        let channel = try Channel.to("127.0.0.1:\(dead.port)")
        /// Core complains about metadata it refuses.
        func provoke() async throws {
          _ = try await channel.makeCall("/peer.Peer/Echo", deadline: .never).start(
            [], metadata: ["x bad": ""], waitForReady: false)
        }
        try await provoke()
        let entries = Mutex<[GRPCRuntime.LogEntry]>([])
        GRPCRuntime.setLogSink { entry in entries.withLock { $0.append(entry) } }
        try await provoke()
        GRPCRuntime.setLogSink(nil)
        try await provoke()
        let seen = entries.withLock { $0 }
        #expect(seen.contains { $0.severity == .error && $0.message.contains("validate_metadata") }, "\(seen)")
      }
      let standardError = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(!standardError.contains("validate_metadata"), "\(standardError)")
    }
  }
}
