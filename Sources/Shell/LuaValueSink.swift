import LuaRuntime
import TemporalClient
import Wire

/// Builds Lua values on a stack from a walk through a message or JSON text, with no tree in between.
///
/// Messages become tables by proto field names, payloads the values they carry, and a list of payloads a sequence. A
/// payload that cannot be decoded stays a payload, for what is shown must not fail because of what it contains. Arrays are
/// marked as such: an empty table without the mark is an object.
struct LuaValueSink: ValueSink {
  private enum Container {
    case array(count: Int)
    case object
  }

  /// What becomes of a `temporal.api.failure.v1.Failure`.
  enum FailureForm {
    /// A table by its field names.
    case messages
    /// The error value that raising it would give.
    case errors
  }

  /// What becomes of a `temporal.api.common.v1.Payload`.
  enum PayloadForm {
    /// The value that it carries.
    case values
    /// The payload, as `temporal.payload` makes it.
    case payloads
  }

  private let stack: LuaStack
  private let failures: FailureForm
  private let payloads: PayloadForm
  private var containers: [Container] = []

  /// - Parameters:
  ///   - stack: where the value ends up, on top.
  ///   - failures: what becomes of failures within it.
  ///   - payloads: what becomes of payloads within it.
  init(_ stack: LuaStack, failures: FailureForm = .messages, payloads: PayloadForm = .values) {
    self.stack = stack
    self.failures = failures
    self.payloads = payloads
  }

  mutating func message(_ view: MessageView) throws -> Bool {
    if view.type.isVersion(of: Self.payload) {
      push(Payload(view: view))
    } else if view.type.isVersion(of: Self.payloadList) {
      let list = view.messages("payloads")
      stack.pushTable(elements: list.count)
      for (index, view) in list.enumerated() {
        push(Payload(view: view))
        stack.setElement(index + 1, of: -2)
      }
      markArray()
    } else if failures == .errors, view.type.isVersion(of: Self.failure) {
      stack.push(error: Failure(view: view))
    } else {
      return false
    }
    place()
    return true
  }

  private static let payload = MessageType.named("temporal.api.common.v1.Payload")!
  private static let failure = MessageType.named("temporal.api.failure.v1.Failure")!
  private static let payloadList = MessageType.named("temporal.api.common.v1.Payloads")!

  private func push(_ payload: Payload) {
    switch payloads {
    case .values: stack.pushDecodedOrRaw(payload)
    case .payloads: stack.push(payload)
    }
  }

  mutating func null() {
    if containers.isEmpty { stack.pushNil() } else { stack.pushJSONNull() }
    place()
  }

  mutating func boolean(_ value: Bool) {
    stack.push(value)
    place()
  }

  mutating func integer(_ value: Int64) {
    stack.push(value)
    place()
  }

  mutating func unsigned64(_ value: UInt64) {
    stack.push(Int64(bitPattern: value))
    place()
  }

  mutating func double(_ value: Double) {
    stack.push(value)
    place()
  }

  mutating func string(_ value: UnsafeBufferPointer<UInt8>) {
    stack.push(value)
    place()
  }

  mutating func bytes(_ value: UnsafeBufferPointer<UInt8>) {
    stack.push(value)
    place()
  }

  mutating func enumeration(_ value: EnumValue) {
    stack.push(value.shortName)
    place()
  }

  mutating func timestamp(seconds: Int64, nanos: Int32) {
    stack.push(timestamp: seconds, nanos: nanos)
    place()
  }

  mutating func duration(seconds: Int64, nanos: Int32) {
    stack.push(Double(seconds) + Double(nanos) * 1e-9)
    place()
  }

  mutating func beginArray(count: Int) throws {
    try open(.array(count: 0), elements: count, fields: 0)
    markArray()
  }

  mutating func endArray() { close() }

  mutating func beginObject(count: Int) throws {
    try open(.object, elements: 0, fields: count)
  }

  mutating func key(_ key: ObjectKey) {
    switch key {
    case .field(let name): stack.push(name.proto.bytes)
    case .text(let text): stack.push(text)
    case .integer(let number): stack.push(number)
    case .unsigned(let number): stack.push(Int64(bitPattern: number))
    case .boolean(let value): stack.push(value)
    }
  }

  mutating func endObject() { close() }

  private func markArray() {
    stack.pushMetatable(.jsonArray)
    stack.setMetatable(of: -2)
  }

  private mutating func open(_ container: Container, elements: Int, fields: Int) throws {
    guard stack.reserve(8) else { throw LuaArgumentError("the value is nested too deeply for Lua") }
    stack.pushTable(elements: elements, fields: fields)
    containers.append(container)
  }

  private mutating func close() {
    containers.removeLast()
    place()
  }

  /// Puts the value on top into the container below it.
  private mutating func place() {
    switch containers.last {
    case nil: break
    case .object: stack.setEntry(of: -3)
    case .array(let count):
      stack.setElement(count + 1, of: -2)
      containers[containers.count - 1] = .array(count: count + 1)
    }
  }
}
