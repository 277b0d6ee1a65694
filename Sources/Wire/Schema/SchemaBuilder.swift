import CProtobufC
import CTemporalAPI

/// Plans types with all that they reach, and then builds those that are not known here as they are.
struct SchemaBuilder {
  let messages: [String: MessageDescription]
  let enums: [String: EnumDescription]
  // Those that are to be built, and those that lead to something that cannot be.
  private var plans: [String: MessagePlan] = [:]
  private var considered: [String: MessagePlan] = [:]
  private var enumPlans: [String: EnumPlan] = [:]
  // Of types that are planned and turned out to be none.
  private var failures: [String: WireError] = [:]

  init(messages: [String: MessageDescription], enums: [String: EnumDescription]) {
    self.messages = messages
    self.enums = enums
  }

  /// Plans a message type and all that it reaches.
  ///
  /// - Throws: `unknownType` where one of them is not described, and what is wrong with a description.
  mutating func plan(_ root: String) throws(WireError) {
    var pending = [root]
    var seen: Set<String> = []
    while let name = pending.popLast() {
      guard seen.insert(name).inserted else { continue }
      for field in try message(name).fields {
        guard let typeName = field.typeName else { continue }
        if field.type == PROTOBUF_C_TYPE_MESSAGE {
          pending.append(typeName)
        } else {
          try planEnum(typeName)
        }
      }
    }
    for name in seen { plans[name] = considered[name] }
  }

  private mutating func message(_ name: String) throws(WireError) -> MessagePlan {
    if let plan = considered[name] { return plan }
    if let failure = failures[name] { throw failure }
    do throws(WireError) {
      let known = MessageType.descriptor(named: name)
      guard messages[name] != nil || known != nil else {
        throw WireError(.unknownType, "the type \(name) is not described")
      }
      let plan = try MessagePlan(name, described: messages[name], known: known)
      considered[name] = plan
      return plan
    } catch {
      failures[name] = error
      throw error
    }
  }

  private mutating func planEnum(_ name: String) throws(WireError) {
    guard enumPlans[name] == nil else { return }
    let known = Self.knownEnums[name]
    guard enums[name] != nil || known != nil else {
      throw WireError(.unknownType, "the type \(name) is not described")
    }
    enumPlans[name] = try EnumPlan(name, described: enums[name], known: known)
  }

  // There is no table of enums; each is the type of some field. Constants, as all descriptors of Protos/.
  private nonisolated(unsafe) static let knownEnums: [String: UnsafePointer<ProtobufCEnumDescriptor>] = {
    var enums: [String: UnsafePointer<ProtobufCEnumDescriptor>] = [:]
    for index in 0..<moondial_message_types_count {
      let type = moondial_message_types[index].pointee
      for field in UnsafeBufferPointer(start: type.fields, count: Int(type.n_fields))
      where field.type == PROTOBUF_C_TYPE_ENUM {
        let descriptor = field.descriptor.assumingMemoryBound(to: ProtobufCEnumDescriptor.self)
        enums[String(cString: descriptor.pointee.name)] = descriptor
      }
    }
    return enums
  }()

  /// Builds what has been planned.
  ///
  /// - Returns: The descriptors of all messages, by full name.
  func build() -> [String: UnsafePointer<ProtobufCMessageDescriptor>] {
    let changed = changed()
    let builtEnums = enumPlans.mapValues { plan in
      if let known = plan.known, !plan.hasMore { return known }
      let place = UnsafeMutablePointer<ProtobufCEnumDescriptor>.allocate(capacity: 1)
      DescriptorLayout.write(plan, to: place)
      return UnsafePointer(place)
    }
    var built: [String: UnsafePointer<ProtobufCMessageDescriptor>] = [:]
    var places: [(MessagePlan, UnsafeMutablePointer<ProtobufCMessageDescriptor>)] = []
    for (name, plan) in plans {
      if let known = plan.known, !changed.contains(name) {
        built[name] = known
      } else {
        let place = UnsafeMutablePointer<ProtobufCMessageDescriptor>.allocate(capacity: 1)
        places.append((plan, place))
        built[name] = UnsafePointer(place)
      }
    }
    // By the kind of the field: a message and an enum of the same name may come from different sides.
    for (plan, place) in places {
      DescriptorLayout.write(plan, to: place) { field in
        guard let name = field.typeName else { return nil }
        return field.type == PROTOBUF_C_TYPE_ENUM
          ? UnsafeRawPointer(builtEnums[name]!) : UnsafeRawPointer(built[name]!)
      }
    }
    return built
  }

  /// The messages that are not known here as they are, and those that lead to one.
  private func changed() -> Set<String> {
    var users: [String: [String]] = [:]
    var pending: [String] = []
    for (name, plan) in plans {
      if plan.hasMore { pending.append(name) }
      for field in plan.fields {
        guard let typeName = field.typeName else { continue }
        if field.type == PROTOBUF_C_TYPE_MESSAGE {
          users[typeName, default: []].append(name)
        } else if enumPlans[typeName]!.hasMore {
          pending.append(name)
        }
      }
    }
    var changed: Set<String> = []
    while let name = pending.popLast() {
      if changed.insert(name).inserted { pending += users[name] ?? [] }
    }
    return changed
  }
}
