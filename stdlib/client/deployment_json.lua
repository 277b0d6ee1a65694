--- The JSON that the `temporal` CLI has for worker deployments: it has words of its own for them, and says what is
--- empty, too.

local go_json = require("moondial.client.go_json")
local json = require("moondial.json")

local ipairs, lower, gsub = ipairs, string.lower, string.gsub

---@class moondial.client.deployment_json
local M = {}

-- Times that are not there: Go's own zero, and that of a message without one.
local no_time, zero_time = "0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"

-- As "draining" for "VERSION_DRAINAGE_STATUS_DRAINING".
local function drainage(status, without)
  return status and lower((gsub(status, "^VERSION_DRAINAGE_STATUS_", ""))) or without
end

local function routing(config)
  config = config or {}
  local current, ramping = config.currentDeploymentVersion or {}, config.rampingDeploymentVersion or {}
  return {
    currentVersionDeploymentName = current.deploymentName or "",
    currentVersionBuildID = current.buildId or "",
    rampingVersionDeploymentName = ramping.deploymentName or "",
    rampingVersionBuildID = ramping.buildId or "",
    rampingVersionPercentage = config.rampingVersionPercentage or 0,
    currentVersionChangedTime = go_json.time(config.currentVersionChangedTime, no_time),
    rampingVersionChangedTime = go_json.time(config.rampingVersionChangedTime, no_time),
    rampingVersionPercentageChangedTime = go_json.time(config.rampingVersionPercentageChangedTime, no_time),
  }
end

--- Of a deployment: a `WorkerDeploymentInfo`, or what a list has of one.
---@param info table
---@return table
function M.deployment(info)
  local versions
  for index, summary in ipairs(info.versionSummaries or {}) do
    versions = versions or json.array {}
    local version = summary.deploymentVersion or {}
    versions[index] = { deploymentName = version.deploymentName, BuildID = version.buildId,
      drainageStatus = drainage(summary.drainageStatus, "unspecified"), createTime = go_json.time(summary.createTime) }
  end
  return {
    name = info.name, createTime = go_json.time(info.createTime), routingConfig = routing(info.routingConfig),
    versionSummaries = versions or json.null, lastModifierIdentity = info.lastModifierIdentity or "",
    managerIdentity = info.managerIdentity or "",
  }
end

-- In nanoseconds, from a text such as "1.5s".
local function nanoseconds(duration)
  local seconds = tonumber((gsub(duration or "0s", "s$", "")))
  return math.tointeger(seconds * 1000000000 // 1) or 0
end

local function task_queue_type(name) return lower((gsub(name or "", "^TASK_QUEUE_TYPE_", ""))) end

local function statistics(stats)
  if not stats then return nil end
  local added, dispatched = stats.tasksAddRate or 0, stats.tasksDispatchRate or 0
  return {
    approximateBacklogCount = tonumber(stats.approximateBacklogCount or 0),
    approximateBacklogAge = nanoseconds(stats.approximateBacklogAge), backlogIncreaseRate = added - dispatched,
    tasksAddRate = added, tasksDispatchRate = dispatched,
  }
end

--- Of a version: a `DescribeWorkerDeploymentVersionResponse`.
---@param response table
---@return table
function M.version(response)
  local info = response.workerDeploymentVersionInfo or {}
  local names, drained = info.deploymentVersion or {}, info.drainageInfo or {}
  local queues = json.array {}
  for index, queue in ipairs(response.versionTaskQueues or info.taskQueueInfos or {}) do
    local by_priority
    for key, stats in pairs(queue.statsByPriorityKey or {}) do
      by_priority = by_priority or json.object {}
      by_priority[key] = statistics(stats)
    end
    queues[index] = { name = queue.name, type = task_queue_type(queue.type),
      stats = statistics(queue.stats), statsByPriorityKey = by_priority }
  end
  return {
    deploymentName = names.deploymentName, BuildID = names.buildId, createTime = go_json.time(info.createTime),
    routingChangedTime = go_json.time(info.routingChangedTime, zero_time),
    currentSinceTime = go_json.time(info.currentSinceTime, zero_time),
    rampingSinceTime = go_json.time(info.rampingSinceTime, zero_time), rampPercentage = info.rampPercentage or 0,
    drainageInfo = { drainageStatus = drainage(drained.status, ""),
      lastChangedTime = go_json.time(drained.lastChangedTime, no_time),
      lastCheckedTime = go_json.time(drained.lastCheckedTime, no_time) },
    taskQueuesInfos = queues, metadata = info.metadata and info.metadata.entries or json.null,
  }
end

return M
