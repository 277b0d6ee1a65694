--- The methods of WorkflowHandle that move a workflow in its history, stop it for a while, or remove it.

local call = require("moondial.scheduler").call
local errors = require("moondial.errors")
local native = require("moondial.native")
local start_options = require("moondial.start_options")

local ipairs = ipairs

local reason = { name = "reason", type = "string", default = "", help = "why, for those who look at it" }

local changeable = {
  { name = "versioning_override", type = "table", fields = start_options.fields.versioning_override,
    help = "one of pinned = { deployment_name =, build_id = }, one_time = the same, and auto_upgrade = true; "
      .. "{} takes it away" },
  { name = "priority", type = "table", fields = start_options.fields.priority,
    help = "priority_key, fairness_key, fairness_weight; {} takes it away" },
}

local all_exclusions = { "SIGNAL", "UPDATE", "NEXUS", "CANCEL_REQUEST" }
local reset_exclusions = { "SIGNAL", "UPDATE", "NEXUS", "CANCEL_REQUEST", "ALL" }

local function exclusions(list)
  for _, name in ipairs(list) do
    if type(name) == "string" and name:upper() == "ALL" then return all_exclusions end
  end
  return list
end

local function check_target(a)
  local given = (a.type and 1 or 0) + (a.event_id and 1 or 0) + (a.build_id and 1 or 0)
  if given ~= 1 then
    errors.raise("ValueError", "WorkflowHandle:reset needs one of type, event_id and build_id")
  end
end

return {
  delete = {
    help = "Removes the run from the server, with its history; one that is open is terminated first.",
    notes = [[
It reaches run_id, or without one the latest run of the id, even one that somebody else started. The server does it a
little later: until then the run is found, and lists may show it somewhat longer.]],
    changes_state = true, destructive = true,
    example = "h:delete()",
    call = function(self, a) return call(native.delete, self, a) end,
  },

  pause = {
    help = "Keeps the workflow and its activities from going on.",
    notes = "Signals and updates wait until unpause. Namespaces have to allow it: frontend.WorkflowPauseEnabled.",
    parameters = { reason },
    changes_state = true,
    example = "h:pause{ reason = \"the bank is down\" }",
    call = function(self, a) return call(native.pause, self, a) end,
  },

  reset = {
    help = "Starts a new run that goes on from a point in the history, and ends this one.",
    notes = [[
The point is the end of a workflow task: the one that ended with event_id, the first or the last of the run, the last of
the run that continued as this one, or the first that workers of a build processed. What came after it is lost, but for
signals and updates, which the new run gets again unless reapply_exclude says otherwise.
It reaches run_id, or without one the latest run of the id, even one that somebody else started. A run that is open ends
as terminated; one that has closed stays as it is.]],
    parameters = {
      { name = "type", type = "enum", position = 1, help = "where to",
        values = { "FIRST_WORKFLOW_TASK", "LAST_WORKFLOW_TASK", "LAST_CONTINUED_AS_NEW" } },
      { name = "event_id", type = "count", help = "the event that ended a workflow task, or should have" },
      { name = "build_id", type = "string", help = "before the first workflow task that this build processed" },
      reason,
      { name = "reapply_exclude", type = "list", values = reset_exclusions,
        help = "what not to apply again, in a list" },
      table.unpack(changeable),
    },
    returns = "a WorkflowHandle to the new run",
    raises = { "ValueError" },
    changes_state = true, destructive = true,
    example = "h = h:reset(\"LAST_WORKFLOW_TASK\", { reason = \"fixed in 1.2\" })",
    call = function(self, a)
      check_target(a)
      start_options.check_changes(a)
      if a.reapply_exclude then a.reapply_exclude = exclusions(a.reapply_exclude) end
      local new = call(native.reset, self, a)
      native.notes(new).result_type = native.notes(self).result_type
      return new
    end,
  },

  unpause = {
    help = "Lets a workflow that is paused go on.",
    parameters = { reason },
    changes_state = true,
    example = "h:unpause()",
    call = function(self, a) return call(native.unpause, self, a) end,
  },

  update_options = {
    help = "Changes what the workflow was started with: the versioning override, and the priority.",
    notes = "What is not named stays as it is.",
    parameters = changeable,
    returns = "a table of the options as they are then: versioning_override, priority",
    raises = { "ValueError" },
    changes_state = true,
    example = "h:update_options{ versioning_override = { auto_upgrade = true } }",
    call = function(self, a)
      start_options.check_changes(a)
      return call(native.update_options, self, a).workflow_execution_options or {}
    end,
  },
}
