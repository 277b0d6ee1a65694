--- What becomes of a decoded value by its `result_type`: a Lua type's name, a metatable, or a function.

local errors = require("moondial.errors")

local type, math_type = type, math.type

local M = {}

local names = { integer = true, number = true, string = true, boolean = true, table = true, bytes = true, raw = true }

--- The `result_type` of a call: its own, or that of the definition it was made with, or that of the handle.
---@param arguments table the call's arguments
---@param definition any a name or a definition
---@param handle_type any? the handle's own
---@return any result_type
function M.type_of(arguments, definition, handle_type)
  local result_type = arguments.result_type
  if result_type == nil and type(definition) == "table" then result_type = definition.result_type end
  if result_type == nil then result_type = handle_type end
  if type(result_type) == "string" and not names[result_type] then
    errors.raise("ValueError", ("result_type must be integer, number, string, boolean, table, bytes or raw, not '%s'")
      :format(result_type))
  end
  return result_type
end

local function refuse(wanted, value)
  local got = math_type(value) or type(value)
  errors.raise("TypeError", ("the result is %s, where result_type asks for %s"):format(
    value == nil and "nil" or "of type " .. got, wanted))
end

--- Gives `value` the form that `result_type` asks for, or raises what it is instead.
---@param value any the decoded value; a raw payload when `result_type` is "raw"
---@param result_type any
---@return any
function M.convert(value, result_type)
  if result_type == nil or result_type == "raw" then return value end
  local kind = type(result_type)
  if kind == "function" then return result_type(value) end
  if kind == "table" then
    if type(value) ~= "table" then refuse("a table", value) end
    return setmetatable(value, result_type)
  end
  if result_type == "integer" then
    local integer = math_type(value) and math.tointeger(value)
    if not integer then refuse("an integer", value) end
    return integer
  end
  local wanted = result_type == "bytes" and "string" or result_type
  if type(value) ~= wanted then refuse("a " .. wanted, value) end
  return value
end

return M
