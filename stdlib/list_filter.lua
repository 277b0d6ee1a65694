--- List filters from tables: `{ status = "RUNNING", start_time = { since = "1h" } }` becomes the text of a query for
--- the visibility store, with everything quoted.

local declare = require("moondial.declare")
local duration = require("moondial.duration")
local errors = require("moondial.errors")
local native = require("moondial.native")
local timestamp = require("moondial.timestamp")

local concat, names_of = table.concat, declare.names_of
local find, format, gsub, upper = string.find, string.format, string.gsub, string.upper
local getmetatable, ipairs, math_type, next, pairs = getmetatable, ipairs, math.type, next, pairs
local pcall, tostring, type = pcall, tostring, type

local M = {}

-- The fields of an execution that have an attribute of their own.
local attributes = {
  id = "WorkflowId", run_id = "RunId", workflow_type = "WorkflowType", status = "ExecutionStatus",
  task_queue = "TaskQueue", start_time = "StartTime", execution_time = "ExecutionTime", close_time = "CloseTime",
  execution_duration = "ExecutionDuration", history_length = "HistoryLength", history_size_bytes = "HistorySizeBytes",
  state_transition_count = "StateTransitionCount", parent_id = "ParentWorkflowId", parent_run_id = "ParentRunId",
  root_id = "RootWorkflowId", root_run_id = "RootRunId", first_run_id = "FirstRunId",
}

--- The fields of a table, with the attribute of each: for executions, and for schedules.
M.fields = attributes
M.schedule_fields = { id = "ScheduleId", paused = "TemporalSchedulePaused" }

local times = { StartTime = true, ExecutionTime = true, CloseTime = true }

-- By the names that descriptions have, and by those that the server takes, in upper case.
local statuses = {
  RUNNING = "Running", COMPLETED = "Completed", FAILED = "Failed", CANCELED = "Canceled", TERMINATED = "Terminated",
  CONTINUED_AS_NEW = "ContinuedAsNew", CONTINUEDASNEW = "ContinuedAsNew", TIMED_OUT = "TimedOut",
  TIMEDOUT = "TimedOut", PAUSED = "Paused",
}

--- The names of the statuses, as a filter writes them, by those of descriptions and their own.
M.statuses = statuses

--- The names that descriptions have for them.
M.status_names = {
  "RUNNING", "COMPLETED", "FAILED", "CANCELED", "TERMINATED", "CONTINUED_AS_NEW", "TIMED_OUT", "PAUSED",
}

-- The conditions that a table may have for an attribute; `since` and `before` are those for times.
local comparisons = {
  after = ">", at_least = ">=", at_most = "<=", before = "<", ["not"] = "!=", prefix = "STARTS_WITH", since = ">=",
}

--- The conditions with a value, with the operator of each.
M.conditions = comparisons

local function refuse(path, wanted, value)
  errors.raise("TypeError", format("%s must be %s, not %s", path, wanted, type(value)))
end

-- Nothing in a text ends its quotes: the server takes a backslash for the beginning of an escape.
local function quoted(text)
  return "'" .. gsub(gsub(text, "\\", "\\\\"), "'", "''") .. "'"
end

local function is_time(value) return getmetatable(value) == timestamp.Timestamp end

-- A time from a Timestamp, its text, or the duration that has passed since.
local function time_literal(path, value)
  local seconds = duration.try(value)
  if seconds then return quoted(tostring(timestamp.now() - seconds)) end
  local ok, time = pcall(timestamp.parse, value)
  if not ok then
    errors.raise("ValueError", format("%s must be a time, or how long ago that is, as in \"1h\"; not %q", path, value))
  end
  return quoted(tostring(time))
end

local function status_literal(path, value)
  local name = statuses[upper(value)]
  if not name then
    errors.raise("ValueError", format("%s: there is no status %q%s", path, value,
      declare.suggestion(upper(value), names_of(statuses))))
  end
  return quoted(name)
end

local function literal(path, attribute, value)
  if is_time(value) then return quoted(tostring(value)) end
  if type(value) == "string" then
    if times[attribute] then return time_literal(path, value) end
    if attribute == "ExecutionStatus" then return status_literal(path, value) end
    return quoted(value)
  end
  if times[attribute] and duration.try(value) then return quoted(tostring(timestamp.now() - value)) end
  if type(value) == "boolean" or math_type(value) == "integer" then return tostring(value) end
  if math_type(value) == "float" and value == value and value - value == 0 then return format("%.17g", value) end
  refuse(path, "text, a number, true or false, or a Timestamp", value)
end

local function any_of(path, attribute, list)
  local literals = {}
  for index, value in ipairs(list) do
    literals[index] = literal(format("%s[%d]", path, index), attribute, value)
  end
  return format("%s IN (%s)", attribute, concat(literals, ", "))
end

local function append_conditions(clauses, path, attribute, conditions)
  for _, name in ipairs(names_of(conditions)) do
    local value, inner = conditions[name], path .. "." .. name
    if name == "is_set" then
      if type(value) ~= "boolean" then refuse(inner, "true or false", value) end
      clauses[#clauses + 1] = attribute .. (value and " IS NOT NULL" or " IS NULL")
    elseif comparisons[name] then
      clauses[#clauses + 1] = format("%s %s %s", attribute, comparisons[name], literal(inner, attribute, value))
    else
      local known = names_of(comparisons)
      known[#known + 1] = "is_set"
      errors.raise("TypeError", format("%s: there is no condition '%s'%s", path, name, declare.suggestion(name, known)))
    end
  end
end

local function append(clauses, name, value, fields)
  local path = "query." .. name
  local attribute = fields[name] or name
  if type(value) ~= "table" or is_time(value) then
    if value == native.json_null then
      clauses[#clauses + 1] = attribute .. " IS NULL"
    else
      clauses[#clauses + 1] = format("%s = %s", attribute, literal(path, attribute, value))
    end
  elseif value[1] ~= nil then
    clauses[#clauses + 1] = any_of(path, attribute, value)
  elseif next(value) == nil then
    errors.raise("ValueError", path .. " is empty: nothing would match")
  else
    append_conditions(clauses, path, attribute, value)
  end
end

--- The text of a filter.
---@param query string|table|nil text is taken as it is
---@param fields table<string, string>? names that attributes have in tables; without: those of an execution
---@return string?
function M.text(query, fields)
  if type(query) ~= "table" then return query end
  for name in pairs(query) do
    if type(name) ~= "string" or not find(name, "^[%a_][%w_]*$") then
      errors.raise("TypeError", format("query: '%s' is not the name of an attribute", tostring(name)))
    end
  end
  local clauses = {}
  for _, name in ipairs(names_of(query)) do append(clauses, name, query[name], fields or attributes) end
  return concat(clauses, " AND ")
end

return M
