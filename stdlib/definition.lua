--- Definitions: the name of a workflow, signal, query or update together with its result's type.

local errors = require("moondial.errors")

local M = {}

--- A name of a workflow, signal, query or update, and what its result is to become: usable wherever the name is.
---@class moondial.Definition
---@field kind string "workflow", "signal", "query" or "update"
---@field name string the name that is sent
---@field result_type? string|table|function what the result is to become
local Definition = { __name = "Definition" }
Definition.__index = Definition
function Definition:__tostring() return ("%s_definition(%q)"):format(self.kind, self.name) end

--- The name that a call sends, from a name or a definition of the right kind.
---@param value string|table
---@param kind string "workflow", "signal", "query" or "update"
---@return string
function M.name(value, kind)
  if type(value) == "string" then return value end
  if value.kind ~= kind then
    errors.raise("TypeError", ("%s is no %s definition"):format(tostring(value), kind))
  end
  return value.name
end

local examples = { workflow = "Order", signal = "approve", query = "total", update = "add" }

--- The declaration of `temporal.<kind>_definition`.
---@param kind string
---@return table
function M.declaration(kind)
  local has_result = kind ~= "signal"
  return {
    help = ("Names %s %s for typed calls: usable wherever its name is."):format(kind == "update" and "an" or "a", kind),
    rpc = false,
    parameters = {
      { name = "name", type = "string", position = 1, required = true, help = ("the %s's name"):format(kind) },
      has_result and { name = "result_type", type = "result_type", help = "what its result is to become" } or nil,
    },
    returns = "a Definition",
    example = ("local d = temporal.%s_definition(%q%s)"):format(
      kind, examples[kind], has_result and ", { result_type = \"integer\" }" or ""),
    call = function(a) return setmetatable({ kind = kind, name = a.name, result_type = a.result_type }, Definition) end,
  }
end

--- Whether a value is a definition.
function M.is(value) return getmetatable(value) == Definition end

M.metatable = Definition
return M
