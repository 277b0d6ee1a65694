--- The card and the columns of the clusters that a server knows.

local brief = require "moondial.show.brief"
local card = require "moondial.show.card"
local column = require "moondial.show.column"

---@class moondial.show.cluster_metadata
local M = {}

local function yes(truth) return truth and "yes" or "no" end

--- The card of a ClusterMetadata.
---@param cluster moondial.ClusterMetadata
---@param context table
---@param put fun(line: string)
function M.lay_out(cluster, context, put)
  local c = card.new()
  c:row("Cluster", brief.text(cluster.cluster_name))
  c:row("Id", brief.text(cluster.cluster_id))
  c:row("Address", brief.text(cluster.address))
  c:row("HTTP address", brief.text(cluster.http_address))
  c:row("History shards", brief.text(cluster.history_shard_count))
  c:row("Connected", yes(cluster.is_connection_enabled))
  c:row("Replicated to", yes(cluster.is_replication_enabled))
  c:lay_out(context, put)
end

--- The columns of clusters.
---@return moondial.show.Column[]
function M.columns()
  return {
    column.field("Cluster", "cluster_name"),
    column.field("Address", "address"),
    column.made("Connected", function(cluster) return yes(cluster.is_connection_enabled) end),
    column.made("Replicated to", function(cluster) return yes(cluster.is_replication_enabled) end),
    column.field("Id", "cluster_id", true),
  }
end

return M
