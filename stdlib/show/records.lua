--- Which lists are tables, and what their columns are.

local brief = require "moondial.show.brief"
local column = require "moondial.show.column"
local style = require "moondial.show.style"
local timestamp = require "moondial.timestamp"

local getmetatable = debug.getmetatable  -- not fooled by __metatable
local ipairs, next, rawget, type = ipairs, next, rawget, type
local find, gmatch, sort = string.find, string.gmatch, table.sort

---@class moondial.show.records
local records = {}

-- A table that says nothing of itself. Its fields may be read raw.
local function is_plain(value)
  if type(value) ~= "table" then return false end
  local metatable = getmetatable(value)
  return metatable == nil or rawget(metatable, "__tostring") == nil
end

--- Whether a value is a list that is not empty, with nothing beside its elements.
---@param value any
---@return boolean
function records.is_list(value)
  if not is_plain(value) or rawget(value, 1) == nil then return false end
  local count = 0
  for _ in next, value do count = count + 1 end
  return rawget(value, count) ~= nil
end

--- Whether a value is what `list_workflows` or `describe` gives.
---@param value any
---@return boolean
function records.is_execution(value)
  return is_plain(value) and rawget(value, "workflow_type") ~= nil and rawget(value, "run_id") ~= nil
    and rawget(value, "id") ~= nil and rawget(value, "status") ~= nil
end

--- The module of `show/` that has the card and the columns of a record.
---@param value any
---@return string? # nil where it is none
function records.shown_by(value)
  local metatable = type(value) == "table" and getmetatable(value)
  return metatable and rawget(metatable, "shown_by") or nil
end

--- Whether a value is an event of a history.
---@param value any
---@return boolean
function records.is_event(value)
  return is_plain(value) and rawget(value, "event_id") ~= nil and rawget(value, "event_type") ~= nil
    and getmetatable(rawget(value, "event_time")) == timestamp.Timestamp
end

--- Whether a test holds for every element of a list.
---@param list any[]
---@param test fun(element: any): boolean
---@return boolean
function records.all(list, test)
  for _, element in ipairs(list) do
    if not test(element) then return false end
  end
  return true
end

--- The columns for workflow executions. Optional ones are taken in their order, as far as there is room.
---@param context table
---@return moondial.show.Column[]
function records.execution_columns(context)
  local columns = {
    { title = "Status", cell = function(w) return brief.text(w.status), style.of_status(w.status) end },
    column.field("Workflow id", "id"),
    column.field("Type", "workflow_type"),
    column.time("Started", "start_time", context),
    column.time("Closed", "close_time", context, true),
    column.field("Task queue", "task_queue", true),
    column.field("Run id", "run_id", true),
  }
  return columns
end

-- The names that come first, in this order; then the others by the alphabet.
local first_names = { "id", "name", "workflow_id", "type", "status", "state" }
local rank = {}
for position, name in ipairs(first_names) do rank[name] = position end

local function by_rank(a, b)
  local x, y = rank[a] or #first_names + 1, rank[b] or #first_names + 1
  if x ~= y then return x < y end
  return a < b
end

local most_columns = 16

-- The names of the fields of records that are alike: each has at least half of them. nil where they are not.
local function common_names(list)
  local counts, names, smallest = {}, {}, math.huge
  for _, element in ipairs(list) do
    if not is_plain(element) then return nil end
    local count = 0
    for key in next, element do
      if type(key) ~= "string" or not find(key, "^[%w_.%- ]+$") then return nil end
      count = count + 1
      if not counts[key] then
        counts[key] = true
        names[#names + 1] = key
        if #names > most_columns then return nil end
      end
    end
    if count < smallest then smallest = count end
  end
  if #names == 0 or smallest * 2 < #names then return nil end
  sort(names, by_rank)
  return names
end

local function value_column(name, list, context)
  local is_right = records.all(list, function(element)
    local value = rawget(element, name)
    return value == nil or type(value) == "number"
  end)
  return { title = brief.text(name), is_right = is_right, cell = function(element)
    return column.value(rawget(element, name), context)
  end }
end

-- What is at a path of names, as in "memo.customer"; nil where there is nothing.
local function at_path(element, path)
  local value = element
  for name in gmatch(path, "[^.]+") do
    if type(value) ~= "table" then return nil end
    value = value[name]
  end
  return value
end

local function chosen_column(path, list, context)
  local is_right = records.all(list, function(element)
    local value = at_path(element, path)
    return value == nil or type(value) == "number"
  end)
  return { title = brief.text(path), is_right = is_right, cell = function(element)
    local value = at_path(element, path)
    if value == nil then return "" end
    local text = type(value) == "string" and brief.text(value, 400) or column.value(value, context)
    return text, path == "status" and style.of_status(value) or nil
  end }
end

--- The columns for a list of records that are alike, or those that the context asks for; nil where a list is no table.
---@param list any[]
---@param context table
---@return moondial.show.Column[]?
function records.columns(list, context)
  if context.columns and #context.columns > 0 then
    if not records.all(list, function(element) return type(element) == "table" end) then return nil end
    local columns = {}
    for index, path in ipairs(context.columns) do columns[index] = chosen_column(path, list, context) end
    return columns
  end
  if records.all(list, records.is_execution) then return records.execution_columns(context) end
  local shown_by = records.shown_by(list[1])
  if shown_by and records.all(list, function(element) return records.shown_by(element) == shown_by end) then
    return require("moondial.show." .. shown_by).columns(context)
  end
  local names = #list > 1 and common_names(list)
  if not names then return nil end
  local columns = {}
  for index, name in ipairs(names) do columns[index] = value_column(name, list, context) end
  return columns
end

return records
