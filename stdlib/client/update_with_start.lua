--- The methods of Client that send an update and start its workflow where it does not run.

local errors = require("moondial.errors")
local escape = require("moondial.escape")
local native = require("moondial.native")
local updates = require("moondial.updates")
require("moondial.with_start_workflow_operation")

local parameters = {
  { name = "update", type = "name", position = 1, required = true, help = "the update's name or definition" },
  { name = "start_workflow_operation", type = "operation", required = true,
    help = "what temporal.with_start_workflow_operation gives: the workflow, and how to start it" },
  { name = "id", type = "string", help = "the update's id, for deduplication; a random one without" },
  { name = "result_type", type = "result_type", help = "what the result is to become" },
  { name = "timeout", type = "duration",
    help = "how long to wait at most, by this program's clock; nothing on the server ends with it" },
}

local parameters_with_stage = table.move(parameters, 1, #parameters, 1, {})
table.insert(parameters_with_stage, 3, updates.stage)

local notes = [[
Both are one request: the workflow is not started without the update. A workflow that runs gets the update where
id_conflict_policy is "USE_EXISTING". The error is that of the half that failed. Until a worker has accepted the update
it is sent again, with the same id.]]

local raises = { "WorkflowAlreadyStartedError", "WorkflowUpdateRPCTimeoutOrCancelledError", "TimeoutError" }

local function words(a, name)
  return ("%s of workflow %s"):format(name, escape.quote(native.operation_property(a.start_workflow_operation, "id")))
end

local function destructive(a) return native.notes(a.start_workflow_operation).replaces_a_run end

local function start_update(self, a, title) return updates.start(native.start_update_with_start, self, a, title) end

return {
  execute_update_with_start_workflow = {
    help = "Sends an update, starting its workflow where it does not run, and waits for the update's result.",
    notes = notes,
    parameters = parameters,
    arguments = true,
    returns = "the update's result",
    raises = table.move(raises, 1, #raises, 2, { "WorkflowUpdateFailedError" }),
    changes_state = true, destructive = destructive,
    words = function(_, a) return words(a, "execute_update_with_start_workflow") end,
    example = [[
client:execute_update_with_start_workflow{ "add", args = { item },
  start_workflow_operation = temporal.with_start_workflow_operation{ "Cart",
    id = "cart-42", task_queue = "carts",
    id_conflict_policy = "USE_EXISTING" } }]],
    call = function(self, a)
      a.wait_for_stage = "COMPLETED"
      return start_update(self, a, "Client:execute_update_with_start_workflow"):result()
    end,
  },

  start_update_with_start_workflow = {
    help = "Sends an update, starting its workflow where it does not run, and returns a handle to the update.",
    notes = notes,
    parameters = parameters_with_stage,
    arguments = true,
    returns = "a WorkflowUpdateHandle",
    raises = raises,
    changes_state = true, destructive = destructive,
    words = function(_, a) return words(a, "start_update_with_start_workflow") end,
    example = [[
u = client:start_update_with_start_workflow{ "add", args = { item },
  wait_for_stage = "ACCEPTED", start_workflow_operation = operation }]],
    call = function(self, a)
      if a.wait_for_stage == "ADMITTED" then errors.raise("ValueError", "ADMITTED wait stage not supported") end
      return start_update(self, a, "Client:start_update_with_start_workflow")
    end,
  },
}
