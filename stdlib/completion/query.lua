--- Completion within a list filter that is a table: its fields, and the conditions and values of each.

local list_filter = require "moondial.list_filter"

local pairs, sort = pairs, table.sort

---@class moondial.completion.query
local query = {}

-- By the type of the parameter: the fields, and what the server knows of them.
local kinds = {
  query = { fields = list_filter.fields,
    known = { id = "workflow_id", task_queue = "task_queue", workflow_type = "workflow_type" } },
  schedule_query = { fields = list_filter.schedule_fields, known = { id = "schedule_id" } },
}

local function by_name(a, b) return a.name < b.name end

-- A field, or a condition for it, which has the same values.
local function entry(kind, name, field, help)
  return { name = name, help = help, completes = kind.known[field],
    values = field == "status" and list_filter.status_names or nil,
    type = (name == "is_set" or field == "paused") and "boolean" or nil }
end

--- Whether a parameter of a type takes a filter.
---@param type string
---@return boolean
function query.is(type) return kinds[type] ~= nil end

--- What may stand in the filter, or, at the path of a field, in the table of its conditions.
---@param type "query"|"schedule_query" of the parameter
---@param path (string|integer)[] the keys of the tables around it
---@param first integer where the filter's own keys begin in the path
---@return table[] # as parameters
function query.list(type, path, first)
  local kind, field, list = kinds[type], path[first], {}
  if not field then
    for name, attribute in pairs(kind.fields) do list[#list + 1] = entry(kind, name, name, attribute) end
  elseif kind.fields[field] and #path == first then
    for name, operator in pairs(list_filter.conditions) do list[#list + 1] = entry(kind, name, field, operator) end
    list[#list + 1] = entry(kind, "is_set", nil, "IS NOT NULL, or IS NULL")
  end
  sort(list, by_name)
  return list
end

return query
