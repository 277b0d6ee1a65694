import CProtobufC

/// The values that an enum is to have, as a ``MessagePlan`` has fields.
struct EnumPlan {
  let name: String
  let known: UnsafePointer<ProtobufCEnumDescriptor>?
  let values: [(name: String, number: Int32)]

  /// Whether the server's version has what is not known here.
  var hasMore: Bool { known.map { Int($0.pointee.n_value_names) < values.count } ?? true }

  /// - Throws: `duplicate` where two of the values have the same name.
  init(
    _ name: String, described: EnumDescription?, known: UnsafePointer<ProtobufCEnumDescriptor>?
  ) throws(WireError) {
    self.name = name
    self.known = known
    var values: [(name: String, number: Int32)] = []
    if let known = known?.pointee {
      for index in 0..<Int(known.n_value_names) {
        let value = known.values_by_name[index]
        values.append((String(cString: value.name), Int32(known.values[Int(value.index)].value)))
      }
    }
    let (names, numbers) = (Set(values.map(\.name)), Set(values.map(\.number)))
    var seen: Set<String> = []
    for value in described?.values ?? [] {
      guard seen.insert(value.name).inserted else {
        throw WireError(.duplicate, "\(name).\(value.name) is described twice")
      }
      if known == nil || !names.contains(value.name) && !numbers.contains(value.number) { values.append(value) }
    }
    self.values = values
  }
}
