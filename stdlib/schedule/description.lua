--- What `describe` and `list_schedules` give: the fields of the Python SDK's types by the same names.

local native = require("moondial.native")
local reading = require("moondial.schedule.reading")
local record = require("moondial.record")

local setmetatable = setmetatable

local M = {}

local ScheduleDescription = record.class("ScheduleDescription",
  { "id", "schedule", "info", "memo", "search_attributes" }, "schedule")
local ScheduleListDescription = record.class("ScheduleListDescription",
  { "id", "schedule", "info", "memo", "search_attributes" }, "schedule")

-- In JSON it is what the CLI prints: of schedules it shows payloads as they are.
local function json_of(message, list, position)
  return function() return native.message_json(message, list, position, true) end
end

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
---@param message any
---@return moondial.ScheduleDescription
function M.new(id, raw, kept, basis, message)
  local schedule = reading.schedule(raw.schedule or {})
  origins[schedule] = { kept = kept, decoded = raw.schedule or {}, basis = basis }
  return record.new(ScheduleDescription, {
    id = id,
    schedule = schedule,
    info = reading.info(raw.info or {}),
    memo = raw.memo and raw.memo.fields or {},
    search_attributes = raw.search_attributes and raw.search_attributes.indexed_fields or {},
  }, raw, json_of(message))
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
---@param raw table
---@param position integer where in its list
---@param message any the message with the list
---@return moondial.ScheduleListDescription
function M.entry(raw, position, message)
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
  return record.new(ScheduleListDescription, fields, raw, json_of(message, "schedules", position))
end

return M
