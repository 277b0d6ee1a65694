--- The card and the columns of namespaces.

local brief = require "moondial.show.brief"
local card = require "moondial.show.card"
local column = require "moondial.show.column"
local times = require "moondial.show.times"

---@class moondial.show.namespace
local M = {}

local function retention(n) return n.retention and times.span(n.retention) end

local function archive(state, uri)
  if state ~= "ENABLED" then return nil end
  return "enabled" .. (uri and ", " .. brief.text(uri) or "")
end

local function clusters(n)
  local names = {}
  for _, name in ipairs(n.clusters) do
    names[#names + 1] = brief.text(name) .. (name == n.active_cluster and " (active)" or "")
  end
  return table.concat(names, ", ")
end

--- The card of a NamespaceDescription.
---@param n moondial.NamespaceDescription
---@param context table
---@param put fun(line: string)
function M.lay_out(n, context, put)
  local c = card.new()
  c:row("Namespace", brief.text(n.name))
  c:row("Id", brief.text(n.id))
  c:row("State", brief.text(n.state), n.state ~= "REGISTERED" and "doubtful" or nil)
  c:row("Description", brief.text(n.description, 800))
  c:row("Owner", brief.text(n.owner_email))
  c:row("Retention", retention(n))
  c:row("History archive", archive(n.history_archival_state, n.history_archival_uri))
  c:row("Visibility archive", archive(n.visibility_archival_state, n.visibility_archival_uri))
  c:row("Global", n.is_global and "yes" or nil)
  c:row("Clusters", clusters(n))
  c:values("Data", n.data)
  c:lay_out(context, put)
end

--- The columns of namespaces.
---@return moondial.show.Column[]
function M.columns()
  return {
    column.field("Namespace", "name"),
    column.field("State", "state"),
    column.made("Retention", retention),
    column.field("Description", "description", true),
    column.field("Owner", "owner_email", true),
    column.field("Id", "id", true),
  }
end

return M
