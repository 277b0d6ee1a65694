--- The worker deployments of a namespace, and their versions.

local escape = require("moondial.escape")
local json = require("moondial.json")
local deployment_json = require("moondial.client.deployment_json")
local message = require("moondial.message")
local native = require("moondial.native")
local record = require("moondial.record")
local rpc = require("moondial.client.rpc")

--- A worker deployment. What the server did not say is nil; lists do not have it all.
---@class moondial.WorkerDeployment
---@field name string its name
---@field create_time moondial.Timestamp when its first worker came
---@field current_build_id? string the version that new workflows get; nil: workers without a version
---@field ramping_build_id? string the version that some of them get
---@field ramping_percentage? number how many of a hundred
---@field routing_config table all about that: current_deployment_version, current_version_changed_time, …
---@field versions table[] its versions: deployment_version, status, drainage_status, create_time, …; none in lists
---@field last_modifier_identity? string who changed it last
---@field manager_identity? string who alone may change it
---@field raw table all that the server sent, by the API's field names
local WorkerDeployment = record.class("WorkerDeployment", {
  "name", "create_time", "current_build_id", "ramping_build_id", "ramping_percentage", "routing_config", "versions",
  "last_modifier_identity", "manager_identity",
}, "worker_deployment")

local function deployment(raw, ...)
  local routing = raw.routing_config or {}
  local ramping = routing.ramping_deployment_version
  return record.new(WorkerDeployment, {
    name = raw.name, create_time = raw.create_time, routing_config = routing,
    current_build_id = routing.current_deployment_version and routing.current_deployment_version.build_id,
    ramping_build_id = ramping and ramping.build_id,
    ramping_percentage = ramping and (routing.ramping_version_percentage or 0.0),
    versions = raw.version_summaries or json.array {}, last_modifier_identity = raw.last_modifier_identity,
    manager_identity = raw.manager_identity,
  }, raw, ...)
end

--- A version of a worker deployment. What the server did not say is nil.
---@class moondial.WorkerDeploymentVersion
---@field deployment_name string the deployment
---@field build_id string the version in it
---@field status? string "CURRENT", "RAMPING", "DRAINING", "DRAINED" or "INACTIVE"
---@field create_time moondial.Timestamp when its first worker came
---@field current_since_time? moondial.Timestamp since when it is current
---@field ramping_since_time? moondial.Timestamp since when it is ramping
---@field ramp_percentage? number how many of a hundred new workflows it gets
---@field drainage_info? table whether workflows still need it: status, last_changed_time, last_checked_time
---@field task_queues table[] the task queues of its workers: name, type, and stats where they were asked for
---@field metadata table<string, any> what its owners keep about it, by name
---@field last_modifier_identity? string who changed it last
---@field raw table all that the server sent: a DescribeWorkerDeploymentVersionResponse by its field names
local WorkerDeploymentVersion = record.class("WorkerDeploymentVersion", {
  "deployment_name", "build_id", "status", "create_time", "current_since_time", "ramping_since_time",
  "ramp_percentage", "drainage_info", "task_queues", "metadata", "last_modifier_identity",
}, "worker_deployment_version")

-- Where a version is not current, its time is that of 1970.
local function set_time(time) return time and time.seconds > 0 and time or nil end

local function version(raw, response)
  local info = raw.worker_deployment_version_info or {}
  local names = info.deployment_version or {}
  return record.new(WorkerDeploymentVersion, {
    deployment_name = names.deployment_name, build_id = names.build_id, status = info.status,
    create_time = info.create_time, current_since_time = set_time(info.current_since_time),
    ramping_since_time = set_time(info.ramping_since_time), ramp_percentage = info.ramp_percentage,
    drainage_info = info.drainage_info, task_queues = raw.version_task_queues or info.task_queue_infos or json.array {},
    metadata = info.metadata and info.metadata.entries or {}, last_modifier_identity = info.last_modifier_identity,
  }, raw, function() return deployment_json.version(native.message_json(response, nil, nil, true)) end)
end

local name = { name = "deployment_name", type = "string", position = 1, required = true,
  completes = "worker_deployment", help = "the deployment's name" }
local build_id = { name = "build_id", type = "string", position = 2, required = true, help = "the version in it" }
local checks = {
  { name = "allow_no_pollers", type = "boolean", help = "also one whose workers have not come yet" },
  { name = "ignore_missing_task_queues", type = "boolean", help = "also one without all task queues of the current" },
}

local function subject(a)
  local of = "worker deployment " .. escape.quote(a.deployment_name)
  return a.build_id and ("version %s of %s"):format(escape.quote(a.build_id), of) or of
end

local function describe(self, a)
  return rpc.call(self, "workflow", "describe_worker_deployment",
    { namespace = rpc.namespace(self, a), deployment_name = a.deployment_name }, a)
end

-- Changes the deployment as it is now: if it is another one by the time the change arrives, the server refuses it.
local function change(self, rpc_name, a, request)
  rpc.check_may_change(self, rpc_name)
  request.conflict_token = describe(self, a).conflict_token
  request.namespace, request.deployment_name = rpc.namespace(self, a), a.deployment_name
  request.identity = native.client_property(self, "identity")
  rpc.call(self, "workflow", rpc_name, request, a)
end

local function version_of(a) return { deployment_name = a.deployment_name, build_id = a.build_id } end

return {
  create_worker_deployment = {
    help = "Creates a worker deployment before its first worker comes.",
    parameters = { name },
    changes_state = true, subject = subject,
    example = "client:create_worker_deployment(\"orders\")",
    call = function(self, a)
      rpc.call(self, "workflow", "create_worker_deployment", {
        namespace = rpc.namespace(self, a), deployment_name = a.deployment_name,
        identity = native.client_property(self, "identity"), request_id = native.uuid(),
      }, a)
    end,
  },

  delete_worker_deployment = {
    help = "Deletes a worker deployment that has no versions.",
    parameters = { name },
    changes_state = true, destructive = true, subject = subject,
    example = "client:delete_worker_deployment(\"orders\")",
    call = function(self, a)
      rpc.call(self, "workflow", "delete_worker_deployment", {
        namespace = rpc.namespace(self, a), deployment_name = a.deployment_name,
        identity = native.client_property(self, "identity"),
      }, a)
    end,
  },

  delete_worker_deployment_version = {
    help = "Deletes a version that is neither current nor ramping, and that no workflow and no worker needs.",
    parameters = { name, build_id,
      { name = "skip_drainage", type = "boolean", help = "even if workflows may need it still" } },
    changes_state = true, destructive = true, subject = subject,
    example = "client:delete_worker_deployment_version(\"orders\", \"1.0\")",
    call = function(self, a)
      rpc.call(self, "workflow", "delete_worker_deployment_version", {
        namespace = rpc.namespace(self, a), deployment_version = version_of(a), skip_drainage = a.skip_drainage,
        identity = native.client_property(self, "identity"),
      }, a)
    end,
  },

  describe_worker_deployment = {
    help = "Describes a worker deployment with its versions.",
    parameters = { name },
    returns = "a WorkerDeployment: current_build_id, ramping_build_id, versions, …",
    example = "client:describe_worker_deployment(\"orders\").current_build_id",
    call = function(self, a)
      local raw, response = describe(self, a)
      return deployment(raw.worker_deployment_info or {}, function()
        return deployment_json.deployment(native.message_json(response).workerDeploymentInfo)
      end)
    end,
  },

  describe_worker_deployment_version = {
    help = "Describes a version of a worker deployment.",
    parameters = { name, build_id,
      { name = "report_task_queue_stats", type = "boolean", help = "tell how its task queues go, too" } },
    returns = "a WorkerDeploymentVersion: status, drainage_info, task_queues, metadata, …",
    example = "client:describe_worker_deployment_version(\"orders\", \"1.0\").drainage_info",
    call = function(self, a)
      return version(rpc.call(self, "workflow", "describe_worker_deployment_version", {
        namespace = rpc.namespace(self, a), deployment_version = version_of(a),
        report_task_queue_stats = a.report_task_queue_stats,
      }, a))
    end,
  },

  list_worker_deployments = {
    help = "Iterates over the worker deployments of the namespace.",
    parameters = rpc.page_parameters(),
    returns = "an iterator (Pages) of WorkerDeployment: name, current_build_id, ramping_build_id, …",
    example = "for d in client:list_worker_deployments() do print(d.name) end",
    call = function(self, a)
      return rpc.pages(self, "workflow", "list_worker_deployments", { namespace = rpc.namespace(self, a) }, a, {
        title = "WorkerDeployments", list = "worker_deployments",
        map = function(raw, position, page)
          return deployment(raw, function()
            return deployment_json.deployment(native.message_json(page, "worker_deployments", position))
          end)
        end,
      })
    end,
  },

  set_worker_deployment_current_version = {
    help = "Makes a version the current one, which all new workflows get.",
    parameters = { name,
      { name = "build_id", type = "string", position = 2, help = "the version; without: workers that have no version" },
      table.unpack(checks) },
    changes_state = true, destructive = true, subject = subject,
    example = "client:set_worker_deployment_current_version(\"orders\", \"2.0\")",
    call = function(self, a)
      change(self, "set_worker_deployment_current_version", a, {
        build_id = a.build_id, allow_no_pollers = a.allow_no_pollers,
        ignore_missing_task_queues = a.ignore_missing_task_queues,
      })
    end,
  },

  set_worker_deployment_manager = {
    help = "Says who alone may change a worker deployment; without a manager_identity, that everybody may.",
    parameters = { name,
      { name = "manager_identity", type = "string", help = "an identity" },
      { name = "self", type = "boolean", help = "this client's identity" } },
    changes_state = true, subject = subject,
    example = "client:set_worker_deployment_manager(\"orders\", { self = true })",
    call = function(self, a)
      change(self, "set_worker_deployment_manager", a,
        a.self and { self = true } or { manager_identity = a.manager_identity or "" })
    end,
  },

  set_worker_deployment_ramping_version = {
    help = "Gives a part of the new workflows to a version.",
    parameters = { name,
      { name = "build_id", type = "string", position = 2, help = "the version; without: workers that have no version" },
      { name = "percentage", type = "number", default = 0.0, help = "how many of a hundred new workflows" },
      { name = "delete", type = "boolean", help = "no version is ramping any more" },
      table.unpack(checks) },
    changes_state = true, destructive = true, subject = subject,
    example = [[
client:set_worker_deployment_ramping_version("orders", "2.0",
  { percentage = 5 })]],
    call = function(self, a)
      change(self, "set_worker_deployment_ramping_version", a, {
        build_id = not a.delete and a.build_id or nil, percentage = a.percentage,
        allow_no_pollers = a.allow_no_pollers, ignore_missing_task_queues = a.ignore_missing_task_queues,
      })
    end,
  },

  update_worker_deployment_version_metadata = {
    help = "Changes what is kept about a version.",
    parameters = { name, build_id,
      { name = "metadata", type = "table", help = "values by name, to set" },
      { name = "remove_entries", type = "texts", help = "names to take away" } },
    returns = "a table: metadata, with the entries as they are now",
    changes_state = true, subject = subject,
    example = [[
client:update_worker_deployment_version_metadata("orders", "2.0",
  { metadata = { commit = "4c38abf" } })]],
    call = function(self, a)
      return message.keep(rpc.call(self, "workflow", "update_worker_deployment_version_metadata", {
        namespace = rpc.namespace(self, a), deployment_version = version_of(a), upsert_entries = a.metadata,
        remove_entries = a.remove_entries, identity = native.client_property(self, "identity"),
      }, a))
    end,
  },
}
