package import Wire

extension StartWorkflow {
  /// Sets the fields that a `StartWorkflowExecutionRequest` and a `SignalWithStartWorkflowExecutionRequest` share, and
  /// those of the one at hand. An eager start is never asked for: there is no worker in this process to take its task.
  func fill(_ request: MessageBuilder, namespace: String, identity: String, requestID: String) throws {
    request.set("namespace", namespace)
    request.set("workflow_id", id)
    request.message("workflow_type").set("name", workflow)
    request.message("task_queue").set("name", taskQueue)
    request.setPayloads("input", arguments)
    request.setDuration("workflow_execution_timeout", executionTimeout)
    request.setDuration("workflow_run_timeout", runTimeout)
    request.setDuration("workflow_task_timeout", taskTimeout)
    request.set("identity", identity)
    request.set("request_id", requestID)
    request.set("workflow_id_reuse_policy", idReusePolicy.rawValue)
    request.set("workflow_id_conflict_policy", idConflictPolicy.rawValue)
    try retryPolicy?.fill(request.message("retry_policy"))
    request.set("cron_schedule", cronSchedule)
    request.setPayloads("memo", map: "fields", memo)
    request.setPayloads("search_attributes", map: "indexed_fields", searchAttributes)
    request.setPayloads("header", map: "fields", headers)
    fillUserMetadata(request)
    request.setDuration("workflow_start_delay", startDelay)
    priority?.fill(request.message("priority"))
    versioningOverride?.fill(request.message("versioning_override"))
    if let startSignal {
      request.set("signal_name", startSignal)
      request.setPayloads("signal_input", startSignalArguments)
    } else if !startSignalArguments.isEmpty {
      throw UsageError("Arguments of a start signal are given, but no start signal")
    }
  }

  private func fillUserMetadata(_ request: MessageBuilder) {
    guard staticSummary != nil || staticDetails != nil else { return }
    let metadata = request.message("user_metadata")
    for (field, text) in [("summary", staticSummary), ("details", staticDetails)] {
      guard let text else { continue }
      Payload(json: text).write(into: metadata.message(field))
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

  /// Sets the fields of a `temporal.api.common.v1.RetryPolicy`.
  ///
  /// - Throws: ``UsageError`` if the policy contradicts itself.
  package func fill(_ policy: MessageBuilder) throws {
    try validate()
    policy.setDuration("initial_interval", initialInterval)
    policy.set("backoff_coefficient", backoffCoefficient)
    policy.setDuration("maximum_interval", maximumInterval ?? initialInterval * 100)
    policy.set("maximum_attempts", maximumAttempts)
    for type in nonRetryableErrorTypes { policy.append("non_retryable_error_types", type) }
  }
}

extension StartWorkflow.Priority {
  func fill(_ priority: MessageBuilder) {
    priority.set("priority_key", priorityKey)
    priority.set("fairness_key", fairnessKey)
    priority.set("fairness_weight", fairnessWeight)
  }
}

extension StartWorkflow.VersioningOverride {
  /// Sets the deprecated fields next to the new ones, for servers that know only those, as the Python SDK does.
  func fill(_ override: MessageBuilder) {
    func set(_ version: MessageBuilder, _ deployment: String, _ buildID: String) {
      version.set("deployment_name", deployment)
      version.set("build_id", buildID)
    }
    switch self {
    case .pinned(let deployment, let buildID):
      override.set("behavior", "PINNED")
      override.set("pinned_version", "\(deployment).\(buildID)")
      let pinned = override.message("pinned")
      pinned.set("behavior", "PINNED")
      set(pinned.message("version"), deployment, buildID)
    case .autoUpgrade:
      override.set("behavior", "AUTO_UPGRADE")
      override.set("auto_upgrade", true)
    case .oneTime(let deployment, let buildID):
      set(override.message("one_time").message("target_deployment_version"), deployment, buildID)
    }
  }
}
