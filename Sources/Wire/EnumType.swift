import CProtobufC

// What is known of an enum. Made once by TypeTable, never changed, never freed.
struct EnumFacts {
  let name: StaticText
  let descriptor: UnsafePointer<ProtobufCEnumDescriptor>
  // How many bytes of each value's name repeat the name of the enum.
  let prefixCount: Int
}

/// An enum, known by its protobuf-c descriptor.
public struct EnumType: Hashable {
  let facts: UnsafePointer<EnumFacts>

  init(descriptor: UnsafePointer<ProtobufCEnumDescriptor>) {
    let facts = UnsafeMutablePointer<EnumFacts>.allocate(capacity: 1)
    facts.initialize(
      to: EnumFacts(
        name: StaticText(permanent: descriptor.pointee.name), descriptor: descriptor,
        prefixCount: Self.prefixCount(descriptor)))
    self.facts = UnsafePointer(facts)
  }

  /// The full name: `temporal.api.enums.v1.EventType`.
  public var name: String { facts.pointee.name.string }

  /// The name without its package: `EventType`.
  public var shortName: String { String(cString: facts.pointee.descriptor.pointee.short_name) }

  /// The values in the order of their numbers.
  public var values: [EnumValue] {
    let descriptor = facts.pointee.descriptor.pointee
    return (0..<Int(descriptor.n_values)).map { EnumValue(type: self, number: Int32(descriptor.values[$0].value)) }
  }

  /// Finds a value by its full name or its short one, without regard to case and underscores.
  ///
  /// So `EVENT_TYPE_TIMER_FIRED`, `TIMER_FIRED`, `timer_fired` and `TimerFired`, as old history files have it, are one.
  public func value(named text: String) -> EnumValue? {
    var text = text
    return text.withUTF8 { value(named: $0) }
  }

  func value(named text: UnsafeBufferPointer<UInt8>) -> EnumValue? {
    let descriptor = facts.pointee.descriptor.pointee
    if let exact = value(exactly: text) { return exact }
    let wanted = Self.folded(text)
    guard !wanted.isEmpty else { return nil }
    for index in 0..<Int(descriptor.n_value_names) {
      let name = StaticText(permanent: descriptor.values_by_name[index].name).bytes
      let short = UnsafeBufferPointer(rebasing: name[facts.pointee.prefixCount...])
      if Self.folded(name) == wanted || Self.folded(short) == wanted {
        let number = descriptor.values[Int(descriptor.values_by_name[index].index)].value
        return EnumValue(type: self, number: Int32(number))
      }
    }
    return nil
  }

  // Nearly every text is a full name as it is written, and histories have thousands of them.
  private func value(exactly text: UnsafeBufferPointer<UInt8>) -> EnumValue? {
    let descriptor = facts.pointee.descriptor.pointee
    var low = 0
    var high = Int(descriptor.n_value_names)
    while low < high {
      let middle = (low + high) / 2
      let candidate = descriptor.values_by_name[middle]
      let order = StaticText.order(StaticText(permanent: candidate.name).bytes, text)
      if order == 0 {
        return EnumValue(type: self, number: Int32(descriptor.values[Int(candidate.index)].value))
      }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  // The enum's own name in capitals, where all values begin with it; otherwise whatever words all of them begin with.
  private static func prefixCount(_ descriptor: UnsafePointer<ProtobufCEnumDescriptor>) -> Int {
    let names = (0..<Int(descriptor.pointee.n_values)).map { String(cString: descriptor.pointee.values[$0].name) }
    let own = RPCService.snakeName(String(cString: descriptor.pointee.short_name)).uppercased() + "_"
    if names.allSatisfy({ $0.hasPrefix(own) && $0.utf8.count > own.utf8.count }) { return own.utf8.count }
    guard names.count > 1, var common = names.first?.utf8.map({ $0 }) else { return 0 }
    for name in names.dropFirst() {
      let equal = zip(common, name.utf8).prefix { $0 == $1 }.count
      common.removeLast(common.count - min(common.count, equal))
    }
    while let last = common.last, last != UInt8(ascii: "_") { common.removeLast() }
    return names.allSatisfy { $0.utf8.count > common.count } ? common.count : 0
  }

  private static func folded(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    text.compactMap { byte in
      switch byte {
      case UInt8(ascii: "_"): nil
      case 0x61...0x7A: byte & ~0x20
      default: byte
      }
    }
  }
}

// Facts are never changed and never freed, so any thread may read them.
extension EnumType: @unchecked Sendable {}

/// A value of an enum; protobuf keeps numbers that have no name.
public struct EnumValue: Hashable, Sendable, CustomStringConvertible {
  /// The enum.
  public let type: EnumType

  /// The number.
  public let number: Int32

  /// The full name, or nil for a number that this version of the API does not name.
  public var name: StaticText? {
    protobuf_c_enum_descriptor_get_value(type.facts.pointee.descriptor, number).map {
      StaticText(permanent: $0.pointee.name)
    }
  }

  /// The name without the enum's prefix (`COMPLETED`), or nil for a number without a name.
  public var nameWithoutPrefix: StaticText? { name?.dropping(type.facts.pointee.prefixCount) }

  /// The name without the enum's prefix (`COMPLETED`); `UNKNOWN(8)` for a number without a name.
  public var shortName: String { nameWithoutPrefix?.string ?? "UNKNOWN(\(number))" }

  /// The name without the enum's prefix.
  public var description: String { shortName }
}
