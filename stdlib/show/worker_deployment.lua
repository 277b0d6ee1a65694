--- The card and the columns of worker deployments.

local brief = require "moondial.show.brief"
local card = require "moondial.show.card"
local column = require "moondial.show.column"
local times = require "moondial.show.times"

---@class moondial.show.worker_deployment
local M = {}

local function current(d) return d.current_build_id and brief.text(d.current_build_id) or "unversioned" end

local function ramping(d)
  if not d.ramping_percentage then return nil end
  return ("%s (%g %%)"):format(d.ramping_build_id and brief.text(d.ramping_build_id) or "unversioned",
    d.ramping_percentage)
end

local function versions(list, context)
  local items = {}
  for index, v in ipairs(list) do
    local version = v.deployment_version or {}
    local created = card.is_set(v.create_time) and ", created " .. times.text(v.create_time, context) or ""
    items[index] = { text = brief.text(version.build_id) .. "  " .. brief.words(v.status or "") .. created }
  end
  return items
end

--- The card of a WorkerDeployment.
---@param d moondial.WorkerDeployment
---@param context table
---@param put fun(line: string)
function M.lay_out(d, context, put)
  local c = card.new()
  c:row("Deployment", brief.text(d.name))
  c:row("Current version", current(d))
  c:row("Ramping version", ramping(d))
  c:time("Created", d.create_time, context)
  c:time("Current since", d.routing_config.current_version_changed_time, context)
  c:time("Ramping since", d.ramping_percentage and d.routing_config.ramping_version_changed_time, context)
  c:row("Last changed by", brief.text(d.last_modifier_identity))
  c:row("Manager", brief.text(d.manager_identity))
  c:list("Versions", versions(d.versions, context))
  c:lay_out(context, put)
end

--- The columns of worker deployments.
---@param context table
---@return moondial.show.Column[]
function M.columns(context)
  return {
    column.field("Deployment", "name"),
    column.made("Current", current),
    column.made("Ramping", ramping),
    column.time("Created", "create_time", context, true),
  }
end

return M
