import RPC
import Wire

/// What a request says about how it is to be sent.
///
/// The serialized request is looked at, and not how it was made, so that the raw services obey the same rules.
struct CallRules {
  private let method: RPCMethod
  private let fields: RequestFields

  init(_ method: RPCMethod, _ request: [UInt8]) {
    self.method = method
    fields = RequestFields(request, of: method.input)
  }

  /// The deadline of a call that is given none: sdk-core's 30 s (`OTHER_CALL_TIMEOUT`), and 70 s
  /// (`LONG_POLL_TIMEOUT`) for what the server may hold for a while.
  var defaultTimeout: Duration {
    // By the path, which a server's version of a method shares.
    switch method.path {
    case Method.updateWorkflowExecution.path, Method.executeMultiOperation.path: .seconds(70)
    case Method.getWorkflowExecutionHistory.path where fields.boolean("wait_new_event"): .seconds(70)
    default: .seconds(30)
    }
  }

  /// Whether the answer is to be shown, so that a payload that cannot be decoded is better left as it is than the rest
  /// lost with it; else a value is asked for. The end of a run that is waited for is its result.
  var isAnswerShown: Bool {
    switch method.path {
    case Method.getWorkflowExecutionHistory.path:
      !(fields.boolean("wait_new_event") && fields.integer("history_event_filter_type") == Self.closeEvent)
    default: ["Count", "Describe", "Get", "List", "Scan"].contains { method.name.hasPrefix($0) }
    }
  }

  private static let closeEvent = Method.getWorkflowExecutionHistory.input.field(named: "history_event_filter_type")?
    .enumType?.value(named: HistoryEventFilter.closeEvent.rawValue)?.number

  /// The headers of a call: who is calling, the request's namespace, and what the user adds or replaces.
  ///
  /// - Parameters:
  ///   - client: the headers of all calls of the client.
  ///   - call: the headers of this call.
  ///   - apiKey: what to authorize the call by, if no header does.
  /// - Returns: all of them; where keys meet, those of the call win over those of the client, and both over the rest.
  func metadata(client: Metadata, call: Metadata, apiKey: APIKey? = nil) -> Metadata {
    Self.metadata(namespace: fields.bytes("namespace"), client: client, call: call, apiKey: apiKey)
  }

  /// The headers of a call whose request is of the namespace, or of none.
  static func metadata(
    namespace: [UInt8]? = nil, client: Metadata, call: Metadata, apiKey: APIKey?
  ) -> Metadata {
    var metadata: Metadata = ["client-name": "moondial", "client-version": moondialVersion]
    if let namespace, !namespace.isEmpty {
      metadata.append("temporal-namespace", bytes: namespace)
    }
    for layer in [client, call] {
      for element in layer { metadata.removeAll(element.key) }
      metadata.append(contentsOf: layer)
    }
    if let apiKey, !metadata.contains("authorization") { metadata.append("authorization", apiKey.authorization) }
    return metadata
  }
}

/// The fields of a serialized message, found without unpacking the rest of it.
struct RequestFields {
  private let message: [UInt8]
  private let type: MessageType

  init(_ message: [UInt8], of type: MessageType) {
    self.message = message
    self.type = type
  }

  /// The bytes of a string or bytes field, or nil if it is not set.
  func bytes(_ name: String) -> [UInt8]? {
    guard case .bytes(let range)? = last(name) else { return nil }
    return Array(message[range])
  }

  /// Whether a boolean field is set.
  func boolean(_ name: String) -> Bool {
    guard case .varint(let value)? = last(name) else { return false }
    return value != 0
  }

  /// The value of an enum field.
  func integer(_ name: String) -> Int32? {
    guard case .varint(let value)? = last(name) else { return nil }
    return Int32(truncatingIfNeeded: value)
  }

  /// Of a field that occurs more than once, the last counts.
  private func last(_ name: String) -> WireFields.Value? {
    guard let number = type.field(named: name)?.number else { return nil }
    var found: WireFields.Value?
    var fields = WireFields(message)
    while let field = try? fields.next() {
      if field.number == number { found = field.value }
    }
    return found
  }
}
