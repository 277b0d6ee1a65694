--- Rows and lists that the cards of many things have.

local brief = require "moondial.show.brief"
local times = require "moondial.show.times"
local timestamp = require "moondial.timestamp"

local ipairs, pairs, type = ipairs, pairs, type
local gsub, lower, sort = string.gsub, string.lower, table.sort

---@class moondial.show.rows
local rows = {}

--- The words for a value of an enum.
---@param enumeration string
---@return string
function rows.words(enumeration) return (gsub(lower(brief.text(enumeration)), "_", " ")) end

--- Whether a value is a time: the server sends one also where there is none, that of Go's zero value, and 1970.
---@param time any
---@return boolean
function rows.is_set(time) return getmetatable(time) == timestamp.Timestamp and time.seconds > 0 end

--- Adds a row with a time, and how long ago that was; where times are relative there is nothing to add.
---@param c moondial.show.Card
---@param label string
---@param time any
---@param context table
---@param note string?
function rows.time(c, label, time, context, note)
  if not rows.is_set(time) then return end
  local age = context.times ~= "relative" and times.relative(time) or nil
  c:row(label, times.text(time, context), nil, note or age and "(" .. age .. ")" or nil)
end

--- Adds a list of values by name, such as a memo or search attributes.
---@param c moondial.show.Card
---@param title string
---@param values table<string, any>?
function rows.values(c, title, values)
  local names, items = {}, {}
  for name in pairs(type(values) == "table" and values or {}) do names[#names + 1] = name end
  sort(names)
  for index, name in ipairs(names) do
    items[index] = { text = brief.text(name) .. " = " .. brief.value(values[name]) }
  end
  c:list(title, items)
end

return rows
