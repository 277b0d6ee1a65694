import CProtobufC

/// A message as it came from the wire, with the memory that holds it; never changed after it was made.
public final class Message {
  /// How many levels deep messages may be nested: the limit of Google's own implementations.
  public static let depthLimit = 100

  let arena: Arena
  let pointer: UnsafeRawPointer
  // Some string holds a NUL. It reads in full, but protobuf-c would cut it off when packing.
  let holdsNUL: Bool

  /// The type of the message.
  public let type: MessageType

  /// Unpacks a message.
  ///
  /// Unknown fields and unknown enum numbers are kept.
  ///
  /// - Parameters:
  ///   - type: The type that the bytes are of.
  ///   - bytes: The message in the protobuf wire format.
  ///   - memoryLimit: How many bytes the unpacked message may take.
  /// - Throws: `malformed`, `tooDeep`, `invalidUTF8` or `overBudget`.
  public convenience init(
    _ type: MessageType, unpacking bytes: [UInt8], memoryLimit: Int = 1 << 30
  ) throws(WireError) {
    // An unpacked message takes a few times its size on the wire; one chunk does for most.
    let arena = Arena(chunkSize: min(max(512, bytes.count * 4), 1 << 20), budget: memoryLimit)
    try self.init(type, unpacking: bytes, in: arena)
  }

  /// Makes a message in which nothing is set.
  public init(empty type: MessageType) {
    arena = Arena(chunkSize: 0)
    pointer = UnsafeRawPointer(arena.makeMessage(type))
    holdsNUL = false
    self.type = type
  }

  package init(_ type: MessageType, unpacking bytes: [UInt8], in arena: Arena) throws(WireError) {
    // Typed throws do not pass through withUnsafeBufferPointer's rethrows in every shape, a Result does.
    let unpacked = bytes.withUnsafeBufferPointer { bytes in
      Result { () throws(WireError) in try Self.unpack(bytes, type, arena) }
    }
    (pointer, holdsNUL) = try unpacked.get()
    self.arena = arena
    self.type = type
  }

  /// The message as a value to read from.
  public var view: MessageView { MessageView(owner: self, pointer: pointer, type: type) }

  private static func unpack(
    _ bytes: UnsafeBufferPointer<UInt8>, _ type: MessageType, _ arena: Arena
  ) throws(WireError) -> (UnsafeRawPointer, Bool) {
    let scan = try WireScan(bytes, as: type)
    var allocator = arena.allocator
    guard
      let message = protobuf_c_message_unpack(
        type.facts.pointee.descriptor, &allocator, bytes.count, bytes.baseAddress)
    else {
      guard !arena.ranOut else {
        throw WireError(.overBudget, "\(type): \(bytes.count) bytes take more memory than allowed when unpacked")
      }
      throw WireScan.malformed(type, bytes.count)
    }
    return (UnsafeRawPointer(message), scan.foundNUL)
  }
}

// Nothing writes to the arena after init, and the arena ends with the message.
extension Message: @unchecked Sendable {}
