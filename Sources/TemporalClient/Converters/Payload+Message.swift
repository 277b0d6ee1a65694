public import Wire

extension Payload {
  /// Reads a payload.
  ///
  /// - Parameter view: a `temporal.api.common.v1.Payload`.
  public init(view: MessageView) {
    self.init(metadata: view.mapEntries("metadata").map { ($0.key, $0.bytes) }, data: view.bytes("data"))
  }

  /// Writes the payload.
  ///
  /// - Parameter builder: an empty `temporal.api.common.v1.Payload`.
  public func write(into builder: MessageBuilder) {
    for (key, value) in metadata { builder.set("metadata", key: key, value) }
    builder.set("data", data)
  }
}

extension MessageView {
  /// The payloads of a field of type `temporal.api.common.v1.Payloads`; none if the field is not set.
  func payloads(_ field: String) -> [Payload] {
    message(field)?.messages("payloads").map { Payload(view: $0) } ?? []
  }

  /// The value of an enum field, or nil for the 0 that stands for an unset one.
  func setEnumeration(_ field: String) -> EnumValue? {
    let value = enumeration(field)
    return value.number == 0 ? nil : value
  }

  /// The time span in a field of type `google.protobuf.Duration`, or nil if the field is not set.
  func span(_ field: String) -> Duration? {
    duration(field).map { .seconds($0.seconds) + .nanoseconds(Int64($0.nanos)) }
  }
}

extension MessageBuilder {
  /// Sets a field of type `temporal.api.common.v1.Payloads`; without payloads it stays unset.
  func setPayloads(_ field: String, _ payloads: [Payload]) {
    guard !payloads.isEmpty else { return }
    let list = message(field)
    for payload in payloads { payload.write(into: list.append("payloads")) }
  }

  /// Sets a field that holds a map of payloads, such as a memo; without entries it stays unset.
  func setPayloads(_ field: String, map: String, _ entries: [(key: String, value: Payload)]) {
    guard !entries.isEmpty else { return }
    let holder = message(field)
    for (key, value) in entries { value.write(into: holder.mapEntry(map, key: key)) }
  }

  /// Sets a field of type `temporal.api.common.v1.WorkflowExecution`.
  func setExecution(_ field: String, id: String, runID: String?) {
    let execution = message(field)
    execution.set("workflow_id", id)
    execution.set("run_id", runID)
  }
}
