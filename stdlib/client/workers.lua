--- The workers of a namespace, as their heartbeats tell.

local escape = require("moondial.escape")
local message = require("moondial.message")
local record = require("moondial.record")
local rpc = require("moondial.client.rpc")

--- A worker that sends heartbeats, as those of newer SDKs do.
---@class moondial.WorkerInfo
---@field worker_instance_key string what it is told by
---@field worker_identity string who it says it is
---@field status string "RUNNING", "SHUTTING_DOWN" or "SHUTDOWN"
---@field task_queue string the task queue that it polls
---@field host_name? string where it runs
---@field process_id? string which process it is
---@field sdk_name? string its SDK
---@field sdk_version? string the version of that
---@field deployment_name? string the deployment that it is of
---@field build_id? string its version
---@field start_time? moondial.Timestamp when it started
---@field heartbeat_time? moondial.Timestamp when it was heard of last
---@field raw table all that the server sent: a WorkerInfo by its field names, with its slots and pollers
local WorkerInfo = record.class("WorkerInfo", {
  "worker_instance_key", "worker_identity", "status", "task_queue", "host_name", "process_id", "sdk_name",
  "sdk_version", "deployment_name", "build_id", "start_time", "heartbeat_time",
}, "worker")

local function worker(raw, ...)
  local heartbeat = raw.worker_heartbeat or raw
  local host, version = heartbeat.host_info or heartbeat, heartbeat.deployment_version or {}
  return record.new(WorkerInfo, {
    worker_instance_key = heartbeat.worker_instance_key, worker_identity = heartbeat.worker_identity,
    status = heartbeat.status, task_queue = heartbeat.task_queue, host_name = host.host_name,
    process_id = host.process_id, sdk_name = heartbeat.sdk_name, sdk_version = heartbeat.sdk_version,
    deployment_name = version.deployment_name, build_id = version.build_id, start_time = heartbeat.start_time,
    heartbeat_time = heartbeat.heartbeat_time,
  }, raw, ...)
end

local query = { name = "query", type = "string", position = 1,
  help = "a filter such as TaskQueue = 'orders'; without: all" }
local include_system_workers = { name = "include_system_workers", type = "boolean",
  help = "also those of the server itself" }

return {
  count_workers = {
    help = "Counts the workers that send heartbeats.",
    parameters = { query, include_system_workers },
    returns = "a table: count",
    example = "client:count_workers(\"TaskQueue = 'orders'\").count",
    call = function(self, a)
      local raw, response = rpc.call(self, "workflow", "count_workers", {
        namespace = rpc.namespace(self, a), query = a.query, include_system_workers = a.include_system_workers,
      }, a)
      raw.count = raw.count or 0
      return message.keep(raw, response)
    end,
  },

  describe_worker = {
    help = "Describes a worker by what its last heartbeat said.",
    parameters = {
      { name = "worker_instance_key", type = "string", position = 1, required = true,
        help = "what it is told by, as list_workers gives it" },
    },
    returns = "a WorkerInfo: status, task_queue, host_name, heartbeat_time, …; raw has its slots and pollers",
    example = "client:describe_worker(w.worker_instance_key).status",
    call = function(self, a)
      local raw, response = rpc.call(self, "workflow", "describe_worker",
        { namespace = rpc.namespace(self, a), worker_instance_key = a.worker_instance_key }, a)
      return worker(raw.worker_info or {}, response)
    end,
  },

  list_workers = {
    help = "Iterates over the workers that send heartbeats.",
    parameters = { query, include_system_workers, table.unpack(rpc.page_parameters()) },
    returns = "an iterator (Pages) of WorkerInfo: worker_identity, task_queue, status, host_name, …",
    example = "for w in client:list_workers() do print(w.worker_identity, w.task_queue) end",
    call = function(self, a)
      return rpc.pages(self, "workflow", "list_workers", {
        namespace = rpc.namespace(self, a), query = a.query, include_system_workers = a.include_system_workers,
      }, a, {
        title = ("Workers(%s)"):format(escape.quote(a.query or "")), list = "workers_info",
        map = function(raw, position, page) return worker(raw, page, "workers_info", position) end,
      })
    end,
  },
}
