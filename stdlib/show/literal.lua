--- Values as Lua source that reads back as the same: what `.output lua` prints can be loaded.

local errors = require "moondial.errors"
local escape = require "moondial.escape"
local json = require "moondial.json"
local native = require "moondial.native"
local timestamp = require "moondial.timestamp"

local getmetatable = debug.getmetatable  -- not fooled by __metatable
local format, huge, math_type, mininteger = string.format, math.huge, math.type, math.mininteger
local ipairs, next, pairs, pcall, rawget = ipairs, next, pairs, pcall, rawget
local concat, sort, tostring, type = table.concat, table.sort, tostring, type
local quote = escape.quote

---@class moondial.show.literal
local literal = {}

local array = native.metatable("JSONArray")
local bytes, payload = native.metatable("Bytes"), native.metatable("Payload")
local handle = native.metatable("WorkflowHandle")

local function said(value)
  local ok, text = pcall(tostring, value)
  return quote(ok and text or format("%s: %p", type(value), value))
end

local function payload_source(value)
  local names, fields = {}, {}
  for name in pairs(value.metadata) do names[#names + 1] = name end
  sort(names)
  for index, name in ipairs(names) do fields[index] = format("[%s] = %s", quote(name), quote(value.metadata[name])) end
  return format("temporal.payload { metadata = { %s }, data = %s }", concat(fields, ", "), quote(value.data))
end

local function handle_source(value)
  local run_id = native.handle_property(value, "run_id")
  return format("client:get_workflow_handle(%s%s)", quote(native.handle_property(value, "id")),
    run_id and format(", { run_id = %s }", quote(run_id)) or "")
end

-- What no literal stands for.
local function number_source(value)
  if math_type(value) == "integer" then return value == mininteger and "math.mininteger" or nil end
  if value ~= value then return "0/0" end
  return value == huge and "math.huge" or value == -huge and "-math.huge" or nil
end

--- The source for a value that has a form of its own; nil for what is a literal or a table of such anyway. A function
--- and the like, for which there is none, becomes the text that tells of it.
---@param value any
---@return string?
function literal.of(value)
  local kind = type(value)
  if kind == "number" then
    return number_source(value)
  elseif kind == "string" or kind == "boolean" or kind == "nil" then
    return nil
  elseif value == json.null then
    return "json.null"
  end
  local metatable = getmetatable(value)
  if metatable == handle then
    return handle_source(value)
  elseif kind ~= "table" then
    return said(value)
  elseif metatable == timestamp.Timestamp then
    return format("temporal.timestamp(%s)", quote(tostring(value)))
  elseif metatable == bytes then
    return format("temporal.bytes(%s)", quote(value[1]))
  elseif metatable == payload then
    return payload_source(value)
  elseif metatable == array and next(value) == nil then
    return "json.array {}"
  elseif metatable and metatable ~= errors.Error and rawget(metatable, "__tostring") ~= nil then
    return said(value)
  end
end

return literal
