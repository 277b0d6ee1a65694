--- What `count_workflows` and `count_schedules` give.

local message = require("moondial.message")
local native = require("moondial.native")

local M = {}

--- How many workflows a query matches.
---@class moondial.WorkflowExecutionCount
---@field count integer how many in all
---@field groups table[] those of a query that says GROUP BY: count, and group_values, what those of a group have in
---  common
local WorkflowExecutionCount = { __name = "WorkflowExecutionCount", shown_by = "count", counts = "Workflows" }

--- How many schedules a query matches.
---@class moondial.ScheduleCount
---@field count integer how many in all
---@field groups table[] those of a query that says GROUP BY: count, and group_values, what those of a group have in
---  common
local ScheduleCount = { __name = "ScheduleCount", shown_by = "count", counts = "Schedules" }

local function new(class, raw, response)
  return message.keep(setmetatable(raw, class), function(count)
    local found = native.message_json(response)
    -- As the CLI, which has the values here and not their payloads.
    for index, group in ipairs(found.groups or {}) do group.groupValues = count.groups[index].group_values end
    return found
  end)
end

--- A count from a `CountWorkflowExecutionsResponse`.
---@param raw table
---@param response any the message
---@return moondial.WorkflowExecutionCount
function M.new(raw, response) return new(WorkflowExecutionCount, raw, response) end

--- A count from a `CountSchedulesResponse`.
---@param raw table
---@param response any the message
---@return moondial.ScheduleCount
function M.of_schedules(raw, response) return new(ScheduleCount, raw, response) end

return M
