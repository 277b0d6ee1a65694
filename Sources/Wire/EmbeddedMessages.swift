/// The messages of a selection within a serialized one, and the whole with others in their places.
///
/// It works on the bytes: fields that this version of the API does not know, and strings that protobuf-c could not pack
/// again, stay as they are. What a `google.protobuf.Any` of a known type holds is looked into as well.
public struct EmbeddedMessages: Sendable {
  /// A message with all around it that changes its length when the message does.
  private struct Node {
    let parent: Int?
    /// Where its length is written, in front of the content.
    let lengthStart: Int
    let content: Range<Int>
    /// Its number among the messages of the selection.
    let place: Int?
  }

  private let bytes: [UInt8]
  // Each after its parent, in the order of the wire.
  private var nodes: [Node] = []
  private var places: [Range<Int>] = []
  private var marks: [Bool] = []

  /// Finds the messages.
  ///
  /// - Parameters:
  ///   - selection: Which messages are meant.
  ///   - bytes: A message in the protobuf wire format.
  ///   - root: The type of that message.
  /// - Throws: `malformed`, `tooDeep` or `invalidUTF8`.
  public init(_ selection: MessageSelection, in bytes: [UInt8], of root: MessageType) throws(WireError) {
    self.bytes = bytes
    let onTheWay = selection.typesOnTheWay(from: root)
    guard onTheWay.contains(root) else { return }
    // From here on tags and lengths fit, but within an Any.
    try Self.check(bytes[...], root)
    var search = Search(selection: selection, bytes: bytes, onTheWay: onTheWay)
    search.look(into: 0..<bytes.count, of: root, parent: nil, isMarked: false, depth: 0)
    (nodes, places, marks) = (search.nodes, search.places, search.marks)
  }

  /// How many there are.
  public var count: Int { places.count }

  /// The bytes of one.
  public subscript(place: Int) -> ArraySlice<UInt8> { bytes[places[place]] }

  /// Whether a message lies within one of the selection's marking type.
  public func isMarked(_ place: Int) -> Bool { marks[place] }

  /// The whole, with other bytes for the messages.
  ///
  /// - Parameter replacements: The bytes of each; nil leaves a message as it is.
  public func replacing(with replacements: [[UInt8]?]) -> [UInt8] {
    precondition(replacements.count == count, "\(replacements.count) replacements for \(count) messages")
    let lengths = newLengths(replacements)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 2)
    var position = 0
    for (node, length) in zip(nodes, lengths) {
      let replacement = node.place.flatMap { replacements[$0] }
      if length == node.content.count, replacement == nil { continue }
      result += bytes[position..<node.lengthStart]
      Self.append(varint: length, to: &result)
      position = node.content.lowerBound
      guard let replacement else { continue }
      result += replacement
      position = node.content.upperBound
    }
    result += bytes[position...]
    return result
  }

  private func newLengths(_ replacements: [[UInt8]?]) -> [Int] {
    var lengths = nodes.map { node in node.place.flatMap { replacements[$0]?.count } ?? node.content.count }
    for index in nodes.indices.reversed() {
      let node = nodes[index]
      guard let parent = node.parent else { continue }
      let isUnchanged = lengths[index] == node.content.count
      let prefix = node.content.lowerBound - node.lengthStart
      lengths[parent] +=
        lengths[index] - node.content.count + (isUnchanged ? 0 : Self.size(ofVarint: lengths[index]) - prefix)
    }
    return lengths
  }

  private static func size(ofVarint value: Int) -> Int { max(1, (Int.bitWidth - value.leadingZeroBitCount + 6) / 7) }

  private static func append(varint value: Int, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  fileprivate static func check(_ bytes: ArraySlice<UInt8>, _ type: MessageType) throws(WireError) {
    let scan = bytes.withUnsafeBufferPointer { bytes in
      Result { () throws(WireError) in _ = try WireScan(bytes, as: type) }
    }
    try scan.get()
  }

  private struct Search {
    let selection: MessageSelection
    let bytes: [UInt8]
    var onTheWay: Set<MessageType>
    var nodes: [Node] = []
    var places: [Range<Int>] = []
    var marks: [Bool] = []

    init(selection: MessageSelection, bytes: [UInt8], onTheWay: Set<MessageType>) {
      self.selection = selection
      self.bytes = bytes
      self.onTheWay = onTheWay
    }

    mutating func look(into range: Range<Int>, of type: MessageType, parent: Int?, isMarked: Bool, depth: Int) {
      if type.facts.pointee.wellKnown == .any {
        return lookIntoAny(range, parent: parent, isMarked: isMarked, depth: depth)
      }
      for field in DelimitedFields(bytes: bytes, range: range) {
        guard let inner = type.field(number: field.number)?.messageType, onTheWay.contains(inner) else { continue }
        enter(field, of: inner, parent: parent, isMarked: isMarked || inner == selection.marking, depth: depth)
      }
    }

    private mutating func enter(
      _ field: DelimitedFields.Element, of type: MessageType, parent: Int?, isMarked: Bool, depth: Int
    ) {
      let isWanted = type == selection.wanted
      nodes.append(
        Node(
          parent: parent, lengthStart: field.lengthStart, content: field.content,
          place: isWanted ? places.count : nil))
      if isWanted {
        places.append(field.content)
        marks.append(isMarked)
      } else {
        look(into: field.content, of: type, parent: nodes.count - 1, isMarked: isMarked, depth: depth)
      }
    }

    /// Its `value` is bytes to the descriptor, and a message to whoever knows the type of its URL.
    private mutating func lookIntoAny(_ range: Range<Int>, parent: Int?, isMarked: Bool, depth: Int) {
      let fields = Array(DelimitedFields(bytes: bytes, range: range))
      guard let value = fields.last(where: { $0.number == 2 }), depth < Message.depthLimit,
        let url = fields.last(where: { $0.number == 1 })?.content,
        let type = MessageType.named(anyURL: String(decoding: bytes[url], as: UTF8.self)),
        (try? EmbeddedMessages.check(bytes[value.content], type)) != nil
      else { return }
      let types = selection.typesOnTheWay(from: type)
      guard types.contains(type) else { return }
      onTheWay.formUnion(types)
      enter(value, of: type, parent: parent, isMarked: isMarked || type == selection.marking, depth: depth + 1)
    }
  }
}

/// The fields of a message that have a length, in bytes that `WireScan` has seen to be one.
private struct DelimitedFields: Sequence, IteratorProtocol {
  struct Element {
    let number: UInt32
    /// Where the length is written, in front of the content.
    let lengthStart: Int
    let content: Range<Int>
  }

  private let bytes: [UInt8]
  private let end: Int
  private var position: Int

  init(bytes: [UInt8], range: Range<Int>) {
    self.bytes = bytes
    end = range.upperBound
    position = range.lowerBound
  }

  mutating func next() -> Element? {
    while position < end {
      let tag = varint()
      let start = position
      switch tag & 7 {
      case 0: _ = varint()
      case 1: position += 8
      case 2:
        let length = Int(varint())
        let content = position..<position + length
        position = content.upperBound
        return Element(number: UInt32(tag >> 3), lengthStart: start, content: content)
      default: position += 4
      }
    }
    return nil
  }

  private mutating func varint() -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }
}
