--- Declarations: each type and method that scripts see is written down once, as data with its implementation beside it.
---
--- From a declaration come the method itself with its two forms of call, `help`, and the reference page of the
--- documentation. A method's declaration has the fields
---
---   help           one sentence
---   parameters     a list of { name, type, help, position =, required =, default =, values =, fields =, completes = }:
---                  `type` names one of the checks in `check`, `values` are the names of an enum, `fields` those of a
---                  table with their types, `completes` tells what completion asks the server for: "activity_id",
---                  "batch_operation", "list_filter", "namespace", "nexus_endpoint", "query", "schedule_id",
---                  "search_attribute", "service", "signal", "task_queue", "update", "worker_deployment",
---                  "workflow_id" or "workflow_type"
---   verbatim       true when a table as first argument is a value like any other, and there is no named form
---   arguments      true when the call carries arguments for the workflow: the rest of a positional call, or `args`
---   rpc            false when the call makes no RPC, and so takes neither `rpc_metadata` nor `rpc_timeout`
---   returns        what comes back, in words
---   raises         the kinds of errors beyond RPCError
---   notes          what else there is to know before relying on it; a type may have some, too
---   changes_state  true when the server's state may change
---   subject        function(arguments): what it changes, in words; without: the workflow of the handle or of the `id`
---   destructive    true when it ends something that goes on, or function(arguments) that tells
---   words          function(self, arguments): what it does, where name and subject say too little
---   example        a line of Lua
---   call           function(self, arguments): the implementation; `arguments` is a table by parameter name
---
--- The rule for the two forms: a call whose first argument is a plain table is a named one.
---
--- Most scripts use few of a type's methods. The others are in modules of their own, which are loaded when a name is
--- looked for that is none of the type's own: a fifth of what a short script costs.

local check = require("moondial.check")
local errors = require("moondial.errors")
local native = require("moondial.native")

local type, getmetatable, select, ipairs, pairs = type, getmetatable, select, ipairs, pairs
local rawequal, rawget = rawequal, rawget
local concat, pack, sort = table.concat, table.pack, table.sort

local M = {}

-- What calls have in common, so that the reference need not say it for each.
M.common_parameters = {}

--- What a method calls that changes the server's state, before it does: function(self, method, arguments), which may
--- raise. nil where nobody is to be asked.
---@type function?
M.before_change = nil

--- Every declared type by its name.
M.types = {}

--- The declaration of each bound method and function.
---@type table<function, table>
M.by_function = setmetatable({}, { __mode = "k" })

local rpc_parameters = {
  { name = "rpc_metadata", type = "metadata", help = "headers for every RPC of this call; they win over the client's" },
  { name = "rpc_timeout", type = "duration", help = "the time that one RPC may take, per attempt" },
}

local arguments_parameters = {
  { name = "args", type = "list", help = "the arguments for the workflow, in a list" },
  { name = "arg", type = "any", help = "a single argument, instead of `args`" },
}

for _, list in ipairs { arguments_parameters, rpc_parameters } do
  for _, parameter in ipairs(list) do M.common_parameters[parameter] = true end
end

-- "; did you mean 'x'?" where a name is near enough.
local function suggestion(name, candidates)
  local nearest = type(name) == "string" and native.nearest(name, candidates)
  return nearest and ("; did you mean '" .. nearest .. "'?") or ""
end
M.suggestion = suggestion

--- The keys of a table of names, sorted.
---@param map table<string, any>
---@return string[]
function M.names_of(map)
  local list = {}
  for name in pairs(map) do list[#list + 1] = name end
  sort(list)
  return list
end
local names_of = M.names_of

--- A copy of a table parameter, with its fields checked and their durations in seconds.
---@param where string the parameter's name, for messages
---@param given table
---@param fields table<string, string|table> the type of each field by its name, or the fields of a table within
---@return table
function M.record(where, given, fields)
  local checked = {}
  for name, value in pairs(given) do
    local kind = fields[name]
    if not kind then
      errors.raise("TypeError", ("%s has no field '%s'%s"):format(where, tostring(name),
        suggestion(name, names_of(fields))))
    elseif type(kind) == "table" then
      checked[name] = M.record(where .. "." .. name, check.value("table", value, where, name), kind)
    else
      checked[name] = check.value(kind, value, where, name)
    end
  end
  return checked
end

local function fail(kind, message)
  errors.raise(kind, message)
end

local function names(parameters)
  local list = {}
  for i, parameter in ipairs(parameters) do list[i] = parameter.name end
  return list
end

-- A named call: one table, whose array part holds the positional parameters.
local function collect_named(method, given, count)
  if count > 1 then
    fail("TypeError", method.title .. "{…} takes one table; this call passes " .. count .. " arguments")
  end
  local collected = {}
  for key, value in next, given do
    local parameter = method.by_name[key]
    if type(key) == "number" then
      parameter = method.positional[key]
      if not parameter then
        fail("TypeError", ("%s{…} has no element [%s]%s"):format(method.title, key,
          method.arguments and "; the workflow's arguments go in args = {…}" or ""))
      end
      if given[parameter.name] ~= nil then
        fail("TypeError", ("%s was given '%s' twice: as [%d] and by name"):format(method.title, parameter.name, key))
      end
    elseif not parameter then
      fail("TypeError", ("%s has no parameter '%s'%s"):format(method.title, tostring(key),
        suggestion(key, names(method.parameters))))
    end
    collected[parameter.name] = value
  end
  if collected.arg ~= nil and collected.args ~= nil and method.arguments then
    fail("ValueError", "Cannot have arg and args")
  end
  return collected
end

-- A positional call: the positional parameters, then the workflow's arguments or a table of options.
local function collect_positional(method, ...)
  local count, positional = select("#", ...), method.positional
  -- Of an iterator, a call that makes one gives all that a loop takes: `show(client:list_workflows())`.
  if count == 4 and positional[1] and positional[1].type == "any" then
    local first, second, third, fourth = ...
    if type(first) == "table" and rawequal(first, fourth) and second == nil and third == nil then count = 1 end
  end
  local collected, given = {}, pack(...)
  for i, parameter in ipairs(positional) do collected[parameter.name] = given[i] end
  local extra = count - #positional
  if extra <= 0 then return collected end
  if method.arguments then
    collected.args = pack(select(#positional + 1, ...))
    return collected
  end
  local options = given[#positional + 1]
  if extra == 1 and (options == nil or type(options) == "table" and getmetatable(options) == nil) then
    for key, value in pairs(collect_named(method, options or {}, 1)) do
      if collected[key] ~= nil then fail("TypeError", ("%s was given '%s' twice"):format(method.title, key)) end
      collected[key] = value
    end
    return collected
  end
  if #positional == 0 and #method.parameters > 0 then
    fail("TypeError", ("%s takes its parameters by name, as in %s{ %s = … }"):format(
      method.title, method.title, method.parameters[1].name))
  end
  fail("TypeError", ("%s takes %d argument%s and a table of options; this call passes %d"):format(
    method.title, #positional, #positional == 1 and "" or "s", count))
end

-- What to say of a parameter that is missing: how to give one that has no position.
local function advice(method, parameter, is_positional)
  local values = parameter.values and ' ("' .. concat(parameter.values, '" or "') .. '")' or ""
  if not is_positional or parameter.position then return values end
  return ("%s; give it by name, as in %s{ …, %s = %s }"):format(values, method.title, parameter.name,
    parameter.values and ("%q"):format(parameter.values[1]) or "…")
end

local function collect(method, ...)
  local first = ...
  local collected, is_positional
  if type(first) == "table" and getmetatable(first) == nil and not method.verbatim then
    collected = collect_named(method, first, select("#", ...))
  else
    collected, is_positional = collect_positional(method, ...), true
  end
  for _, parameter in ipairs(method.parameters) do
    local value = collected[parameter.name]
    if value ~= nil then
      collected[parameter.name] = check.value(parameter.type, value, method.title, parameter.name, parameter.values)
    elseif parameter.required then
      fail("TypeError", ("%s needs %s: %s%s"):format(method.title, parameter.name, parameter.help,
        advice(method, parameter, is_positional)))
    elseif parameter.default ~= nil then
      collected[parameter.name] = parameter.default
    end
  end
  if method.arguments and collected.args == nil and rawget(collected, "arg") ~= nil then
    collected.args = { n = 1, collected.arg }
  end
  return collected
end

--- Completes a declaration and makes the function that scripts call.
---@param method table the declaration
---@param has_self boolean whether the function is called with a colon
---@return function
local function bind(method, has_self)
  local parameters = {}
  local function add(list) for _, parameter in ipairs(list or {}) do parameters[#parameters + 1] = parameter end end
  add(method.parameters)
  if method.arguments then add(arguments_parameters) end
  if method.rpc ~= false then add(rpc_parameters) end
  method.parameters, method.by_name, method.positional = parameters, {}, {}
  for _, parameter in ipairs(parameters) do
    method.by_name[parameter.name] = parameter
    if parameter.position then method.positional[parameter.position] = parameter end
  end
  local call = method.call
  local bound
  if has_self then
    bound = function(self, ...)
      if not method.owner.is(self) then
        fail("TypeError", ("call it as %s, with a colon, on a %s"):format(method.title, method.owner.name))
      end
      local arguments = collect(method, ...)
      if M.before_change and method.changes_state then M.before_change(self, method, arguments) end
      return call(self, arguments)
    end
  else
    bound = function(...) return call(collect(method, ...)) end
  end
  M.by_function[bound] = method
  return bound
end

local function add_methods(declaration, methods)
  for name, method in pairs(methods) do
    method.name, method.owner = name, declaration
    method.title = declaration.name .. ":" .. name
    declaration.methods[name], declaration.bound[name] = method, bind(method, true)
    declaration.fields[#declaration.fields + 1] = name
  end
  sort(declaration.fields)
end

--- Declares the methods of a type that are in modules of their own, if they are not yet.
---@param declaration table
function M.complete(declaration)
  local modules = declaration.more
  declaration.more = nil
  for _, module in ipairs(modules or {}) do add_methods(declaration, require(module)) end
end

--- Declares a type whose values are userdata of the host, or tables.
---
--- A property has a function `get`, or `set`, or both.
---@param declaration table name, help, properties (a list of { name, type, help, get =, set = }), methods; `more`, a
---  list of modules that are tables of further methods; `metatable` of values that Lua makes, and `client_of(value)`,
---  whose calls its methods make
---@return table declaration with `metatable` (for its values), `is(value)`, `bound` (its methods as scripts call them)
---  and `fields` (the names of all)
function M.type(declaration)
  local name = declaration.name
  local metatable = declaration.metatable or native.metatable(name)
  local methods, getters, setters, fields = {}, {}, {}, {}
  declaration.metatable, declaration.bound, declaration.fields = metatable, methods, fields
  -- A metatable of somebody's own may have an `__eq`.
  declaration.is = function(value) return rawequal(debug.getmetatable(value), metatable) end
  for _, property in ipairs(declaration.properties or {}) do
    getters[property.name], setters[property.name] = property.get, property.set
    fields[#fields + 1] = property.name
  end
  add_methods(declaration, declaration.methods)
  metatable.__index = function(self, key)
    local method = methods[key]
    if method then return method end
    local get = getters[key]
    if get then return get(self) end
    if setters[key] then fail("AttributeError", ("%s.%s can be set, but not be read"):format(name, key)) end
    if declaration.more then
      M.complete(declaration)
      return metatable.__index(self, key)
    end
    fail("AttributeError", ("%s has no field '%s'%s"):format(name, tostring(key), suggestion(key, fields)))
  end
  metatable.__newindex = function(self, key, value)
    local set = setters[key]
    if set then return set(self, value) end
    fail("AttributeError", getters[key] and ("%s.%s is read-only"):format(name, key)
      or ("%s has no field '%s' to set"):format(name, tostring(key)))
  end
  metatable.__tostring = declaration.text
  M.types[name] = declaration
  return declaration
end

--- Declares a module: a table of functions and values.
---@param declaration table name, help, properties (a list of { name, type, help, value }), functions; is_global where
---  its functions are called without its name
---@return table
function M.module(declaration)
  local module = {}
  for function_name, method in pairs(declaration.functions) do
    method.name, method.owner = function_name, declaration
    method.title = declaration.is_global and function_name or declaration.name .. "." .. function_name
    module[function_name] = bind(method, false)
  end
  for _, property in ipairs(declaration.properties or {}) do module[property.name] = property.value end
  M.types[declaration.name] = declaration
  declaration.bound = module
  return module
end

return M
