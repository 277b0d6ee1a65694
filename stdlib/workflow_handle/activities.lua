--- The methods of WorkflowHandle that act on its activities.

local call = require("moondial.scheduler").call
local declare = require("moondial.declare")
local escape = require("moondial.escape")
local native = require("moondial.native")
local start_options = require("moondial.start_options")

local activity_id = { name = "activity_id", type = "string", position = 1, required = true,
  completes = "activity_id", help = "the activity's id, as in pending_activities of a description" }
local reason = { name = "reason", type = "string", default = "", help = "why, for those who look at it" }
local jitter = { name = "jitter", type = "duration", help = "start it within so much time, at random" }

local retry_policy = { initial_interval = "duration", backoff_coefficient = "number", maximum_interval = "duration",
  maximum_attempts = "integer" }

local function words(verb)
  return function(self, a)
    return ("%s of activity %s of workflow %s"):format(verb, escape.quote(a.activity_id),
      escape.quote(native.handle_property(self, "id")))
  end
end

return {
  pause_activity = {
    help = "Keeps an activity from being tried again.",
    notes = "An attempt that runs goes on; its worker is told with the answer to its next heartbeat.",
    parameters = { activity_id, reason },
    changes_state = true, words = words("pause_activity"),
    example = "h:pause_activity(\"5\", { reason = \"the bank is down\" })",
    call = function(self, a) return call(native.pause_activity, self, a) end,
  },

  reset_activity = {
    help = "Starts an activity over: with its first attempt, at once.",
    notes = "An attempt that runs goes on until it ends or heartbeats. One that is paused goes on, too.",
    parameters = {
      activity_id,
      { name = "keep_paused", type = "boolean", help = "leave it paused if it is" },
      { name = "clear_heartbeat_details", type = "boolean", help = "forget what the last attempt reported" },
      { name = "restore_original_options", type = "boolean", help = "give it back what the workflow gave it" },
      jitter,
    },
    changes_state = true, words = words("reset_activity"),
    example = "h:reset_activity(\"5\", { clear_heartbeat_details = true })",
    call = function(self, a) return call(native.reset_activity, self, a) end,
  },

  unpause_activity = {
    help = "Lets an activity that is paused go on.",
    parameters = { activity_id, reason, jitter },
    changes_state = true, words = words("unpause_activity"),
    example = "h:unpause_activity(\"5\")",
    call = function(self, a) return call(native.unpause_activity, self, a) end,
  },

  update_activity_options = {
    help = "Changes what an activity was scheduled with.",
    notes = "What is not named stays as it is. A timeout of 0 is none. An attempt that runs keeps what it began with.",
    parameters = {
      activity_id,
      { name = "task_queue", type = "string", completes = "task_queue", help = "the task queue of its workers" },
      { name = "schedule_to_close_timeout", type = "duration", help = "the time for all attempts together" },
      { name = "schedule_to_start_timeout", type = "duration", help = "the time until a worker takes it" },
      { name = "start_to_close_timeout", type = "duration", help = "the time for one attempt" },
      { name = "heartbeat_timeout", type = "duration", help = "the time from one heartbeat to the next" },
      { name = "retry_policy", type = "table", fields = retry_policy,
        help = "initial_interval, backoff_coefficient, maximum_interval, maximum_attempts: those that change" },
      { name = "priority", type = "table", fields = start_options.fields.priority,
        help = "priority_key, of which 1 comes first; fairness_key, fairness_weight" },
      { name = "restore_original_options", type = "boolean", help = "give it back what the workflow gave it" },
    },
    returns = "a table of the options as they are then: task_queue, start_to_close_timeout, retry_policy, …",
    raises = { "ValueError" },
    changes_state = true, words = words("update_activity_options"),
    example = "h:update_activity_options(\"5\", { retry_policy = { maximum_attempts = 3 } })",
    call = function(self, a)
      if a.retry_policy then a.retry_policy = declare.record("retry_policy", a.retry_policy, retry_policy) end
      start_options.check_changes(a)
      return call(native.update_activity_options, self, a).activity_options or {}
    end,
  },
}
