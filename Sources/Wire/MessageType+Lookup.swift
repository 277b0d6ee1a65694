import CProtobufC
import CTemporalAPI

extension MessageType {
  /// Finds a type of the Temporal API, or one of protobuf's own, by its full name.
  public static func named(_ name: String) -> MessageType? {
    descriptor(named: name).map(TypeTable.type)
  }

  static func descriptor(named name: String) -> UnsafePointer<ProtobufCMessageDescriptor>? {
    var low = 0
    var high = moondial_message_types_count
    while low < high {
      let middle = (low + high) / 2
      let candidate = StaticText(permanent: moondial_message_types[middle].pointee.name)
      var name = name
      let comparison = name.withUTF8 { StaticText.order(candidate.bytes, $0) }
      if comparison == 0 { return moondial_message_types[middle] }
      if comparison < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// The type of a descriptor that is not in the table.
  ///
  /// - Parameter descriptor: A `ProtobufCMessageDescriptor` that lives as long as the process.
  package init(descriptor: UnsafeRawPointer) {
    self = TypeTable.type(descriptor.assumingMemoryBound(to: ProtobufCMessageDescriptor.self))
  }
}
