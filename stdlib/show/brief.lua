--- Values as a few words on one line: in cells, cards and timelines.

local escape = require "moondial.escape"
local inspect = require "moondial.inspect"

local type = type
local concat, huge = table.concat, math.huge
local find, format, gsub = string.find, string.format, string.gsub
local lower, sub = string.lower, string.sub

---@class moondial.show.brief
local brief = {}

local options = { width = huge, depth = 4, items = 20 }

local function size_text(bytes)
  return bytes < 1024 and bytes .. " bytes" or format("%.0f KiB", bytes / 1024)
end

-- Cuts at the beginning of a character, and says how much is missing.
local function cut(text, length, escaped)
  while length > 0 and find(text, "^[\x80-\xBF]", length + 1) do length = length - 1 end
  return escaped(sub(text, 1, length)) .. "…(+" .. size_text(#text - length) .. ")"
end

local function as_it_is(text) return text end

--- A value as Lua would have it. What is longer than `limit` is cut, and says how much is missing.
---@param value any
---@param limit? integer bytes, 160 by default
---@return string
function brief.value(value, limit)
  limit = limit or 160
  if type(value) == "string" and #value > limit then
    return cut(value, limit, escape.quote)
  end
  local text = inspect.format(value, options)
  if #text <= limit then
    return text
  end
  return cut(text, limit, as_it_is)
end

--- A list of arguments or results, without the brackets around it.
---@param list any[]?
---@return string
function brief.list(list)
  local texts = {}
  for index = 1, #(list or {}) do
    texts[index] = brief.value(list[index])
  end
  return concat(texts, ", ")
end

--- A text of somebody's own, such as an id or a message, without quotes.
---@param text any what is no string is shown as a value
---@param limit? integer bytes
---@return string
function brief.text(text, limit)
  if type(text) ~= "string" then
    return text == nil and "" or brief.value(text)
  elseif limit and #text > limit then
    return cut(text, limit, escape.text)
  end
  return find(text, "[\0-\31\127-\255]") and escape.text(text) or text
end

--- The words for a value of an enum.
---@param enumeration string?
---@return string
function brief.words(enumeration) return (gsub(lower(brief.text(enumeration)), "_", " ")) end

--- How many bytes.
---@param bytes integer
---@return string such as "512 bytes", "3.4 KiB"
function brief.size(bytes)
  if bytes < 1024 then return bytes .. " bytes" end
  local units, size, unit = { "KiB", "MiB", "GiB" }, bytes / 1024, 1
  while size >= 1024 and unit < #units do size, unit = size / 1024, unit + 1 end
  return format("%.1f %s", size, units[unit])
end

return brief
