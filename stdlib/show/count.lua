--- How many workflows or schedules there are, and the table of the groups.

local brief = require "moondial.show.brief"
local column = require "moondial.show.column"
local tables = require "moondial.show.table"

local format = string.format

---@class moondial.show.count
local M = {}

local function number(group) return format("%d", group.count) end

local function values(group) return brief.list(group.group_values) end

--- Shows a WorkflowExecutionCount or a ScheduleCount.
---@param count moondial.WorkflowExecutionCount|moondial.ScheduleCount
---@param context table
---@param put fun(line: string)
function M.lay_out(count, context, put)
  if #count.groups == 0 then return put(number(count)) end
  local list = table.move(count.groups, 1, #count.groups, 1, {})
  list[#list + 1] = { count = count.count, is_total = true }
  local columns = {
    { title = "Group", cell = function(group)
      if group.is_total then return "all", "label" end
      return values(group)
    end },
    column.number(getmetatable(count).counts, number),
  }
  tables.lay_out(columns, list, context, put)
end

--- The columns of counts.
---@return moondial.show.Column[]
function M.columns() return { column.number("Count", number) } end

return M
