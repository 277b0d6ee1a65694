import LuaRuntime
import TemporalClient
import Wire

extension LuaStack {
  /// Pushes `json.null`, the null pointer as a light userdata.
  func pushJSONNull() { pushNullPointer() }

  /// Pushes a Timestamp.
  func push(timestamp seconds: Int64, nanos: Int32) {
    pushTable(fields: 2)
    push(seconds)
    setField("seconds", of: -2)
    push(Int(nanos))
    setField("nanos", of: -2)
    pushMetatable(.timestamp)
    setMetatable(of: -2)
  }

  /// Pushes a payload as it is.
  func push(_ payload: Payload) {
    pushTable(fields: 2)
    pushTable(fields: payload.metadata.count)
    for (key, value) in payload.metadata {
      push(key)
      push(value)
      setEntry(of: -3)
    }
    setField("metadata", of: -2)
    push(payload.data)
    setField("data", of: -2)
    pushMetatable(.payload)
    setMetatable(of: -2)
  }

  /// Pushes the value that a payload carries.
  ///
  /// - Throws: what is wrong with the payload; what was pushed by then is for the caller to cut off.
  func push(decoding payload: Payload) throws {
    var sink = LuaValueSink(self)
    try DataConverter().decode(payload, into: &sink)
    try applySearchAttributeType(of: payload)
  }

  /// Pushes the value that a payload carries for a place in a table: null where it is null, and the payload itself
  /// where it cannot be decoded, for what is shown must not fail because of what it contains.
  func pushDecodedOrRaw(_ payload: Payload) {
    let base = count
    do {
      try push(decodingElement: payload)
    } catch {
      setCount(base)
      push(payload)
    }
  }

  /// Pushes the value that a payload carries for a place in a table: null where it is null.
  func push(decodingElement payload: Payload) throws {
    try push(decoding: payload)
    if isNil(at: -1) {
      pop()
      pushJSONNull()
    }
  }

  /// Pushes a message as a table.
  ///
  /// - Parameter includingDefaults: whether fields that are zero are there as well.
  func push(_ view: MessageView, includingDefaults: Bool = false) throws {
    var sink = LuaValueSink(self)
    try view.emit(into: &sink, includingDefaults: includingDefaults)
  }

  /// Gives the value on top the form of its search attribute's type, which the payload's metadata names.
  ///
  /// As the Python SDK does: a list of one is a scalar unless the type is KeywordList, a Double is a float, and a
  /// Datetime is a time.
  private func applySearchAttributeType(of payload: Payload) throws {
    guard let name = payload.metadata.first(where: { $0.key == "type" })?.value else { return }
    let type = String(decoding: name, as: UTF8.self)
    if type != "KeywordList", type != "INDEXED_VALUE_TYPE_KEYWORD_LIST", self.type(at: -1) == .table,
      length(at: -1) == 1
    {
      pushElement(1, of: -1)
      remove(at: -2)
    }
    switch type {
    case "Double", "INDEXED_VALUE_TYPE_DOUBLE":
      guard let number = try? number(at: -1) else { return }
      pop()
      push(number)
    case "Datetime", "INDEXED_VALUE_TYPE_DATETIME":
      guard let text = try? string(at: -1), let time = TimestampText.parse(text) else { return }
      pop()
      push(timestamp: time.seconds, nanos: time.nanos)
    default: break
    }
  }
}
