--- The messages that values were made of: shown as JSON, such a value is what the server sent, in the form that the
--- `temporal` CLI prints.

local native = require("moondial.native")

local type = type

---@class moondial.message
local M = {}

-- By value: its message, and where in that; or a function that gives the JSON.
local messages = setmetatable({}, { __mode = "k" })
local lists, positions = setmetatable({}, { __mode = "k" }), setmetatable({}, { __mode = "k" })

--- Keeps what a value was made of.
---@generic T: table
---@param value T
---@param message any a message of the host, or function(value) that gives what is shown as JSON
---@param list string? the field of the message that has a list, of which the value is an element
---@param position integer? where in it
---@return T value
function M.keep(value, message, list, position)
  messages[value] = message
  if list then lists[value], positions[value] = list, position end
  return value
end

--- What is shown as JSON for a value.
---@param value table
---@return any # nil where it was not made of a message
function M.json(value)
  local message = messages[value]
  if type(message) == "function" then return message(value) end
  return message and native.message_json(message, lists[value], positions[value])
end

return M
