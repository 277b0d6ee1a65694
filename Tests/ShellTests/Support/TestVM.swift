import LuaRuntime
import TemporalClient

@testable import Shell

/// A VM with the modules `json` and `temporal` as scripts have them, on the thread of the test that made it.
final class TestVM {
  private let session = Session(
    ShellOptions(), input: InputQueue {}, questions: PromptQuestions(), interruptDescriptor: nil)

  var stack: LuaStack { session.vm.stack }

  init() throws {
    try session.vm.installStandardLibrary()
    try load(
      """
      local native = ...
      package.loaded["moondial.native"] = native
      native.adopt_metatable("Error", require("moondial.errors").Error)
      native.adopt_metatable("Timestamp", require("moondial.timestamp").Timestamp)
      native.adopt_metatable("JSONArray", {})
      native.adopt_metatable("JSONObject", {})
      json, temporal, inspect = require("json"), require("temporal"), require("moondial.inspect")
      """)
    stack.pushTable()
    session.bindClient(on: stack)
    session.bindValues(on: stack)
    try session.vm.call(arguments: 1, results: 0)
  }

  deinit { session.vm.close() }

  private func load(_ source: String) throws(LuaError) {
    let text = Array(source.utf8)
    let result = text.withUnsafeBufferPointer { text in
      Result { () throws(LuaError) in try session.vm.load(text, name: "=test") }
    }
    try result.get()
  }

  /// Runs statements.
  func run(_ source: String) throws {
    try load(source)
    try session.vm.call(arguments: 0, results: 0)
  }

  /// Leaves the value of an expression as the only one on the stack.
  func evaluate(_ expression: String) throws {
    stack.setCount(0)
    try load("return " + expression)
    try session.vm.call(arguments: 0, results: 1)
  }

  /// The value on top of the stack as the prompt shows it, in one line; takes it off.
  func shown() throws -> String {
    try load("return inspect.format(..., { width = math.huge, depth = math.huge })")
    stack.insert(at: -2)
    try session.vm.call(arguments: 1, results: 1)
    defer { stack.pop() }
    return try stack.string(at: -1)
  }

  /// The value of an expression as the prompt shows it.
  func shown(_ expression: String) throws -> String {
    try evaluate(expression)
    return try shown()
  }

  /// The payload that carries the value of an expression.
  func payload(_ expression: String) throws -> Payload {
    try evaluate(expression)
    defer { stack.setCount(0) }
    return try stack.payload(at: 1, path: "value")
  }

  /// What a payload carries, as the prompt shows it.
  func shown(_ payload: Payload) throws -> String {
    stack.setCount(0)
    try stack.push(decoding: payload)
    return try shown()
  }
}

extension Payload {
  /// The data as text.
  var text: String { String(decoding: data, as: UTF8.self) }

  /// A json/plain payload.
  init(json: String, type: String? = nil) {
    self.init(encoding: "json/plain", data: Array(json.utf8))
    if let type { metadata.append(("type", Array(type.utf8))) }
  }
}
