import Locks
import Wire

/// What a server's reflection service has told of its services, and who is to ask it next.
///
/// A client asks once for each service, and only when a name turns up that is not known here.
final class Reflection: Sendable {
  /// The outcome of asking for a service.
  enum Answer: Sendable {
    /// What the server says of it.
    case service(RPCService)
    /// The server does not have it.
    case unknown
    /// The server has no reflection service.
    case noReflection
  }

  private let answers = Monitor<[String: Answer]>([:])
  /// Calls that meet the same unknown name at once ask one after the other, and all but the first find the answer.
  let turn = Turn()

  /// The answer for a service; nil as long as nobody has asked.
  func answer(for service: String) -> Answer? {
    answers.withLock { answers in
      // Without reflection there is none for any service.
      if case .noReflection? = answers[""] { return .noReflection }
      return answers[service]
    }
  }

  /// Notes down an answer. That a server does not have a service may change, so it is asked again.
  func note(_ answer: Answer, for service: String) {
    answers.withLock { answers in
      switch answer {
      case .service: answers[service] = answer
      case .noReflection: answers[""] = answer
      case .unknown: break
      }
    }
  }
}
