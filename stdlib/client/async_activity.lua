--- The methods of Client for activities that are completed from outside of their workers.

local errors = require("moondial.errors")
local native = require("moondial.native")
require("moondial.async_activity_handle")

return {
  get_async_activity_handle = {
    help = "Gives a handle to an activity that its worker has left to somebody else to complete.",
    notes = [[
It takes the task_token that the worker got, or the ids: of the workflow and the activity, or of an activity that a
client started. Nothing is sent and nothing is checked.]],
    rpc = false,
    parameters = {
      { name = "workflow_id", type = "string", completes = "workflow_id", help = "the workflow that has it" },
      { name = "run_id", type = "string", help = "the run that has it; without: the latest" },
      { name = "activity_id", type = "string", help = "the activity's id, as in pending_activities" },
      { name = "task_token", type = "string", help = "the token of its task, instead of the ids" },
    },
    returns = "an AsyncActivityHandle",
    raises = { "ValueError" },
    example = [[
a = client:get_async_activity_handle{ workflow_id = "order-42",
  activity_id = "5" }]],
    call = function(self, a)
      if a.task_token and (a.workflow_id or a.run_id or a.activity_id) then
        errors.raise("ValueError", "Task token cannot be present with other IDs")
      elseif not a.task_token and not a.activity_id then
        errors.raise("ValueError", "an activity is told by its activity_id, with the workflow_id of its workflow, "
          .. "or by its task_token")
      end
      local handle = native.async_activity_handle(self, a)
      local notes = native.notes(handle)
      notes.client, notes.activity_id, notes.workflow_id, notes.run_id = self, a.activity_id, a.workflow_id, a.run_id
      return handle
    end,
  },
}
