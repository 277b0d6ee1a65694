--- WithStartWorkflowOperation: how to start a workflow that an update may find not running.

local call = require("moondial.scheduler").call
local declare = require("moondial.declare")
local native = require("moondial.native")
local results = require("moondial.results")
local start_options = require("moondial.start_options")

local M = {}

-- Those that make no sense with an update: it takes the place of the signal.
local left_out = { start_signal = true, start_signal_args = true }

local parameters = {}
for _, parameter in ipairs(start_options.parameters) do
  if not left_out[parameter.name] then
    local copy = {}
    for key, value in pairs(parameter) do copy[key] = value end
    if copy.name == "id_conflict_policy" then copy.required = true end
    parameters[#parameters + 1] = copy
  end
end

declare.type {
  name = "WithStartWorkflowOperation",
  help = "How to start a workflow that an update may find not running; for one update.",

  text = function(self)
    return ("WithStartWorkflowOperation(%q, id = %q)"):format(native.operation_property(self, "workflow"),
      native.operation_property(self, "id"))
  end,

  properties = {
    { name = "id", type = "string", help = "the workflow id",
      get = function(self) return native.operation_property(self, "id") end },
  },

  methods = {
    workflow_handle = {
      help = "Waits until the server has answered the update for the first time; the workflow runs then.",
      rpc = false,
      returns = "a WorkflowHandle",
      raises = { "WorkflowAlreadyStartedError", "RPCError" },
      example = "operation:workflow_handle():query(\"status\")",
      call = function(self)
        local handle = call(native.operation_handle, self)
        native.notes(handle).result_type = native.notes(self).result_type
        return handle
      end,
    },
  },
}

--- The declaration of `temporal.with_start_workflow_operation`.
M.declaration = {
  help = "Says how to start a workflow that an update may find not running.",
  notes = "It is for one call of start_update_with_start_workflow or execute_update_with_start_workflow.",
  rpc = false,
  parameters = parameters,
  arguments = true,
  returns = "a WithStartWorkflowOperation",
  raises = { "ValueError" },
  example = [[
local operation = temporal.with_start_workflow_operation{ "Cart",
  id = "cart-42", task_queue = "carts", id_conflict_policy = "USE_EXISTING" }]],
  call = function(a)
    start_options.check(a)
    local operation = native.start_operation(a)
    local notes = native.notes(operation)
    notes.result_type = results.type_of(a, a.workflow)
    notes.replaces_a_run = start_options.replaces_a_run(a)
    return operation
  end,
}

return M
