--- The raw services: every RPC by its snake_case name, with plain tables by proto field names both ways.

local check = require("moondial.check")
local errors = require("moondial.errors")
local native = require("moondial.native")
local scheduler = require("moondial.scheduler")

local find = string.find
local getmetatable, pairs, pcall, rawget, rawset, select = getmetatable, pairs, pcall, rawget, rawset, select
local setmetatable, type = setmetatable, type

local M = {}

--- What a call of an RPC calls before it is made: function(client, service, name, request), which may raise. nil where
--- nobody is to be asked.
---@type function?
M.before_call = nil

--- Which RPC a function calls: its client, service and name.
---@type table<function, table>
M.rpcs = setmetatable({}, { __mode = "k" })

--- Every RPC of a service as a method by its snake_case name. A request and its response are plain tables by the
--- field names of the API; `rpc_metadata` and `rpc_timeout` go into the request's table. What is not known here, an
--- RPC, a field or a value of an enum, is looked up by the server's reflection service.
---     client.workflow_service:describe_namespace{ namespace = "default" }.config
---@class moondial.Service
local Service = { __name = "Service" }

-- Asks the server for what it knows of the service; gives the error that kept it from answering, if there was one.
local function learn(self, options)
  local ok, e = pcall(scheduler.call, native.learn_service, self.client, self.service, options)
  -- Whether it may be asked at all: a cancelled task raises again.
  scheduler.check()
  return not ok and e or nil
end

-- What an RPC's request is on the wire. A name that is not known here may be known to the server.
local function serialized(self, name, request, options)
  local bytes = native.service_request(self.client, self.service, name, request)
  if not bytes then
    learn(self, options)
    -- A table is refused by the call itself, whatever the server has said.
    return native.service_request(self.client, self.service, name, request) or request
  end
  return bytes
end

local function find_method(self, name)
  local is_known, problem = native.service_method(self.client, self.service, name)
  local cause
  if not is_known and type(name) == "string" and find(name, "^%a[%w_]*$")
    and native.can_learn(self.client, self.service) then
    cause = learn(self, {})
    is_known, problem = native.service_method(self.client, self.service, name)
  end
  if not is_known then errors.raise("AttributeError", problem, { cause = cause }) end
end

local function method(service, name)
  find_method(service, name)
  local function call(self, request, ...)
    if getmetatable(self) ~= Service then
      errors.raise("TypeError", ("call it with a colon: %s:%s{…}"):format(M.expression(service.service), name))
    end
    if request == nil then
      request = {}
    elseif type(request) ~= "table" or select("#", ...) > 0 then
      errors.raise("TypeError", ("%s takes one table, by the fields of its request"):format(name))
    end
    local fields, options = {}, {}
    for key, value in pairs(request) do
      if key == "rpc_metadata" then
        options[key] = check.value("metadata", value, name, key)
      elseif key == "rpc_timeout" then
        options[key] = check.value("duration", value, name, key)
      else
        fields[key] = value
      end
    end
    if M.before_call then M.before_call(self.client, self.service, name, fields) end
    local bytes = serialized(self, name, fields, options)
    return (scheduler.call(native.call_service, self.client, self.service, name, bytes, options))
  end
  M.rpcs[call] = { client = service.client, service = service.service, name = name }
  return call
end

function Service.__index(self, name)
  local call = method(self, name)
  rawset(self, name, call)
  return call
end

function Service.__tostring(self) return ("Service(%q)"):format(rawget(self, "service")) end

--- How a script writes a service of the global client.
---@param service string
---@return string
function M.expression(service)
  local is_property = service == "workflow" or service == "operator"
  return (is_property and "client.%s_service" or "client:service(%q)"):format(service)
end

--- The service of a client.
---@param client any
---@param service string "workflow", "operator" or the full name
function M.of(client, service)
  return setmetatable({ client = client, service = service }, Service)
end

return M
