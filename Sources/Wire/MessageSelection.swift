import Locks

/// Which messages within others are meant: those of one type, wherever they are, but for what lies in some others.
public final class MessageSelection: Sendable {
  /// The type of the messages.
  public let wanted: MessageType

  /// A type such that it matters whether a message lies within one of it; see ``EmbeddedMessages/isMarked(_:)``.
  public let marking: MessageType?

  private let passedOver: Set<MessageType>
  private let plans = Monitor<[MessageType: Set<MessageType>]>([:])

  /// - Parameters:
  ///   - wanted: The full name of the type of the messages.
  ///   - passedOver: The full names of types that are not looked into.
  ///   - marking: The full name of a type such that it matters whether a message lies within one of it.
  public init(of wanted: String, passingOver passedOver: [String] = [], marking: String? = nil) {
    self.wanted = Self.require(wanted)
    self.passedOver = Set(passedOver.map(Self.require))
    self.marking = marking.map(Self.require)
  }

  /// The types through which a walk from `root` reaches wanted messages, `root` and `google.protobuf.Any` among them.
  func typesOnTheWay(from root: MessageType) -> Set<MessageType> {
    if let known = plans.withLock({ $0[root] }) { return known }
    let plan = plan(root)
    plans.withLock { $0[root] = plan }
    return plan
  }

  private func plan(_ root: MessageType) -> Set<MessageType> {
    var found: Set<MessageType> = [root]
    var next = [root]
    while let type = next.popLast() {
      for inner in type.fields.compactMap(\.messageType) where inner != wanted && !passedOver.contains(inner) {
        if found.insert(inner).inserted { next.append(inner) }
      }
    }
    // Types are recursive, so they are entered until no more of them are found to lead there.
    var leading: Set<MessageType> = [wanted]
    leading.formUnion(found.filter { $0.facts.pointee.wellKnown == .any })
    var count: Int
    repeat {
      count = leading.count
      for type in found where type.fields.contains(where: { $0.messageType.map(leading.contains) ?? false }) {
        leading.insert(type)
      }
    } while leading.count > count
    return leading
  }

  // A name that is no type's is a mistake in the calling code.
  private static func require(_ name: String) -> MessageType {
    guard let type = MessageType.named(name) else { preconditionFailure("there is no message type \(name)") }
    return type
  }
}
