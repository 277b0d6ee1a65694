--- What there is to know of every module, type, function and error, in one form for `help` and for the reference.
---
--- It comes from the declarations, and for what is plain Lua from the doc comments in its source.

local comments = require("moondial.comments")
local declare = require("moondial.declare")
local kinds = require("moondial.error_kinds")
local native = require("moondial.native")
local service = require("moondial.service")
for _, name in ipairs { "temporal", "json", "async", "client", "globals" } do require("moondial." .. name) end

local concat, ipairs, pairs, rawequal, rawget, type = table.concat, ipairs, pairs, rawequal, rawget, type

---@class moondial.documents
local documents = {}

--- Modules first, then types, in the order in which a reader wants them.
--- A document: name, is_module, help, example, properties (a list of { name, type, help }) and methods (a list of
--- { name, title, forms, help, text, notes, parameters, returns, gives, result, raises, changes_state, example }).
---@type table[]
documents.list = {}

-- The words for an operator that a type has, by its metamethod.
local operators = {
  __add = "%s + number", __sub = "%s - %s", __call = "%s()", __tostring = "tostring(%s)",
}

-- How a method is called: by position, and with one table of named parameters.
local function forms(method)
  local positional, named, is_named_only = {}, {}, false
  for _, parameter in ipairs(method.positional) do
    positional[#positional + 1], named[#named + 1] = parameter.name, parameter.name
  end
  for _, parameter in ipairs(method.parameters) do
    if parameter.required and not parameter.position then
      is_named_only = true
      named[#named + 1] = parameter.name .. " ="
    end
  end
  if #method.parameters > #named then named[#named + 1] = "…" end
  local rest = method.arguments and "..." or #method.parameters > #method.positional and #positional > 0 and "{…}"
  if rest then positional[#positional + 1] = rest end
  local list = {}
  if not is_named_only then list[1] = ("%s(%s)"):format(method.title, concat(positional, ", ")) end
  if not method.verbatim and #method.parameters > 0 then
    list[#list + 1] = ("%s{ %s }"):format(method.title, concat(named, ", "))
  end
  return list
end

-- A sentence of what a call gives.
local function gives(returns)
  return returns and "Gives " .. returns .. (returns:find("…$") and "" or ".")
end

-- The kind of value that "a WorkflowHandle" or "true or false" is, for editors; nil where it depends.
local words = { ["true or false"] = "boolean", ["the text"] = "string", ["the table"] = "table" }

local function result_type(returns)
  return returns and (words[returns] or returns:match("^an? (%u%w+)") or returns:match("^an iterator") and "Pages")
end

local function declared_method(method)
  local raises = table.move(method.raises or {}, 1, #(method.raises or {}), 1, {})
  if method.rpc ~= false then raises[#raises + 1] = "RPCError" end
  return {
    name = method.name, title = method.title, forms = forms(method), help = method.help, text = method.help,
    notes = method.notes, parameters = method.parameters, returns = method.returns, gives = gives(method.returns),
    result = result_type(method.returns), raises = raises,
    changes_state = method.changes_state, example = method.example, arguments = method.arguments, declared = method,
  }
end

local function by_name(a, b) return a.name < b.name end

local function add_declared(name)
  local declaration = declare.types[name]
  declare.complete(declaration)
  local document = {
    name = name, help = declaration.help, notes = declaration.notes, properties = declaration.properties or {},
    methods = {}, is_module = declaration.functions ~= nil, is_global = declaration.is_global, is = declaration.is,
    value = declaration.bound,
  }
  for _, method in pairs(declaration.methods or declaration.functions) do
    document.methods[#document.methods + 1] = declared_method(method)
  end
  table.sort(document.methods, by_name)
  documents.list[#documents.list + 1] = document
end

local function commented_method(entry, title)
  local form = operators[entry.name] and title or ("%s(%s)"):format(title, concat(entry.names, ", "))
  return {
    name = entry.name, title = title, forms = { form }, help = entry.help, text = entry.text,
    parameters = entry.parameters, returns = entry.returns, gives = gives(entry.returns), result = entry.result,
    raises = {},
    example = entry.example, names = entry.names,
  }
end

-- A module of plain Lua, or one whose functions are globals of a session.
local function add_module(name, module, is_global)
  local document = { name = name, properties = {}, methods = {}, is_module = true, value = module,
    is_global = is_global }
  for _, entry in ipairs(comments.of_module(name)) do
    if entry.head then document.help = entry.text end
  end
  for function_name, f in pairs(module) do
    local method = commented_method(comments.of(f), is_global and function_name or name .. "." .. function_name)
    method.name, method.value = function_name, f
    document.methods[#document.methods + 1] = method
  end
  table.sort(document.methods, by_name)
  documents.list[#documents.list + 1] = document
end

-- A class of plain Lua: its comment, fields and methods, from the modules that define it.
local function add_class(name, modules, base)
  local document = { name = name, properties = {}, methods = {}, class = "moondial." .. name, base = base }
  for _, module in ipairs(modules) do
    for _, entry in ipairs(comments.of_module(module)) do
      if entry.class == document.class and entry.text ~= "" then
        document.help, document.example, document.properties = entry.text, entry.example, entry.fields
      elseif entry.owner == name and not entry.hidden then
        local operator = operators[entry.name]
        local value = name:lower()
        local method = commented_method(entry, operator and operator:format(value, value) or name .. ":" .. entry.name)
        document.methods[#document.methods + 1] = method
      end
    end
  end
  document.is = function(value)
    local metatable = debug.getmetatable(value)
    return type(metatable) == "table" and type(value) ~= "string" and rawget(metatable, "__name") == name
  end
  documents.list[#documents.list + 1] = document
end

add_declared("globals")
add_declared("temporal")
add_module("async", require("moondial.async"))
add_module("jobs", require("moondial.jobs").globals, true)
add_declared("json")
add_declared("Client")
add_declared("WorkflowHandle")
add_declared("WorkflowUpdateHandle")
add_declared("WithStartWorkflowOperation")
add_declared("AsyncActivityHandle")
add_declared("WorkflowHistory")
add_class("WorkflowExecution", { "description" })
add_class("WorkflowDescription", { "description" }, "WorkflowExecution")
add_declared("ScheduleHandle")
add_class("ScheduleDescription", { "schedule.description" })
add_class("ScheduleListDescription", { "schedule.description" })
add_declared("BatchOperationHandle")
add_class("BatchOperation", { "batch_operation" })
add_class("BulkResult", { "bulk.result" })
add_class("WorkflowExecutionCount", { "count" })
add_class("NamespaceDescription", { "client.namespaces" })
add_class("SearchAttributes", { "client.search_attributes" })
add_class("TaskQueueDescription", { "client.task_queues" })
add_class("WorkerDeployment", { "client.worker_deployments" })
add_class("WorkerDeploymentVersion", { "client.worker_deployments" })
add_class("WorkerInfo", { "client.workers" })
add_class("ClusterInfo", { "client.clusters" })
add_class("SystemInfo", { "client.clusters" })
add_class("ClusterMetadata", { "client.clusters" })
add_class("NexusEndpoint", { "client.nexus_endpoints" })
add_class("Pages", { "pages" })
add_class("Service", { "service" })
add_class("Definition", { "definition" })
add_class("Timestamp", { "timestamp" })
add_class("Bytes", { "temporal" })
add_class("Payload", { "temporal" })
add_class("Scope", { "async.scope" })
add_class("Job", { "jobs" })
add_class("Task", { "scheduler.state", "scheduler.task" })
add_class("Channel", { "async.channel" })
add_class("Semaphore", { "async.semaphore" })
add_class("Permit", { "async.semaphore" })
add_class("Error", { "errors" })

--- The kinds of errors in groups: lists with a title of { kind, help, fields }.
documents.errors = kinds

--- The fields that a kind of error adds to those of every error.
---@param error_kind table
---@return table[]
function documents.fields_of(error_kind)
  local fields = table.move(error_kind.fields or {}, 1, #(error_kind.fields or {}), 1, {})
  if error_kind.failure then table.move(kinds.failure_fields, 1, #kinds.failure_fields, #fields + 1, fields) end
  return fields
end

--- A kind of error by its name.
---@param name string
---@return table?
function documents.error_kind(name)
  for _, group in ipairs(kinds) do
    for _, error_kind in ipairs(group) do
      if error_kind.kind == name then return error_kind end
    end
  end
end

--- The document of a module or type by its name, or of the one that a value is or belongs to.
---@param value any
---@return table?
function documents.of(value)
  for _, document in ipairs(documents.list) do
    if document.name == value or document.value ~= nil and rawequal(document.value, value)
      or document.is and document.is(value) then
      return document
    end
  end
end

--- An RPC of a raw service.
---@param client any nil where none is known
---@param of string the service: "workflow", "operator" or the full name
---@param name string
---@return table
function documents.rpc(client, of, name)
  local owner = (of == "workflow" or of == "operator") and "the " .. of .. " service" or of
  return { name = name, title = name, forms = { name .. "{ … }" }, help = "An RPC of " .. owner .. ".",
    text = "An RPC of " .. owner .. "; its request is a table by the API's field names.", raises = {},
    parameters = native.request_fields(client, of, name, {}), request = { client = client, service = of, name = name } }
end

--- A method or function: by itself, or by a name such as "WorkflowHandle:query" or "json.encode".
---@param value function|string
---@return table?
function documents.method(value)
  local rpc = service.rpcs[value]
  if rpc then return documents.rpc(rpc.client, rpc.service, rpc.name) end
  local declared = declare.by_function[value]
  for _, document in ipairs(documents.list) do
    for _, method in ipairs(document.methods) do
      if declared ~= nil and method.declared == declared or method.value ~= nil and method.value == value
        or document.is_global and value == method.name
        or type(value) == "string" and value:gsub("%.", ":") == document.name .. ":" .. method.name then
        return method
      end
    end
  end
  local entry = type(value) == "function" and comments.of(value)
  if entry then return commented_method(entry, (entry.owner or "") .. (entry.separator or "") .. entry.name) end
end

--- Every name that `help` knows.
---@return string[]
function documents.names()
  local names = {}
  for _, document in ipairs(documents.list) do
    names[#names + 1] = document.name
    for _, method in ipairs(document.methods) do
      if not operators[method.name] then
        local owner = document.is_global and "" or document.name .. (document.is_module and "." or ":")
        names[#names + 1] = owner .. method.name
      end
    end
  end
  for _, group in ipairs(kinds) do
    for _, error_kind in ipairs(group) do names[#names + 1] = error_kind.kind end
  end
  return names
end

return documents
