import Locks
import TemporalClient

/// Says, once in an entry of the prompt, that a server does not answer while a call to it is tried again and again.
final class SilenceNotice: Sendable {
  private struct State {
    var isWanted = false
    var isSaid = false
    /// When an attempt failed first since the server answered last, by the server's address.
    var silentSince: [String: ContinuousClock.Instant] = [:]
  }

  /// For how long attempts fail before that is said: what a next one mends at once is no news.
  static let patience = Duration.seconds(1)

  private let state = Monitor(State())
  private let write: @Sendable (String) -> Void

  /// - Parameter write: shows a line; called from any thread.
  init(write: @escaping @Sendable (String) -> Void) { self.write = write }

  /// An entry begins: from now on somebody waits for calls.
  ///
  /// - Parameter tells: whether to say it, which was done before where the server is known to be silent.
  func begin(tells: Bool) { state.withLock { $0 = State(isWanted: tells) } }

  /// The entry has ended.
  ///
  /// - Returns: whether it was said.
  func end() -> Bool {
    state.withLock { state in
      defer { state = State() }
      return state.isSaid
    }
  }

  /// Takes note of how an attempt ended.
  func note(_ report: CallReport, from address: String, at now: ContinuousClock.Instant = .now) {
    let isNews = state.withLock { state in
      switch report.status {
      case .unavailable: break
      // These say how long somebody would wait, and not whether anybody is there.
      case .cancelled, .deadlineExceeded: return false
      default:
        state.silentSince[address] = nil
        return false
      }
      guard state.isWanted, !state.isSaid else { return false }
      guard let since = state.silentSince[address] else {
        state.silentSince[address] = now
        return false
      }
      state.isSaid = now - since >= Self.patience
      return state.isSaid
    }
    if isNews {
      write("the server at \(StandardError.shown(address)) does not answer; still trying, Ctrl-C gives up\n")
    }
  }
}
