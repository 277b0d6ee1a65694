--- The task queues of a namespace.

local async = require("moondial.async")
local errors = require("moondial.errors")
local escape = require("moondial.escape")
local go_json = require("moondial.client.go_json")
local json = require("moondial.json")
local message = require("moondial.message")
local native = require("moondial.native")
local record = require("moondial.record")
local rpc = require("moondial.client.rpc")

local gsub, lower = string.gsub, string.lower
local ipairs, type = ipairs, type

--- A task queue, of all types that were asked for.
---@class moondial.TaskQueueDescription
---@field name string its name
---@field backlog integer how many tasks wait, approximately
---@field pollers table[] who asked for tasks in the last minutes: task_queue_type, identity, last_access_time,
---  rate_per_second, deployment_name, build_id
---@field stats table[] how it goes, by type: task_queue_type, approximate_backlog_count, approximate_backlog_age (in
---  seconds), tasks_add_rate, tasks_dispatch_rate, backlog_increase_rate (per second)
---@field versioning_info? table which versions its tasks go to: current_deployment_version, ramping_deployment_version,
---  ramping_version_percentage, …
---@field config table<string, table> its settings by type: queue_rate_limit, fairness_keys_rate_limit_default, …
---@field effective_rate_limit table<string, table> how fast it may go by type: requests_per_second, rate_limit_source
---@field raw table<string, table> all that the server sent by type: a DescribeTaskQueueResponse by its field names
local TaskQueueDescription = record.class("TaskQueueDescription", {
  "name", "backlog", "pollers", "stats", "versioning_info", "config", "effective_rate_limit",
}, "task_queue")

local function poller(of, kind)
  local options = of.deployment_options or {}
  return {
    task_queue_type = kind, identity = of.identity, last_access_time = of.last_access_time,
    rate_per_second = of.rate_per_second or 0.0,
    deployment_name = options.worker_versioning_mode == "VERSIONED" and options.deployment_name or nil,
    build_id = options.worker_versioning_mode == "VERSIONED" and options.build_id or nil,
  }
end

-- As on the wire, a rate of zero is absent.
local function statistics(of, kind)
  local added, dispatched = of.tasks_add_rate or 0.0, of.tasks_dispatch_rate or 0.0
  return {
    task_queue_type = kind, approximate_backlog_count = of.approximate_backlog_count or 0,
    approximate_backlog_age = of.approximate_backlog_age or 0.0, tasks_add_rate = added,
    tasks_dispatch_rate = dispatched, backlog_increase_rate = added - dispatched,
  }
end

-- The CLI makes its JSON of several responses, too, and in these words.
local function to_json(queue)
  local pollers, stats = json.array {}, json.array {}
  for index, p in ipairs(queue.pollers) do
    pollers[index] = { buildId = p.build_id or "UNVERSIONED", taskQueueType = lower(p.task_queue_type),
      identity = p.identity, lastAccessTime = go_json.time(p.last_access_time), ratePerSecond = p.rate_per_second }
  end
  for index, s in ipairs(queue.stats) do
    stats[index] = { buildId = "UNVERSIONED", taskQueueType = lower(s.task_queue_type),
      approximateBacklogCount = s.approximate_backlog_count,
      approximateBacklogAge = go_json.span(s.approximate_backlog_age), backlogIncreaseRate = s.backlog_increase_rate,
      tasksAddRate = s.tasks_add_rate, tasksDispatchRate = s.tasks_dispatch_rate }
  end
  return { pollers = #pollers > 0 and pollers or json.null, stats = stats, reachability = json.null }
end

local function description(name, kinds, responses)
  local queue = { name = name, backlog = 0, pollers = json.array {}, stats = json.array {}, config = {},
    effective_rate_limit = {} }
  local raw = {}
  for index, kind in ipairs(kinds) do
    local response = responses[index]
    raw[kind] = response
    for _, p in ipairs(response.pollers or {}) do queue.pollers[#queue.pollers + 1] = poller(p, kind) end
    queue.stats[index] = statistics(response.stats or {}, kind)
    queue.backlog = queue.backlog + queue.stats[index].approximate_backlog_count
    queue.versioning_info = queue.versioning_info or response.versioning_info
    queue.config[kind], queue.effective_rate_limit[kind] = response.config, response.effective_rate_limit
  end
  return record.new(TaskQueueDescription, queue, raw, to_json)
end

local kinds = { "WORKFLOW", "ACTIVITY", "NEXUS" }

local task_queue = { name = "task_queue", type = "string", position = 1, required = true, completes = "task_queue",
  help = "the task queue's name" }
local task_queue_type = { name = "task_queue_type", type = "choice", position = 2, required = true, values = kinds,
  help = "the type of its tasks" }

local function describe(self, a, kind, reports_stats)
  return rpc.call(self, "workflow", "describe_task_queue", {
    namespace = rpc.namespace(self, a), task_queue = { name = a.task_queue, kind = "NORMAL" }, task_queue_type = kind,
    report_stats = reports_stats, report_config = true,
  }, a)
end

-- A limit, or none: an update without one takes it back.
local function rate_limit(a, name)
  local rate, reason = a[name], a[gsub(name, "_default$", "") .. "_reason"]
  if rate and type(rate) ~= "number" then
    errors.raise("TypeError", ("Client:update_task_queue_config: %s must be a number, or false, not %s"):format(name,
      type(rate)))
  elseif rate == nil then
    if reason then errors.raise("ValueError", "a reason is given for a limit that is not") end
    return nil
  end
  return { rate_limit = rate ~= false and { requests_per_second = rate } or nil, reason = reason }
end

local function weights(overrides)
  local set, unset = {}, {}
  for key, weight in pairs(overrides or {}) do
    if weight == false then unset[#unset + 1] = key else set[key] = weight end
  end
  table.sort(unset)
  return set, unset
end

return {
  describe_task_queue = {
    help = "Describes a task queue: who polls it, how much waits in it, and which versions get its tasks.",
    notes = "A task queue that nobody has heard of is an empty one.",
    parameters = {
      task_queue,
      { name = "task_queue_types", type = "choices", values = kinds,
        help = "of which tasks, one or a list; without: the first two" },
    },
    returns = "a TaskQueueDescription: backlog, pollers, stats, versioning_info, …",
    example = "client:describe_task_queue(\"orders\").backlog",
    call = function(self, a)
      local asked = a.task_queue_types or { "WORKFLOW", "ACTIVITY" }
      local responses = async.map(asked, function(kind) return (describe(self, a, kind, true)) end)
      return description(a.task_queue, asked, responses)
    end,
  },

  get_task_queue_config = {
    help = "Gives the settings of a task queue.",
    parameters = { task_queue, task_queue_type },
    returns = "a table: queue_rate_limit, fairness_keys_rate_limit_default, …; nil where nothing was ever set",
    example = "client:get_task_queue_config(\"orders\", \"ACTIVITY\")",
    call = function(self, a)
      local raw, response = describe(self, a, a.task_queue_type)
      return raw.config and message.keep(raw.config, function() return native.message_json(response).config end)
    end,
  },

  list_task_queue_partitions = {
    help = "Lists the partitions of a task queue, and which of the server's machines have them.",
    parameters = { task_queue },
    returns = "a table: activity_task_queue_partitions, workflow_task_queue_partitions: lists of key, owner_host_name",
    example = "client:list_task_queue_partitions(\"orders\").workflow_task_queue_partitions",
    call = function(self, a)
      return message.keep(rpc.call(self, "workflow", "list_task_queue_partitions", {
        namespace = rpc.namespace(self, a), task_queue = { name = a.task_queue, kind = "NORMAL" },
      }, a))
    end,
  },

  update_task_queue_config = {
    help = "Changes what is given of the settings of a task queue, and leaves the rest.",
    notes = "false takes a limit or a weight back.",
    parameters = {
      task_queue, task_queue_type,
      { name = "queue_rate_limit", type = "any", help = "tasks per second for all of it; false: no limit" },
      { name = "queue_rate_limit_reason", type = "string", help = "why" },
      { name = "fairness_key_rate_limit_default", type = "any",
        help = "tasks per second for each fairness key; false: no limit" },
      { name = "fairness_key_rate_limit_reason", type = "string", help = "why" },
      { name = "fairness_weight_overrides", type = "table", help = "weights by fairness key; false: none" },
    },
    returns = "a table: config, the settings as they are now",
    changes_state = true,
    subject = function(a) return "task queue " .. escape.quote(a.task_queue) end,
    example = "client:update_task_queue_config(\"mail\", \"ACTIVITY\", { queue_rate_limit = 20 })",
    call = function(self, a)
      local set, unset = weights(a.fairness_weight_overrides)
      return message.keep(rpc.call(self, "workflow", "update_task_queue_config", {
        namespace = rpc.namespace(self, a), identity = native.client_property(self, "identity"),
        task_queue = a.task_queue, task_queue_type = a.task_queue_type,
        update_queue_rate_limit = rate_limit(a, "queue_rate_limit"),
        update_fairness_key_rate_limit_default = rate_limit(a, "fairness_key_rate_limit_default"),
        set_fairness_weight_overrides = set, unset_fairness_weight_overrides = unset,
      }, a))
    end,
  },
}
