import Testing
import Wire

/// The payloads within messages: all that a walk by the descriptors comes to, and nothing else.
@Suite struct EmbeddedMessagesTests {
  private static let payload = "temporal.api.common.v1.Payload"
  private static let searchAttributes = "temporal.api.common.v1.SearchAttributes"
  private static let failure = "temporal.api.failure.v1.Failure"
  private static let payloads = MessageSelection(of: payload, passingOver: [searchAttributes], marking: failure)

  /// The messages that were taken whole, each by the path to it, and the tree without them.
  private static func split(_ value: Value, _ path: String, _ whole: inout [String: Message]) -> Value {
    switch value {
    case .ready(let message):
      whole[path] = message
      return .null
    case .array(let elements):
      return .array(elements.enumerated().map { split($0.element, "\(path)[\($0.offset)]", &whole) })
    case .object(let entries):
      return .object(
        Dictionary(uniqueKeysWithValues: entries.map { ($0.key, split($0.value, "\(path).\($0.key)", &whole)) }))
    default: return value
    }
  }

  private static func split(_ message: Message) throws -> (rest: Value, whole: [String: Message]) {
    var whole: [String: Message] = [:]
    let rest = split(try message.view.value(keeping: [payload, searchAttributes]), "", &whole)
    return (rest, whole)
  }

  @Test(arguments: 1...3) func allOfThemInEveryMethodAreFoundAndReplaced(seed: Int) throws {
    var values = RandomValues(seed: UInt64(seed))
    var replaced = 0
    let types = (RPCService.workflow.methods + RPCService.operator.methods).flatMap { [$0.input, $0.output] }
    for type in types + types + types + types {
      let before = try Message(type, values.message(type))
      let bytes = try before.view.serialized()
      let embedded = try EmbeddedMessages(Self.payloads, in: bytes, of: type)
      let other = field(2, Array(repeating: 7, count: Int.random(in: 0...300, using: &values.random)))
      let whole = embedded.replacing(with: Array(repeating: other, count: embedded.count))
      let (left, right) = (try Self.split(before), try Self.split(Message(type, unpacking: whole)))
      #expect(left.rest == right.rest, "\(type), seed \(seed)")
      #expect(left.whole.keys == right.whole.keys, "\(type), seed \(seed)")
      let payloads = left.whole.filter { $0.value.type.name == Self.payload }
      #expect(embedded.count == payloads.count, "\(type), seed \(seed)")
      for (path, message) in right.whole {
        let expected = payloads[path] == nil ? try left.whole[path]?.view.serialized() : other
        #expect(try message.view.serialized() == expected, "\(type)\(path), seed \(seed)")
      }
      replaced += embedded.count
    }
    #expect(replaced > 100)
  }

  @Test(arguments: 1...3) func whatIsNotReplacedStaysAsItIs(seed: Int) throws {
    var values = RandomValues(seed: UInt64(seed))
    let type = try apiType("workflowservice.v1.GetWorkflowExecutionHistoryResponse")
    for _ in 0..<50 {
      let bytes = try Message(type, values.message(type)).view.serialized()
      let embedded = try EmbeddedMessages(Self.payloads, in: bytes, of: type)
      #expect(embedded.replacing(with: Array(repeating: nil, count: embedded.count)) == bytes)
      #expect(embedded.replacing(with: (0..<embedded.count).map { Array(embedded[$0]) }) == bytes)
    }
  }

  @Test func unknownFieldsAndNULsAreKept() throws {
    let type = try apiType("workflowservice.v1.SignalWorkflowExecutionRequest")
    let unknown = field(4000, [1, 2, 3])
    let identity = field(5, [0x61, 0, 0x62])
    let input = field(4, field(1, field(2, [1])) + unknown)
    let embedded = try EmbeddedMessages(Self.payloads, in: unknown + input + identity, of: type)
    #expect(embedded.count == 1)
    #expect(Array(embedded[0]) == field(2, [1]))
    let long = field(2, Array(repeating: 9, count: 200))
    #expect(embedded.replacing(with: [long]) == unknown + field(4, field(1, long) + unknown) + identity)
  }

  @Test func anAnyIsLookedInto() throws {
    let type = try apiType("protocol.v1.Message")
    let signal = field(4, field(1, field(2, [1])))
    func any(_ url: String, _ value: [UInt8]) -> [UInt8] { field(5, field(1, Array(url.utf8)) + field(2, value)) }
    let url = "type.googleapis.com/temporal.api.workflowservice.v1.SignalWorkflowExecutionRequest"
    let embedded = try EmbeddedMessages(Self.payloads, in: any(url, signal), of: type)
    #expect(embedded.count == 1)
    let other = field(2, Array(repeating: 9, count: 150))
    #expect(embedded.replacing(with: [other]) == any(url, field(4, field(1, other))))
    // One of an unknown type, and one whose bytes are not of its type, are bytes.
    #expect(try EmbeddedMessages(Self.payloads, in: any("type.example/none", signal), of: type).count == 0)
    #expect(try EmbeddedMessages(Self.payloads, in: any(url, [0xFF]), of: type).count == 0)
  }

  @Test func thoseWithinFailuresAreMarked() throws {
    let type = try apiType("history.v1.WorkflowExecutionFailedEventAttributes")
    let attributes = field(20, field(2, [1]))
    let bytes = field(1, field(4, attributes))
    let embedded = try EmbeddedMessages(Self.payloads, in: bytes, of: type)
    #expect(embedded.count == 1)
    #expect(embedded.isMarked(0))
    let result = try apiType("history.v1.WorkflowExecutionCompletedEventAttributes")
    #expect(try !EmbeddedMessages(Self.payloads, in: field(1, field(1, [])), of: result).isMarked(0))
  }

  @Test func whatIsNoMessageIsRefused() throws {
    let type = try apiType("workflowservice.v1.SignalWorkflowExecutionRequest")
    #expect(throws: WireError.self) { try EmbeddedMessages(Self.payloads, in: [0x22, 9, 1], of: type) }
  }
}
