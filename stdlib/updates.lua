--- What is alike where updates are sent: to a workflow that runs, and with the start of one.

local call = require("moondial.scheduler").call
local definition = require("moondial.definition")
local native = require("moondial.native")
local region = require("moondial.async.region")
local results = require("moondial.results")

---@class moondial.updates
local M = {}

--- How far an update must have come.
M.stage = { name = "wait_for_stage", type = "enum", required = true,
  help = "how far the update must have come before the call returns", values = { "ACCEPTED", "COMPLETED" } }

--- Sends an update, and waits until it has come so far.
---@param send function of `native`
---@param self any its first argument
---@param a table the call's arguments
---@param title string of the method
---@return any # a WorkflowUpdateHandle
function M.start(send, self, a, title)
  a.name = definition.name(a.update, "update")
  local result_type = results.type_of(a, a.update)
  local update = region.within(title, a.timeout, ("update '%s' is not %s"):format(a.name, a.wait_for_stage:lower()),
    call, send, self, a)
  native.notes(update).result_type = result_type
  return update
end

return M
