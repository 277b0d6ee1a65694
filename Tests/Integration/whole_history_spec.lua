local spec = require "support.spec"
local live = require "support.live"

local inspect = require "moondial.inspect"

local equal, truthy, contains, raises = spec.equal, spec.truthy, spec.contains, live.raises

-- All that an event or several have, arrays with their marks too.
local function shown(value)
  return inspect.format(value, { depth = 100 })
end

local function history_of(...)
  local h = live.start(...)
  pcall(h.result, h)
  return client:get_workflow_handle(h.id, { run_id = h.result_run_id }):fetch_history()
end

-- The text of a history with one event of these fields.
local function event_text(fields)
  return '{"events":[{' .. fields .. "}]}"
end

local function event(fields)
  return temporal.history_from_json("any", event_text(fields)).events[1]
end

live.suite("fetch_history", function(it)
  it("gives the workflow id, the run id and the events", function()
    local h = live.start("Echo", 1, "two")
    h:result()
    local history = h:fetch_history()
    equal({ history.workflow_id, history.run_id }, { h.id, h.result_run_id })
    equal(tostring(history), ('WorkflowHistory("%s", 5 events)'):format(h.id))
    equal(rawequal(history.events, history.events), true)
    local position = 0
    for one in h:fetch_history_events() do
      position = position + 1
      equal(shown(history.events[position]), shown(one))
    end
    equal({ position, #history.events }, { 5, 5 })
  end)

  it("goes through all pages", function()
    local history = history_of("ManyEvents", 1100)
    equal(#history.events, 1100)
    for id, one in ipairs(history.events) do equal(one.event_id, id) end
  end)

  it("gives only the close event, if asked for, which does not tell the run", function()
    local h = live.start("Echo")
    h:result()
    for _, filter in ipairs { "CLOSE_EVENT", "HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT" } do
      local history = h:fetch_history { event_filter_type = filter, skip_archival = true }
      equal(tostring(history), ('WorkflowHistory("%s", 1 event)'):format(h.id))
      equal(history.events[1].event_type, "WORKFLOW_EXECUTION_COMPLETED")
      equal(history.run_id, nil)
    end
  end)

  it("reaches the run of the handle", function()
    local first = live.start("ContinueAsNew", 1)
    first:result()
    local one_run = client:get_workflow_handle(first.id, { run_id = first.result_run_id })
    equal(one_run:fetch_history().run_id, first.result_run_id)
    truthy(first:fetch_history().run_id ~= first.result_run_id, "the latest run is another one")
  end)

  it("raises what its calls raise", function()
    local missing = client:get_workflow_handle(live.id("missing"))
    equal(raises("RPCError", "workflow not found", missing.fetch_history, missing).status, "NOT_FOUND")
    local wrong = client:get_workflow_handle(live.id(), { run_id = "no run" })
    equal(raises("RPCError", "Invalid RunId", wrong.fetch_history, wrong).status, "INVALID_ARGUMENT")
    local h = live.start("Echo")
    local e = raises("RPCError", "", h.fetch_history, h, { rpc_timeout = "1us" })
    equal(e.status, "DEADLINE_EXCEEDED")
    e = raises("ValueError", "event_filter_type must be one of", h.fetch_history, h, { event_filter_type = "NO_EVENT" })
    contains(tostring(e), '"ALL_EVENT", "CLOSE_EVENT"')
  end)

  it("gives what nobody can change but its list of events", function()
    local history = history_of("Echo")
    local text = history:to_json()
    raises("AttributeError", "read-only", function() history.run_id = "another" end)
    raises("AttributeError", "did you mean 'events'?", function() return history.event end)
    table.remove(history.events)
    equal({ #history.events, history:to_json() }, { 4, text })
  end)
end)

live.suite("to_json and history_from_json", function(it)
  it("give the same history", function()
    local history = history_of("RunActivity", "failing_activity", { "bad \u{1F319}" }, 2)
    local back = temporal.history_from_json(history.workflow_id, history:to_json())
    equal({ back.workflow_id, back.run_id }, { history.workflow_id, history.run_id })
    equal(shown(back.events), shown(history.events))
    equal(back:to_json(), history:to_json())
    contains(tostring(back), ", 11 events)")
  end)

  it("write JSON with the API's names in ASCII, as the Python SDK does", function()
    local started = history_of("Echo", "\u{1F319}\127"):to_json()
    equal(started:find("[\128-\255\127]"), nil)
    equal(started:match('^.-,'), '{\n  "events": [\n    {\n      "eventId": "1",')
    contains(started, '"eventType": "EVENT_TYPE_WORKFLOW_EXECUTION_STARTED"')
    local decoded = json.decode(started).events[1].workflowExecutionStartedEventAttributes
    equal(decoded.workflowType.name, "Echo")
    local minimal = '"eventId": 1, "eventType": 2, "taskId": "9223372036854775807", "version": "0"'
    equal(temporal.history_from_json("any", event_text(minimal)):to_json(), [[
{
  "events": [
    {
      "eventId": "1",
      "eventType": "EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED",
      "taskId": "9223372036854775807"
    }
  ]
}]])
  end)

  it("keep numbers that are no value of an enum, and pass over names and fields that are unknown", function()
    equal(event('"eventType": 4711').event_type, "UNKNOWN(4711)")
    contains(temporal.history_from_json("any", event_text '"eventType": 4711'):to_json(), '"eventType": 4711')
    equal(event('"eventId": "3", "eventType": "EVENT_TYPE_OF_TOMORROW", "ofTomorrow": { "a": [1] }'), { event_id = 3 })
    equal(#temporal.history_from_json("any", '{"more": {}, "events": [], "token": null}').events, 0)
  end)

  it("read the short names of older files, in failures and their causes too", function()
    local old = event [["eventType": "ActivityTaskFailed", "activityTaskFailedEventAttributes": {
      "retryState": "MaximumAttemptsReached",
      "failure": { "cause": { "timeoutFailureInfo": { "timeoutType": "StartToClose" } } } }]]
    equal(old.event_type, "ACTIVITY_TASK_FAILED")
    local attributes = old.activity_task_failed_event_attributes
    equal(attributes.retry_state, "MAXIMUM_ATTEMPTS_REACHED")
    equal(attributes.failure.cause.timeout_failure_info.timeout_type, "START_TO_CLOSE")
    for field, case in pairs {
      cause = { "requestCancelExternalWorkflowExecutionFailed", "ExternalWorkflowExecutionNotFound" },
      initiator = { "workflowExecutionContinuedAsNew", "CronSchedule" },
      parentClosePolicy = { "startChildWorkflowExecutionInitiated", "RequestCancel" },
      timeoutType = { "workflowTaskTimedOut", "ScheduleToStart" },
      workflowIdReusePolicy = { "startChildWorkflowExecutionInitiated", "AllowDuplicateFailedOnly" },
    } do
      local text = event_text(('"%sEventAttributes": { "%s": "%s" }'):format(case[1], field, case[2]))
      local words = case[2]:gsub("%u", "_%0"):upper()
      contains(temporal.history_from_json("any", text):to_json(), words .. '"')
    end
  end)

  it("say what a text is that is no history, and where it goes wrong", function()
    for text, complaint in pairs {
      [""] = "the text is not JSON: unexpected token near end of file at line 1, column 0",
      ['{"events": [\n  {"eventId": "1",}\n]}'] = "the text is not JSON: string or '}' expected near '}' at line 2",
      ["[]"] = "the JSON is not a history: it is an array, not an object",
      ["null"] = "the JSON is not a history: it is null, not an object",
      ['{"workflowId": "x"}'] = "the JSON is not a history: it has no list 'events'",
      ['{"events": {}}'] = "the JSON is not a history: events: expected a list, got an object",
      ['{"events": [5]}'] = "the JSON is not a history: events[0]: expected a table for HistoryEvent, got an integer",
      [event_text '"eventId": "x"'] = "the JSON is not a history: events[0].eventId: 'x' is not an integer",
      [event_text '"eventTime": "now"'] = "events[0].eventTime: 'now' is not a time such as",
    } do
      raises("ValueError", complaint, temporal.history_from_json, "any", text)
    end
    raises("TypeError", "history_from_json needs text", temporal.history_from_json, "any")
  end)

  it("read and write what has no events", function()
    local empty = temporal.history_from_json("none", "{}")
    equal({ tostring(empty), #empty.events, empty:to_json() }, { 'WorkflowHistory("none", 0 events)', 0, "{}" })
    equal(empty.run_id, nil)
    equal(temporal.history_from_json { "none", text = '{"events": []}' }:to_json(), "{}")
  end)
end)
