import CProtobufC

// Loads and stores in the C struct of a message, which is known only by the offsets in its descriptor. Access is
// untyped, as with STRUCT_MEMBER in protobuf-c.c; every kind and shape is covered by the tests.

extension FieldKind {
  /// The size of one value in a struct or in the array of a list.
  var size: Int {
    switch self {
    // protobuf_c_boolean and enums are ints.
    case .boolean, .enumeration, .float, .int32, .uint32: 4
    case .double, .int64, .uint64: 8
    case .message, .string: MemoryLayout<UnsafeRawPointer?>.size
    case .bytes: MemoryLayout<ProtobufCBinaryData>.size
    }
  }
}

extension MessageField {
  /// The place of the value, or of the array of a list.
  @inline(__always)
  func slot(in message: UnsafeRawPointer) -> UnsafeRawPointer { message + facts.pointee.offset }

  /// The number of elements of a list or map.
  func count(in message: UnsafeRawPointer) -> Int {
    message.load(fromByteOffset: facts.pointee.quantifier, as: Int.self)
  }

  /// The place of an element of a list or map.
  func element(_ index: Int, in message: UnsafeRawPointer) -> UnsafeRawPointer {
    slot(in: message).load(as: UnsafeRawPointer.self) + index * kind.size
  }

  /// Whether the message has a value that would be written.
  func isPresent(in message: UnsafeRawPointer) -> Bool {
    let facts = facts.pointee
    switch facts.shape {
    case .oneof: return message.load(fromByteOffset: facts.quantifier, as: UInt32.self) == facts.id
    case .list, .map: return message.load(fromByteOffset: facts.quantifier, as: Int.self) != 0
    case .optional, .required:
      switch facts.kind {
      // Absence is NULL here, or the pointer to the default.
      case .message, .string:
        let pointer = message.load(fromByteOffset: facts.offset, as: UnsafeRawPointer?.self)
        return pointer != nil && pointer != facts.defaultValue
      default:
        return facts.shape == .required || message.load(fromByteOffset: facts.quantifier, as: Int32.self) != 0
      }
    case .implicit:
      let slot = message + facts.offset
      switch facts.kind {
      case .boolean, .enumeration, .int32, .uint32: return slot.load(as: Int32.self) != 0
      case .int64, .uint64: return slot.load(as: Int64.self) != 0
      case .float: return slot.load(as: Float.self) != 0
      case .double: return slot.load(as: Double.self) != 0
      case .string: return !string(at: slot).isEmpty
      case .bytes: return slot.load(as: Int.self) != 0
      case .message: return slot.load(as: UnsafeRawPointer?.self) != nil
      }
    }
  }

  /// The string at `slot`, borrowed from the message's arena.
  func string(at slot: UnsafeRawPointer) -> UnsafeBufferPointer<UInt8> {
    guard let pointer = slot.load(as: UnsafePointer<UInt8>?.self) else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    if UnsafeRawPointer(pointer) == facts.pointee.defaultValue {
      // Not from the arena but from the descriptor, so there is no size before it.
      return StaticText(permanent: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self)).bytes
    }
    return UnsafeBufferPointer(start: pointer, count: Arena.size(of: pointer) - 1)
  }

  /// The bytes at `slot`, borrowed from the message's arena.
  func bytes(at slot: UnsafeRawPointer) -> UnsafeBufferPointer<UInt8> {
    let data = slot.load(as: ProtobufCBinaryData.self)
    return UnsafeBufferPointer(start: data.data, count: data.len)
  }
}

extension Arena {
  /// Memory for a message under construction; like Swift's own allocations, it does not fail gently.
  func require(_ size: Int) -> UnsafeMutableRawPointer {
    guard let pointer = allocate(size) else { preconditionFailure("out of memory") }
    return pointer
  }

  /// A message in which nothing is set.
  func makeMessage(_ type: MessageType) -> UnsafeMutableRawPointer {
    let descriptor = type.facts.pointee.descriptor.pointee
    let message = require(descriptor.sizeof_message)
    let base = message.assumingMemoryBound(to: ProtobufCMessage.self)
    if let initialize = descriptor.message_init {
      initialize(base)
    } else {
      // Of a type that was built at run time, whose fields all begin as zeros.
      message.initializeMemory(as: UInt8.self, repeating: 0, count: descriptor.sizeof_message)
      base.pointee.descriptor = type.facts.pointee.descriptor
    }
    return message
  }

  /// Marks the field as present and returns the place for its value.
  func claim(_ field: MessageField, in message: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    let facts = field.facts.pointee
    switch facts.shape {
    case .oneof: message.storeBytes(of: facts.id, toByteOffset: facts.quantifier, as: UInt32.self)
    case .optional where facts.kind != .message && facts.kind != .string:
      message.storeBytes(of: 1, toByteOffset: facts.quantifier, as: Int32.self)
    case .implicit, .optional, .required: break
    case .list, .map: return append(field, in: message)
    }
    return message + facts.offset
  }

  /// Makes room for one more element of a list or map and returns its place, which holds zeros.
  func append(_ field: MessageField, in message: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    let facts = field.facts.pointee
    let size = facts.kind.size
    let count = field.count(in: message)
    var array = (message + facts.offset).load(as: UnsafeMutableRawPointer?.self)
    // The size of the array as allocated tells how many elements there is room for.
    let capacity = array.map { Arena.size(of: $0) / size } ?? 0
    if count == capacity {
      let larger = require(max(4, capacity * 2) * size)
      if let array { larger.copyMemory(from: array, byteCount: count * size) }
      array = larger
      message.storeBytes(of: larger, toByteOffset: facts.offset, as: UnsafeMutableRawPointer.self)
    }
    message.storeBytes(of: count + 1, toByteOffset: facts.quantifier, as: Int.self)
    let slot = array! + count * size
    slot.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    return slot
  }

  /// Adds an entry to a map and returns it; its key and value are not set yet.
  func appendEntry(_ field: MessageField, in message: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    let entry = makeMessage(field.messageType!)
    append(field, in: message).storeBytes(of: entry, as: UnsafeMutableRawPointer.self)
    return entry
  }

  /// Copies a string, which must hold no NUL, to `slot`.
  func store(string: UnsafeBufferPointer<UInt8>, at slot: UnsafeMutableRawPointer) {
    let copy = require(string.count + 1).assumingMemoryBound(to: UInt8.self)
    if let start = string.baseAddress { copy.initialize(from: start, count: string.count) }
    copy[string.count] = 0
    slot.storeBytes(of: copy, as: UnsafeMutablePointer<UInt8>.self)
  }

  /// Copies bytes to `slot`.
  func store(bytes: UnsafeBufferPointer<UInt8>, at slot: UnsafeMutableRawPointer) {
    var data = ProtobufCBinaryData(len: bytes.count, data: nil)
    if let start = bytes.baseAddress, !bytes.isEmpty {
      let copy = require(bytes.count).assumingMemoryBound(to: UInt8.self)
      copy.initialize(from: start, count: bytes.count)
      data.data = copy
    }
    slot.storeBytes(of: data, as: ProtobufCBinaryData.self)
  }
}

/// Packs a message, as protobuf-c does, in two passes: one for the size, one for the bytes.
func pack(_ message: UnsafeRawPointer) -> [UInt8] {
  let message = message.assumingMemoryBound(to: ProtobufCMessage.self)
  assert(protobuf_c_message_check(message) != 0, "the message does not fit its descriptor")
  let size = protobuf_c_message_get_packed_size(message)
  // All empty arrays share one storage, and this initialiser would write their count into it.
  guard size > 0 else { return [] }
  return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    count = protobuf_c_message_pack(message, buffer.baseAddress!)
  }
}
