--- What the values of a parameter are taken from, by the `completes` of its declaration.

local arguments = require "moondial.completion.arguments"
local commands = require "moondial.commands"
local documents = require "moondial.documents"
local filter = require "moondial.completion.filter"
local list_filter = require "moondial.list_filter"
local native = require "moondial.native"
local server = require "moondial.completion.server"
local subjects = require "moondial.completion.subject"

local find, sub = string.find, string.sub
local ipairs, pairs, pcall, rawget, sort = ipairs, pairs, pcall, rawget, table.sort

---@class moondial.completion.sources
local sources = {}

local function is_client(value)
  local document = value ~= nil and documents.of(value)
  return document and document.name == "Client"
end

-- The client that a call is made on; without one, the session's.
local function client_of(callee, env)
  local owner = callee.owner and callee.owner.value
  if not is_client(owner) then
    owner = rawget(env, "client")
  end
  return is_client(owner) and owner or nil
end

-- The handle that a call is made on, and the value to keep what is known of it by. A handle that is made in the text
-- itself, from an id in quotes, is made here again: that sends nothing.
local function handle_of(callee)
  local owner = callee.owner
  if not owner or owner.value ~= nil then
    return owner and owner.value, owner and owner.value
  end
  local made = owner.made_by
  local client = made and made.owner and made.owner.value
  if made and made.method.name == "get_workflow_handle" and is_client(client) then
    local id = subjects.first_argument(made)
    if type(id) == "string" then
      return native.workflow_handle(client, { workflow_id = id }), client
    end
  end
end

-- The values that are known of a search attribute.
local function values_of(client, attribute, prefix)
  if attribute == "ExecutionStatus" then
    local list, seen = {}, {}
    for _, status in pairs(list_filter.statuses) do
      if not seen[status] then list[#list + 1] = { text = status } end
      seen[status] = true
    end
    sort(list, function(a, b) return a.text < b.text end)
    return list
  elseif attribute == "ScheduleId" then
    return server.schedule_ids(client)
  elseif attribute == "WorkflowId" then
    return server.workflow_ids(client, prefix)
  elseif attribute == "WorkflowType" then
    return server.workflow_types(client)
  elseif attribute == "TaskQueue" then
    return server.task_queues(client)
  end
end

-- The search attributes of a client's server; those that all have, where it does not tell.
local function attributes_of(client)
  local helps, list = {}, {}
  for _, attribute in ipairs(filter.attributes) do helps[attribute[1]] = attribute[3] end
  for index, attribute in ipairs(server.search_attributes(client)) do
    list[index] = { attribute[1], attribute[2], helps[attribute[1]] }
  end
  return #list > 0 and list or filter.attributes
end

-- Those that a filter of schedules may have.
local function schedule_attributes(client)
  local list = {
    { "ScheduleId", "Keyword", "the schedule's id" }, { "TemporalSchedulePaused", "Bool", "whether it is paused" },
  }
  for _, attribute in ipairs(server.custom_search_attributes(client)) do
    list[#list + 1] = { attribute.text, attribute.detail }
  end
  return list
end

-- A filter is completed part by part.
local function of_filter(client, found, attributes)
  -- With escapes in it, what it says is not what stands there.
  if find(found.prefix, "\\", 1, true) then
    return nil
  end
  return function()
    local function known(attribute, prefix) return values_of(client, attribute, prefix) end
    local candidates, rest = filter.candidates(found.prefix, found.quote, attributes(client), known)
    return candidates, found.first + #found.prefix - #rest
  end
end

-- The profiles of the configuration file; one that cannot be read gives none here.
local function profiles()
  local ok, names = pcall(native.profiles)
  local list = {}
  for index, name in ipairs(ok and names or {}) do list[index] = { text = name } end
  return list
end

local function commands_known()
  local list = {}
  for index, name in ipairs(commands.names()) do list[index] = { text = name } end
  return list
end

local function files(prefix)
  local list = {}
  for index, path in ipairs(native.files(prefix)) do list[index] = { text = path } end
  return list
end

local of_client = {
  batch_operation = server.batch_operations,
  namespace = server.namespaces,
  nexus_endpoint = server.nexus_endpoints,
  schedule_id = server.schedule_ids,
  search_attribute = server.custom_search_attributes,
  service = server.services,
  task_queue = server.task_queues,
  worker_deployment = server.worker_deployments,
  workflow_id = function(client, found) return server.workflow_ids(client, found.prefix) end,
  workflow_type = server.workflow_types,
}

--- What finds the words that may follow a command, on the server perhaps.
---@param what string the command's `completes`
---@param prefix string what there is of the word
---@param env table the globals
---@return fun(): moondial.completion.candidate[] later
function sources.of_command(what, prefix, env)
  local client = client_of({}, env)
  local ask = client and of_client[what]
  return function()
    local values = what == "profile" and profiles() or what == "file" and files(prefix)
      or what == "command" and commands_known()
      or ask and ask(client, { prefix = prefix }) or {}
    local list = {}
    for _, value in ipairs(values) do
      if sub(value.text, 1, #prefix) == prefix then list[#list + 1] = value end
    end
    return list
  end
end

--- What asks the server for the values of a parameter.
---@param what string the parameter's `completes`
---@param found moondial.completion.place
---@param behind string what stands behind the cursor
---@param callee moondial.completion.subject the method that is called
---@param env table the globals
---@return (fun(): moondial.completion.candidate[], integer?)? later
function sources.of(what, found, behind, callee, env)
  local client = client_of(callee, env)
  if what == "list_filter" then
    return client and of_filter(client, found, attributes_of)
  elseif what == "schedule_filter" then
    return client and of_filter(client, found, schedule_attributes)
  elseif what == "profile" then
    return function() return arguments.in_quotes(profiles(), found, behind) end
  end
  local ask = of_client[what]
  if ask then
    return client and function() return arguments.in_quotes(ask(client, found), found, behind) end
  end
  local handle, keeper = handle_of(callee)
  local function values()
    if what == "activity_id" then return server.activity_ids(keeper, handle) end
    return server.messages(keeper, handle, what)
  end
  return handle and function() return arguments.in_quotes(values(), found, behind) end
end

return sources
