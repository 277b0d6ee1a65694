import CGRPC
import Locks

/// This process's use of gRPC's C core: one completion queue and one thread for all channels.
///
/// It starts with the first ``Channel`` and ends with ``shutdown(within:)``, after which it cannot be started again.
public enum GRPCRuntime {
  private enum State {
    case notStarted
    case running(CompletionQueue)
    case ended
  }

  private static let state = Monitor(State.notStarted)

  /// The version of the core library, such as `29.0.0`, which is gRPC 1.51.
  public static var version: String { String(cString: grpc_version_string()) }

  /// The queue of the process; started by the first use.
  ///
  /// - Throws: ``RPCError`` if it cannot be started, or has been shut down.
  static func queue() throws(RPCError) -> CompletionQueue {
    try state.withLock { state throws(RPCError) in
      switch state {
      case .running(let queue):
        return queue
      case .ended:
        throw RPCError(.failedPrecondition, "gRPC has been shut down")
      case .notStarted:
        // Before grpc_init, which may already have something to say.
        CoreLog.install()
        let queue = try CompletionQueue()
        state = .running(queue)
        return queue
      }
    }
  }

  /// Cancels every call and ends the use of gRPC; to be called once, at the end of the process, from an ordinary thread.
  ///
  /// Channels are better closed before: one that is not keeps its memory.
  ///
  /// - Parameter time: how long to wait for core. If that is not enough everything is left as it is, and the process may
  ///   exit all the same.
  /// - Returns: whether all ended in time; also true if gRPC was never used.
  @discardableResult
  public static func shutdown(within time: Duration = .seconds(2)) -> Bool {
    let queue: CompletionQueue? = state.withLock { state in
      defer { if case .notStarted = state { state = .ended } }
      guard case .running(let queue) = state else { return nil }
      return queue
    }
    guard let queue else { return true }
    let hasEnded = queue.shutDown(by: .after(time))
    state.withLock { $0 = .ended }
    return hasEnded
  }
}
