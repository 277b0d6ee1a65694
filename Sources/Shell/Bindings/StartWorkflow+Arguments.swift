import TemporalClient

extension StartWorkflow {
  /// Reads the parameters of `client:start_workflow`.
  init(_ arguments: CallArguments) throws {
    self.init(
      try arguments.requiredString("type"), arguments: try arguments.payloads("args"),
      id: try arguments.requiredString("id"), taskQueue: try arguments.requiredString("task_queue"))
    executionTimeout = try arguments.duration("execution_timeout")
    runTimeout = try arguments.duration("run_timeout")
    taskTimeout = try arguments.duration("task_timeout")
    idReusePolicy = try arguments.enumeration("id_reuse_policy") ?? idReusePolicy
    idConflictPolicy = try arguments.enumeration("id_conflict_policy") ?? idConflictPolicy
    retryPolicy = try arguments.table("retry_policy", RetryPolicy.init)
    cronSchedule = try arguments.string("cron_schedule") ?? ""
    memo = try arguments.payloadsByName("memo")
    searchAttributes = try arguments.payloadsByName("search_attributes")
    staticSummary = try arguments.string("static_summary")
    staticDetails = try arguments.string("static_details")
    startDelay = try arguments.duration("start_delay")
    startSignal = try arguments.string("start_signal")
    startSignalArguments = try arguments.payloads("start_signal_args")
    headers = try arguments.payloadsByName("headers")
    priority = try arguments.table("priority", Priority.init)
    versioningOverride = try arguments.table("versioning_override", VersioningOverride.init)
  }
}

extension StartWorkflow.RetryPolicy {
  /// Reads a `retry_policy`.
  init(_ arguments: CallArguments) throws {
    self.init()
    initialInterval = try arguments.duration("initial_interval") ?? initialInterval
    if let coefficient = try arguments.number("backoff_coefficient") { backoffCoefficient = coefficient }
    maximumInterval = try arguments.duration("maximum_interval")
    if let attempts = try arguments.integer("maximum_attempts") {
      maximumAttempts = try Int32(attempts, of: "retry_policy.maximum_attempts")
    }
    nonRetryableErrorTypes = try arguments.strings("non_retryable_error_types")
  }
}

extension StartWorkflow.Priority {
  init(_ arguments: CallArguments) throws {
    self.init(
      priorityKey: try arguments.integer("priority_key").map { try Int32($0, of: "priority.priority_key") },
      fairnessKey: try arguments.string("fairness_key"), fairnessWeight: try arguments.number("fairness_weight"))
  }
}

extension StartWorkflow.VersioningOverride {
  /// `stdlib/start_options.lua` has seen to it that there is one of the three.
  init(_ arguments: CallArguments) throws {
    func version(_ arguments: CallArguments) throws -> (deployment: String, buildID: String) {
      (try arguments.requiredString("deployment_name"), try arguments.requiredString("build_id"))
    }
    if let (deployment, buildID) = try arguments.table("pinned", version) {
      self = .pinned(deployment: deployment, buildID: buildID)
    } else if let (deployment, buildID) = try arguments.table("one_time", version) {
      self = .oneTime(deployment: deployment, buildID: buildID)
    } else {
      self = .autoUpgrade
    }
  }
}

extension Int32 {
  /// A count that the API has 32 bits for.
  ///
  /// - Throws: an error that names the parameter.
  init(_ value: Int, of parameter: StaticString) throws {
    guard let count = Int32(exactly: value), count >= 0 else {
      throw LuaKindError("ValueError", "\(parameter): \(value) is not from 0 to \(Int32.max)")
    }
    self = count
  }
}
