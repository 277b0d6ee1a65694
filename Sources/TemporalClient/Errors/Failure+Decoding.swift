public import Wire

extension Failure {
  /// Reads a failure and all its causes.
  ///
  /// Their depth is bounded, since unpacking refuses messages nested deeper than ``Message/depthLimit``.
  ///
  /// - Parameter view: a `temporal.api.failure.v1.Failure`.
  public init(view: MessageView) {
    let encoded = view.message("encoded_attributes").map { EncodedAttributes(Payload(view: $0)) }
    self.init(
      Info(view: view),
      message: encoded?.message ?? view.string("message"),
      source: view.string("source"),
      stackTrace: encoded?.stackTrace ?? view.string("stack_trace"),
      causedBy: view.message("cause").map { Failure(view: $0) })
  }

  /// What a codec was to hide, moved out of the failure's own fields into a payload.
  ///
  /// A payload that is not the JSON of an object, or lacks one of the two, changes nothing, as in the Python SDK: a
  /// failure that cannot be read whole is still better shown than lost.
  private struct EncodedAttributes {
    var message: String?
    var stackTrace: String?

    init(_ payload: Payload) {
      guard ["json/plain", "json/protobuf"].contains(payload.encoding),
        let object = try? JSONDocument(parsing: payload.data).root, object.kind == .object
      else { return }
      try? object.forEachEntry { (key, value) throws(WireError) in
        guard case .text(let name) = key, value.kind == .string else { return }
        let text = try value.withBytes { String(decoding: $0, as: UTF8.self) }
        switch String(decoding: name, as: UTF8.self) {
        case "message": message = text
        case "stack_trace": stackTrace = text
        default: break
        }
      }
    }
  }
}

extension Failure.Info {
  init(view: MessageView) {
    switch view.whichOneof(containing: "application_failure_info") {
    case "application_failure_info":
      self = view.message("application_failure_info").map { .application(.init($0)) } ?? .other
    case "timeout_failure_info":
      let info = view.message("timeout_failure_info")
      self = .timeout(
        type: info?.setEnumeration("timeout_type"),
        lastHeartbeatDetails: info?.payloads("last_heartbeat_details") ?? [])
    case "canceled_failure_info":
      self = .cancelled(details: view.message("canceled_failure_info")?.payloads("details") ?? [])
    case "terminated_failure_info":
      self = .terminated(details: [])
    case "server_failure_info":
      self = .server(nonRetryable: view.message("server_failure_info")?.boolean("non_retryable") ?? false)
    case "activity_failure_info":
      self = view.message("activity_failure_info").map { .activity(.init($0)) } ?? .other
    case "child_workflow_execution_failure_info":
      self = view.message("child_workflow_execution_failure_info").map { .childWorkflow(.init($0)) } ?? .other
    case "nexus_operation_execution_failure_info":
      self = view.message("nexus_operation_execution_failure_info").map { .nexusOperation(.init($0)) } ?? .other
    case "nexus_handler_failure_info":
      self = view.message("nexus_handler_failure_info").map(Self.nexusHandler) ?? .other
    default:
      self = .other
    }
  }

  private static func nexusHandler(_ view: MessageView) -> Self {
    let retryable: Bool? =
      switch view.enumeration("retry_behavior").number {
      case 1: true
      case 2: false
      default: nil
      }
    return .nexusHandler(type: view.string("type"), retryable: retryable)
  }
}

extension Failure.Application {
  fileprivate init(_ view: MessageView) {
    let type = view.string("type")
    self.init(
      type: type.isEmpty ? nil : type,
      nonRetryable: view.boolean("non_retryable"),
      details: view.payloads("details"),
      nextRetryDelay: view.span("next_retry_delay"),
      category: view.setEnumeration("category"))
  }
}

extension Failure.Activity {
  fileprivate init(_ view: MessageView) {
    self.init(
      scheduledEventID: view.integer("scheduled_event_id"),
      startedEventID: view.integer("started_event_id"),
      identity: view.string("identity"),
      activityType: view.message("activity_type")?.string("name") ?? "",
      activityID: view.string("activity_id"),
      retryState: view.setEnumeration("retry_state"))
  }
}

extension Failure.ChildWorkflow {
  fileprivate init(_ view: MessageView) {
    let execution = view.message("workflow_execution")
    self.init(
      namespace: view.string("namespace"),
      workflowID: execution?.string("workflow_id") ?? "",
      runID: execution?.string("run_id") ?? "",
      workflowType: view.message("workflow_type")?.string("name") ?? "",
      initiatedEventID: view.integer("initiated_event_id"),
      startedEventID: view.integer("started_event_id"),
      retryState: view.setEnumeration("retry_state"))
  }
}

extension Failure.NexusOperation {
  fileprivate init(_ view: MessageView) {
    self.init(
      scheduledEventID: view.integer("scheduled_event_id"),
      endpoint: view.string("endpoint"),
      service: view.string("service"),
      operation: view.string("operation"),
      operationToken: view.string("operation_token"))
  }
}
