--- WorkflowHistory: the events of a workflow's run, from the server or from a file.

local declare = require("moondial.declare")
local native = require("moondial.native")

local function property(name, help)
  local function get(self) return native.history_property(self, name) end
  return { name = name, type = "string", help = help, get = get }
end

-- Made when they are first asked for: whoever wants the JSON alone need not have them.
local function events(self)
  local notes = native.notes(self)
  if not notes.events then notes.events = native.history_events(self) end
  return notes.events
end

return declare.type {
  name = "WorkflowHistory",
  help = "The events of a workflow's run, from the server or from a file.",

  text = function(self)
    local count = native.history_property(self, "count")
    return ("WorkflowHistory(%q, %d event%s)"):format(
      native.history_property(self, "workflow_id"), count, count == 1 and "" or "s")
  end,

  properties = {
    property("workflow_id", "the workflow id"),
    property("run_id", "the run that the events are of; nil where the first of them is not the start of a run"),
    { name = "events", type = "table", get = events,
      help = "the events in a list, each as fetch_history_events gives it; changing it does not change to_json" },
  },

  methods = {
    to_json = {
      help = "Gives the history as JSON, as the replayers of the SDKs take it; the workflow id is not in it.",
      rpc = false,
      returns = "the text",
      raises = { "ValueError" },
      example = "io.open(\"order-42.json\", \"w\"):write(h:fetch_history():to_json()):close()",
      call = function(self) return native.history_json(self) end,
    },
  },
}
