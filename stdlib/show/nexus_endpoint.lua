--- The card and the columns of Nexus endpoints.

local brief = require "moondial.show.brief"
local card = require "moondial.show.card"
local column = require "moondial.show.column"

---@class moondial.show.nexus_endpoint
local M = {}

local function target(e)
  if e.target_url then return brief.text(e.target_url) end
  return ("%s, on %s"):format(brief.text(e.target_namespace), brief.text(e.target_task_queue))
end

--- The card of a NexusEndpoint.
---@param e moondial.NexusEndpoint
---@param context table
---@param put fun(line: string)
function M.lay_out(e, context, put)
  local c = card.new()
  c:row("Endpoint", brief.text(e.name))
  c:row("Id", brief.text(e.id))
  c:row("Version", brief.text(e.version))
  c:row("Target", target(e))
  c:row("Description", brief.text(e.description, 800))
  c:time("Created", e.created_time, context)
  c:time("Changed", e.last_modified_time, context)
  c:lay_out(context, put)
end

--- The columns of Nexus endpoints.
---@param context table
---@return moondial.show.Column[]
function M.columns(context)
  return {
    column.field("Endpoint", "name"),
    column.made("Target", target),
    column.field("Description", "description", true),
    column.time("Created", "created_time", context, true),
  }
end

return M
