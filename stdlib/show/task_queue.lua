--- The card and the columns of task queues.

local brief = require "moondial.show.brief"
local card = require "moondial.show.card"
local column = require "moondial.show.column"
local times = require "moondial.show.times"

local concat, format = table.concat, string.format

---@class moondial.show.task_queue
local M = {}

local function oldest(queue)
  local age = 0
  for _, s in ipairs(queue.stats) do age = math.max(age, s.approximate_backlog_age) end
  return age > 0 and times.span(age) or nil
end

local function version_text(version, percentage)
  if not version then return nil end
  return format("%s, build %s", brief.text(version.deployment_name), brief.text(version.build_id))
    .. (percentage and format(" (%g %%)", percentage) or "")
end

local function statistics(queue)
  local items = {}
  for index, s in ipairs(queue.stats) do
    local age = s.approximate_backlog_age
    items[index] = {
      text = format("%s  %d waiting%s, %.3g/s added, %.3g/s dispatched", brief.words(s.task_queue_type),
        s.approximate_backlog_count, age > 0 and ", the oldest for " .. times.span(age) or "", s.tasks_add_rate,
        s.tasks_dispatch_rate),
      style = s.approximate_backlog_count > 0 and "doubtful" or nil,
    }
  end
  return items
end

local function pollers(queue, context)
  local items = {}
  for index, p in ipairs(queue.pollers) do
    local notes = { brief.text(p.identity), times.text(p.last_access_time, context) }
    if p.build_id then notes[#notes + 1] = version_text(p) end
    items[index] = { text = brief.words(p.task_queue_type) .. "  " .. concat(notes, ", ") }
  end
  return items
end

local function limits(queue)
  local items = {}
  for _, s in ipairs(queue.stats) do
    local limit = queue.effective_rate_limit[s.task_queue_type]
    -- That of the server is what every queue has.
    if limit and limit.rate_limit_source ~= "SYSTEM" then
      items[#items + 1] = { text = format("%s  %.4g tasks/s, by the %s", brief.words(s.task_queue_type),
        limit.requests_per_second or 0, brief.words(limit.rate_limit_source or "")) }
    end
  end
  return items
end

--- The card of a TaskQueueDescription.
---@param queue moondial.TaskQueueDescription
---@param context table
---@param put fun(line: string)
function M.lay_out(queue, context, put)
  local versioning = queue.versioning_info or {}
  local c = card.new()
  c:row("Task queue", brief.text(queue.name))
  c:row("Backlog", format("%d", queue.backlog), queue.backlog > 0 and "doubtful" or nil)
  c:row("Current version", version_text(versioning.current_deployment_version))
  c:row("Ramping version", version_text(versioning.ramping_deployment_version,
    versioning.ramping_version_percentage or 0))
  if #queue.pollers == 0 then c:row("Pollers", "none", "bad") end
  c:list("Tasks", statistics(queue))
  c:list("Limits", limits(queue))
  c:list("Pollers", pollers(queue, context))
  c:lay_out(context, put)
end

--- The columns of task queues.
---@return moondial.show.Column[]
function M.columns()
  return {
    column.field("Task queue", "name"),
    column.number("Backlog", function(queue) return format("%d", queue.backlog) end),
    column.made("Oldest", oldest),
    column.number("Pollers", function(queue) return format("%d", #queue.pollers) end),
    column.made("Current version", function(queue)
      return version_text((queue.versioning_info or {}).current_deployment_version)
    end, true),
  }
end

return M
