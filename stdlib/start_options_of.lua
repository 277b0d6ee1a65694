--- `temporal.start_options_of`: what a run was started with, to start another like it.

local call = require("moondial.scheduler").call
local native = require("moondial.native")

local next, pairs, type = next, pairs, type

-- Nothing where a duration is none, and where a table has nothing in it.
local function unless_zero(seconds) return seconds ~= 0 and seconds or nil end
local function unless_empty(map) return map and next(map) ~= nil and map or nil end

local function retry_policy(policy)
  return policy and {
    initial_interval = policy.initial_interval, backoff_coefficient = policy.backoff_coefficient,
    maximum_interval = policy.maximum_interval, maximum_attempts = policy.maximum_attempts,
    non_retryable_error_types = policy.non_retryable_error_types,
  }
end

local function versioning_override(override)
  if not override then return nil end
  local one_time = override.one_time
  if override.pinned then return { pinned = override.pinned.version } end
  if one_time then return { one_time = one_time.target_deployment_version } end
  return override.auto_upgrade and { auto_upgrade = true } or nil
end

-- Those that the server and the SDKs set themselves tell of that run alone; no other may have such a name.
local function search_attributes(attributes)
  local found = {}
  for name, value in pairs(attributes and attributes.indexed_fields or {}) do
    if name ~= "BuildIds" and not name:find("^Temporal") then found[name] = value end
  end
  return unless_empty(found)
end

-- A run that was not the first waits for its turn, and not because it was told to.
local function start_delay(started)
  local is_first = not started.continued_execution_run_id and not started.cron_schedule
  return is_first and unless_zero(started.first_workflow_task_backoff) or nil
end

local function text(value) return type(value) == "string" and value or nil end

local function of(id, event, reusable)
  local started, metadata = event.workflow_execution_started_event_attributes, event.user_metadata or {}
  return {
    workflow = started.workflow_type.name, id = id, task_queue = started.task_queue.name,
    args = reusable.args, memo = unless_empty(reusable.memo), headers = unless_empty(reusable.headers),
    search_attributes = search_attributes(started.search_attributes),
    execution_timeout = unless_zero(started.workflow_execution_timeout),
    run_timeout = unless_zero(started.workflow_run_timeout),
    task_timeout = unless_zero(started.workflow_task_timeout),
    retry_policy = retry_policy(started.retry_policy), cron_schedule = started.cron_schedule,
    static_summary = text(metadata.summary), static_details = text(metadata.details),
    start_delay = start_delay(started), priority = unless_empty(started.priority),
    versioning_override = versioning_override(started.versioning_override),
  }
end

return {
  help = "Gives what a run was started with, as a table for start_workflow: change it, and start another like it.",
  notes = [[
It is read from the first event of the history, of run_id or the latest run of the id. It has the id, too, and no
policies about it: those are in no history. An argument, or a value of the memo, is a payload where sending its value
would not give the same again: where it is not JSON, or has a number that Lua writes in another way.]],
  parameters = { { name = "handle", type = "workflow_handle", position = 1, required = true,
    help = "a WorkflowHandle" } },
  returns = "a table: workflow, id, task_queue, args, memo, …",
  example = [[
local options = temporal.start_options_of(h)
options.id = options.id .. "-again"
client:start_workflow(options)]],
  call = function(a)
    return of(native.handle_property(a.handle, "id"), call(native.start_event, a.handle, a))
  end,
}
