--- What `describe` and `list_schedules` give: the fields of the Python SDK's types by the same names.

local classes = require("moondial.description")
local native = require("moondial.native")
local reading = require("moondial.schedule.reading")

local setmetatable = setmetatable

local M = {}

local ScheduleDescription = classes.class("ScheduleDescription",
  { "id", "schedule", "info", "memo", "search_attributes", "raw" })
local ScheduleListDescription = classes.class("ScheduleListDescription",
  { "id", "schedule", "info", "memo", "search_attributes", "raw" })

-- The bytes of what was described, by `raw`; there are none where a text has a NUL in it. In JSON it is what the CLI
-- prints.
local bytes = setmetatable({}, { __mode = "k" })

local function json_as(type)
  return function(self)
    local message = bytes[self.raw]
    return message and native.json_decode(native.proto_json(type, message)) or self.raw
  end
end
ScheduleDescription.__json = json_as("temporal.api.workflowservice.v1.DescribeScheduleResponse")
ScheduleListDescription.__json = json_as("temporal.api.schedule.v1.ScheduleListEntry")

-- What the schedules of descriptions were read from. They are plain tables, to be changed and given back.
local origins = setmetatable({}, { __mode = "k" })

--- A schedule as its handle describes it. Its `schedule` is a table to be changed, given back by an update, or given to
--- `create_schedule`: action, spec, policy and state.
---@class moondial.ScheduleDescription
---@field id string the schedule's id
---@field schedule table what it starts and when; `client:create_schedule` tells of its fields
---@field info table what it has done and does next: num_actions, running_actions, recent_actions, next_action_times, …
---@field memo table<string, any> the values of its memo by name
---@field search_attributes table<string, any> its search attributes by name, each by its type
---@field raw table all that the server sent: a DescribeScheduleResponse by its field names

--- A description from a `DescribeScheduleResponse`.
---@param id string
---@param raw table
---@param kept table its schedule with payloads as they came
---@param basis string? its bytes
---@return moondial.ScheduleDescription
function M.new(id, raw, kept, basis)
  local schedule = reading.schedule(raw.schedule or {})
  origins[schedule] = { kept = kept, decoded = raw.schedule or {}, basis = basis }
  bytes[raw] = basis
  return classes.value(ScheduleDescription, {
    id = id,
    schedule = schedule,
    info = reading.info(raw.info or {}),
    memo = raw.memo and raw.memo.fields or {},
    search_attributes = raw.search_attributes and raw.search_attributes.indexed_fields or {},
  }, raw)
end

--- What a schedule was read from: `kept`, `decoded` and `basis`; nil for one that was made here.
---@param schedule any
---@return table?
function M.origin(schedule) return origins[schedule] end

--- A schedule as `list_schedules` gives it: less than a description has.
---@class moondial.ScheduleListDescription
---@field id string the schedule's id
---@field schedule? table its action, of which there is the workflow, its spec, and its state: note and paused
---@field info? table what it has done and does next: recent_actions, next_action_times
---@field memo table<string, any> the values of its memo by name
---@field search_attributes table<string, any> its search attributes by name, each by its type
---@field raw table all that the server sent: a ScheduleListEntry by its field names

--- An entry of a list from a `ScheduleListEntry`.
---@param raw table with its `bytes`, which are taken out
---@return moondial.ScheduleListDescription
function M.entry(raw)
  bytes[raw], raw.bytes = raw.bytes or bytes[raw], nil
  local fields = {
    id = raw.schedule_id,
    memo = raw.memo and raw.memo.fields or {},
    search_attributes = raw.search_attributes and raw.search_attributes.indexed_fields or {},
  }
  if raw.info then
    local recent, next_times = reading.actions(raw.info)
    fields.schedule = {
      action = { workflow = raw.info.workflow_type and raw.info.workflow_type.name },
      spec = reading.spec(raw.info.spec),
      state = { note = raw.info.notes, paused = raw.info.paused or false },
    }
    fields.info = { recent_actions = recent, next_action_times = next_times }
  end
  return classes.value(ScheduleListDescription, fields, raw)
end

return M
