import LuaRuntime
import TemporalClient
import Wire

/// A Lua value on a stack, to be turned into JSON text or a message.
///
/// A table is an array when it is marked as one or its keys are 1 to n, an object when it is marked as one or its keys
/// are all text.
struct LuaValueSource: ValueSource {
  private let stack: LuaStack
  private let index: Int
  /// The tables around this value, to find one that contains itself.
  private let ancestors: [UnsafeRawPointer]
  /// Whether the value becomes a message, where any value may stand for the payload that carries it.
  private let fillsMessage: Bool

  /// - Parameters:
  ///   - stack: the stack that has the value.
  ///   - index: where the value is.
  ///   - fillsMessage: whether the value becomes a message, and not JSON text.
  init(_ stack: LuaStack, at index: Int, fillsMessage: Bool = false) {
    self.init(stack, at: stack.absolute(index), fillsMessage: fillsMessage, ancestors: [])
  }

  private init(_ stack: LuaStack, at index: Int, fillsMessage: Bool, ancestors: [UnsafeRawPointer]) {
    self.stack = stack
    self.index = index
    self.fillsMessage = fillsMessage
    self.ancestors = ancestors
  }

  /// The value on top of the stack, within this one.
  private func inner(_ ancestors: [UnsafeRawPointer]) -> LuaValueSource {
    LuaValueSource(stack, at: stack.count, fillsMessage: fillsMessage, ancestors: ancestors)
  }

  var dialect: ValueDialect { .native }

  var kind: ValueKind {
    switch stack.type(at: index) {
    case .none, .null: .null
    case .boolean: .boolean
    case .number: stack.isInteger(at: index) ? .integer : .double
    case .string: .string
    case .lightUserdata: stack.isNullPointer(at: index) ? .null : .other
    case .table: tableKind
    case .function, .thread, .userdata: .other
    }
  }

  var kindDescription: String {
    switch stack.type(at: index) {
    case .none, .null: return "nil"
    case .boolean: return "a boolean"
    case .number: return stack.isInteger(at: index) ? "an integer" : "a number"
    case .string: return "a string"
    case .function: return "a function"
    case .thread: return "a coroutine"
    case .lightUserdata: return stack.isNullPointer(at: index) ? "json.null" : "a userdata"
    case .userdata: return "a userdata"
    case .table: break
    }
    switch special {
    case .bytes: return "bytes"
    case .payload: return "a payload"
    case .timestamp: return "a Timestamp"
    case .array: return "an array"
    case .object: return "a table"
    case nil: return plainTableDescription
    }
  }

  /// A list is told from other tables, for where one is wanted the other is the slip.
  private var plainTableDescription: String {
    let (count, areList) = entries()
    if areList { return count == 0 ? "an empty table" : "a list" }
    guard let hole = firstHole() else { return "a table" }
    return "a list with nothing at [\(hole)]"
  }

  /// The first position between 1 and the largest key that a table of integer keys leaves out; nil of other tables.
  private func firstHole() -> Int? {
    var keys: Set<Int> = []
    var areIntegers = true
    stack.forEachEntry(of: index) {
      if stack.isInteger(at: -2), let key = try? stack.integer(at: -2) {
        keys.insert(key)
      } else {
        areIntegers = false
      }
    }
    return areIntegers && keys.contains(1) ? (1...).first { !keys.contains($0) } : nil
  }

  var boolean: Bool { stack.truth(at: index) }
  // Read only when `kind` says that there is a number.
  var integer: Int64 { Int64((try? stack.integer(at: index)) ?? 0) }
  var double: Double { (try? stack.number(at: index)) ?? .nan }

  func withBytes<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(WireError) -> Result
  ) throws(WireError) -> Result {
    switch special {
    case .timestamp: return try lend(Array(timestampText().utf8), body)
    case .bytes:
      stack.pushElement(1, of: index)
      defer { stack.pop() }
      return try LuaValueSource(stack, at: -1).lendString(body)
    default: return try lendString(body)
    }
  }

  func forEachElement(_ body: (Int, LuaValueSource) throws(WireError) -> Void) throws(WireError) {
    let within = try entered()
    // Of a table that is marked as an array nobody has looked at the keys yet.
    if special == .array, !entries().areList { throw WireError(.wrongType, "an array's keys must be 1 to n") }
    for position in 1...max(stack.length(at: index), 1) where position <= stack.length(at: index) {
      stack.pushElement(position, of: index)
      defer { stack.pop() }
      try body(position, inner(within))
    }
  }

  func forEachEntry(_ body: (ObjectKey, LuaValueSource) throws(WireError) -> Void) throws(WireError) {
    let within = try entered()
    var texts: [[UInt8]] = []
    var integers: [Int] = []
    try stack.forEachEntry(of: index) { () throws(WireError) in
      switch stack.type(at: -2) {
      case .string: texts.append((try? stack.withBytes(at: -2) { Array($0) }) ?? [])
      case .number where stack.isInteger(at: -2): integers.append((try? stack.integer(at: -2)) ?? 0)
      case let type: throw WireError(.wrongType, "a table's key must be text or an integer, not a \(type.name)")
      }
    }
    guard texts.isEmpty || integers.isEmpty else {
      throw WireError(.wrongType, "a table has both a list's keys and an object's; it can be only one")
    }
    // With 1 among its keys it was meant as a list; a map of numbers is marked as an object, or is a message's.
    if special == nil, !fillsMessage, integers.contains(1), let hole = firstHole() {
      throw WireError(.wrongType, "a list has nothing at [\(hole)]; json.null stands for nothing")
    }
    for text in texts {
      stack.push(text)
      stack.pushEntry(of: index)
      defer { stack.pop() }
      try lend(text) { (text) throws(WireError) in
        try body(.text(text), inner(within))
      }
    }
    for integer in integers {
      stack.pushElement(integer, of: index)
      defer { stack.pop() }
      try body(.integer(Int64(integer)), inner(within))
    }
  }

  func readyValue(for type: MessageType) throws(WireError) -> ReadyValue? {
    switch type.name {
    case "google.protobuf.Timestamp" where special == .timestamp:
      let (seconds, nanos) = timestamp()
      return .time(seconds: seconds, nanos: nanos)
    case "temporal.api.common.v1.Payload" where special == .payload || fillsMessage && !hasPayloadFields:
      return .message(try payloadMessage(type))
    case "temporal.api.common.v1.Payloads" where fillsMessage && kind == .array:
      return .message(try payloadsMessage(type))
    default: return nil
    }
  }

  /// A list of values stands for the payloads that carry them, as it does where such a message is read.
  private func payloadsMessage(_ type: MessageType) throws(WireError) -> MessageView {
    let (builder, payload) = (MessageBuilder(type), type.field(named: "payloads")!.messageType!)
    try forEachElement { (position, element) throws(WireError) in
      do throws(WireError) {
        let inner = MessageBuilder(payload)
        try inner.fill(from: element)
        builder.append("payloads", try inner.finished().view)
      } catch {
        throw error.within([.field("payloads"), .index(position)])
      }
    }
    return try builder.finished().view
  }

  private func payloadMessage(_ type: MessageType) throws(WireError) -> MessageView {
    do {
      let payload =
        special == .payload
        ? try stack.writtenPayload(at: index) : try DataConverter().encode(LuaValueSource(stack, at: index))
      let builder = MessageBuilder(type)
      payload.write(into: builder)
      return try Message(type, unpacking: try builder.serialized()).view
    } catch let error as WireError {
      throw error
    } catch {
      throw WireError(.wrongType, "\(error)")
    }
  }

  /// A plain table with the fields of a payload is a payload written out.
  private var hasPayloadFields: Bool {
    guard stack.type(at: index) == .table, special == nil else { return false }
    defer { stack.pop() }
    return stack.pushField("metadata", of: index) == .table
  }

  // MARK: Tables

  private enum Special {
    case bytes, payload, timestamp, array, object
  }

  private var special: Special? {
    guard stack.type(at: index) == .table else { return nil }
    let marks: [(LuaMetatable, Special)] = [
      (.jsonArray, .array), (.jsonObject, .object), (.timestamp, .timestamp), (.bytes, .bytes), (.payload, .payload),
    ]
    return marks.first { stack.hasMetatable($0.0, at: index) }?.1
  }

  private var tableKind: ValueKind {
    switch special {
    case .bytes: return .bytes
    case .timestamp: return fillsMessage ? .string : .other
    case .payload: return .other
    case .array: return .array
    case .object: return .object
    case nil: break
    }
    let (count, areList) = entries()
    return count == 0 ? .empty : areList ? .array : .object
  }

  /// How many entries the table has, and whether their keys are 1 to n.
  private func entries() -> (count: Int, areList: Bool) {
    var count = 0
    var isList = true
    let length = stack.length(at: index)
    stack.forEachEntry(of: index) {
      count += 1
      if isList { isList = stack.isInteger(at: -2) && (1...max(length, 1)).contains((try? stack.integer(at: -2)) ?? 0) }
    }
    return (count, isList && count == length)
  }

  /// The tables around the values in this one.
  private func entered() throws(WireError) -> [UnsafeRawPointer] {
    guard let identity = stack.identity(at: index) else { return ancestors }
    guard !ancestors.contains(identity) else { throw WireError(.wrongType, "the table contains itself") }
    guard ancestors.count < Message.depthLimit, stack.reserve(8) else {
      throw WireError(.tooDeep, "tables are nested more than \(Message.depthLimit) levels deep")
    }
    return ancestors + [identity]
  }

  // MARK: Text

  private func lendString<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(WireError) -> Result
  ) throws(WireError) -> Result {
    let result: Swift.Result<Result, WireError>? = try? stack.withBytes(at: index) { bytes in
      do throws(WireError) { return .success(try body(bytes)) } catch { return .failure(error) }
    }
    guard let result else { throw WireError(.wrongType, "expected a string, got \(kindDescription)") }
    return try result.get()
  }

  private func lend<Result>(
    _ bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) throws(WireError) -> Result
  ) throws(WireError) -> Result {
    let result: Swift.Result<Result, WireError> = bytes.withUnsafeBufferPointer { bytes in
      do throws(WireError) { return .success(try body(bytes)) } catch { return .failure(error) }
    }
    return try result.get()
  }

  private func timestamp() -> (seconds: Int64, nanos: Int32) {
    stack.pushField("seconds", of: index)
    stack.pushField("nanos", of: index)
    defer { stack.pop(2) }
    let seconds = (try? stack.integer(at: -2)) ?? 0
    let nanos = (try? stack.integer(at: -1)) ?? 0
    return (Int64(seconds), Int32(clamping: nanos))
  }

  private func timestampText() -> String {
    let (seconds, nanos) = timestamp()
    return TimestampText.format(seconds: seconds, nanos: nanos) ?? "\(seconds)"
  }
}

extension LuaStack {
  /// The payload that the table at `index` writes out, as one that `temporal.payload{…}` made does.
  func writtenPayload(at index: Int) throws -> Payload {
    let table = absolute(index)
    guard type(at: table) == .table, pushField("metadata", of: table) == .table else {
      throw WireError(.wrongType, "a payload is a table with metadata, a table, and data, a string")
    }
    defer { pop() }
    var metadata: [(key: String, value: [UInt8])] = []
    try forEachEntry(of: -1) { metadata.append((try string(at: -2), try withBytes(at: -1) { Array($0) })) }
    pushField("data", of: table)
    defer { pop() }
    return Payload(metadata: metadata.sorted { $0.key < $1.key }, data: try withBytes(at: -1) { Array($0) })
  }

  /// The payload that carries the value at `index`.
  ///
  /// - Parameter path: how a script names the value, for errors.
  /// - Throws: ``LuaKindError`` naming the place of what cannot be sent.
  func payload(at index: Int, path: String) throws -> Payload {
    do {
      return try DataConverter().encode(LuaValueSource(self, at: index))
    } catch {
      let inner = error.pathText
      let place = inner.isEmpty || inner.hasPrefix("[") ? path + inner : path + "." + inner
      let advice = error.code == .invalidUTF8 ? "; send bytes with temporal.bytes(…)" : ""
      throw LuaKindError("TypeError", "\(place): \(error.message)\(advice)")
    }
  }
}
