/// Text in the form that libedit's wide functions take and give.
enum WideString {
  /// The characters with the zero that ends them.
  static func encode(_ scalars: some Sequence<Unicode.Scalar>) -> [Int32] {
    scalars.map { Int32($0.value) } + [0]
  }

  /// The same, in memory that the caller owns and frees with `deallocate`.
  static func allocate(_ scalars: some Sequence<Unicode.Scalar>) -> UnsafeMutablePointer<Int32> {
    let encoded = encode(scalars)
    let memory = UnsafeMutablePointer<Int32>.allocate(capacity: encoded.count)
    memory.initialize(from: encoded, count: encoded.count)
    return memory
  }

  /// The characters between two pointers; what is no scalar value is left out.
  static func decode(_ start: UnsafePointer<Int32>, _ end: UnsafePointer<Int32>) -> [Unicode.Scalar] {
    UnsafeBufferPointer(start: start, count: end - start).compactMap { Unicode.Scalar(UInt32(bitPattern: $0)) }
  }
}
