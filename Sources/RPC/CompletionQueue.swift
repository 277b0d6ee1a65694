import CGRPC
import Locks

/// Core's completion queue, the thread that drains it, and the calls that have yet to pass through it.
///
/// The kind is `GRPC_CQ_NEXT`: nobody polls a callback queue on Linux in this version of core, so that every step of a
/// call takes up to five seconds there.
///
/// Every call is registered from its creation until its event has been taken, or until its start has failed. The queue
/// is shut down only when none is left, because core aborts the process when a batch is started after that
/// (`grpc_cq_begin_op` in call.cc).
final class CompletionQueue: Sendable {
  enum Phase {
    /// Calls may be registered. Can go to `closing`.
    case open
    /// No call may be registered, those that exist run to their end. Can go to `ended` or `abandoned`.
    case closing
    /// The thread is gone and the queue destroyed.
    case ended
    /// The time ran out; thread and queue are left to the end of the process.
    case abandoned
  }

  /// A registered call, and who waits for its end once it has been started.
  private struct Entry {
    let call: UnaryCall
    var continuation: UnaryCall.Continuation?
  }

  private struct State {
    var phase = Phase.open
    var entries: [ObjectIdentifier: Entry] = [:]
    var isDrained = false
    var thread: DrainThread?
  }

  // Set once, and core's queue is made to be used from many threads.
  nonisolated(unsafe) private let queue: OpaquePointer
  private let monitor = Monitor(State())

  /// Initialises core, creates the queue and starts its thread. Each of them is undone by ``shutDown(by:)``.
  ///
  /// - Throws: ``RPCError`` if there is no thread to be had.
  init() throws(RPCError) {
    queue = withSignalsBlocked {
      grpc_init()
      return grpc_completion_queue_create_for_next(nil)
    }
    do throws(RPCError) {
      let thread = try DrainThread(draining: self)
      monitor.withLock { $0.thread = thread }
    } catch {
      grpc_completion_queue_destroy(queue)
      grpc_shutdown()
      throw error
    }
  }

  /// Creates a call and registers it, in one step as seen by ``shutDown(by:)``.
  ///
  /// - Parameter create: makes the core call on the queue it is given.
  /// - Returns: nil if the queue is closed.
  func register(_ create: (OpaquePointer) -> UnaryCall) -> UnaryCall? {
    monitor.withLock { state in
      guard state.phase == .open else { return nil }
      let call = create(queue)
      state.entries[ObjectIdentifier(call)] = Entry(call: call)
      return call
    }
  }

  /// Notes who waits for the end of a registered call; to be done before its start, since the event may arrive on the
  /// drain thread before the start has returned.
  func park(_ continuation: UnaryCall.Continuation, for call: UnaryCall) {
    monitor.withLock { $0.entries[ObjectIdentifier(call)]?.continuation = continuation }
  }

  /// Forgets a call whose event has been taken, or whose start has failed.
  ///
  /// - Returns: who waits for the call; the caller has to resume it, which nobody else can.
  func unregister(_ call: UnaryCall) -> UnaryCall.Continuation? {
    monitor.change { $0.entries.removeValue(forKey: ObjectIdentifier(call)) }?.continuation
  }

  /// Cancels the calls of one owner, or all.
  func cancelCalls(of owner: ObjectIdentifier?) {
    // Cancelled outside the lock, since core may run for a while. The array keeps each call alive until then.
    let entries = monitor.withLock { $0.entries.values.filter { owner == nil || $0.call.owner == owner } }
    for entry in entries { entry.call.cancelForClosing() }
  }

  /// Waits until no call of an owner is registered.
  ///
  /// - Returns: false if the deadline came first.
  @discardableResult
  func waitForCalls(of owner: ObjectIdentifier, until deadline: Deadline) -> Bool {
    monitor.wait(until: deadline) { !$0.entries.values.contains { $0.call.owner == owner } }
  }

  /// The number of calls that are registered.
  var callCount: Int { monitor.withLock { $0.entries.count } }

  /// Traps on the drain thread: who waits there for calls to end waits for himself.
  func preconditionNotDraining(_ operation: StaticString) {
    let thread = monitor.withLock { $0.thread }
    precondition(thread?.isCurrent != true, "\(operation) must not be called where gRPC completes a call")
  }

  /// Cancels all calls and ends queue, thread and this use of core, in the order that core asks for.
  ///
  /// - Parameter deadline: when to give up; everything is then left as it is, which the end of a process survives.
  /// - Returns: whether all is ended.
  func shutDown(by deadline: Deadline) -> Bool {
    preconditionNotDraining("Shutting gRPC down")
    let isFirst = monitor.withLock { state in
      guard state.phase == .open else { return false }
      state.phase = .closing
      return true
    }
    guard isFirst else {
      _ = monitor.wait(until: deadline) { $0.phase != .closing }
      return monitor.withLock { $0.phase == .ended }
    }

    cancelCalls(of: nil)
    guard monitor.wait(until: deadline, for: \.entries.isEmpty) else { return end(.abandoned) }
    withSignalsBlocked { grpc_completion_queue_shutdown(queue) }
    guard monitor.wait(until: deadline, for: \.isDrained) else { return end(.abandoned) }
    monitor.withLock { $0.thread.take() }?.join()
    grpc_completion_queue_destroy(queue)
    // Cleans up inline, since this is not one of core's threads.
    grpc_shutdown()
    return end(.ended)
  }

  private func end(_ phase: Phase) -> Bool {
    monitor.change { $0.phase = phase }
    return phase == .ended
  }

  /// The body of the drain thread.
  func drain() {
    while true {
      let event = grpc_completion_queue_next(queue, gpr_inf_future(GPR_CLOCK_MONOTONIC), nil)
      switch event.type {
      case GRPC_OP_COMPLETE:
        // The reference that `UnaryCall.start` gave to the pending event.
        let call = Unmanaged<UnaryCall>.fromOpaque(event.tag).takeRetainedValue()
        // Its `success` means nothing: a batch that receives the status "always succeeds". The call is unregistered
        // before its waiter is resumed: who sees the end of a call must not find it still registered.
        unregister(call)?.resume(returning: call.outcome())
      case GRPC_QUEUE_SHUTDOWN:
        monitor.change { $0.isDrained = true }
        return
      default:
        // GRPC_QUEUE_TIMEOUT, which an infinite deadline does not bring.
        continue
      }
    }
  }
}
