import CProtobufC

/// The fields that a message type is to have: those that are known here, and those that only the server's version has.
///
/// What is known here stays as it is, whatever the server says: the code that reads a message by the names of its fields
/// finds them, of the types that it expects.
struct MessagePlan {
  let name: String
  /// The descriptor of the type that is known here.
  let known: UnsafePointer<ProtobufCMessageDescriptor>?
  /// In the order of the numbers.
  let fields: [FieldPlan]

  /// Whether the server's version has what is not known here.
  var hasMore: Bool { known.map { Int($0.pointee.n_fields) < fields.count } ?? true }

  /// - Parameters:
  ///   - described: What the server says of the type, if it does.
  ///   - known: The type of the same name that is known here, if there is one.
  /// - Throws: `malformed` or `duplicate` where the description is none of a message.
  init(
    _ name: String, described: MessageDescription?, known: UnsafePointer<ProtobufCMessageDescriptor>?
  ) throws(WireError) {
    self.name = name
    self.known = known
    var fields = known.map(FieldPlan.all) ?? []
    // Times, wrappers and so on have a meaning of their own here.
    if let described, known == nil || WellKnownType(name: name) == .none {
      let (numbers, names) = (Set(fields.map(\.number)), Set(fields.map(\.name)))
      let oneofs = Self.oneofs(of: described, among: fields)
      try Self.check(described)
      for field in described.fields where field.type != FieldDescription.Kind.group {
        let plan = FieldPlan(field, of: described, oneofs: oneofs)
        if !numbers.contains(plan.number), !names.contains(plan.name) { fields.append(plan) }
      }
      fields.sort { $0.number < $1.number }
    }
    self.fields = fields
  }

  /// The oneofs of a known type by those of its description, told by the members that both have.
  private static func oneofs(of described: MessageDescription, among known: [FieldPlan]) -> [Int: Int] {
    let groups = Dictionary(known.map { ($0.number, $0.oneof) }) { first, _ in first }
    var oneofs: [Int: Int] = [:]
    for field in described.fields {
      guard let index = field.oneof, let number = UInt32(exactly: field.number) else { continue }
      if let group = groups[number] ?? nil { oneofs[index] = group }
    }
    return oneofs
  }

  private static func check(_ message: MessageDescription) throws(WireError) {
    var (names, numbers) = (Set<String>(), Set<Int>())
    for field in message.fields {
      let place = "\(message.name).\(field.name)"
      guard names.insert(field.name).inserted, numbers.insert(field.number).inserted else {
        throw WireError(.duplicate, "\(place) is described twice")
      }
      // Those in the middle are for implementations of protobuf.
      guard (1...0x1FFF_FFFF).contains(field.number), !(19_000...19_999).contains(field.number) else {
        throw WireError(.outOfRange, "\(place) has the number \(field.number)")
      }
      let isReference = [FieldDescription.Kind.message, FieldDescription.Kind.enumeration].contains(field.type)
      let isConsistent =
        FieldDescription.Kind.all.contains(field.type)
        && (isReference == (field.typeName != nil) || field.type == FieldDescription.Kind.group)
        && field.oneof.map { $0 < message.oneofCount && !field.isRepeated } ?? true
      guard isConsistent else { throw WireError(.malformed, "\(place) is described as no field can be") }
    }
  }
}
