import CProtobufC

/// Carries the fields that only a newer version of the API knows from one message into another of its type.
///
/// They go with what they belong to: with a message within, wherever both have it; with an element of a list or an entry
/// of a map only as long as it is as it was, for nobody can tell what they say of another one.
struct UnknownFields {
  let arena: Arena

  func carry(from original: UnsafeRawPointer, to message: UnsafeMutableRawPointer, _ type: MessageType) {
    copy(from: original, to: message)
    for field in type.fields where field.kind == .message {
      let inner = field.messageType!
      switch field.shape {
      case .list:
        for index in 0..<field.count(in: message) {
          let element = field.entry(index, in: message)
          guard let old = elementEqual(to: element, at: index, of: field, in: original) else { continue }
          carry(from: old, to: UnsafeMutableRawPointer(mutating: element), inner)
        }
      case .map:
        for index in 0..<field.count(in: message) {
          let entry = field.entry(index, in: message)
          guard let old = field.matchingEntry(of: entry, in: original), inner.areEqual(entry, old) else { continue }
          carry(from: old, to: UnsafeMutableRawPointer(mutating: entry), inner)
        }
      case .implicit, .oneof, .optional, .required:
        guard field.isPresent(in: original), field.isPresent(in: message) else { continue }
        carry(
          from: field.slot(in: original).load(as: UnsafeRawPointer.self),
          to: field.slot(in: message).load(as: UnsafeMutableRawPointer.self), inner)
      }
    }
  }

  // At its old place, or where it has moved to.
  private func elementEqual(
    to element: UnsafeRawPointer, at index: Int, of field: MessageField, in original: UnsafeRawPointer
  ) -> UnsafeRawPointer? {
    let count = field.count(in: original)
    let places = (index < count ? [index] : []) + Array(0..<count)
    return places.lazy.map { field.entry($0, in: original) }.first { field.messageType!.areEqual($0, element) }
  }

  private func copy(from original: UnsafeRawPointer, to message: UnsafeMutableRawPointer) {
    let old = original.assumingMemoryBound(to: ProtobufCMessage.self).pointee
    guard old.n_unknown_fields > 0 else { return }
    let count = Int(old.n_unknown_fields)
    let fields = arena.require(count * MemoryLayout<ProtobufCMessageUnknownField>.stride)
      .bindMemory(to: ProtobufCMessageUnknownField.self, capacity: count)
    for index in 0..<count {
      var field = old.unknown_fields[index]
      let data = arena.require(field.len).assumingMemoryBound(to: UInt8.self)
      data.initialize(from: field.data, count: field.len)
      field.data = data
      (fields + index).initialize(to: field)
    }
    let base = message.assumingMemoryBound(to: ProtobufCMessage.self)
    base.pointee.n_unknown_fields = old.n_unknown_fields
    base.pointee.unknown_fields = fields
  }
}
