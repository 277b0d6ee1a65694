--- The ranges of calendars: from numbers, text and tables to those of the API, and back.
---
--- A field of a calendar is a list of ranges, or one of them alone. A range is a number, text as in "9-17/2", "MON-FRI"
--- or "*", a table { start =, ["end"] =, step = } as the Python SDK has it, or the same by position: { 9, 17, 2 }.

local check = require("moondial.check")
local declare = require("moondial.declare")
local errors = require("moondial.errors")
local json = require("moondial.json")

local getmetatable, ipairs, math_type, next, type = getmetatable, ipairs, math.type, next, type
local find, gmatch, lower, match = string.find, string.gmatch, string.lower, string.match
local max, tointeger, tonumber = math.max, math.tointeger, tonumber

local M = {}

local function names(text, first)
  local numbers, number = {}, first
  for name in gmatch(text, "%a+") do
    numbers[name], number = number, number + 1
  end
  return numbers
end

local months = names("jan feb mar apr may jun jul aug sep oct nov dec", 1)
local days = names("sun mon tue wed thu fri sat", 0)

--- The fields of a calendar, from the smallest: `all` is the range of every value there is, `default` what stands for a
--- field that is not given.
M.fields = {
  { name = "second", all = { 0, 59 }, default = { 0, 0 } },
  { name = "minute", all = { 0, 59 }, default = { 0, 0 } },
  { name = "hour", all = { 0, 23 }, default = { 0, 0 } },
  { name = "day_of_month", all = { 1, 31 }, default = { 1, 31 } },
  { name = "month", all = { 1, 12 }, default = { 1, 12 }, names = months },
  { name = "year" },
  { name = "day_of_week", all = { 0, 6 }, default = { 0, 6 }, names = days },
}

-- As the Python SDK completes it.
local function range(first, last, step)
  return { start = first, ["end"] = max(first, last or 0), step = step and step ~= 0 and step or 1 }
end

local function number_of(text, field)
  return tointeger(match(text, "^%d+$")) or field.names and field.names[lower(text):sub(1, 3)]
end

local function refuse(where, path, text)
  errors.raise("ValueError", ("%s: %s: '%s' is no range; write one as in 9, \"9-17\", \"9-17/2\" or \"*\""):format(
    where, path, text))
end

local function range_of_text(where, path, text, field)
  local span, step = match(text, "^%s*([^/%s]+)%s*/%s*(%d+)%s*$")
  span = span or match(text, "^%s*([^/%s]+)%s*$")
  if not span then refuse(where, path, text) end
  if span == "*" then
    if not field.all then refuse(where, path, text) end
    return range(field.all[1], field.all[2], tonumber(step))
  end
  local first, last = match(span, "^(%w+)%-(%w+)$")
  first = number_of(first or span, field)
  last = last and number_of(last, field) or not last and (step and field.all and field.all[2] or first)
  if not first or not last or last < first then refuse(where, path, text) end
  return range(first, last, tonumber(step))
end

local keys = { start = 1, ["end"] = 2, step = 3 }

local function range_of_table(where, path, given)
  local numbers = {}
  for key, value in next, given do
    local position = keys[key] or math_type(key) == "integer" and key >= 1 and key <= 3 and key
    if not position then
      errors.raise("TypeError", ("%s: %s has no field '%s'%s"):format(where, path, tostring(key),
        declare.suggestion(key, { "start", "end", "step" })))
    end
    numbers[position] = check.value("count", value, where, path .. "." .. tostring(key))
  end
  if not numbers[1] then errors.raise("TypeError", ("%s: %s needs start"):format(where, path)) end
  return range(numbers[1], numbers[2], numbers[3])
end

local function add(list, where, path, value, field)
  if type(value) == "string" and getmetatable(value) == getmetatable("") then
    for text in gmatch(value, "[^,]+") do
      -- Every year is none of them.
      if field.name ~= "year" or not find(text, "^%s*%*%s*$") then
        list[#list + 1] = range_of_text(where, path, text, field)
      end
    end
  elseif type(value) == "table" then
    list[#list + 1] = range_of_table(where, path, value)
  else
    local number = check.value("count", value, where, path)
    list[#list + 1] = range(number, number)
  end
end

--- The ranges of the API for a field of a calendar.
---@param where string the call, for messages
---@param path string the field's place, for messages
---@param value any nil for the default
---@param field table one of `fields`
---@return table[]
function M.read(where, path, value, field)
  local list = json.array {}
  if value == nil then
    if field.default then list[1] = range(field.default[1], field.default[2]) end
  elseif type(value) == "table" and value.start == nil then
    for index, element in ipairs(check.value("list", value, where, path)) do
      add(list, where, ("%s[%d]"):format(path, index), element, field)
    end
  else
    add(list, where, path, value, field)
  end
  return list
end

--- The ranges of a field of a calendar as the Python SDK has them.
---@param list table[]? those of the API
---@return table[]
function M.write(list)
  local ranges = json.array {}
  for index, given in ipairs(list or {}) do ranges[index] = range(given.start or 0, given["end"], given.step) end
  return ranges
end

return M
