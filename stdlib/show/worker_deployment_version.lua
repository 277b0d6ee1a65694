--- The card and the columns of versions of worker deployments.

local brief = require "moondial.show.brief"
local card = require "moondial.show.card"
local column = require "moondial.show.column"

---@class moondial.show.worker_deployment_version
local M = {}

local function task_queues(list)
  local items = {}
  for index, queue in ipairs(list) do
    local stats = queue.stats
    items[index] = { text = brief.words(queue.type or "") .. "  " .. brief.text(queue.name)
      .. (stats and (", %d waiting"):format(stats.approximate_backlog_count or 0) or "") }
  end
  return items
end

--- The card of a WorkerDeploymentVersion.
---@param v moondial.WorkerDeploymentVersion
---@param context table
---@param put fun(line: string)
function M.lay_out(v, context, put)
  local drainage = v.drainage_info or {}
  local c = card.new()
  c:row("Deployment", brief.text(v.deployment_name))
  c:row("Build id", brief.text(v.build_id))
  c:row("Status", brief.text(v.status))
  c:row("Drainage", drainage.status and brief.words(drainage.status))
  c:row("Ramp", v.ramp_percentage and ("%g %%"):format(v.ramp_percentage))
  c:time("Created", v.create_time, context)
  c:time("Current since", v.current_since_time, context)
  c:time("Ramping since", v.ramping_since_time, context)
  c:row("Last changed by", brief.text(v.last_modifier_identity))
  c:values("Metadata", v.metadata)
  c:list("Task queues", task_queues(v.task_queues))
  c:lay_out(context, put)
end

--- The columns of versions.
---@param context table
---@return moondial.show.Column[]
function M.columns(context)
  return {
    column.field("Deployment", "deployment_name"),
    column.field("Build id", "build_id"),
    column.field("Status", "status"),
    column.time("Created", "create_time", context, true),
  }
end

return M
