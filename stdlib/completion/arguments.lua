--- The parameters of calls and their values, from the declarations.

local escape = require "moondial.escape"
local native = require "moondial.native"
local query = require "moondial.completion.query"
local subjects = require "moondial.completion.subject"

local find, gsub, lower, sub = string.find, string.gsub, string.lower, string.sub
local concat, move, sort = table.concat, table.move, table.sort
local ipairs, pairs, setmetatable, type = ipairs, pairs, setmetatable, type

---@class moondial.completion.arguments
local arguments = {}

--- The method whose arguments are being written.
---@param call moondial.completion.call?
---@param env table the globals
---@param tokens moondial.chunk.token[]
---@return table? method its document
---@return moondial.completion.subject? callee
function arguments.method(call, env, tokens)
  local callee = call and subjects.upto(tokens, call.callee, env)
  return callee and callee.method, callee
end

-- What the server knows of fields, by their names.
local known_fields = { namespace = "namespace", schedule_id = "schedule_id", task_queue = "task_queue",
  workflow = "workflow_type", workflow_id = "workflow_id" }

local function by_position(method, position)
  if method.declared then
    return method.declared.positional[position]
  elseif method.request then
    return nil
  end
  return method.parameters[position]
end

-- The values of the list in which an element is being written; nil where they have no names.
local function element(method, call)
  local around = { path = move(call.path, 1, #call.path - 1, 1, {}) }
  local list = subjects.named(arguments.list(method, setmetatable(around, { __index = call })), call.path[#call.path])
  return list and (list.values or list.completes) and list or nil
end

--- The parameter, or the field of one, whose value is being written; nil where that is none.
---@param method table
---@param call moondial.completion.call
---@return table?
function arguments.parameter(method, call)
  if call.key then
    return subjects.named(arguments.list(method, call), call.key)
  elseif #call.path > 0 then
    return element(method, call)
  end
  return not call.is_options and by_position(method, call.position) or nil
end

-- A field as a parameter, by the declaration of its kind: a type, the names of an enum, or what tables are made of.
local function field_of(name, kind)
  if type(kind) == "string" then
    return { name = name, help = kind, type = kind, completes = known_fields[name] }
  elseif type(kind[1]) == "string" then
    return { name = name, help = "one of " .. concat(kind, ", "), values = kind }
  end
  return { name = name, help = kind[1] and "list" or "table" }
end

-- The fields of the table that is the value of a parameter, or of one within at a path.
local function fields_of(parameter, path, first)
  if parameter and query.is(parameter.type) then return query.list(parameter.type, path, first) end
  local fields, list = parameter and parameter.fields, {}
  for level = first, #path do
    fields = type(fields) == "table" and fields[path[level]] or nil
  end
  for name, kind in pairs(type(fields) == "table" and fields or {}) do
    -- What a list is of has no name.
    if type(name) == "string" then list[#list + 1] = field_of(name, kind) end
  end
  sort(list, function(a, b) return a.name < b.name end)
  return list
end

-- A path through messages, where the elements of a list have the fields that the list's name leads to.
local function names_in(path)
  local list = {}
  for _, key in ipairs(path) do
    if type(key) == "string" then list[#list + 1] = key end
  end
  return list
end

--- What can be given by name: the method's parameters, or, within their tables, the fields of those.
---@param method table
---@param call moondial.completion.call
---@return table[]
function arguments.list(method, call)
  local request = method.request
  if request then
    local list = native.request_fields(request.client, request.service, request.name, names_in(call.path))
    for _, field in ipairs(list) do field.completes = known_fields[field.name] end
    return list
  end
  local parameter = call.is_options and by_position(method, call.argument)
  if parameter and parameter.fields then return fields_of(parameter, call.path, 1) end
  if #call.path == 0 then return method.parameters end
  return fields_of(subjects.named(method.parameters, call.path[1]), call.path, 2)
end

--- The named parameters that can still be given.
---@param method table
---@param call moondial.completion.call
---@param prefix string
---@return moondial.completion.candidate[]
function arguments.names(method, call, prefix)
  local list = {}
  local is_named = call.is_named and not (method.declared and method.declared.verbatim and not call.is_options)
  local is_known = is_named or #call.path > 0
  for _, parameter in ipairs(is_known and arguments.list(method, call) or {}) do
    local is_given = call.names[parameter.name]
      or (call.is_options or #call.path == 0 and (parameter.position or 0) < call.position) and parameter.position
    if not is_given and sub(parameter.name, 1, #prefix) == prefix then
      list[#list + 1] = { text = parameter.name, suffix = " = ", detail = parameter.help }
    end
  end
  return list
end

-- The literal of a text within quotes of a kind, without the quotes.
local function quoted(text, quote)
  return escape.text((gsub(text, '[\\' .. quote .. ']', "\\%0")))
end

--- Texts as they stand between the quotes that are open; with the closing ones, unless those are there.
---@param values {text: string, detail?: string}[]
---@param found moondial.completion.place
---@param behind string what stands behind the cursor
---@return moondial.completion.candidate[]
function arguments.in_quotes(values, found, behind)
  local quote, list = found.quote, {}
  if find(quote, "^%[") then
    return list
  end
  local closing = sub(behind, 1, 1) == quote and "" or quote
  for _, value in ipairs(values) do
    local text = quoted(value.text, quote)
    if sub(text, 1, #found.prefix) == found.prefix then
      list[#list + 1] = { text = text, display = escape.text(value.text), suffix = closing, detail = value.detail }
    end
  end
  return list
end

--- The values of an enum, and of a truth.
---@param parameter table?
---@return {text: string}[]
function arguments.values(parameter)
  local list = {}
  for _, value in ipairs(parameter and parameter.values or {}) do
    -- The help of a field is all these names.
    list[#list + 1] = { text = value, detail = parameter.type and parameter.help or nil }
  end
  return list
end

--- The values of a parameter as they stand in code.
---@param parameter table?
---@param prefix string
---@return moondial.completion.candidate[]
function arguments.literals(parameter, prefix)
  local list = {}
  local function add(text, detail)
    if lower(sub(text, 1, #prefix)) == lower(prefix) then
      list[#list + 1] = { text = text, detail = detail }
    end
  end
  for _, value in ipairs(arguments.values(parameter)) do
    add('"' .. value.text .. '"', value.detail)
  end
  if parameter and parameter.type == "boolean" then
    add("false", parameter.help)
    add("true", parameter.help)
  end
  return list
end

return arguments
