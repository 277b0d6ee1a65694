import CProtobufC

/// The memory of one message with all that it holds: handed out by moving a pointer, freed as a whole.
///
/// Each allocation is preceded by its size. protobuf-c keeps a string as a bare `char *`; since it allocates exactly
/// the string's bytes and a NUL, the size gives back the length that `strlen` would lose at a NUL within the string.
package final class Arena {
  static let headerSize = 8

  // A chunk begins with the address of the chunk before it.
  private var newest: UnsafeMutableRawPointer?
  private var next: UnsafeMutableRawPointer?
  private var room = 0
  private var chunkSize: Int
  private var budget: Int

  /// Whether memory was asked for and not given.
  package private(set) var ranOut = false

  /// - Parameters:
  ///   - chunkSize: The size of the first chunk; 0 gives each allocation a block of its own, so that the address
  ///     sanitizer sees where one ends.
  ///   - budget: How many bytes may be handed out before ``allocate(_:)`` gives NULL.
  package init(chunkSize: Int = 1024, budget: Int = .max) {
    self.chunkSize = chunkSize
    self.budget = budget
  }

  deinit {
    var chunk = newest
    while let current = chunk {
      chunk = current.load(as: UnsafeMutableRawPointer?.self)
      current.deallocate()
    }
  }

  /// Hands out memory that is aligned for every type of a message and lives as long as the arena.
  ///
  /// - Returns: The memory, or nil when the budget is used up.
  func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
    let needed = Self.headerSize + (chunkSize == 0 ? size : (size + 7) & ~7)
    guard needed <= budget else {
      ranOut = true
      return nil
    }
    if needed > room { addChunk(atLeast: needed) }
    let block = next!
    budget -= needed
    room -= needed
    next = block + needed
    block.storeBytes(of: size, as: Int.self)
    return block + Self.headerSize
  }

  /// The size that was asked for when `pointer` was handed out.
  static func size(of pointer: UnsafeRawPointer) -> Int {
    (pointer - headerSize).load(as: Int.self)
  }

  /// The arena as protobuf-c wants it; valid while the arena is.
  var allocator: ProtobufCAllocator {
    ProtobufCAllocator(
      alloc: { arena, size in
        Unmanaged<Arena>.fromOpaque(arena!).takeUnretainedValue().allocate(size)
      },
      // Also what protobuf-c allocates for its own use ends with the arena.
      free: { _, _ in },
      allocator_data: Unmanaged.passUnretained(self).toOpaque())
  }

  private func addChunk(atLeast needed: Int) {
    let header = MemoryLayout<UnsafeMutableRawPointer?>.size
    let size = max(chunkSize, needed)
    let chunk = UnsafeMutableRawPointer.allocate(byteCount: header + size, alignment: 8)
    chunk.storeBytes(of: newest, as: UnsafeMutableRawPointer?.self)
    newest = chunk
    next = chunk + header
    room = size
    chunkSize = min(chunkSize * 2, 1 << 20)
  }
}
