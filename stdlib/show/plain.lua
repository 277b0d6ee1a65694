--- Values as JSON can hold them: what it has no form for becomes a text or an object that tells of it, and what the
--- server sent is in the form of the `temporal` CLI. A metatable's `__json` gives what a value is in JSON.

local declare = require "moondial.declare"
local errors = require "moondial.errors"
local json = require "moondial.json"
local message = require "moondial.message"
local native = require "moondial.native"
local timestamp = require "moondial.timestamp"

local getmetatable = debug.getmetatable  -- not fooled by __metatable
local ipairs, math_type, next, pcall, rawget = ipairs, math.type, next, pcall, rawget
local tostring, type = tostring, type
local format, gsub, sort = string.format, string.gsub, table.sort
local utf8_len = utf8.len

---@class moondial.show.plain
local plain = {}

local base64 = native.base64
local array, object = native.metatable("JSONArray"), native.metatable("JSONObject")
local bytes, payload = native.metatable("Bytes"), native.metatable("Payload")

-- Encoding goes a hundred levels deep.
local deepest = 90

-- As in the JSON of protocol buffers, bytes are base64.
local function text_of(value) return utf8_len(value) and value or base64(value) end

local function number_of(value)
  if math_type(value) == "integer" or value - value == 0 then return value end
  return value ~= value and "NaN" or value > 0 and "Infinity" or "-Infinity"
end

local function said(value)
  local ok, text = pcall(tostring, value)
  return text_of(ok and text or format("%s: %p", type(value), value))
end

local convert

-- Of an error: tracebacks are for `.bt`, and the status on the wire is in `details`.
local hidden = { explanation = true, raw_grpc_status = true, traceback = true }

-- The fields of an error in their own words.
local function error_of(e, depth, path)
  local fields = {}
  for name, value in next, e do
    if not hidden[name] then fields[said(name)] = convert(value, depth, path) end
  end
  return fields
end

-- The properties of a handle, a client and the like that are text; nil for what is none of them.
local function properties_of(value)
  for name, declaration in next, declare.types do
    if declaration.is and declaration.is(value) then
      local fields = setmetatable({ kind = name }, object)
      for _, property in ipairs(declaration.properties) do
        if property.type == "string" and property.get then fields[property.name] = property.get(value) end
      end
      return fields
    end
  end
end

local function payload_of(value)
  local metadata = setmetatable({}, object)
  for name, data in next, value.metadata do metadata[name] = base64(data) end
  return { metadata = metadata, data = base64(value.data) }
end

local function length_of(value)
  local count = 0
  for _ in next, value do count = count + 1 end
  return (count > 0 and rawget(value, count) ~= nil or count == 0) and count or nil
end

local function table_of(value, depth, path)
  local metatable = getmetatable(value)
  local length = length_of(value)
  if length and (length > 0 or metatable == array) then
    local list = setmetatable({}, array)
    for index = 1, length do
      -- A hole in a list of that length would be another key.
      local element = rawget(value, index)
      if element == nil then
        list = nil
        break
      end
      list[index] = convert(element, depth + 1, path)
    end
    if list then return list end
  end
  local keys, fields = {}, setmetatable({}, object)
  for key in next, value do
    keys[#keys + 1] = { text = type(key) == "string" and text_of(key) or said(key), key = key }
  end
  sort(keys, function(a, b)
    if a.text ~= b.text then return a.text < b.text end
    return type(a.key) < type(b.key)
  end)
  for _, entry in ipairs(keys) do
    local name = entry.text
    -- `t[1]` and `t["1"]` are two.
    while fields[name] ~= nil do name = name .. "'" end
    fields[name] = convert(rawget(value, entry.key), depth + 1, path)
  end
  return fields
end

function convert(value, depth, path)
  local kind = type(value)
  if kind == "string" then
    return text_of(value)
  elseif kind == "number" then
    return number_of(value)
  elseif kind == "boolean" or value == json.null then
    return value
  elseif value == nil then
    return json.null
  end
  local metatable = getmetatable(value)
  if metatable == timestamp.Timestamp then
    return tostring(value)
  elseif metatable == bytes then
    return base64(value[1])
  elseif metatable == payload then
    return payload_of(value)
  elseif kind == "userdata" then
    return properties_of(value) or said(value)
  elseif metatable and rawget(metatable, "__json") then
    return convert(metatable.__json(value), depth, path)
  elseif kind ~= "table" or metatable and rawget(metatable, "__tostring") ~= nil and metatable ~= errors.Error then
    return kind == "table" and properties_of(value) or said(value)
  elseif path[value] then
    return "<cycle>"
  elseif depth > deepest then
    return "<too deep>"
  end
  local made_of = message.json(value)
  if made_of ~= nil then return convert(made_of, depth, path) end
  path[value] = true
  local result = metatable == errors.Error and error_of(value, depth + 1, path) or table_of(value, depth, path)
  path[value] = nil
  return result
end

--- A value that `json.encode` takes, whatever it was.
---@param value any
---@return any
function plain.of(value) return convert(value, 0, {}) end

-- What drives a terminal or reorders what is read, and what JSON lets stand: DEL, C1 controls, bidirectional overrides.
local function escaped(character)
  local code = utf8.codepoint(character)
  local is_harmless = code >= 0xA0 and (code < 0x202A or code > 0x202E and code < 0x2066 or code > 0x2069)
  return not is_harmless and format("\\u%04x", code) or nil
end

--- A value as JSON text, in which nothing drives a terminal.
---@param value any
---@param indent? integer spaces per level; without: one line
---@return string
function plain.encode(value, indent)
  return (gsub(native.json_encode(plain.of(value), indent), "[\127\xC2\xE2][\x80-\xBF]*", escaped))
end

return plain
