public import Wire

/// What to change about an activity that has not ended; nil is as it is, and a duration of zero is none.
public struct ActivityOptionsChange: Sendable {
  /// What to change about how an activity is tried again.
  public struct Retry: Sendable {
    /// The first pause.
    public var initialInterval: Duration?
    /// The factor from one pause to the next.
    public var backoffCoefficient: Double?
    /// The longest pause.
    public var maximumInterval: Duration?
    /// How many attempts there may be; 0 for any number.
    public var maximumAttempts: Int32?

    /// Creates a change of nothing.
    public init() {}
  }

  /// The task queue of the workers that run it.
  public var taskQueue: String?
  /// The time from its scheduling to its end, retries included.
  public var scheduleToCloseTimeout: Duration?
  /// The time until a worker takes it.
  public var scheduleToStartTimeout: Duration?
  /// The time for one attempt.
  public var startToCloseTimeout: Duration?
  /// The time from one heartbeat to the next.
  public var heartbeatTimeout: Duration?
  /// How it is tried again.
  public var retry = Retry()
  /// Where it stands among others in its task queue.
  public var priority: StartWorkflow.Priority?
  /// Whether it gets back what the workflow gave it; nothing else can be changed then.
  public var restoresOriginal = false

  /// Creates a change of nothing.
  public init() {}

  /// Sets the options, and in the mask the paths to them, which are those that the `temporal` CLI names.
  ///
  /// - Returns: whether there is anything to change.
  fileprivate func fill(_ request: MessageBuilder) -> Bool {
    let options = request.message("activity_options")
    let mask = request.message("update_mask")
    var isEmpty = true
    func name(_ path: String) {
      mask.append("paths", path)
      isEmpty = false
    }
    if let taskQueue {
      options.message("task_queue").set("name", taskQueue)
      name("task_queue.name")
    }
    func set(_ field: String, _ duration: Duration?) {
      guard let duration else { return }
      options.setDuration(field, duration)
      name(field)
    }
    set("schedule_to_close_timeout", scheduleToCloseTimeout)
    set("schedule_to_start_timeout", scheduleToStartTimeout)
    set("start_to_close_timeout", startToCloseTimeout)
    set("heartbeat_timeout", heartbeatTimeout)
    if let interval = retry.initialInterval {
      options.message("retry_policy").setDuration("initial_interval", interval)
      name("retry_policy.initial_interval")
    }
    if let interval = retry.maximumInterval {
      options.message("retry_policy").setDuration("maximum_interval", interval)
      name("retry_policy.maximum_interval")
    }
    if let coefficient = retry.backoffCoefficient {
      options.message("retry_policy").set("backoff_coefficient", coefficient)
      name("retry_policy.backoff_coefficient")
    }
    if let attempts = retry.maximumAttempts {
      options.message("retry_policy").set("maximum_attempts", attempts)
      name("retry_policy.maximum_attempts")
    }
    if let priority {
      priority.fill(options.message("priority"))
      name("priority")
    }
    return !isEmpty
  }
}

extension WorkflowHandle {
  /// Keeps an activity from being tried again; what runs of it is told when it next heartbeats.
  ///
  /// - Parameters:
  ///   - activityID: the id of the activity.
  ///   - reason: why, for those who look at it.
  ///   - options: headers and deadline of the call.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if no such activity is pending.
  public func pauseActivity(
    _ activityID: String, reason: String = "", options: CallOptions = CallOptions()
  ) async throws {
    _ = try await send(Method.pauseActivityExecution, activityID, options: options) { request in
      request.set("reason", reason)
    }
  }

  /// Lets an activity that is paused go on.
  ///
  /// - Parameters:
  ///   - activityID: the id of the activity.
  ///   - reason: why, for those who look at it.
  ///   - jitter: the time within which it starts, at random.
  ///   - options: headers and deadline of the call.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if no such activity is pending.
  public func unpauseActivity(
    _ activityID: String, reason: String = "", jitter: Duration? = nil, options: CallOptions = CallOptions()
  ) async throws {
    _ = try await send(Method.unpauseActivityExecution, activityID, options: options) { request in
      request.set("reason", reason)
      request.setDuration("jitter", jitter)
    }
  }

  /// Starts an activity over: with its first attempt, at once.
  ///
  /// - Parameters:
  ///   - activityID: the id of the activity.
  ///   - keepsPaused: whether it stays paused if it is.
  ///   - clearsHeartbeatDetails: whether the next attempt knows nothing of what the last one reported.
  ///   - restoresOriginalOptions: whether it gets back what the workflow gave it.
  ///   - jitter: the time within which it starts, at random.
  ///   - options: headers and deadline of the call.
  /// - Throws: ``RPCFailure``, with status `NOT_FOUND` if no such activity is pending.
  public func resetActivity(
    _ activityID: String, keepsPaused: Bool = false, clearsHeartbeatDetails: Bool = false,
    restoresOriginalOptions: Bool = false, jitter: Duration? = nil, options: CallOptions = CallOptions()
  ) async throws {
    _ = try await send(Method.resetActivityExecution, activityID, options: options) { request in
      request.set("keep_paused", keepsPaused)
      request.set("reset_heartbeat", clearsHeartbeatDetails)
      request.set("restore_original_options", restoresOriginalOptions)
      request.setDuration("jitter", jitter)
    }
  }

  /// Changes what an activity was scheduled with.
  ///
  /// - Parameters:
  ///   - activityID: the id of the activity.
  ///   - change: what to change, and to what.
  ///   - options: headers and deadline of the call.
  /// - Returns: an `UpdateActivityExecutionOptionsResponse`, with the options as they are then.
  /// - Throws: ``UsageError`` if nothing is to be changed, or something besides bringing back the original; else
  ///   ``RPCFailure``, with status `NOT_FOUND` if no such activity is pending.
  public func updateActivityOptions(
    _ activityID: String, _ change: ActivityOptionsChange, options: CallOptions = CallOptions()
  ) async throws -> Message {
    try await send(Method.updateActivityExecutionOptions, activityID, options: options) { request in
      let changes = change.fill(request)
      request.set("restore_original", change.restoresOriginal)
      guard changes || change.restoresOriginal else { throw UsageError("there is no option to change") }
      guard !changes || !change.restoresOriginal else {
        throw UsageError("the original options cannot be restored and changed at once")
      }
    }
  }

  private func send(
    _ method: RPCMethod, _ activityID: String, options: CallOptions, _ fill: (MessageBuilder) throws -> Void
  ) async throws -> Message {
    try await client.call(method, options: options) { request in
      request.set("namespace", client.configuration.namespace)
      request.set("workflow_id", id)
      request.set("activity_id", activityID)
      request.set("run_id", runID)
      request.set("identity", client.configuration.identity)
      request.set("request_id", UUID.version4())
      try fill(request)
    }
  }
}
