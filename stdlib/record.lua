--- Tables of what the server said: a field that it did not say is nil, any other name is a mistake, and `raw` is all of
--- it by the names of the API.

local declare = require("moondial.declare")
local errors = require("moondial.errors")
local message = require("moondial.message")

local setmetatable, type = setmetatable, type

---@class moondial.record
local M = {}

-- Beside the fields and not among them: whoever looks at a record is not shown everything twice.
local raws = setmetatable({}, { __mode = "k" })

--- The metatable of records.
---@param name string the class
---@param fields string[] the names that a record may have; any other must not pass for "it is nil"
---@param shown_by string? the module of `show/` that has its card and its columns
---@return table
function M.class(name, fields, shown_by)
  local known, names = { raw = true }, { "raw", table.unpack(fields) }
  for _, field in ipairs(fields) do known[field] = true end
  return { __name = name, shown_by = shown_by, __index = function(self, key)
    if key == "raw" then return raws[self] end
    if type(key) == "string" and not known[key] then
      errors.raise("AttributeError", ("%s has no field '%s'%s"):format(name, key, declare.suggestion(key, names)))
    end
  end }
end

--- Makes a record.
---@param class table what `class` gave
---@param fields table
---@param raw table the message as a table
---@param from any what `message.keep` keeps: the message, the field of a list in it, and where in that it is
---@param list string?
---@param position integer?
---@return table fields
function M.new(class, fields, raw, from, list, position)
  raws[fields] = raw
  return message.keep(setmetatable(fields, class), from, list, position)
end

return M
