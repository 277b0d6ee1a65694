--- The raw services: every RPC by its snake_case name, with plain tables by proto field names both ways.

local check = require("moondial.check")
local errors = require("moondial.errors")
local native = require("moondial.native")
local scheduler = require("moondial.scheduler")

local getmetatable, pairs, rawget, rawset, select = getmetatable, pairs, rawget, rawset, select
local setmetatable, type = setmetatable, type

local M = {}

--- What a call of an RPC calls before it is made: function(client, service, name, request), which may raise. nil where
--- nobody is to be asked.
---@type function?
M.before_call = nil

--- Every RPC of a service as a method by its snake_case name. A request and its response are plain tables by the
--- field names of the API; `rpc_metadata` and `rpc_timeout` go into the request's table.
---     client.workflow_service:describe_namespace{ namespace = "default" }.config
---@class moondial.Service
local Service = { __name = "Service" }

local function method(service, name)
  local path, problem = native.service_method(service.service, name)
  if not path then errors.raise("AttributeError", problem) end
  return function(self, request, ...)
    if getmetatable(self) ~= Service then
      errors.raise("TypeError", ("call it with a colon: client.%s_service:%s{…}"):format(service.service, name))
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
    return (scheduler.call(native.call_service, self.client, self.service, name, fields, options))
  end
end

function Service.__index(self, name)
  local call = method(self, name)
  rawset(self, name, call)
  return call
end

function Service.__tostring(self) return ("Service(%q)"):format(rawget(self, "service")) end

--- The service of a client.
---@param client any
---@param service "workflow"|"operator"
function M.of(client, service)
  return setmetatable({ client = client, service = service }, Service)
end

return M
