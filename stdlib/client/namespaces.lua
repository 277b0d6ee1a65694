--- The namespaces of a server.

local escape = require("moondial.escape")
local message = require("moondial.message")
local record = require("moondial.record")
local rpc = require("moondial.client.rpc")

--- A namespace. What the server did not say is nil.
---@class moondial.NamespaceDescription
---@field name string its name
---@field id string its id, which stays when it is renamed
---@field state string "REGISTERED", "DEPRECATED" or "DELETED"
---@field description? string what it is for
---@field owner_email? string whose it is
---@field data table<string, string> what its owners keep about it
---@field retention number how long closed workflows are kept, in seconds
---@field history_archival_state? string "ENABLED" or "DISABLED"
---@field history_archival_uri? string where histories are archived
---@field visibility_archival_state? string "ENABLED" or "DISABLED"
---@field visibility_archival_uri? string where what lists say is archived
---@field is_global boolean whether it can be replicated to other clusters
---@field active_cluster? string the cluster that changes it
---@field clusters string[] the clusters that have it
---@field capabilities? table what it can: eager_workflow_start, sync_update, …
---@field limits? table how large things may be: blob_size_limit_error, memo_size_limit_error, …
---@field raw table all that the server sent: a DescribeNamespaceResponse by its field names
local NamespaceDescription = record.class("NamespaceDescription", {
  "name", "id", "state", "description", "owner_email", "data", "retention", "history_archival_state",
  "history_archival_uri", "visibility_archival_state", "visibility_archival_uri", "is_global", "active_cluster",
  "clusters", "capabilities", "limits",
}, "namespace")

local function description(raw, ...)
  local info, config, replication = raw.namespace_info or {}, raw.config or {}, raw.replication_config or {}
  local clusters = {}
  for index, cluster in ipairs(replication.clusters or {}) do clusters[index] = cluster.cluster_name end
  return record.new(NamespaceDescription, {
    name = info.name, id = info.id, state = info.state, description = info.description,
    owner_email = info.owner_email, data = info.data or {}, retention = config.workflow_execution_retention_ttl,
    history_archival_state = config.history_archival_state, history_archival_uri = config.history_archival_uri,
    visibility_archival_state = config.visibility_archival_state,
    visibility_archival_uri = config.visibility_archival_uri, is_global = raw.is_global_namespace or false,
    active_cluster = replication.active_cluster_name, clusters = clusters, capabilities = info.capabilities,
    limits = info.limits,
  }, raw, ...)
end

local function subject(a) return "namespace " .. escape.quote(a.name) end

local name = { name = "name", type = "string", position = 1, required = true, completes = "namespace",
  help = "the namespace's name" }

local states = { "ENABLED", "DISABLED" }

-- What create and update have in common.
local settings = {
  { name = "description", type = "string", help = "what it is for" },
  { name = "owner_email", type = "string", help = "whose it is" },
  { name = "data", type = "metadata", help = "texts by name, to keep with it" },
  { name = "history_archival_state", type = "choice", values = states, help = "whether histories are archived" },
  { name = "history_archival_uri", type = "string", help = "where; it cannot be changed later" },
  { name = "visibility_archival_state", type = "choice", values = states,
    help = "whether what lists say is archived" },
  { name = "visibility_archival_uri", type = "string", help = "where; it cannot be changed later" },
  { name = "active_cluster", type = "string", help = "the cluster that changes it" },
  { name = "clusters", type = "list", help = "the names of the clusters that have it" },
}

local function parameters_with(...)
  return table.move(settings, 1, #settings, select("#", ...) + 1, { ... })
end

local function clusters_of(a)
  local clusters = {}
  for index, cluster in ipairs(a.clusters or {}) do clusters[index] = { cluster_name = cluster } end
  return a.clusters and clusters
end

return {
  create_namespace = {
    help = "Registers a namespace.",
    notes = "It takes the server some seconds until all of it knows the namespace.",
    parameters = parameters_with(name,
      { name = "retention", type = "duration", default = 3 * 86400,
        help = "how long closed workflows are kept; 3 days without" },
      { name = "is_global", type = "boolean", help = "whether it can be replicated to other clusters" }),
    changes_state = true, subject = subject,
    example = "client:create_namespace(\"orders\", { retention = \"168h\" })",
    call = function(self, a)
      rpc.call(self, "workflow", "register_namespace", {
        namespace = a.name, description = a.description, owner_email = a.owner_email, data = a.data,
        workflow_execution_retention_period = a.retention, is_global_namespace = a.is_global,
        active_cluster_name = a.active_cluster, clusters = clusters_of(a),
        history_archival_state = a.history_archival_state or "DISABLED", history_archival_uri = a.history_archival_uri,
        visibility_archival_state = a.visibility_archival_state or "DISABLED",
        visibility_archival_uri = a.visibility_archival_uri,
      }, a)
    end,
  },

  delete_namespace = {
    help = "Deletes a namespace with all that is in it.",
    notes = "It is renamed at once, and its workflows are deleted after that; nothing brings them back.",
    parameters = { name },
    returns = "a table: deleted_namespace, the name that it has until it is gone",
    changes_state = true, destructive = true, subject = subject,
    example = "client:delete_namespace(\"orders-test\")",
    call = function(self, a)
      return message.keep(rpc.call(self, "operator", "delete_namespace", { namespace = a.name }, a))
    end,
  },

  describe_namespace = {
    help = "Describes a namespace.",
    parameters = {
      { name = "name", type = "string", position = 1, completes = "namespace", help = "without: the client's" },
      { name = "id", type = "string", help = "the namespace's id, instead of its name" },
    },
    returns = "a NamespaceDescription: name, state, retention, data, …; raw has all the server sent",
    example = "client:describe_namespace().retention",
    call = function(self, a)
      local namespace = a.name or not a.id and rpc.namespace(self, a) or nil
      return description(rpc.call(self, "workflow", "describe_namespace", { namespace = namespace, id = a.id }, a))
    end,
  },

  list_namespaces = {
    help = "Iterates over the namespaces of the server.",
    parameters = rpc.page_parameters(100),
    returns = "an iterator (Pages) of NamespaceDescription: name, state, retention, …",
    example = "for n in client:list_namespaces() do print(n.name, n.retention) end",
    call = function(self, a)
      return rpc.pages(self, "workflow", "list_namespaces", {}, a, {
        title = "Namespaces", list = "namespaces",
        map = function(raw, position, page) return description(raw, page, "namespaces", position) end,
      })
    end,
  },

  update_namespace = {
    help = "Changes what is given of a namespace, and leaves the rest.",
    notes = "`data` is added to what there is.",
    parameters = parameters_with(name,
      { name = "retention", type = "duration", help = "how long closed workflows are kept" },
      { name = "promote_to_global", type = "boolean", help = "make it one that can be replicated; for good" },
      { name = "replication_state", type = "choice", values = { "NORMAL", "HANDOVER" },
        help = "whether it is being handed over to another cluster" }),
    returns = "a NamespaceDescription as it is now",
    changes_state = true, subject = subject,
    example = "client:update_namespace(\"orders\", { retention = \"720h\" })",
    call = function(self, a)
      rpc.check_may_change(self, "update_namespace")
      local old = rpc.call(self, "workflow", "describe_namespace", { namespace = a.name }, a)
      local info, config = old.namespace_info or {}, old.config or {}
      return description(rpc.call(self, "workflow", "update_namespace", {
        namespace = a.name,
        update_info = { description = a.description or info.description,
          owner_email = a.owner_email or info.owner_email, data = a.data },
        config = {
          workflow_execution_retention_ttl = a.retention or config.workflow_execution_retention_ttl,
          history_archival_state = a.history_archival_state, history_archival_uri = a.history_archival_uri,
          visibility_archival_state = a.visibility_archival_state,
          visibility_archival_uri = a.visibility_archival_uri,
        },
        replication_config = { active_cluster_name = a.active_cluster, clusters = clusters_of(a),
          state = a.replication_state },
        promote_namespace = a.promote_to_global,
      }, a))
    end,
  },
}
