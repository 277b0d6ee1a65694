--- The card and the columns of what a server says of its cluster.

local brief = require "moondial.show.brief"
local card = require "moondial.show.card"
local column = require "moondial.show.column"

---@class moondial.show.cluster
local M = {}

--- The card of a ClusterInfo.
---@param cluster moondial.ClusterInfo
---@param context table
---@param put fun(line: string)
function M.lay_out(cluster, context, put)
  local c = card.new()
  c:row("Cluster", brief.text(cluster.cluster_name))
  c:row("Id", brief.text(cluster.cluster_id))
  c:row("Server", brief.text(cluster.server_version))
  c:row("Persistence", brief.text(cluster.persistence_store))
  c:row("Visibility", brief.text(cluster.visibility_store))
  c:row("History shards", brief.text(cluster.history_shard_count))
  c:values("Clients", cluster.supported_clients)
  c:lay_out(context, put)
end

--- The columns of clusters.
---@return moondial.show.Column[]
function M.columns()
  return {
    column.field("Cluster", "cluster_name"),
    column.field("Server", "server_version"),
    column.field("Persistence", "persistence_store"),
    column.field("Visibility", "visibility_store"),
  }
end

return M
