--- WorkflowUpdateHandle: an update that was sent to a workflow.

local call = require("moondial.scheduler").call
local declare = require("moondial.declare")
local native = require("moondial.native")
local region = require("moondial.async.region")
local results = require("moondial.results")

local function property(name, help)
  local function get(self) return native.update_property(self, name) end
  return { name = name, type = "string", help = help, get = get }
end

return declare.type {
  name = "WorkflowUpdateHandle",
  help = "An update that was sent to a workflow.",

  text = function(self)
    return ("WorkflowUpdateHandle(%q, workflow_id = %q)"):format(
      native.update_property(self, "id"), native.update_property(self, "workflow_id"))
  end,

  properties = {
    property("id", "the update's id"),
    property("workflow_id", "the workflow that has it"),
    property("workflow_run_id", "the run that has it; nil: the latest"),
  },

  methods = {
    result = {
      help = "Waits for the update to complete and gives its result.",
      parameters = {
        { name = "result_type", type = "result_type", help = "what the result is to become" },
        { name = "timeout", type = "duration",
          help = "how long to wait at most, by this program's clock; the update goes on" },
      },
      returns = "the update's result",
      raises = { "WorkflowUpdateFailedError", "WorkflowUpdateRPCTimeoutOrCancelledError", "TimeoutError" },
      example = "u:result()",
      call = function(self, a)
        local result_type = results.type_of(a, nil, native.notes(self).result_type)
        a.raw = result_type == "raw"
        local value = region.within("WorkflowUpdateHandle:result", a.timeout,
          ("update '%s' is not completed"):format(native.update_property(self, "id")),
          call, native.update_result, self, a)
        return results.convert(value, result_type)
      end,
    },
  },
}
