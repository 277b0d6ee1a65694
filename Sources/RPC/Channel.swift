import CGRPC
import Locks

/// A connection to one server, made when the first call needs it and made anew when it is lost.
///
/// Any number of calls may be in flight at once. A channel that is let go without ``close(within:)`` is closed without
/// waiting.
public final class Channel: Sendable {
  /// The settings the channel was made with.
  public let configuration: Configuration
  private let queue: CompletionQueue
  /// Core's channel, until this one is closed.
  private let handle: Monitor<OpaquePointer?>

  /// Creates a channel; nothing is sent yet.
  ///
  /// - Parameter configuration: the server and how to talk to it.
  /// - Throws: ``RPCError`` if the target is empty or contains a NUL, or if ``GRPCRuntime`` is shut down or cannot start.
  public convenience init(_ configuration: Configuration) throws(RPCError) {
    try self.init(configuration, on: GRPCRuntime.queue())
  }

  init(_ configuration: Configuration, on queue: CompletionQueue) throws(RPCError) {
    guard !configuration.target.isEmpty, !configuration.target.utf8.contains(0) else {
      throw RPCError(.invalidArgument, "The target of a channel must be a name, such as \"localhost:7233\"")
    }
    self.configuration = configuration
    self.queue = queue
    handle = Monitor(withSignalsBlocked { configuration.createChannel() })
  }

  deinit {
    closeHandle()
  }

  /// Closes the channel: no new call starts, those in flight end with ``RPCError/channelClosed``.
  ///
  /// A second call does no harm. The thread is blocked for a few milliseconds, in which the connection is taken down.
  ///
  /// - Parameter time: how long to wait for the calls in flight to end.
  public func close(within time: Duration = .seconds(2)) {
    queue.preconditionNotDraining("Channel.close")
    closeHandle()
    queue.waitForCalls(of: ObjectIdentifier(self), until: .after(time))
  }

  private func closeHandle() {
    // Taken before the calls are looked at: `makeCall` registers a call under the same lock, so that a call is either
    // found here or not made at all.
    guard let channel = handle.withLock({ $0.take() }) else { return }
    queue.cancelCalls(of: ObjectIdentifier(self))
    // Calls that still run have their own references.
    withSignalsBlocked { grpc_channel_destroy(channel) }
  }

  /// Creates a call that is yet to be started.
  ///
  /// - Throws: ``RPCError/channelClosed``.
  func makeCall(_ method: String, deadline: Deadline) throws(RPCError) -> UnaryCall {
    let call = handle.withLock { channel -> UnaryCall? in
      guard let channel else { return nil }
      return queue.register { coreQueue in
        var method = method
        let block = method.withUTF8 { path in
          path.withMemoryRebound(to: CChar.self) { path in
            moondial_unary_create(channel, coreQueue, path.baseAddress!, path.count, deadline.coreTime)
          }
        }
        return UnaryCall(owning: block, of: ObjectIdentifier(self), on: queue)
      }
    }
    guard let call else { throw .channelClosed }
    return call
  }
}
