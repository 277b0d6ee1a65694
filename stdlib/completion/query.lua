--- Completion within a list filter that is a table: its fields, and the conditions and values of each.

local list_filter = require "moondial.list_filter"

local pairs, sort = pairs, table.sort

---@class moondial.completion.query
local query = {}

-- What the server knows of the fields, by their names.
local known = { id = "workflow_id", task_queue = "task_queue", workflow_type = "workflow_type" }

local function by_name(a, b) return a.name < b.name end

-- A field, or a condition for it, which has the same values.
local function entry(name, field, help)
  return { name = name, help = help, completes = known[field],
    values = field == "status" and list_filter.status_names or nil,
    type = name == "is_set" and "boolean" or nil }
end

--- What may stand in the filter, or, at the path of a field, in the table of its conditions.
---@param path (string|integer)[] the keys of the tables around it
---@param first integer where the filter's own keys begin in the path
---@return table[] # as parameters
function query.list(path, first)
  local field, list = path[first], {}
  if not field then
    for name, attribute in pairs(list_filter.fields) do list[#list + 1] = entry(name, name, attribute) end
  elseif list_filter.fields[field] and #path == first then
    for name, operator in pairs(list_filter.conditions) do list[#list + 1] = entry(name, field, operator) end
    list[#list + 1] = entry("is_set", nil, "IS NOT NULL, or IS NULL")
  end
  sort(list, by_name)
  return list
end

return query
