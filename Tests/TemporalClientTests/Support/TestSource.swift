import TemporalClient

/// A value as a program would hand it over, with all that JSON text cannot give.
indirect enum TestSource: ValueSource {
  case array([TestSource])
  case bytes([UInt8])
  case double(Double)
  case empty
  case integer(Int64)
  case object([(String, TestSource)])
  case other
  case ready(ReadyValue)
  case string([UInt8])

  var dialect: ValueDialect { .native }

  var kind: ValueKind {
    switch self {
    case .array: .array
    case .bytes: .bytes
    case .double: .double
    case .empty: .empty
    case .integer: .integer
    case .object: .object
    case .other, .ready: .other
    case .string: .string
    }
  }

  var boolean: Bool { false }

  var integer: Int64 {
    if case .integer(let value) = self { value } else { 0 }
  }

  var double: Double {
    if case .double(let value) = self { value } else { 0 }
  }

  func withBytes<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(WireError) -> Result
  ) throws(WireError) -> Result {
    switch self {
    case .bytes(let bytes), .string(let bytes):
      try bytes.withUnsafeBufferPointer { bytes in
        Swift.Result { () throws(WireError) in try body(bytes) }
      }.get()
    default: preconditionFailure("\(self) has no bytes")
    }
  }

  func forEachElement(_ body: (Int, TestSource) throws(WireError) -> Void) throws(WireError) {
    guard case .array(let elements) = self else { return }
    for (index, element) in elements.enumerated() { try body(index + 1, element) }
  }

  func forEachEntry(_ body: (ObjectKey, TestSource) throws(WireError) -> Void) throws(WireError) {
    guard case .object(let entries) = self else { return }
    for (key, value) in entries {
      let bytes = Array(key.utf8)
      try bytes.withUnsafeBufferPointer { bytes in
        Swift.Result { () throws(WireError) in try body(.text(bytes), value) }
      }.get()
    }
  }

  func readyValue(for type: MessageType) throws(WireError) -> ReadyValue? {
    guard case .ready(let value) = self else { return nil }
    switch value {
    case .message(let view): return view.type == type ? value : nil
    case .time: return type.shortName == "Timestamp" ? value : nil
    }
  }
}
