--- Schedules of the API in the form that scripts have: the fields of the Python SDK's types by the same names.

local json = require("moondial.json")
local ranges = require("moondial.schedule.ranges")

local getmetatable, ipairs, next, setmetatable, type = getmetatable, ipairs, next, setmetatable, type

local M = {}

--- A copy, with all that is within.
---@param value any
---@return any
function M.copy(value)
  if type(value) ~= "table" then return value end
  local copied = {}
  for key, element in next, value do copied[key] = M.copy(element) end
  return setmetatable(copied, getmetatable(value))
end
local copy = M.copy

local function list(given, convert)
  local converted = json.array {}
  for index, element in ipairs(given or {}) do converted[index] = convert(element) end
  return converted
end

local function calendar(given)
  local converted = { comment = given.comment }
  for _, field in ipairs(ranges.fields) do converted[field.name] = ranges.write(given[field.name]) end
  return converted
end

local function interval(given) return { every = given.interval or 0, offset = given.phase } end

--- A ScheduleSpec from the API's.
---@param given table?
---@return table
function M.spec(given)
  given = given or {}
  return {
    calendars = list(given.structured_calendar, calendar),
    intervals = list(given.interval, interval),
    cron_expressions = list(given.cron_string, copy),
    skip = list(given.exclude_structured_calendar, calendar),
    start_at = given.start_time,
    end_at = given.end_time,
    jitter = given.jitter,
    time_zone_name = given.timezone_name,
  }
end

-- An action of a kind that is newer than this program has no fields here.
local function action(given)
  if not given then return {} end
  local metadata = given.user_metadata or {}
  return {
    workflow = given.workflow_type and given.workflow_type.name or "",
    args = copy(given.input) or json.array {},
    id = given.workflow_id,
    task_queue = given.task_queue and given.task_queue.name,
    execution_timeout = given.workflow_execution_timeout,
    run_timeout = given.workflow_run_timeout,
    task_timeout = given.workflow_task_timeout,
    retry_policy = copy(given.retry_policy),
    memo = given.memo and copy(given.memo.fields),
    search_attributes = given.search_attributes and copy(given.search_attributes.indexed_fields),
    static_summary = metadata.summary,
    static_details = metadata.details,
    priority = given.priority and next(given.priority) and copy(given.priority) or nil,
    headers = given.header and copy(given.header.fields),
  }
end

--- A Schedule from the API's.
---@param given table
---@return table
function M.schedule(given)
  local policies, state = given.policies or {}, given.state or {}
  return {
    action = action(given.action and given.action.start_workflow),
    spec = M.spec(given.spec),
    policy = {
      overlap = policies.overlap_policy or "UNSPECIFIED",
      catchup_window = policies.catchup_window,
      pause_on_failure = policies.pause_on_failure or false,
    },
    state = {
      note = state.notes,
      paused = state.paused or false,
      limited_actions = state.limited_actions or false,
      remaining_actions = state.remaining_actions or 0,
    },
  }
end

local function execution(given)
  given = given or {}
  return { workflow_id = given.workflow_id, first_execution_run_id = given.run_id }
end

local function result(given)
  return {
    scheduled_at = given.schedule_time,
    started_at = given.actual_time,
    action = execution(given.start_workflow_result),
    status = given.start_workflow_status,
  }
end

--- The actions that a description or an entry of a list tells of.
---@param info table a ScheduleInfo or a ScheduleListInfo of the API
---@return table[] recent
---@return moondial.Timestamp[] next
function M.actions(info) return list(info.recent_actions, result), list(info.future_action_times, copy) end

--- A ScheduleInfo from the API's.
---@param given table
---@return table
function M.info(given)
  local recent, next_times = M.actions(given)
  return {
    num_actions = given.action_count or 0,
    num_actions_missed_catchup_window = given.missed_catchup_window or 0,
    num_actions_skipped_overlap = given.overlap_skipped or 0,
    running_actions = list(given.running_workflows, execution),
    recent_actions = recent,
    next_action_times = next_times,
    created_at = given.create_time,
    last_updated_at = given.update_time,
  }
end

return M
