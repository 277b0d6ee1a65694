--- Error values as the API's failures, for those who wait for what has failed.

local errors = require("moondial.errors")
local json = require("moondial.json")

local getmetatable, tonumber, tostring, type = getmetatable, tonumber, tostring, type

local M = {}

-- A list with json.null in its holes.
local function filled(list)
  local values = json.array {}
  for i = 1, list.n or #list do values[i] = list[i] == nil and json.null or list[i] end
  return values
end

-- A list of values as payloads; nil where there are none.
local function payloads(list)
  local values = list and filled(list)
  return values and #values > 0 and { payloads = values } or nil
end

-- The value of an enum as an error value has it: one without a name is there by its number.
local function enum(value)
  return value and tonumber(value:match("^UNKNOWN%((%d+)%)$")) or value
end

-- By the kind of an error, the field of a Failure that tells of it, and what is in that.
local infos = {
  ApplicationError = function(e)
    return "application_failure_info", { type = e.type, non_retryable = e.non_retryable,
      details = payloads(e.details), next_retry_delay = e.next_retry_delay, category = enum(e.category) }
  end,
  TimeoutError = function(e)
    return "timeout_failure_info",
      { timeout_type = enum(e.type), last_heartbeat_details = payloads(e.last_heartbeat_details) }
  end,
  CancelledError = function(e) return "canceled_failure_info", { details = payloads(e.details) } end,
  TerminatedError = function() return "terminated_failure_info", {} end,
  ServerError = function(e) return "server_failure_info", { non_retryable = e.non_retryable } end,
  ActivityError = function(e)
    return "activity_failure_info", { scheduled_event_id = e.scheduled_event_id,
      started_event_id = e.started_event_id, identity = e.identity, activity_type = { name = e.activity_type },
      activity_id = e.activity_id, retry_state = enum(e.retry_state) }
  end,
  ChildWorkflowError = function(e)
    return "child_workflow_execution_failure_info", { namespace = e.namespace,
      workflow_execution = { workflow_id = e.workflow_id, run_id = e.run_id },
      workflow_type = { name = e.workflow_type }, initiated_event_id = e.initiated_event_id,
      started_event_id = e.started_event_id, retry_state = enum(e.retry_state) }
  end,
  NexusOperationError = function(e)
    return "nexus_operation_execution_failure_info", { scheduled_event_id = e.scheduled_event_id,
      endpoint = e.endpoint, service = e.service, operation = e.operation, operation_token = e.operation_token }
  end,
  HandlerError = function(e)
    local behavior = e.retryable ~= nil and (e.retryable and "RETRYABLE" or "NON_RETRYABLE") or nil
    return "nexus_handler_failure_info", { type = e.type, retry_behavior = behavior }
  end,
  FailureError = function() end,
}

-- Of what no failure has a form for: an application's, of the kind's name.
local function of_application(kind)
  return "application_failure_info", { type = kind }
end

--- The failure that tells of an error: of an error value with its causes, else of its text alone.
---@param e any
---@return table # a Failure by its field names
function M.of(e)
  if getmetatable(e) ~= errors.Error then
    return { message = type(e) == "string" and e or tostring(e), application_failure_info = {} }
  end
  local trace = e.traceback and errors.visible(e.traceback) or ""
  local failure = { message = e.message, source = e.source, stack_trace = e.stack_trace or trace,
    cause = e.cause ~= nil and M.of(e.cause) or nil }
  local make = infos[e.kind]
  local name, info
  if make then name, info = make(e) else name, info = of_application(e.kind) end
  if name then failure[name] = info end
  return failure
end

--- The declaration of `temporal.application_error`.
M.declaration = {
  help = "Makes an ApplicationError: an error as the code of a workflow or an activity raises it.",
  rpc = false,
  parameters = {
    { name = "message", type = "string", position = 1, required = true, help = "what happened" },
    { name = "type", type = "string", help = "what it is, for retry policies and for whoever handles it" },
    { name = "details", type = "list", help = "values that say more" },
    { name = "non_retryable", type = "boolean", default = false, help = "whether trying again is pointless" },
    { name = "next_retry_delay", type = "duration", help = "the time to wait before the next attempt" },
    { name = "category", type = "enum", values = { "BENIGN" }, help = "how loudly to report it" },
    { name = "cause", type = "any", help = "the error that led to it" },
  },
  returns = "an error value, to be raised, or to fail an activity with",
  example = "a:fail(temporal.application_error(\"no such order\", { type = \"NotFound\" }))",
  call = function(a)
    if a.category and a.category ~= "BENIGN" then
      errors.raise("ValueError", ("category must be \"BENIGN\", not %q"):format(a.category))
    end
    return errors.new("ApplicationError", a.message, { type = a.type, details = filled(a.details or {}),
      non_retryable = a.non_retryable, next_retry_delay = a.next_retry_delay, category = a.category, cause = a.cause })
  end,
}

return M
