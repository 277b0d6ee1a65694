--- Columns of tables, by the fields of the records in them.

local brief = require "moondial.show.brief"
local tables = require "moondial.show.table"
local times = require "moondial.show.times"
local timestamp = require "moondial.timestamp"

---@class moondial.show.column
local column = {}

--- A column of texts.
---@param title string
---@param name string the field
---@param optional? boolean left out where it does not fit
---@return moondial.show.Column
function column.field(title, name, optional)
  return { title = title, optional = optional, cell = function(w) return brief.text(w[name], 400) end }
end

--- A column of texts that are made.
---@param title string
---@param text fun(record: any): string? escaped
---@param optional? boolean
---@return moondial.show.Column
function column.made(title, text, optional)
  return { title = title, optional = optional, cell = function(w) return text(w) or "" end }
end

--- A column of numbers.
---@param title string
---@param text fun(record: any): string
---@param optional? boolean
---@return moondial.show.Column
function column.number(title, text, optional)
  return { title = title, optional = optional, is_right = true, cell = text }
end

--- The text of a cell: a time by the setting, any other value as it is.
---@param value any
---@param context table
---@return string
---@return string? style
function column.value(value, context)
  if getmetatable(value) == timestamp.Timestamp then return times.text(value, context) end
  return tables.cell(value)
end

--- A column of times.
---@param title string
---@param name string the field
---@param context table
---@param optional? boolean
---@return moondial.show.Column
function column.time(title, name, context, optional)
  return { title = title, optional = optional, cell = function(w) return column.value(w[name], context) end }
end

return column
