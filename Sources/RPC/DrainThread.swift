import CGRPC
import Glibc

/// The thread that takes completed batches from a queue and resumes their callers.
///
/// One is enough: it neither decodes nor runs the caller's code, and core of this version wakes more pollers than it
/// needs (grpc/grpc#30428).
struct DrainThread: Sendable {
  private let thread: pthread_t

  /// Starts the thread, with all signals blocked.
  ///
  /// - Parameter queue: the queue to drain; the thread retains it until it has seen the queue's shutdown.
  /// - Throws: ``RPCError`` with ``StatusCode/resourceExhausted`` if the system gives no thread.
  init(draining queue: CompletionQueue) throws(RPCError) {
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(queue)
    let failure = withSignalsBlocked {
      pthread_create(
        &thread, nil,
        { argument in
          moondial_name_current_thread("grpc-drain")
          Unmanaged<CompletionQueue>.fromOpaque(argument!).takeRetainedValue().drain()
          return nil
        }, argument.toOpaque())
    }
    guard failure == 0 else {
      argument.release()
      throw RPCError(.resourceExhausted, "Cannot create the thread for gRPC: \(String(cString: strerror(failure)))")
    }
    self.thread = thread
  }

  /// Whether the caller runs on this thread.
  var isCurrent: Bool { pthread_equal(thread, pthread_self()) != 0 }

  /// Waits for the end of the thread; to be called once, when the end is certain.
  func join() {
    pthread_join(thread, nil)
  }
}
