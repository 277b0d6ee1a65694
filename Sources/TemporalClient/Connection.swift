import RPC
import Locks
import Synchronization

/// The channel of a client, made by the first call.
///
/// Making one starts gRPC's library with its threads and reads certificates, which a program that calls nothing need not
/// wait for.
final class Connection: Sendable {
  private enum State {
    case notMade
    case open(Channel)
    case closed
  }

  private let configuration: Client.Configuration
  private let state = Monitor(State.notMade)
  private let answered = Atomic(false)

  /// - Parameter configuration: the server and how to talk to it.
  init(_ configuration: Client.Configuration) {
    self.configuration = configuration
  }

  /// The channel, made now if there is none yet.
  ///
  /// - Throws: ``RPCError/channelClosed`` after ``close()``; ``UsageError`` if a certificate or key cannot be used; what
  ///   making a channel throws.
  func channel() throws -> Channel {
    try state.withLock { state in
      switch state {
      case .open(let channel): return channel
      case .closed: throw RPCError.channelClosed
      case .notMade:
        let channel = try Channel(configuration.channel())
        state = .open(channel)
        return channel
      }
    }
  }

  /// Whether the server ever answered a call.
  var hasAnswered: Bool { answered.load(ordering: .relaxed) }

  /// Notes down that the server answered a call.
  func noteAnswer() { answered.store(true, ordering: .relaxed) }

  /// Closes the channel, if there is one, and makes none any more.
  func close() {
    let last = state.withLock { state in
      defer { state = .closed }
      return state
    }
    if case .open(let channel) = last { channel.close() }
  }
}
