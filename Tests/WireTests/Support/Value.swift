import Wire

/// A tree of the program's own values, as Lua tables would be: what a walk gives, and what a message is filled from.
indirect enum Value: Equatable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case double(Double)
  case string([UInt8])
  case bytes([UInt8])
  case time(Int64, Int32)
  case array([Value])
  case object([Key: Value])
  case empty
  case ready(Message)
  case other(String)

  enum Key: Hashable {
    case text(String)
    case integer(Int64)
    case boolean(Bool)
  }

  static func text(_ text: String) -> Value { .string(Array(text.utf8)) }

  static func fields(_ fields: [String: Value]) -> Value {
    .object(Dictionary(uniqueKeysWithValues: fields.map { (.text($0.key), $0.value) }))
  }

  subscript(_ key: String) -> Value? {
    if case .object(let entries) = self { entries[.text(key)] } else { nil }
  }

  // NaN is what it was, for these tests.
  static func == (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.null, .null), (.empty, .empty): true
    case (.boolean(let left), .boolean(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.double(let left), .double(let right)): left == right || left.isNaN && right.isNaN
    case (.string(let left), .string(let right)), (.bytes(let left), .bytes(let right)): left == right
    case (.time(let left, let leftNanos), .time(let right, let rightNanos)): left == right && leftNanos == rightNanos
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }
}

extension Value: ValueSource {
  var dialect: ValueDialect { .native }

  var kind: ValueKind {
    switch self {
    case .null: .null
    case .boolean: .boolean
    case .integer: .integer
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    case .array: .array
    case .object: .object
    case .empty: .empty
    case .time, .ready, .other: .other
    }
  }

  var kindDescription: String {
    switch self {
    case .other(let description): description
    case .object: "a table"
    case .integer, .double: "a number"
    case .string: "a string"
    default: "\(kind)"
    }
  }

  var boolean: Bool { if case .boolean(let value) = self { value } else { preconditionFailure() } }
  var integer: Int64 { if case .integer(let value) = self { value } else { preconditionFailure() } }
  var double: Double { if case .double(let value) = self { value } else { preconditionFailure() } }

  func withBytes<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(WireError) -> Result
  ) throws(WireError) -> Result {
    switch self {
    case .string(let bytes), .bytes(let bytes):
      let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
      _ = copy.initialize(from: bytes)
      defer { copy.deallocate() }
      return try body(UnsafeBufferPointer(copy))
    default: preconditionFailure()
    }
  }

  func forEachElement(_ body: (Int, Value) throws(WireError) -> Void) throws(WireError) {
    guard case .array(let elements) = self else { return }
    for (index, element) in elements.enumerated() { try body(index + 1, element) }
  }

  func forEachEntry(_ body: (ObjectKey, Value) throws(WireError) -> Void) throws(WireError) {
    if case .array(let elements) = self {
      for (index, element) in elements.enumerated() { try body(.integer(Int64(index + 1)), element) }
    }
    guard case .object(let entries) = self else { return }
    for (key, value) in entries {
      switch key {
      case .integer(let number): try body(.integer(number), value)
      case .boolean(let truth): try body(.boolean(truth), value)
      case .text(let text):
        try Value.text(text).withBytes { (bytes) throws(WireError) in try body(.text(bytes), value) }
      }
    }
  }

  func readyValue(for type: MessageType) throws(WireError) -> ReadyValue? {
    switch self {
    case .ready(let message): .message(message.view)
    case .time(let seconds, let nanos): .time(seconds: seconds, nanos: nanos)
    default: nil
    }
  }
}

/// Builds a ``Value`` from a walk.
struct ValueBuilder: ValueSink {
  private enum Frame {
    case array([Value])
    case object([Value.Key: Value], Value.Key?)
  }

  private var open: [Frame] = []
  private(set) var result: Value?
  // Types whose messages are taken whole.
  var kept: Set<String> = []

  mutating func message(_ view: MessageView) throws -> Bool {
    guard kept.contains(view.type.name) else { return false }
    add(.ready(try Message(view.type, unpacking: view.serialized())))
    return true
  }

  mutating func null() { add(.null) }
  mutating func boolean(_ value: Bool) { add(.boolean(value)) }
  mutating func integer(_ value: Int64) { add(.integer(value)) }
  mutating func unsigned64(_ value: UInt64) { add(.integer(Int64(bitPattern: value))) }
  mutating func double(_ value: Double) { add(.double(value)) }
  mutating func string(_ value: UnsafeBufferPointer<UInt8>) { add(.string(Array(value))) }
  mutating func bytes(_ value: UnsafeBufferPointer<UInt8>) { add(.bytes(Array(value))) }
  mutating func enumeration(_ value: EnumValue) { add(.text(value.shortName)) }
  mutating func timestamp(seconds: Int64, nanos: Int32) { add(.time(seconds, nanos)) }
  mutating func duration(seconds: Int64, nanos: Int32) { add(.time(seconds, nanos)) }
  mutating func beginArray(count: Int) { open.append(.array([])) }
  mutating func beginObject(count: Int) { open.append(.object([:], nil)) }

  mutating func endArray() { end() }
  mutating func endObject() { end() }

  private mutating func end() {
    switch open.removeLast() {
    case .array(let elements): add(.array(elements))
    case .object(let entries, _): add(.object(entries))
    }
  }

  mutating func key(_ key: ObjectKey) {
    guard case .object(let entries, _)? = open.popLast() else { preconditionFailure("a key outside of an object") }
    let key: Value.Key =
      switch key {
      case .field(let name): .text(name.proto.string)
      case .text(let bytes): .text(String(decoding: bytes, as: UTF8.self))
      case .integer(let number): .integer(number)
      case .unsigned(let number): .integer(Int64(bitPattern: number))
      case .boolean(let truth): .boolean(truth)
      }
    open.append(.object(entries, key))
  }

  private mutating func add(_ value: Value) {
    switch open.popLast() {
    case .array(let elements): open.append(.array(elements + [value]))
    case .object(var entries, let key?):
      entries[key] = value
      open.append(.object(entries, nil))
    case .object(_, nil): preconditionFailure("a value without a key")
    case nil: result = value
    }
  }
}

extension MessageView {
  /// The message as a tree.
  func value(keeping kept: Set<String> = []) throws -> Value {
    var builder = ValueBuilder()
    builder.kept = kept
    try emit(into: &builder)
    return builder.result ?? .null
  }
}

extension Message {
  /// A message filled from a tree.
  convenience init(_ type: MessageType, _ value: Value) throws {
    let builder = MessageBuilder(type)
    try builder.fill(from: value)
    try self.init(type, unpacking: builder.serialized())
  }
}
