--- The table of a namespace's search attributes.

local column = require "moondial.show.column"
local declare = require "moondial.declare"
local tables = require "moondial.show.table"

---@class moondial.show.search_attributes
local M = {}

local columns = { column.field("Search attribute", "name"), column.field("Type", "type"), column.field("Of", "of") }

local function add(list, attributes, of)
  for _, name in ipairs(declare.names_of(attributes)) do
    list[#list + 1] = { name = name, type = attributes[name], of = of }
  end
end

--- The table of a SearchAttributes: those that somebody added come first.
---@param attributes moondial.SearchAttributes
---@param context table
---@param put fun(line: string)
function M.lay_out(attributes, context, put)
  local list = {}
  add(list, attributes.custom_attributes, "the namespace")
  add(list, attributes.system_attributes, "the server")
  tables.lay_out(columns, list, context, put)
end

--- The columns where several are in a list.
---@return moondial.show.Column[]
function M.columns()
  return { column.made("Search attributes", function(attributes)
    return table.concat(declare.names_of(attributes.custom_attributes), ", ")
  end) }
end

return M
