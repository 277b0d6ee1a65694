extension MessageView {
  /// Whether a field holds the same in another message of the type; what only a newer version of the API knows of it
  /// does not count, and neither does the order of a map.
  public func isEqual(to other: MessageView, in field: String) -> Bool {
    precondition(other.type == type, "\(type) is compared with \(other.type)")
    return type.requireField(field).isEqual(in: pointer, and: other.pointer)
  }
}

extension MessageType {
  /// Whether all fields of two messages of the type hold the same, but for unknown ones.
  func areEqual(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer) -> Bool {
    fields.allSatisfy { $0.isEqual(in: left, and: right) }
  }
}

extension MessageField {
  /// Whether the field holds the same in two messages, which both have it.
  func isEqual(in left: UnsafeRawPointer, and right: UnsafeRawPointer) -> Bool {
    switch shape {
    case .list:
      let count = count(in: left)
      return count == self.count(in: right)
        && (0..<count).allSatisfy { isEqual(at: element($0, in: left), and: element($0, in: right)) }
    case .map:
      let count = count(in: left)
      return count == self.count(in: right)
        && (0..<count).allSatisfy { index in
          let entry = self.entry(index, in: left)
          return matchingEntry(of: entry, in: right).map { messageType!.areEqual(entry, $0) } ?? false
        }
    case .implicit, .oneof, .optional, .required:
      let isPresent = isPresent(in: left)
      guard isPresent == self.isPresent(in: right) else { return false }
      return !isPresent || isEqual(at: slot(in: left), and: slot(in: right))
    }
  }

  /// The message that an entry of a map, or an element of a list of messages, is.
  func entry(_ index: Int, in message: UnsafeRawPointer) -> UnsafeRawPointer {
    element(index, in: message).load(as: UnsafeRawPointer.self)
  }

  /// The entry of this map in another message that has the key of `entry`.
  func matchingEntry(of entry: UnsafeRawPointer, in message: UnsafeRawPointer) -> UnsafeRawPointer? {
    for index in 0..<count(in: message) {
      let candidate = self.entry(index, in: message)
      if mapKey.order(entry, candidate) == 0 { return candidate }
    }
    return nil
  }

  private func isEqual(at left: UnsafeRawPointer, and right: UnsafeRawPointer) -> Bool {
    switch kind {
    case .boolean, .enumeration, .float, .int32, .uint32: left.load(as: Int32.self) == right.load(as: Int32.self)
    case .double, .int64, .uint64: left.load(as: Int64.self) == right.load(as: Int64.self)
    case .string: string(at: left).elementsEqual(string(at: right))
    case .bytes: bytes(at: left).elementsEqual(bytes(at: right))
    case .message: messageType!.areEqual(left.load(as: UnsafeRawPointer.self), right.load(as: UnsafeRawPointer.self))
    }
  }
}
