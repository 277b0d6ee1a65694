--- The server itself, and the clusters that it knows.

local record = require("moondial.record")
local rpc = require("moondial.client.rpc")

--- What the server says of its cluster.
---@class moondial.ClusterInfo
---@field cluster_name string its name
---@field cluster_id string its id
---@field server_version string the version of the server
---@field persistence_store string where it keeps its state
---@field visibility_store string where it keeps what lists say
---@field history_shard_count integer how many shards its histories are in
---@field supported_clients table<string, string> the versions of clients that it takes, by name
---@field version_info? table newer versions that there are: current, recommended, alerts, …
---@field raw table all that the server sent: a GetClusterInfoResponse by its field names
local ClusterInfo = record.class("ClusterInfo", {
  "cluster_name", "cluster_id", "server_version", "persistence_store", "visibility_store", "history_shard_count",
  "supported_clients", "version_info",
}, "cluster")

--- What the server can.
---@class moondial.SystemInfo
---@field server_version string the version of the server
---@field capabilities table<string, boolean> what it can: supports_schedules, eager_workflow_start, nexus, …
---@field raw table all that the server sent: a GetSystemInfoResponse by its field names
local SystemInfo = record.class("SystemInfo", { "server_version", "capabilities" }, "system")

--- A cluster that the server knows, itself among them.
---@class moondial.ClusterMetadata
---@field cluster_name string its name
---@field cluster_id string its id
---@field address string where its frontend is
---@field http_address? string where it speaks HTTP
---@field history_shard_count integer how many shards its histories are in
---@field initial_failover_version integer the number that it tells its changes by
---@field is_connection_enabled boolean whether the server speaks with it
---@field is_replication_enabled boolean whether workflows are replicated to it
---@field raw table all that the server sent: a ClusterMetadata by its field names
local ClusterMetadata = record.class("ClusterMetadata", {
  "cluster_name", "cluster_id", "address", "http_address", "history_shard_count", "initial_failover_version",
  "is_connection_enabled", "is_replication_enabled",
}, "cluster_metadata")

return {
  check_health = {
    help = "Whether a service of the server says that it is well.",
    parameters = {
      { name = "service", type = "string", position = 1, default = "temporal.api.workflowservice.v1.WorkflowService",
        help = "the full name of a service; without: the workflow service" },
    },
    returns = "true or false",
    example = "assert(client:check_health())",
    call = function(self, a)
      return rpc.call(self, "health", "check", { service = a.service }, a).status == "SERVING"
    end,
  },

  describe_cluster = {
    help = "Describes the cluster of the server: its version, its stores, the clients that it takes.",
    returns = "a ClusterInfo: cluster_name, server_version, persistence_store, …",
    example = "client:describe_cluster().server_version",
    call = function(self, a)
      local raw, response = rpc.call(self, "workflow", "get_cluster_info", {}, a)
      return record.new(ClusterInfo, {
        cluster_name = raw.cluster_name, cluster_id = raw.cluster_id, server_version = raw.server_version,
        persistence_store = raw.persistence_store, visibility_store = raw.visibility_store,
        history_shard_count = raw.history_shard_count, supported_clients = raw.supported_clients or {},
        version_info = raw.version_info,
      }, raw, response)
    end,
  },

  get_system_info = {
    help = "Gives the version of the server, and what it can.",
    returns = "a SystemInfo: server_version, capabilities",
    example = "client:get_system_info().capabilities.nexus",
    call = function(self, a)
      local raw, response = rpc.call(self, "workflow", "get_system_info", {}, a)
      return record.new(SystemInfo, { server_version = raw.server_version, capabilities = raw.capabilities or {} },
        raw, response)
    end,
  },

  list_clusters = {
    help = "Iterates over the clusters that the server knows, itself among them.",
    parameters = rpc.page_parameters(),
    returns = "an iterator (Pages) of ClusterMetadata: cluster_name, address, is_connection_enabled, …",
    example = "for c in client:list_clusters() do print(c.cluster_name, c.address) end",
    call = function(self, a)
      return rpc.pages(self, "operator", "list_clusters", {}, a, {
        title = "Clusters", list = "clusters",
        map = function(raw, position, page)
          return record.new(ClusterMetadata, {
            cluster_name = raw.cluster_name, cluster_id = raw.cluster_id, address = raw.address,
            http_address = raw.http_address, history_shard_count = raw.history_shard_count,
            initial_failover_version = raw.initial_failover_version or 0,
            is_connection_enabled = raw.is_connection_enabled or false,
            is_replication_enabled = raw.is_replication_enabled or false,
          }, raw, page, "clusters", position)
        end,
      })
    end,
  },

  remove_remote_cluster = {
    help = "Makes the server forget a cluster.",
    parameters = {
      { name = "cluster_name", type = "string", position = 1, required = true, help = "its name" },
    },
    changes_state = true, destructive = true,
    subject = function(a) return "cluster " .. a.cluster_name end,
    example = "client:remove_remote_cluster(\"standby\")",
    call = function(self, a)
      rpc.call(self, "operator", "remove_remote_cluster", { cluster_name = a.cluster_name }, a)
    end,
  },

  upsert_remote_cluster = {
    help = "Tells the server of another cluster, or changes whether it speaks with it.",
    parameters = {
      { name = "frontend_address", type = "string", position = 1, required = true, help = "where its frontend is" },
      { name = "enable_connection", type = "boolean", help = "whether the server speaks with it" },
      { name = "enable_replication", type = "boolean", help = "whether workflows are replicated to it" },
    },
    changes_state = true,
    subject = function(a) return "cluster " .. a.frontend_address end,
    example = "client:upsert_remote_cluster(\"standby:7233\", { enable_connection = true })",
    call = function(self, a)
      rpc.call(self, "operator", "add_or_update_remote_cluster", {
        frontend_address = a.frontend_address, enable_remote_cluster_connection = a.enable_connection,
        enable_replication = a.enable_replication,
      }, a)
    end,
  },
}
