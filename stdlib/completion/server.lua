--- Names that the server knows: asked for within a time limit, and kept for some seconds.
--
-- Every function here is called in a task, waits for the server at most `time_limit` seconds, and gives what came: an
-- error or a late answer gives nothing. When the task is cancelled, so is its call.

local async = require "moondial.async"
local await = require "moondial.scheduler.await"
local native = require "moondial.native"
local scheduler = require "moondial.scheduler"

local find = string.find
local ipairs, pairs, pcall, sort, type = ipairs, pairs, pcall, table.sort, type

---@class moondial.completion.server
local server = {}

local time_limit = 0.3
local seconds_kept = 5
local page_size = 200

-- By client: results and when they came, by what was asked.
local kept = setmetatable({}, { __mode = "k" })

-- Gives what is kept under a name, or asks. A failure is kept too: who presses Tab again does not wait again.
local function ask(client, name, fetch)
  local results = kept[client] or {}
  kept[client] = results
  local result = results[name]
  if result and await.now() - result.at < seconds_kept then
    return result.values
  end
  local ok, values = pcall(async.timeout, time_limit, fetch)
  -- A cancellation is no answer.
  scheduler.check()
  values = ok and values or {}
  results[name] = { values = values, at = await.now() }
  return values
end

local function call_service(client, service, name, request)
  return (scheduler.call(native.call_service, client, service, name, request, {}))
end

local function namespace_of(client)
  return native.client_property(client, "namespace")
end

local function list(client, query)
  return scheduler.call(native.list_workflows, client, { query = query, page_size = page_size })
end

-- What is distinct of the executions, in the order of the list.
local function distinct(executions, value_of)
  local values, seen = {}, {}
  for _, execution in ipairs(executions) do
    local text, detail = value_of(execution)
    if type(text) == "string" and text ~= "" and not seen[text] then
      seen[text] = true
      values[#values + 1] = { text = text, detail = detail }
    end
  end
  return values
end

local function by_text(a, b) return a.text < b.text end

local function sorted(values)
  sort(values, by_text)
  return values
end

-- The workflows that were started last tell which types and task queues there are.
local function recent(client)
  return ask(client, "recent", function() return (list(client)) end)
end

local function type_of(execution)
  return execution.type and execution.type.name
end

--- The ids of workflows, those started last first.
---@param client any
---@param prefix string
---@return {text: string, detail?: string}[]
function server.workflow_ids(client, prefix)
  -- A quote or a backslash has no form in a filter that every server reads in the same way.
  local plain = prefix:match("^[^'\"\\%c]*")
  local executions = plain == "" and recent(client) or ask(client, "ids " .. plain, function()
    return (list(client, ("WorkflowId STARTS_WITH '%s'"):format(plain)))
  end)
  return distinct(executions, function(execution)
    local name = type_of(execution)
    return execution.execution and execution.execution.workflow_id,
      (name and name .. ", " or "") .. tostring(execution.status)
  end)
end

--- The ids of schedules.
---@param client any
---@return {text: string, detail?: string}[]
function server.schedule_ids(client)
  return ask(client, "schedules", function()
    local values = {}
    for index, entry in ipairs((scheduler.call(native.list_schedules, client, { page_size = page_size }))) do
      local info = entry.info or {}
      values[index] = { text = entry.schedule_id,
        detail = (info.workflow_type and info.workflow_type.name or "") .. (info.paused and ", paused" or "") }
    end
    return sorted(values)
  end)
end

--- The types of workflows.
---@param client any
---@return {text: string}[]
function server.workflow_types(client)
  return sorted(distinct(recent(client), type_of))
end

--- The task queues of workflows.
---@param client any
---@return {text: string}[]
function server.task_queues(client)
  return sorted(distinct(recent(client), function(execution) return execution.task_queue end))
end

--- The ids of batch operations, the latest first.
---@param client any
---@return {text: string, detail?: string}[]
function server.batch_operations(client)
  return ask(client, "batch operations", function()
    local response = call_service(client, "workflow", "list_batch_operations",
      { namespace = namespace_of(client), page_size = page_size })
    local values = {}
    for index, info in ipairs(response.operation_info or {}) do
      values[index] = { text = info.job_id, detail = ("%s, %s"):format(info.operation_type, info.state) }
    end
    return values
  end)
end

-- What an RPC lists: a text for each element that has one.
local function listed(client, what, service, name, request, field, text_of)
  return ask(client, what, function()
    local values = {}
    for _, element in ipairs(call_service(client, service, name, request)[field] or {}) do
      local text, detail = text_of(element)
      if text then values[#values + 1] = { text = text, detail = detail } end
    end
    return sorted(values)
  end)
end

--- The namespaces.
---@param client any
---@return {text: string, detail?: string}[]
function server.namespaces(client)
  return listed(client, "namespaces", "workflow", "list_namespaces", { page_size = page_size }, "namespaces",
    function(namespace)
      local info = namespace.namespace_info or {}
      return info.name, info.description
    end)
end

--- The worker deployments.
---@param client any
---@return {text: string, detail?: string}[]
function server.worker_deployments(client)
  return listed(client, "worker deployments", "workflow", "list_worker_deployments",
    { namespace = namespace_of(client), page_size = page_size }, "worker_deployments", function(deployment)
      local current = (deployment.routing_config or {}).current_deployment_version
      return deployment.name, current and "current: " .. current.build_id
    end)
end

--- The Nexus endpoints.
---@param client any
---@return {text: string, detail?: string}[]
function server.nexus_endpoints(client)
  return listed(client, "nexus endpoints", "operator", "list_nexus_endpoints", { page_size = page_size }, "endpoints",
    function(endpoint) return (endpoint.spec or {}).name end)
end

--- The services of the server.
---@param client any
---@return {text: string}[]
function server.services(client)
  return ask(client, "services", function()
    local values = {}
    for index, name in ipairs(scheduler.call(native.service_names, client)) do values[index] = { text = name } end
    return values
  end)
end

-- The words for the types of search attributes, as filters name them.
local attribute_types = {
  BOOL = "Bool", DATETIME = "Datetime", DOUBLE = "Double", INT = "Int", KEYWORD = "Keyword",
  KEYWORD_LIST = "KeywordList", TEXT = "Text",
}

--- The search attributes of the namespace, the server's among them.
---@param client any
---@return table[] # name and type of each, sorted
function server.search_attributes(client)
  return ask(client, "search attributes", function()
    local response = call_service(client, "operator", "list_search_attributes", { namespace = namespace_of(client) })
    local values = {}
    for _, attributes in ipairs { response.system_attributes or {}, response.custom_attributes or {} } do
      for name, kind in pairs(attributes) do
        values[#values + 1] = { name, attribute_types[kind] or kind }
      end
    end
    sort(values, function(a, b) return a[1] < b[1] end)
    return values
  end)
end

--- The search attributes that somebody added to the namespace.
---@param client any
---@return {text: string, detail?: string}[]
function server.custom_search_attributes(client)
  return ask(client, "custom search attributes", function()
    local response = call_service(client, "operator", "list_search_attributes", { namespace = namespace_of(client) })
    local values = {}
    for name, kind in pairs(response.custom_attributes or {}) do
      values[#values + 1] = { text = name, detail = attribute_types[kind] or kind }
    end
    return sorted(values)
  end)
end

--- The activities of a workflow that have not ended.
---@param client any
---@param handle any
---@return {text: string, detail?: string}[]
function server.activity_ids(client, handle)
  local name = ("activities %q %q"):format(native.handle_property(handle, "id"),
    native.handle_property(handle, "run_id") or "")
  return ask(client, name, function()
    local values = {}
    for _, activity in ipairs(scheduler.call(native.describe, handle, {}).pending_activities or {}) do
      values[#values + 1] = { text = activity.activity_id,
        detail = ("%s, %s"):format(activity.activity_type.name, activity.state) }
    end
    return sorted(values)
  end)
end

-- What a workflow says of its messages, by "query", "signal" and "update".
local function messages_of(metadata)
  local definition = type(metadata) == "table" and metadata.definition or {}
  local messages = {}
  for kind, keys in pairs {
    query = { "queryDefinitions", "query_definitions" }, signal = { "signalDefinitions", "signal_definitions" },
    update = { "updateDefinitions", "update_definitions" },
  } do
    local values = {}
    for _, message in ipairs(definition[keys[1]] or definition[keys[2]] or {}) do
      -- Those of the SDK itself are not what one looks for.
      if type(message.name) == "string" and not find(message.name, "^__") then
        values[#values + 1] = { text = message.name, detail = message.description }
      end
    end
    messages[kind] = sorted(values)
  end
  return messages
end

--- The queries, signals or updates that a workflow has. A worker of its answers.
---@param client any
---@param handle any
---@param kind "query"|"signal"|"update"
---@return {text: string, detail?: string}[]
function server.messages(client, handle, kind)
  local name = ("messages %q %q"):format(native.handle_property(handle, "id"),
    native.handle_property(handle, "run_id") or "")
  return ask(client, name, function()
    return messages_of(scheduler.call(native.query, handle, { name = "__temporal_workflow_metadata" }))
  end)[kind] or {}
end

return server
