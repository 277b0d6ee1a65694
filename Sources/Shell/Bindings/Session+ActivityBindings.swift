import LuaRuntime
import TemporalClient

extension Session {
  /// Binds what `stdlib/workflow_handle/activities.lua` calls.
  func bindActivities(on stack: LuaStack) {
    bindOperation("pause_activity", on: stack) { arguments, options in
      let (id, reason) = (try arguments.requiredString("activity_id"), try arguments.string("reason") ?? "")
      return { handle in
        try await handle.pauseActivity(id, reason: reason, options: options)
        return { _ in 0 }
      }
    }
    bindOperation("unpause_activity", on: stack) { arguments, options in
      let (id, reason) = (try arguments.requiredString("activity_id"), try arguments.string("reason") ?? "")
      let jitter = try arguments.duration("jitter")
      return { handle in
        try await handle.unpauseActivity(id, reason: reason, jitter: jitter, options: options)
        return { _ in 0 }
      }
    }
    bindOperation("reset_activity", on: stack) { arguments, options in
      let (id, jitter) = (try arguments.requiredString("activity_id"), try arguments.duration("jitter"))
      let keepsPaused = try arguments.boolean("keep_paused")
      let clears = try arguments.boolean("clear_heartbeat_details")
      let restores = try arguments.boolean("restore_original_options")
      return { handle in
        try await handle.resetActivity(
          id, keepsPaused: keepsPaused, clearsHeartbeatDetails: clears, restoresOriginalOptions: restores,
          jitter: jitter, options: options)
        return { _ in 0 }
      }
    }
    bindOperation("update_activity_options", on: stack) { arguments, options in
      let (id, change) = (try arguments.requiredString("activity_id"), try ActivityOptionsChange(arguments))
      return { handle in
        let response = try await handle.updateActivityOptions(id, change, options: options)
        return { stack in
          try stack.push(response.view)
          return 1
        }
      }
    }
  }
}

extension ActivityOptionsChange {
  fileprivate init(_ arguments: CallArguments) throws {
    self.init()
    taskQueue = try arguments.string("task_queue")
    scheduleToCloseTimeout = try arguments.duration("schedule_to_close_timeout")
    scheduleToStartTimeout = try arguments.duration("schedule_to_start_timeout")
    startToCloseTimeout = try arguments.duration("start_to_close_timeout")
    heartbeatTimeout = try arguments.duration("heartbeat_timeout")
    retry = try arguments.table("retry_policy", Retry.init) ?? retry
    priority = try arguments.table("priority", StartWorkflow.Priority.init)
    restoresOriginal = try arguments.boolean("restore_original_options")
  }
}

extension ActivityOptionsChange.Retry {
  fileprivate init(_ arguments: CallArguments) throws {
    self.init()
    initialInterval = try arguments.duration("initial_interval")
    backoffCoefficient = try arguments.number("backoff_coefficient")
    maximumInterval = try arguments.duration("maximum_interval")
    maximumAttempts = try arguments.integer("maximum_attempts").map {
      try Int32($0, of: "retry_policy.maximum_attempts")
    }
  }
}
