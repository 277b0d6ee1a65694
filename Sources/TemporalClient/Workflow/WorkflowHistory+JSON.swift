import Wire

extension WorkflowHistory {
  private static let type: MessageType = {
    guard let type = MessageType.named("temporal.api.history.v1.History") else {
      preconditionFailure("the API has no type History")
    }
    return type
  }()

  private static let eventsField: FieldName = {
    guard let field = type.field(named: "events") else { preconditionFailure("History has no field 'events'") }
    return field.name
  }()

  /// The history as replayers take it: the text that `WorkflowHistory.to_json()` of the Python SDK gives.
  ///
  /// The keys of maps are sorted, where Python has them in an order that changes from process to process. As in all
  /// proto3 JSON, fields that this version of the API does not know are left out.
  ///
  /// - Returns: the text in ASCII, indented by two spaces.
  /// - Throws: `WireError` where a time is out of its range.
  public func json() throws -> [UInt8] {
    var writer = JSONWriter(style: JSONWriter.Style(indentation: 2, isASCII: true))
    writer.beginObject(count: 1)
    if !events.isEmpty {
      writer.key(.field(Self.eventsField))
      writer.beginArray(count: events.count)
      for event in events { try event.emit(into: &writer) }
      writer.endArray()
    }
    writer.endObject()
    return writer.bytes
  }

  /// Reads a history from JSON: that of ``json()``, of the CLI's `workflow show -o json`, or of the Web UI.
  ///
  /// Enum values may have the short names of older files, such as `WorkflowExecutionStarted`. Fields and names of enum
  /// values that this version of the API does not know are passed over.
  ///
  /// - Parameters:
  ///   - workflowID: the id of the workflow, which the text does not have.
  ///   - json: the text in UTF-8.
  /// - Throws: ``UsageError`` with the place of what is no JSON, or no history.
  public init(workflowID: String, json: [UInt8]) throws(UsageError) {
    do {
      let root = try JSONDocument(parsing: json).root
      try Self.requireEvents(root)
      let builder = MessageBuilder(Self.type)
      try builder.fill(from: root, ignoringUnknownFields: true)
      self.init(workflowID: workflowID, events: Array(try builder.finished().view.messages("events")))
    } catch let error as JSONError {
      throw UsageError("the text is not JSON: \(error)")
    } catch {
      throw UsageError("the JSON is not a history: \(error)")
    }
  }

  /// Any object would do as a message in which no field is known, so a history is known by its events.
  ///
  /// An object without anything is what ``json()`` gives where there are none.
  private static func requireEvents(_ root: JSONValue) throws(WireError) {
    guard root.kind == .object else { throw WireError(.wrongType, "it is \(root.kindDescription), not an object") }
    var isEmpty = true
    var events: JSONValue?
    try root.forEachEntry { (key, value) throws(WireError) in
      isEmpty = false
      if case .text(let name) = key, name.elementsEqual("events".utf8) { events = value }
    }
    guard let events else {
      if isEmpty { return }
      throw WireError(.wrongType, "it has no list 'events'")
    }
    guard events.kind == .array else {
      throw WireError(.wrongType, "expected a list, got \(events.kindDescription)", path: [.field("events")])
    }
  }
}
