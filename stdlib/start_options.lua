--- What a workflow is started with: the parameters of `start_workflow`, and what may be in those that are tables.

local declare = require("moondial.declare")
local definition = require("moondial.definition")
local errors = require("moondial.errors")

local ipairs, next, pairs = ipairs, next, pairs

local M = {}

local version = { deployment_name = "string", build_id = "string" }

-- The fields of tables, each with the type of its value: a check's name, or the fields of a table within.
local records = {
  retry_policy = { initial_interval = "duration", backoff_coefficient = "number", maximum_interval = "duration",
    maximum_attempts = "integer", non_retryable_error_types = "list" },
  priority = { priority_key = "integer", fairness_key = "string", fairness_weight = "number" },
  versioning_override = { pinned = version, one_time = version, auto_upgrade = "boolean" },
}
M.records = records

--- The fields of the parameters that are tables.
M.records = records

--- The fields of the parameters that are tables, by the parameters' names.
M.fields = records

--- The parameters of every call that starts a workflow.
M.parameters = {
  { name = "workflow", type = "name", position = 1, required = true, completes = "workflow_type",
    help = "the workflow type's name or definition" },
  { name = "id", type = "string", required = true, help = "the workflow id" },
  { name = "task_queue", type = "string", required = true, completes = "task_queue",
    help = "the task queue of its workers" },
  { name = "result_type", type = "result_type", help = "what the result is to become" },
  { name = "execution_timeout", type = "duration", help = "the time for all runs together" },
  { name = "run_timeout", type = "duration", help = "the time for one run" },
  { name = "task_timeout", type = "duration", help = "the time for one workflow task" },
  { name = "id_reuse_policy", type = "enum", help = "what to do when a closed workflow has the id",
    values = { "ALLOW_DUPLICATE", "ALLOW_DUPLICATE_FAILED_ONLY", "REJECT_DUPLICATE", "TERMINATE_IF_RUNNING" } },
  { name = "id_conflict_policy", type = "enum", help = "what to do when a running workflow has the id",
    values = { "FAIL", "USE_EXISTING", "TERMINATE_EXISTING" } },
  { name = "retry_policy", type = "table", fields = records.retry_policy,
    help = "initial_interval, backoff_coefficient, maximum_interval, maximum_attempts, non_retryable_error_types" },
  { name = "cron_schedule", type = "string", help = "when to run again, as crontab says it" },
  { name = "memo", type = "table", help = "values by name, to be shown and not searched" },
  { name = "search_attributes", type = "table",
    help = "values by name, to be searched; the server knows their types, and a time is a Timestamp" },
  { name = "static_summary", type = "string", help = "one line for the Web UI" },
  { name = "static_details", type = "string", help = "some text for the Web UI" },
  { name = "start_delay", type = "duration", help = "how long to wait before the first workflow task" },
  { name = "start_signal", type = "name", help = "a signal to send, starting the workflow where it does not run" },
  { name = "start_signal_args", type = "list", help = "the signal's arguments" },
  { name = "headers", type = "table", help = "values by name for the interceptors of its workers" },
  { name = "priority", type = "table", fields = records.priority,
    help = "priority_key, of which 1 comes first; fairness_key, fairness_weight" },
  { name = "versioning_override", type = "table", fields = records.versioning_override,
    help = "one of pinned = { deployment_name =, build_id = }, one_time = the same, and auto_upgrade = true" },
}

local function check_override(override)
  local first = next(override)
  if first == nil or next(override, first) ~= nil or override.auto_upgrade == false then
    errors.raise("ValueError", "versioning_override must have one of pinned, one_time and auto_upgrade")
  end
  for _, name in ipairs { "pinned", "one_time" } do
    local wanted = override[name]
    if wanted and not (wanted.deployment_name and wanted.build_id) then
      errors.raise("TypeError", ("versioning_override.%s needs deployment_name and build_id"):format(name))
    end
  end
end

--- A versioning override as the API's message.
---@param override table
---@return table
function M.versioning_override(override)
  override = declare.record("versioning_override", override, records.versioning_override)
  check_override(override)
  local pinned, one_time = override.pinned, override.one_time
  if pinned then
    -- The deprecated fields, too, as in a start: there are servers that know only those.
    return { behavior = "PINNED", pinned_version = pinned.deployment_name .. "." .. pinned.build_id,
      pinned = { behavior = "PINNED", version = pinned } }
  elseif one_time then
    return { one_time = { target_deployment_version = one_time } }
  end
  return { behavior = "AUTO_UPGRADE", auto_upgrade = true }
end

--- Checks what `declare` could not, and turns definitions into names.
---@param a table the arguments of a call; changed
function M.check(a)
  a.type = definition.name(a.workflow, "workflow")
  if a.start_signal then a.start_signal = definition.name(a.start_signal, "signal") end
  for name, fields in pairs(records) do
    if a[name] then a[name] = declare.record(name, a[name], fields) end
  end
  if a.versioning_override then check_override(a.versioning_override) end
end

--- Checks the options that can be changed afterwards, where an empty table takes one away.
---@param a table the arguments of a call; changed
function M.check_changes(a)
  for _, name in ipairs { "priority", "versioning_override" } do
    if a[name] then a[name] = declare.record(name, a[name], records[name]) end
  end
  if a.versioning_override and next(a.versioning_override) ~= nil then check_override(a.versioning_override) end
end

--- Whether a start may end a run that goes on.
---@param a table the arguments of a call
---@return boolean
function M.replaces_a_run(a)
  return a.id_conflict_policy == "TERMINATE_EXISTING" or a.id_reuse_policy == "TERMINATE_IF_RUNNING"
end

return M
