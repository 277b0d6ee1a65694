import Wire

extension StartWorkflow {
  /// Sets the fields that a `StartWorkflowExecutionRequest` and a `SignalWithStartWorkflowExecutionRequest` share, and
  /// those of the one at hand. An eager start is never asked for: there is no worker in this process to take its task.
  func fill(_ request: MessageBuilder, namespace: String, identity: String, requestID: String) throws {
    try request.set("namespace", namespace)
    try request.set("workflow_id", id)
    try request.message("workflow_type").set("name", workflow)
    try request.message("task_queue").set("name", taskQueue)
    try request.setPayloads("input", arguments)
    try request.setDuration("workflow_execution_timeout", executionTimeout)
    try request.setDuration("workflow_run_timeout", runTimeout)
    try request.setDuration("workflow_task_timeout", taskTimeout)
    try request.set("identity", identity)
    try request.set("request_id", requestID)
    try request.set("workflow_id_reuse_policy", enumeration: idReusePolicy.rawValue)
    try request.set("workflow_id_conflict_policy", enumeration: idConflictPolicy.rawValue)
    try retryPolicy?.fill(request.message("retry_policy"))
    try request.set("cron_schedule", cronSchedule)
    try request.setPayloadMap("memo", "fields", memo)
    try request.setPayloadMap("search_attributes", "indexed_fields", searchAttributes)
    try request.setPayloadMap("header", "fields", headers)
    try fillUserMetadata(request)
    try request.setDuration("workflow_start_delay", startDelay)
    try priority?.fill(request.message("priority"))
    try versioningOverride?.fill(request.message("versioning_override"))
    if let startSignal {
      try request.set("signal_name", startSignal)
      try request.setPayloads("signal_input", startSignalArguments)
    } else if !startSignalArguments.isEmpty {
      throw UsageError("Arguments of a start signal are given, but no start signal")
    }
  }

  private func fillUserMetadata(_ request: MessageBuilder) throws {
    guard staticSummary != nil || staticDetails != nil else { return }
    let metadata = request.message("user_metadata")
    for (field, text) in [("summary", staticSummary), ("details", staticDetails)] {
      guard let text else { continue }
      try DataConverter().encode(text).write(into: metadata.message(field))
    }
  }
}

extension StartWorkflow.RetryPolicy {
  /// The rules of the Python SDK's `RetryPolicy._validate`: with a single attempt, the pauses do not matter.
  private func validate() throws {
    guard maximumAttempts != 1 else { return }
    guard initialInterval >= .zero else { throw UsageError("Initial interval cannot be negative") }
    guard backoffCoefficient >= 1 else { throw UsageError("Backoff coefficient cannot be less than 1") }
    if let maximumInterval {
      guard maximumInterval >= .zero else { throw UsageError("Maximum interval cannot be negative") }
      guard maximumInterval >= initialInterval else {
        throw UsageError("Maximum interval cannot be less than initial interval")
      }
    }
    guard maximumAttempts >= 0 else { throw UsageError("Maximum attempts cannot be negative") }
  }

  func fill(_ policy: MessageBuilder) throws {
    try validate()
    try policy.setDuration("initial_interval", initialInterval)
    try policy.set("backoff_coefficient", backoffCoefficient)
    try policy.setDuration("maximum_interval", maximumInterval ?? initialInterval * 100)
    try policy.set("maximum_attempts", Int64(maximumAttempts))
    for type in nonRetryableErrorTypes { try policy.append("non_retryable_error_types", type) }
  }
}

extension StartWorkflow.Priority {
  fileprivate func fill(_ priority: MessageBuilder) throws {
    try priority.set("priority_key", Int64(priorityKey ?? 0))
    try priority.set("fairness_key", fairnessKey ?? "")
    try priority.set("fairness_weight", fairnessWeight ?? 0)
  }
}

extension StartWorkflow.VersioningOverride {
  /// Sets the deprecated fields next to the new ones, for servers that know only those, as the Python SDK does.
  fileprivate func fill(_ override: MessageBuilder) throws {
    func set(_ version: MessageBuilder, _ deployment: String, _ buildID: String) throws {
      try version.set("deployment_name", deployment)
      try version.set("build_id", buildID)
    }
    switch self {
    case .pinned(let deployment, let buildID):
      try override.set("behavior", enumeration: "PINNED")
      try override.set("pinned_version", "\(deployment).\(buildID)")
      let pinned = override.message("pinned")
      try pinned.set("behavior", enumeration: "PINNED")
      try set(pinned.message("version"), deployment, buildID)
    case .autoUpgrade:
      try override.set("behavior", enumeration: "AUTO_UPGRADE")
      try override.set("auto_upgrade", true)
    case .oneTime(let deployment, let buildID):
      try set(override.message("one_time").message("target_deployment_version"), deployment, buildID)
    }
  }
}
