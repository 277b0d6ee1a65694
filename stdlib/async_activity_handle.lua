--- AsyncActivityHandle: an activity that its worker has left to somebody else to complete.

local call = require("moondial.scheduler").call
local declare = require("moondial.declare")
local escape = require("moondial.escape")
local failure = require("moondial.failure")
local native = require("moondial.native")

local M = {}

local function property(name, help)
  return { name = name, type = "string", help = help, get = function(self) return native.notes(self)[name] end }
end

-- What it is called in questions and messages.
local function activity_of(handle)
  local notes = native.notes(handle)
  if not notes.activity_id then return "an activity known by its token" end
  local of = notes.workflow_id and " of workflow " .. escape.quote(notes.workflow_id) or ""
  return "activity " .. escape.quote(notes.activity_id) .. of
end
M.activity_of = activity_of

local function words(verb)
  return function(self) return verb .. " of " .. activity_of(self) end
end

local gone = "An activity that has ended, or is not known, is an RPCError with the status NOT_FOUND."

declare.type {
  name = "AsyncActivityHandle",
  help = "An activity that its worker has left to somebody else to complete.",
  notes = gone,

  client_of = function(self) return native.notes(self).client end,

  text = function(self)
    local notes = native.notes(self)
    if not notes.activity_id then return "AsyncActivityHandle(task_token = …)" end
    return ("AsyncActivityHandle(%q%s)"):format(notes.activity_id,
      notes.workflow_id and (", workflow_id = %q"):format(notes.workflow_id) or "")
  end,

  properties = {
    property("activity_id", "the activity's id; nil where it is known by its token"),
    property("workflow_id", "the workflow that has it; nil where a client started it"),
    property("run_id", "the run that has it; nil: the latest"),
  },

  methods = {
    complete = {
      help = "Completes the activity.",
      notes = "A table as a result is given by name: a:complete{ result = { … } }. json.null is a result of null.",
      parameters = { { name = "result", type = "any", position = 1, help = "its result; without: none at all" } },
      changes_state = true, words = words("complete"),
      example = "a:complete(42)",
      call = function(self, a)
        a.results = { n = a.result == nil and 0 or 1, a.result }
        return call(native.activity_complete, self, a)
      end,
    },

    fail = {
      help = "Fails this attempt of the activity; its retry policy says whether there is another.",
      parameters = {
        { name = "error", type = "any", position = 1, required = true,
          help = "why: text, what pcall caught, or what temporal.application_error makes" },
        { name = "last_heartbeat_details", type = "list", help = "how far it came, for the next attempt" },
      },
      changes_state = true, words = words("fail"),
      example = "a:fail(\"the printer is on fire\")",
      call = function(self, a)
        a.failure = failure.of(a.error)
        return call(native.activity_fail, self, a)
      end,
    },

    heartbeat = {
      help = "Reports that the activity goes on, and how far it is.",
      arguments = true,
      raises = { "AsyncActivityCancelledError" },
      changes_state = true, words = words("heartbeat"),
      example = "a:heartbeat(\"half of it\")",
      call = function(self, a) return call(native.activity_heartbeat, self, a) end,
    },

    report_cancellation = {
      help = "Reports that the activity has stopped because it was to be cancelled.",
      notes = "The server refuses it where nobody has asked for that.",
      arguments = true,
      changes_state = true, words = words("report_cancellation"),
      example = "a:report_cancellation(\"nothing was printed\")",
      call = function(self, a) return call(native.activity_report_cancellation, self, a) end,
    },
  },
}

return M
