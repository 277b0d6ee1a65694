--- What a batch operation does to each of its workflows: the operations, what each takes, and the message that it is.

local definition = require("moondial.definition")
local declare = require("moondial.declare")
local errors = require("moondial.errors")
local json = require("moondial.json")
local start_options = require("moondial.start_options")

local concat, ipairs, next, pairs = table.concat, ipairs, next, pairs
local lower, upper = string.lower, string.upper

local M = {}

local function payloads(list)
  if not list or list.n == 0 then return nil end
  local values = {}
  for index = 1, list.n do values[index] = list[index] == nil and json.null or list[index] end
  return { payloads = values }
end

-- A value by one of its names, in any case, as the names of the API's enums are taken.
local function one_of(parameter, given, names)
  for _, name in ipairs(names) do
    if upper(given) == upper(name) then return name end
  end
  errors.raise("ValueError", ("%s must be one of \"%s\", not \"%s\"%s"):format(
    parameter, concat(names, "\", \""), given, declare.suggestion(given, names)))
end

--- Where a reset goes to, by the workflow tasks of a run.
M.reset_types = { "FIRST_WORKFLOW_TASK", "LAST_WORKFLOW_TASK" }

local exclusions = { "SIGNAL", "UPDATE", "NEXUS", "CANCEL_REQUEST" }

--- What a reset may leave out.
M.reset_exclusions = { "ALL", table.unpack(exclusions) }

-- Which events are not applied again: those named, or all that can be.
local function excluded(names)
  local list = {}
  for index, given in ipairs(names or {}) do
    local name = one_of(("reapply_exclude[%d]"):format(index), given, M.reset_exclusions)
    if name == "ALL" then return exclusions end
    list[index] = name
  end
  return list
end

local targets = { FIRST_WORKFLOW_TASK = "first_workflow_task", LAST_WORKFLOW_TASK = "last_workflow_task" }

local function reset(a)
  if (a.type == nil) == (a.build_id == nil) then
    errors.raise("ValueError", "a batch reset needs either type or build_id")
  end
  local options = { build_id = a.build_id, reset_reapply_type = "ALL_ELIGIBLE",
    reset_reapply_exclude_types = excluded(a.reapply_exclude), current_run_only = a.current_run_only }
  if a.type then options[targets[one_of("type", a.type, M.reset_types)]] = {} end
  return { options = options }
end

-- What to change, and the mask that says so.
local function update_options(a)
  local override, priority, mask = a.versioning_override, a.priority, {}
  if override then mask[#mask + 1] = "versioning_override" end
  if priority then mask[#mask + 1] = "priority" end
  if #mask == 0 then
    errors.raise("ValueError", "a batch update_options needs versioning_override or priority")
  end
  return { workflow_execution_options = {
    -- Without one, but in the mask, it is taken away.
    versioning_override = override and next(override) ~= nil and start_options.versioning_override(override) or nil,
    priority = priority and declare.record("priority", priority, start_options.records.priority),
  }, update_mask = mask }
end

-- One type of activities, or all.
local function of_activities(a, fields)
  if a.activity_type then fields.type = a.activity_type else fields.match_all = true end
  return fields
end

local activity_fields = {
  task_queue = "string", schedule_to_close_timeout = "duration", schedule_to_start_timeout = "duration",
  start_to_close_timeout = "duration", heartbeat_timeout = "duration", start_delay = "duration",
  retry_policy = start_options.records.retry_policy, priority = start_options.records.priority,
}

-- The options by the names of a WorkflowExecution's, and a path in the mask for each that is given.
local function update_activity_options(a)
  if (a.activity_options == nil) == not a.restore_original_options then
    errors.raise("ValueError", "a batch update_activity_options needs either activity_options or "
      .. "restore_original_options")
  elseif a.restore_original_options then
    return of_activities(a, { restore_original = true })
  end
  local options, mask = declare.record("activity_options", a.activity_options, activity_fields), {}
  for _, name in ipairs(declare.names_of(options)) do
    if name == "retry_policy" or name == "priority" then
      for _, field in ipairs(declare.names_of(options[name])) do mask[#mask + 1] = name .. "." .. field end
    else
      mask[#mask + 1] = name == "task_queue" and "task_queue.name" or name
    end
  end
  if options.task_queue then options.task_queue = { name = options.task_queue } end
  return of_activities(a, { activity_options = options, update_mask = mask })
end

-- Each with the field of the request that it is, the parameters that only it has, and what makes its message.
local operations = {
  signal = { field = "signal_operation", takes = { "signal", "args" }, make = function(a)
    if not a.signal then errors.raise("TypeError", "a batch signal needs signal, its name") end
    return { signal = definition.name(a.signal, "signal"), input = payloads(a.args) }
  end },
  cancel = { field = "cancellation_operation", takes = {}, is_destructive = true, make = function() return {} end },
  terminate = { field = "termination_operation", takes = { "args" }, is_destructive = true, make = function(a)
    return { details = payloads(a.args) }
  end },
  delete = { field = "deletion_operation", takes = {}, is_destructive = true, make = function() return {} end },
  reset = { field = "reset_operation", takes = { "type", "build_id", "reapply_exclude", "current_run_only" },
    is_destructive = true, make = reset },
  update_options = { field = "update_workflow_options_operation", takes = { "versioning_override", "priority" },
    make = update_options },
  unpause_activities = { field = "unpause_activities_operation",
    takes = { "activity_type", "reset_attempts", "reset_heartbeat", "jitter" }, make = function(a)
      return of_activities(a, { reset_attempts = a.reset_attempts, reset_heartbeat = a.reset_heartbeat,
        jitter = a.jitter })
    end },
  reset_activities = { field = "reset_activities_operation",
    takes = { "activity_type", "reset_attempts", "reset_heartbeat", "keep_paused", "jitter",
      "restore_original_options" }, make = function(a)
      return of_activities(a, { reset_attempts = a.reset_attempts, reset_heartbeat = a.reset_heartbeat,
        keep_paused = a.keep_paused, jitter = a.jitter, restore_original_options = a.restore_original_options })
    end },
  update_activity_options = { field = "update_activity_options_operation",
    takes = { "activity_type", "activity_options", "restore_original_options" }, make = update_activity_options },
  cancel_activities = { field = "cancel_activities_operation", takes = {}, is_destructive = true, gives_reason = true },
  terminate_activities = { field = "terminate_activities_operation", takes = {}, is_destructive = true,
    gives_reason = true },
  delete_activities = { field = "delete_activities_operation", takes = {}, is_destructive = true,
    has_no_identity = true },
}

--- The names of the operations, in the order of their use.
M.names = { "signal", "cancel", "terminate", "delete", "reset", "update_options", "unpause_activities",
  "reset_activities", "update_activity_options", "cancel_activities", "terminate_activities", "delete_activities" }

-- The operations that take a parameter.
local takers = {}
for _, name in ipairs(M.names) do
  for _, parameter in ipairs(operations[name].takes) do
    takers[parameter] = takers[parameter] or {}
    takers[parameter][#takers[parameter] + 1] = name
    takers[parameter][name] = true
  end
end

--- An operation by its name, in any case.
---@param name string
---@return string
function M.named(name) return one_of("operation", name, M.names) end

--- Whether an operation ends something or undoes it.
---@param name string
---@return boolean
function M.is_destructive(name) return (operations[lower(name)] or {}).is_destructive == true end

--- Whether an operation is for activities that no workflow runs.
---@param name string
---@return boolean
function M.is_for_activities(name)
  return name == "cancel_activities" or name == "terminate_activities" or name == "delete_activities"
end

--- Puts the message of an operation into a request.
---@param request table changed
---@param a table the arguments of the call
---@param identity string
function M.fill(request, a, identity)
  local operation = operations[a.operation]
  for name in pairs(takers) do
    if a[name] ~= nil and not takers[name][a.operation] then
      errors.raise("TypeError", ("a batch %s takes no %s; that is for %s"):format(
        a.operation, name, concat(takers[name], ", ")))
    end
  end
  local message = operation.make and operation.make(a) or {}
  if operation.gives_reason then message.reason = request.reason end
  if not operation.has_no_identity then message.identity = identity end
  request[operation.field] = message
end

return M
