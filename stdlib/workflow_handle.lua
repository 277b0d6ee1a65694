--- WorkflowHandle: one workflow execution, or the latest run of a workflow id.
---
--- Which run a call reaches follows the Python SDK: a handle from `start_workflow` has no `run_id`, so that `describe`,
--- `query` and `signal` reach the latest run of the id; `cancel`, `terminate` and updates pin the chain of runs by
--- `first_execution_run_id`; `result` follows from `result_run_id`.

local call = require("moondial.scheduler").call
local declare = require("moondial.declare")
local definition = require("moondial.definition")
local description = require("moondial.description")
local errors = require("moondial.errors")
local history = require("moondial.history")
local native = require("moondial.native")
local region = require("moondial.async.region")
local results = require("moondial.results")
local updates = require("moondial.updates")
require("moondial.workflow_history")

local handle_type = function(handle) return native.notes(handle).result_type end

-- Which run a call reaches.
local latest = "It reaches run_id, or without one the latest run of the id, even one that somebody else started."
local pinned = "It reaches run_id, or the latest run, if that is of the chain that begins with first_execution_run_id."

local timeout = { name = "timeout", type = "duration",
  help = "how long to wait at most, by this program's clock; nothing on the server ends with it" }

local function start_update(self, a, title) return updates.start(native.start_update, self, a, title) end

local function property(name, help)
  local function get(self) return native.handle_property(self, name) end
  return { name = name, type = "string", help = help, get = get }
end

local update_parameters = {
  { name = "update", type = "name", position = 1, required = true, completes = "update",
    help = "the update's name or definition" },
  { name = "id", type = "string", help = "the update's id, for deduplication; a random one without" },
  { name = "result_type", type = "result_type", help = "what the result is to become" },
  timeout,
}

local update_parameters_with_stage = table.move(update_parameters, 1, #update_parameters, 1, {})
table.insert(update_parameters_with_stage, updates.stage)

return declare.type {
  name = "WorkflowHandle",
  help = "One workflow execution, or the latest run of a workflow id.",
  notes = [[
A handle never changes; another run takes another handle. One from start_workflow has no run_id, so that describe,
query, signal and the histories reach the latest run of the id, even one that somebody else started later. cancel,
terminate and updates go to its chain of runs alone, by first_execution_run_id, and result begins at the run that was
started, by result_run_id. One from get_workflow_handle pins what it was given, and without ids nothing.]],

  text = function(self)
    local run_id = native.handle_property(self, "run_id")
    return ("WorkflowHandle(%q%s)"):format(native.handle_property(self, "id"),
      run_id and (", run_id = %q"):format(run_id) or "")
  end,

  properties = {
    property("id", "the workflow id"),
    property("run_id", "the run that describe, query and signal reach; nil: the latest"),
    property("result_run_id", "the run that result starts from; nil: the latest"),
    property("first_execution_run_id", "the first run of the chain that cancel, terminate and updates are pinned to"),
  },

  methods = {
    cancel = {
      help = "Asks the workflow to cancel itself; a closed workflow is left as it is.",
      parameters = { { name = "reason", type = "string", default = "", help = "why, for the history" } },
      changes_state = true, destructive = true,
      notes = pinned .. " It returns when the request is recorded; the workflow may clean up, or go on all the same.",
      example = "h:cancel{ reason = \"no longer needed\" }",
      call = function(self, a) return call(native.cancel, self, a) end,
    },

    describe = {
      help = "Describes the execution as the server sees it now.",
      notes = latest,
      returns = "a WorkflowDescription: id, status, start_time, pending_activities, …; raw has all the server sent",
      example = "h:describe().status",
      call = function(self, a)
        return description.new(native.handle_property(self, "namespace"), call(native.describe, self, a))
      end,
    },

    execute_update = {
      help = "Sends an update and waits for its result.",
      notes = pinned .. [[
 An update that no worker has accepted yet can be lost by the server, so it is sent again, with the same id, until one
has. A second update with the id of an earlier one gives the outcome of that one.]],
      parameters = update_parameters,
      arguments = true,
      returns = "the update's result",
      raises = { "WorkflowUpdateFailedError", "WorkflowUpdateRPCTimeoutOrCancelledError", "TimeoutError" },
      changes_state = true,
      example = "h:execute_update(\"add\", 5)",
      call = function(self, a)
        a.wait_for_stage = "COMPLETED"
        local update = start_update(self, a, "WorkflowHandle:execute_update")
        return update:result()
      end,
    },

    fetch_history = {
      help = "Fetches the whole history of the run to its present end.",
      notes = latest .. " fetch_history_events takes less memory.",
      parameters = {
        { name = "event_filter_type", type = "enum", help = "which events", values = { "ALL_EVENT", "CLOSE_EVENT" } },
        { name = "skip_archival", type = "boolean", help = "do not look into the archive" },
      },
      returns = "a WorkflowHistory",
      example = "#h:fetch_history().events",
      call = function(self, a) return call(native.fetch_history, self, a) end,
    },

    fetch_history_events = {
      help = "Iterates over the events of the history, page by page; nothing is sent before the first step.",
      notes = latest .. [[
 With wait_new_event it ends when the run closes, and does not go on in a run that follows. The server may give more
events per page than page_size.]],
      parameters = {
        { name = "page_size", type = "count", help = "events per page, at the server's discretion" },
        { name = "next_page_token", type = "string", help = "where to begin: another iterator's next_page_token" },
        { name = "wait_new_event", type = "boolean", help = "wait for events to come, until the run has closed" },
        { name = "event_filter_type", type = "enum", help = "which events", values = { "ALL_EVENT", "CLOSE_EVENT" } },
        { name = "skip_archival", type = "boolean", help = "do not look into the archive" },
      },
      returns = "an iterator (Pages) of events: event_id, event_time, event_type, …, by the API's field names",
      example = "for e in h:fetch_history_events() do print(e.event_id, e.event_type) end",
      call = function(self, a) return history.events(self, a) end,
    },

    get_update_handle = {
      help = "Gives a handle to an update by its id; nothing is sent and nothing is checked.",
      rpc = false,
      parameters = {
        { name = "id", type = "string", position = 1, required = true, help = "the update's id" },
        { name = "workflow_run_id", type = "string", help = "the run that has it; without: the handle's run_id" },
        { name = "result_type", type = "result_type", help = "what the result is to become" },
      },
      returns = "a WorkflowUpdateHandle",
      example = "h:get_update_handle(\"update-1\"):result()",
      call = function(self, a)
        local update = native.update_handle(self, a)
        native.notes(update).result_type = results.type_of(a)
        return update
      end,
    },

    get_update_handle_for = {
      help = "Gives a handle to an update by its definition and its id; nothing is sent and nothing is checked.",
      rpc = false,
      parameters = {
        { name = "update", type = "definition", position = 1, required = true,
          help = "the update's definition, for its result_type" },
        { name = "id", type = "string", position = 2, required = true, help = "the update's id" },
        { name = "workflow_run_id", type = "string", help = "the run that has it; without: the handle's run_id" },
      },
      returns = "a WorkflowUpdateHandle",
      example = "h:get_update_handle_for(add, \"update-1\"):result()",
      call = function(self, a)
        definition.name(a.update, "update")
        local update = native.update_handle(self, a)
        native.notes(update).result_type = results.type_of(a, a.update)
        return update
      end,
    },

    query = {
      help = "Asks the workflow for something it knows.",
      notes = latest .. [[
 A worker answers, of a closed workflow too. If none does, the call ends by its rpc_timeout, 30 s by default, with an
RPCError that tells how long ago the task_queue was last polled.]],
      parameters = {
        { name = "query", type = "name", position = 1, required = true, completes = "query",
          help = "the query's name or definition" },
        { name = "result_type", type = "result_type", help = "what the result is to become" },
        { name = "reject_condition", type = "enum",
          help = "when the server shall refuse", values = { "NONE", "NOT_OPEN", "NOT_COMPLETED_CLEANLY" } },
      },
      arguments = true,
      returns = "the query's result",
      raises = { "WorkflowQueryFailedError", "WorkflowQueryRejectedError" },
      example = "h:query(\"status\")",
      call = function(self, a)
        a.name = definition.name(a.query, "query")
        local result_type = results.type_of(a, a.query)
        a.raw = result_type == "raw"
        return results.convert(call(native.query, self, a), result_type)
      end,
    },

    result = {
      help = "Waits for the workflow to end and gives its result, following it into new runs.",
      notes = [[
It begins at result_run_id: for a handle from start_workflow, at the run that was started. A workflow that was
cancelled, was terminated or timed out has no result but a WorkflowFailureError, whose cause tells. rpc_timeout is for
each of its calls and never ends the wait; timeout does. With a cron_schedule there is always another run to follow: use
follow_runs = false. A run that was reset ends as terminated; the new run has an id of its own.]],
      parameters = {
        { name = "follow_runs", type = "boolean", default = true,
          help = "whether to go on in the run that a run continued as, was retried as or scheduled next" },
        { name = "result_type", type = "result_type", help = "what the result is to become" },
        timeout,
      },
      returns = "the workflow's result",
      raises = { "WorkflowFailureError", "WorkflowContinuedAsNewError", "TimeoutError" },
      example = "h:result()",
      call = function(self, a)
        local result_type = results.type_of(a, nil, handle_type(self))
        a.raw = result_type == "raw"
        local value = region.within("WorkflowHandle:result", a.timeout,
          ("workflow '%s' has not closed"):format(native.handle_property(self, "id")), call, native.result, self, a)
        return results.convert(value, result_type)
      end,
    },

    signal = {
      help = "Sends the workflow a signal.",
      notes = latest .. [[
 It returns when the signal is recorded, before the workflow sees it; no answer tells whether it has a handler.]],
      parameters = {
        { name = "signal", type = "name", position = 1, required = true, completes = "signal",
          help = "the signal's name or definition" },
      },
      arguments = true,
      changes_state = true,
      example = "h:signal(\"finish\", \"thanks\")",
      call = function(self, a)
        a.name = definition.name(a.signal, "signal")
        return call(native.signal, self, a)
      end,
    },

    start_update = {
      help = "Sends an update and returns a handle to it when it has come to the stage asked for.",
      notes = pinned .. " A rejected update has come to its end, too: result of its handle raises it.",
      parameters = update_parameters_with_stage,
      arguments = true,
      returns = "a WorkflowUpdateHandle",
      raises = { "WorkflowUpdateRPCTimeoutOrCancelledError", "TimeoutError" },
      changes_state = true,
      example = "h:start_update{ \"add\", args = { 5 }, wait_for_stage = \"ACCEPTED\" }",
      call = function(self, a)
        if a.wait_for_stage == "ADMITTED" then errors.raise("ValueError", "ADMITTED wait stage not supported") end
        return start_update(self, a, "WorkflowHandle:start_update")
      end,
    },

    terminate = {
      help = "Ends the workflow at once; its code does not get to run.",
      notes = pinned,
      parameters = { { name = "reason", type = "string", help = "why, for the history and the error of result" } },
      arguments = true,
      changes_state = true, destructive = true,
      example = "h:terminate{ reason = \"stuck\" }",
      call = function(self, a) return call(native.terminate, self, a) end,
    },
  },

  more = { "moondial.workflow_handle.activities", "moondial.workflow_handle.changes" },
}
