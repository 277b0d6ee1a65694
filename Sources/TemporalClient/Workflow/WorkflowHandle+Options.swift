public import Wire

/// What to change about a workflow that was started.
public struct WorkflowOptionsChange: Sendable {
  /// A new value, or none.
  public enum Change<Value: Sendable>: Sendable {
    /// This one, in place of what there is.
    case set(Value)
    /// None: what there is, is taken away.
    case clear
  }

  /// The version of the worker deployment it runs on; nil for as it is.
  public var versioningOverride: Change<StartWorkflow.VersioningOverride>?
  /// Where it stands among others in its task queue; nil for as it is.
  public var priority: Change<StartWorkflow.Priority>?

  /// Creates a change of nothing.
  public init() {}

  /// Whether nothing is to be changed.
  public var isEmpty: Bool { versioningOverride == nil && priority == nil }

  /// Sets the fields that a request for a change and a reset have in common.
  ///
  /// A field that is named in the mask and not set is taken away.
  func fill(_ request: MessageBuilder) {
    let options = request.message("workflow_execution_options")
    let mask = request.message("update_mask")
    if let versioningOverride {
      mask.append("paths", "versioning_override")
      if case .set(let value) = versioningOverride { value.fill(options.message("versioning_override")) }
    }
    if let priority {
      mask.append("paths", "priority")
      if case .set(let value) = priority { value.fill(options.message("priority")) }
    }
  }
}

extension WorkflowHandle {
  /// Changes what a workflow was started with.
  ///
  /// - Parameters:
  ///   - change: what to change, and to what.
  ///   - options: headers and deadline of the call.
  /// - Returns: an `UpdateWorkflowExecutionOptionsResponse`, with the options as they are then.
  /// - Throws: ``UsageError`` if nothing is to be changed, else ``RPCFailure``.
  public func updateOptions(
    _ change: WorkflowOptionsChange, options: CallOptions = CallOptions()
  ) async throws -> Message {
    guard !change.isEmpty else { throw UsageError("there is no option to change") }
    return try await client.call(Method.updateWorkflowExecutionOptions, options: options) { request in
      request.set("namespace", client.configuration.namespace)
      request.setExecution("workflow_execution", id: id, runID: runID)
      change.fill(request)
      request.set("identity", client.configuration.identity)
    }
  }
}
