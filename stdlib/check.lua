--- The types of parameters: each check takes a value and gives it back in the form that the implementation wants, or
--- raises one sentence that names the parameter.

local duration = require("moondial.duration")
local errors = require("moondial.errors")
local escape = require("moondial.escape")
local timestamp = require("moondial.timestamp")

local type, getmetatable, math_type = type, getmetatable, math.type

local M = {}

local function refuse(where, parameter, wanted, value)
  local got = type(value)
  if got == "number" or got == "boolean" then got = tostring(value) end
  errors.raise("TypeError", ("%s: %s must be %s, not %s"):format(where, parameter, wanted, got))
end

local checks = {}

function checks.any(value) return value end

function checks.string(value, where, parameter)
  if type(value) ~= "string" then refuse(where, parameter, "text", value) end
  return value
end

function checks.boolean(value, where, parameter)
  if type(value) ~= "boolean" then refuse(where, parameter, "true or false", value) end
  return value
end

function checks.integer(value, where, parameter)
  if math_type(value) == "float" and value == value // 1 then value = math.tointeger(value) or value end
  if math_type(value) ~= "integer" then refuse(where, parameter, "a whole number", value) end
  return value
end

function checks.count(value, where, parameter)
  value = checks.integer(value, where, parameter)
  if value < 0 then refuse(where, parameter, "a whole number of at least 0", value) end
  return value
end

function checks.number(value, where, parameter)
  if type(value) ~= "number" then refuse(where, parameter, "a number", value) end
  return value
end

checks["function"] = function(value, where, parameter)
  if type(value) ~= "function" then refuse(where, parameter, "a function", value) end
  return value
end

function checks.table(value, where, parameter)
  if type(value) ~= "table" then refuse(where, parameter, "a table", value) end
  return value
end

--- Settings, or whether there are to be any.
function checks.switch(value, where, parameter)
  if type(value) ~= "boolean" and type(value) ~= "table" then
    refuse(where, parameter, "true, false or a table", value)
  end
  return value
end

--- Seconds from a number of seconds or from text such as "1m30s".
function checks.duration(value, where, parameter)
  local seconds, problem = duration.try(value)
  if seconds and seconds < 0 then seconds, problem = nil, "a duration must not be negative" end
  if not seconds then errors.raise("ValueError", ("%s: %s: %s"):format(where, parameter, problem)) end
  return seconds
end

--- A Timestamp, from one or from its text.
function checks.time(value, where, parameter)
  if getmetatable(value) == timestamp.Timestamp then return value end
  if type(value) ~= "string" then
    refuse(where, parameter, "a Timestamp or text such as \"2026-01-31T12:00:00Z\"", value)
  end
  local ok, result = pcall(timestamp.parse, value)
  if ok then return result end
  errors.raise("ValueError", ("%s: %s: %s"):format(where, parameter, (result:gsub("^[^:]*:%d+: ", ""))))
end

--- A list of texts; one alone stands for a list of one.
function checks.texts(value, where, parameter)
  if type(value) == "string" then return { value } end
  if type(value) ~= "table" or #value == 0 then refuse(where, parameter, "a text or a list of texts", value) end
  for index, text in ipairs(value) do checks.string(text, where, ("%s[%d]"):format(parameter, index)) end
  return value
end

--- A list of values: holes and trailing nils count when the table says `n`.
function checks.list(value, where, parameter)
  if type(value) ~= "table" then refuse(where, parameter, "a list", value) end
  local n = rawget(value, "n")
  if n ~= nil and (math_type(n) ~= "integer" or n < 0) then refuse(where, parameter .. ".n", "a count", n) end
  for key in next, value do
    if key ~= "n" and (math_type(key) ~= "integer" or key < 1 or key > (n or #value)) then
      errors.raise("TypeError", ("%s: %s must be a list; it has the key %s"):format(where, parameter, tostring(key)))
    end
  end
  return n and value or table.move(value, 1, #value, 1, { n = #value })
end

--- gRPC metadata: names to text.
function checks.metadata(value, where, parameter)
  if type(value) ~= "table" then refuse(where, parameter, "a table of text by name", value) end
  for key, text in next, value do
    if type(key) ~= "string" or type(text) ~= "string" then
      errors.raise("TypeError", ("%s: %s must be a table of text by name; %s is not"):format(
        where, parameter, parameter .. "[" .. tostring(key) .. "]"))
    end
  end
  return value
end

--- The name of a workflow, signal, query or update, or a definition that has one.
function checks.name(value, where, parameter)
  local metatable = getmetatable(value)
  if type(value) == "string" or type(metatable) == "table" and metatable.__name == "Definition" then return value end
  refuse(where, parameter, "a name or a definition", value)
end

--- A definition, where a name alone says too little.
function checks.definition(value, where, parameter)
  local metatable = getmetatable(value)
  if type(metatable) ~= "table" or metatable.__name ~= "Definition" then
    refuse(where, parameter, "a definition", value)
  end
  return value
end

-- A value of a declared type.
local function check_of(name, wanted)
  return function(value, where, parameter)
    local types = require("moondial.declare").types
    if not types[name].is(value) then refuse(where, parameter, wanted, value) end
    return value
  end
end

--- A workflow's handle.
checks.workflow_handle = check_of("WorkflowHandle", "a WorkflowHandle")

--- What `temporal.with_start_workflow_operation` makes.
checks.operation = check_of("WithStartWorkflowOperation", "a WithStartWorkflowOperation")

--- A list filter: its text, or a table that `list_filter` makes one of.
function checks.query(value, where, parameter)
  if type(value) == "table" then return require("moondial.list_filter").text(value) end
  return checks.string(value, where, parameter)
end

--- The same for schedules.
function checks.schedule_query(value, where, parameter)
  local list_filter = require("moondial.list_filter")
  if type(value) == "table" then return list_filter.text(value, list_filter.schedule_fields) end
  return checks.string(value, where, parameter)
end

--- What a decoded result is to become; see `temporal` for the forms.
function checks.result_type(value, where, parameter)
  if type(value) ~= "string" and type(value) ~= "table" and type(value) ~= "function" then
    refuse(where, parameter, "a type's name, a metatable or a function", value)
  end
  return value
end

--- An enum value by its short or full name; the host knows the names.
checks.enum = checks.string

--- One of a declaration's `values`, in any case.
function checks.choice(value, where, parameter, values)
  local text = checks.string(value, where, parameter)
  for _, choice in ipairs(values) do
    if choice == text:upper() then return choice end
  end
  errors.raise("ValueError", ("%s: %s must be one of \"%s\", not \"%s\""):format(where, parameter,
    table.concat(values, "\", \""), escape.text(text)))
end

--- A list of such; one alone stands for a list of one.
function checks.choices(value, where, parameter, values)
  local list = {}
  for index, text in ipairs(checks.texts(value, where, parameter)) do
    list[index] = checks.choice(text, where, parameter, values)
  end
  return list
end

--- Checks `value` and gives it back in the form for the implementation.
---@param kind string the parameter's declared type
---@param value any
---@param where string the method, for messages
---@param parameter string the parameter's name, for messages
---@param values string[]? what a choice may be
---@return any
function M.value(kind, value, where, parameter, values)
  return checks[kind](value, where, parameter, values)
end

return M
