--- Schedules in the form that scripts have, checked field by field, in the form of the API.
---
--- A schedule that was read keeps what it came from: payloads stay as they are for as long as their values do, and what
--- has no name in this form is taken over.

local check = require("moondial.check")
local declare = require("moondial.declare")
local definition = require("moondial.definition")
local errors = require("moondial.errors")
local json = require("moondial.json")
local native = require("moondial.native")
local ranges = require("moondial.schedule.ranges")
local reading = require("moondial.schedule.reading")
local start_options = require("moondial.start_options")

local find, format, gsub, upper = string.find, string.format, string.gsub, string.upper
local getmetatable, ipairs, next, rawequal, type = getmetatable, ipairs, next, rawequal, type

local M = {}

--- The overlap policies, as the API counts them.
M.overlap_policies = { "SKIP", "BUFFER_ONE", "BUFFER_ALL", "CANCEL_OTHER", "TERMINATE_OTHER", "ALLOW_ALL" }

-- The types of fields, by their names: those of `check`, or `any`.
local kinds = {
  schedule = { action = "table", spec = "table", policy = "table", state = "table" },
  action = {
    workflow = "name", args = "list", arg = "any", id = "string", task_queue = "string",
    execution_timeout = "duration", run_timeout = "duration", task_timeout = "duration", retry_policy = "table",
    memo = "table", search_attributes = "table", static_summary = "string", static_details = "string",
    priority = "table", headers = "table",
  },
  spec = {
    calendars = "list", intervals = "list", cron_expressions = "list", skip = "list", start_at = "time",
    end_at = "time", jitter = "duration", time_zone_name = "string",
  },
  interval = { every = "duration", offset = "duration" },
  calendar = { comment = "string" },
  policy = { overlap = "string", catchup_window = "duration", pause_on_failure = "boolean" },
  state = { note = "string", paused = "boolean", limited_actions = "boolean", remaining_actions = "count" },
  backfill = { start_at = "time", end_at = "time", overlap = "string" },
}
for _, field in ipairs(ranges.fields) do kinds.calendar[field.name] = "any" end

local function with(known, more)
  for name, kind in next, known do more[name] = more[name] or kind end
  return more
end

local records = start_options.records

--- The fields of a schedule's parts, for completion: `{ fields }` is a list of tables, a list of names an enum.
M.fields = {
  action = with(kinds.action, { retry_policy = records.retry_policy, priority = records.priority }),
  spec = with(kinds.spec, {
    calendars = { kinds.calendar }, intervals = { kinds.interval }, skip = { kinds.calendar },
  }),
  policy = with(kinds.policy, { overlap = M.overlap_policies }),
  state = kinds.state,
}

--- Those of a backfill, likewise.
M.backfill_fields = { with(kinds.backfill, { overlap = M.overlap_policies }) }

-- The fields of a table, each checked.
local function fields(where, path, given, known)
  check.value("table", given, where, path)
  local checked = {}
  for name, value in next, given do
    local kind = known[name]
    if not kind then
      errors.raise("TypeError", format("%s: %s has no field '%s'%s", where, path, tostring(name),
        declare.suggestion(name, declare.names_of(known))))
    end
    checked[name] = check.value(kind, value, where, path .. "." .. name)
  end
  return checked
end

local function needs(where, path, given, name, what)
  if given[name] == nil or given[name] == "" then
    errors.raise("ValueError", format("%s: %s needs %s: %s", where, path, name, what))
  end
end

-- A list of tables, each converted.
local function each(where, path, given, convert)
  local list = json.array {}
  for index = 1, given and given.n or 0 do list[index] = convert(where, format("%s[%d]", path, index), given[index]) end
  return list
end

-- Whether two values are alike in all that is in them.
local function same(a, b)
  if rawequal(a, b) then return true end
  if type(a) ~= "table" or type(b) ~= "table" or getmetatable(a) ~= getmetatable(b) then
    return a == b and math.type(a) == math.type(b)
  end
  for key, value in next, a do
    if not same(value, b[key]) then return false end
  end
  for key in next, b do
    if a[key] == nil then return false end
  end
  return true
end

-- The payload of a value: the one that it was decoded from, as long as it is the value still.
local function payload(place, value, decoded, kept)
  if kept ~= nil and same(value, decoded) then return kept end
  return native.encode_payload(value, place)
end

local function payloads(where, path, given, decoded, kept)
  if not given or next(given) == nil then return nil end
  decoded, kept = decoded or {}, kept or {}
  local map = json.object {}
  for name, value in next, given do
    if type(name) ~= "string" then errors.raise("TypeError", format("%s: %s: its keys must be text", where, path)) end
    map[name] = payload(path .. "." .. name, value, decoded[name], kept[name])
  end
  return map
end

-- A timeout of nothing is none.
local function unless_zero(seconds) return seconds ~= 0 and seconds or nil end

local function input(path, args, decoded, kept)
  if not args or args.n == 0 then return nil end
  local list = json.array {}
  for index = 1, args.n do
    local value = args[index]
    if value == nil then value = json.null end
    list[index] = payload(format("%s[%d]", path, index), value, decoded and decoded[index], kept and kept[index])
  end
  return { payloads = list }
end

local function user_metadata(a, decoded, kept)
  decoded, kept = decoded or {}, reading.copy(kept) or {}
  kept.summary = a.static_summary and payload("static_summary", a.static_summary, decoded.summary, kept.summary)
  kept.details = a.static_details and payload("static_details", a.static_details, decoded.details, kept.details)
  return next(kept) ~= nil and kept or nil
end

local function retry_policy(where, path, given)
  if not given then return nil end
  return native.retry_policy(declare.record(where .. ": " .. path, given, start_options.records.retry_policy))
end

-- `kept` and `decoded` are what the action was read from, with payloads as they came and as values.
local function start_workflow(where, path, action, kept, decoded)
  local a = fields(where, path, action, kinds.action)
  needs(where, path, a, "workflow", "the workflow type's name or definition")
  needs(where, path, a, "id", "the workflow id, to which each start adds its time")
  needs(where, path, a, "task_queue", "the task queue of its workers")
  if a.arg ~= nil then
    if a.args ~= nil then errors.raise("ValueError", "Cannot have arg and args") end
    a.args = { n = 1, a.arg }
  end
  decoded = decoded or {}
  local queue = kept and kept.task_queue
  local result = kept and reading.copy(kept) or {}
  result.workflow_type = { name = definition.name(a.workflow, "workflow") }
  result.workflow_id = a.id
  result.task_queue = queue and queue.name == a.task_queue and queue or { name = a.task_queue }
  result.input = input(path .. ".args", a.args, decoded.input, kept and kept.input)
  result.workflow_execution_timeout = unless_zero(a.execution_timeout)
  result.workflow_run_timeout = unless_zero(a.run_timeout)
  result.workflow_task_timeout = unless_zero(a.task_timeout)
  result.retry_policy = retry_policy(where, path .. ".retry_policy", a.retry_policy)
  local function map(name, field, entries)
    local values = payloads(where, path .. "." .. name, a[name], decoded[field] and decoded[field][entries],
      kept and kept[field] and kept[field][entries])
    result[field] = values and { [entries] = values }
  end
  map("memo", "memo", "fields")
  map("search_attributes", "search_attributes", "indexed_fields")
  map("headers", "header", "fields")
  result.user_metadata = user_metadata(a, decoded.user_metadata, kept and kept.user_metadata)
  result.priority = a.priority
    and declare.record(where .. ": " .. path .. ".priority", a.priority, start_options.records.priority)
    or kept and kept.priority and {} or nil
  return result
end

local function interval(where, path, given)
  local i = fields(where, path, given, kinds.interval)
  needs(where, path, i, "every", "how much time is between two of its times")
  return { interval = i.every, phase = unless_zero(i.offset) }
end

local function calendar(where, path, given)
  local c = fields(where, path, given, kinds.calendar)
  local result = { comment = c.comment }
  for _, field in ipairs(ranges.fields) do
    result[field.name] = ranges.read(where, path .. "." .. field.name, c[field.name], field)
  end
  return result
end

local function text(where, path, given) return check.value("string", given, where, path) end

local function spec(where, path, given, kept)
  local s = fields(where, path, given, kinds.spec)
  local result = kept and reading.copy(kept) or {}
  if result.timezone_name ~= s.time_zone_name then result.timezone_data = nil end
  result.structured_calendar = each(where, path .. ".calendars", s.calendars, calendar)
  result.interval = each(where, path .. ".intervals", s.intervals, interval)
  result.cron_string = each(where, path .. ".cron_expressions", s.cron_expressions, text)
  result.exclude_structured_calendar = each(where, path .. ".skip", s.skip, calendar)
  result.start_time, result.end_time = s.start_at, s.end_at
  result.jitter = unless_zero(s.jitter)
  result.timezone_name = s.time_zone_name
  return result
end

local function overlap_policy(where, path, given)
  local name = gsub(upper(given), "^SCHEDULE_OVERLAP_POLICY_", "")
  for _, policy in ipairs(M.overlap_policies) do
    if policy == name then return name end
  end
  -- As it was read, from a newer server too.
  if name == "UNSPECIFIED" or find(name, "^UNKNOWN%(%d+%)$") then return name end
  errors.raise("ValueError", format("%s: %s: there is no overlap policy '%s'%s", where, path, given,
    declare.suggestion(name, M.overlap_policies)))
end

local function policies(where, path, given, kept)
  local p = fields(where, path, given, kinds.policy)
  local result = kept and reading.copy(kept) or {}
  result.overlap_policy = p.overlap and overlap_policy(where, path .. ".overlap", p.overlap) or "SKIP"
  result.catchup_window = p.catchup_window
  result.pause_on_failure = p.pause_on_failure
  return result
end

local function state(where, path, given, kept)
  local s = fields(where, path, given, kinds.state)
  local result = kept and reading.copy(kept) or {}
  result.notes, result.paused = s.note, s.paused
  result.limited_actions, result.remaining_actions = s.limited_actions, s.remaining_actions
  return result
end

-- The action as it was read; one of a kind that is newer than this program is empty there, and stays what it is.
local function action(where, path, given, kept, decoded)
  local is_of_another_kind = kept and not kept.start_workflow
  if is_of_another_kind and next(given) == nil then return kept end
  return { start_workflow = start_workflow(where, path, given, kept and kept.start_workflow,
    decoded and decoded.start_workflow) }
end

-- The action as it was read. Payloads of a list were read as a plain one.
local function kept_action(kept)
  local result = reading.copy(kept)
  local start = result and result.start_workflow
  if start and start.input then start.input = { payloads = start.input } end
  return result
end

--- A schedule in the form of the API.
---@param where string the call, for messages
---@param schedule table
---@param origin? table what it was read from: `kept`, with payloads as they came, and `decoded`, with their values;
---  parts that the schedule does not have are taken from there
---@return table
function M.schedule(where, schedule, origin)
  local s = fields(where, "schedule", schedule, kinds.schedule)
  local kept, decoded = origin and origin.kept or {}, origin and origin.decoded or {}
  if not origin then
    needs(where, "schedule", s, "action", "what it starts, as in { workflow =, id =, task_queue = }")
    needs(where, "schedule", s, "spec", "when it starts it, as in { intervals = { { every = \"1h\" } } }")
  end
  return {
    action = s.action and action(where, "schedule.action", s.action, kept.action, decoded.action)
      or kept_action(kept.action),
    spec = s.spec and spec(where, "schedule.spec", s.spec, kept.spec) or kept.spec,
    policies = not s.policy and kept.policies or policies(where, "schedule.policy", s.policy or {}, kept.policies),
    state = not s.state and kept.state or state(where, "schedule.state", s.state or {}, kept.state),
  }
end

local function range(where, path, given)
  local r = fields(where, path, given, kinds.backfill)
  needs(where, path, r, "start_at", "the beginning of the range")
  needs(where, path, r, "end_at", "the end of the range")
  r.overlap = r.overlap and overlap_policy(where, path .. ".overlap", r.overlap)
  return r
end

--- The ranges of a backfill, checked.
---@param where string the call, for messages
---@param given table a list of { start_at =, end_at =, overlap = }
---@return table[]
function M.backfill(where, given) return each(where, "backfill", given, range) end

return M
