local spec = require "support.spec"
local live = require "support.live"

local equal, truthy, raises, is_json = spec.equal, spec.truthy, live.raises, live.is_json

-- Starts a workflow with search attributes, by the raw service.
local function start_with_attributes(attributes)
  local id = live.id("attributes")
  client.workflow_service:start_workflow_execution {
    namespace = client.namespace, workflow_id = id, workflow_type = { name = "Sleep" },
    task_queue = { name = live.task_queue }, request_id = id, search_attributes = { indexed_fields = attributes },
  }
  return client:get_workflow_handle(id)
end

live.suite("describe", function(it)
  it("has the fields of the Python SDK", function()
    local h = live.start("Mailbox")
    local d = h:describe()
    equal({ d.id, d.run_id, d.workflow_type, d.status, d.task_queue },
      { h.id, h.result_run_id, "Mailbox", "RUNNING", live.task_queue })
    truthy(d.history_length >= 2)
    equal({ d.root_id, d.root_run_id }, { h.id, h.result_run_id })
    equal(table.pack(d.close_time, d.parent_id, d.parent_run_id), table.pack(nil, nil, nil))
    equal(d.raw.workflow_execution_info.execution.workflow_id, h.id)
    h:signal("finish")
    h:result()
    d = h:describe()
    equal(d.status, "COMPLETED")
    truthy(d.close_time > d.start_time)
  end)

  it("gives the status as a word, however a run ended", function()
    local function status_of(h) return h:describe().status end
    local cancelled, terminated = live.start("Sleep"), live.start("Sleep")
    cancelled:cancel()
    terminated:terminate()
    pcall(cancelled.result, cancelled)
    equal({ status_of(cancelled), status_of(terminated) }, { "CANCELED", "TERMINATED" })
    local failed = live.start("Fail", "m", "T", {})
    pcall(failed.result, failed)
    equal(status_of(failed), "FAILED")
    local continued = live.start("ContinueAsNew", 1)
    continued:result()
    equal(status_of(client:get_workflow_handle(continued.id, { run_id = continued.result_run_id })), "CONTINUED_AS_NEW")
    equal(status_of(continued), "COMPLETED")
  end)

  it("has times that compare", function()
    local first = live.start("Echo")
    first:result()
    local one = first:describe()
    local second = live.start("Echo")
    second:result()
    local two = second:describe()
    truthy(one.start_time < two.start_time)
    truthy(two.start_time > one.close_time)
    truthy(one.start_time <= one.start_time)
    equal(one.start_time, first:describe().start_time)
    equal(one.start_time == two.start_time, false)
    local lasted = one.close_time - one.start_time
    equal(math.type(lasted), "float")
    truthy(lasted > 0 and lasted < 60)
    local text = tostring(one.start_time)
    truthy(text:match("^%d%d%d%d%-%d%d%-%d%dT%d%d:%d%d:%d%d%.?%d*Z$"), text)
    equal(temporal.timestamp(text), one.start_time)
    equal(one.start_time:format(), text)
    equal(one.start_time:format("%Y-%m-%dT%H:%M:%S"), text:sub(1, 19))
    equal({ math.type(one.start_time.seconds), math.type(one.start_time.nanos) }, { "integer", "integer" })
    truthy(one.start_time + 3600 > two.start_time)
    truthy(temporal.timestamp("2020-01-01T00:00:00Z") < one.start_time)
  end)

  it("shows what the workflow itself has set", function()
    local h = live.start { "Described", args = { "now doing this" }, memo = { given = true } }
    is_json(h:query("__temporal_workflow_metadata").currentDetails, '"now doing this"')
    local d = h:describe()
    is_json(d.memo, '{"from_workflow":[1,2,3],"given":true}')
    equal(d.search_attributes.CustomIntField, 42)
    equal(d.search_attributes.CustomKeywordField, "from-workflow")
    h:signal("finish")
  end)

  it("gives search attributes by their types", function()
    local function typed(kind, data)
      return temporal.payload { metadata = { encoding = "json/plain", type = kind }, data = data }
    end
    local h = start_with_attributes {
      CustomBoolField = typed("Bool", "true"), CustomIntField = typed("Int", "7"),
      CustomDoubleField = typed("Double", "2"), CustomKeywordField = typed("Keyword", '"kw"'),
      CustomTextField = typed("Text", '"some text"'), CustomKeywordListField = typed("KeywordList", '["a"]'),
      CustomDatetimeField = typed("Datetime", '"2026-01-02T03:04:05.678+01:00"'),
    }
    local a = h:describe().search_attributes
    equal({ a.CustomBoolField, a.CustomIntField, a.CustomDoubleField, a.CustomKeywordField, a.CustomTextField },
      { true, 7, 2.0, "kw", "some text" })
    is_json(a.CustomKeywordListField, '["a"]')
    equal(a.CustomDatetimeField, temporal.timestamp("2026-01-02T02:04:05.678Z"))
    h:terminate()
  end)

  it("takes plain values for search attributes, and null for unset ones", function()
    local h = start_with_attributes { CustomIntField = 5, CustomKeywordListField = { "a", "b" },
      CustomTextField = json.null }
    local a = h:describe().search_attributes
    equal(a.CustomIntField, 5)
    is_json(a.CustomKeywordListField, '["a","b"]')
    equal(a.CustomTextField, nil)
    h:terminate()
  end)

  it("tells of an activity that fails, with the error that it raised", function()
    local h = live.start("RunActivity", "failing_activity", { "gone" }, 0)
    local activity
    live.wait_until(function()
      activity = h:describe().pending_activities[1]
      return activity and activity.last_failure
    end)
    equal({ activity.activity_type.name, activity.activity_id }, { "failing_activity", "1" })
    truthy(activity.attempt >= 2)
    local e = activity.last_failure
    truthy(temporal.is_error(e, "ApplicationError", { message = "gone", type = "ActivityBroke" }))
    is_json(e.details, '[{"from":"activity"}]')
    equal(tostring(e), "ActivityBroke: gone")
    h:terminate()
  end)

  it("tells what an activity last reported", function()
    local h = live.start("RunActivity", "heartbeating_activity", {})
    local activity
    live.wait_until(function()
      activity = h:describe().pending_activities[1]
      return activity and activity.heartbeat_details
    end)
    is_json(activity.heartbeat_details, '[{"alive":true}]')
    equal(activity.state, "STARTED")
    h:terminate()
  end)

  it("tells of children, of workflow tasks that are due, and of where to reset to", function()
    local parent = live.start("Parent", "Sleep", {})
    local child
    live.wait_until(function()
      child = parent:describe().pending_children[1]
      return child
    end)
    equal({ child.workflow_id, child.workflow_type_name }, { parent.id .. "-child", "Sleep" })
    local d = parent:describe()
    equal({ d.reset_points[1].run_id, d.extended_info.original_start_time }, { d.run_id, d.start_time })
    client:get_workflow_handle(child.workflow_id):terminate()
    equal(live.start_unattended():describe().pending_workflow_task.state, "SCHEDULED")
  end)

  it("gives empty lists and what is new of a run where nothing is pending", function()
    local h = live.start("Nothing")
    h:result()
    local d = h:describe()
    for _, name in ipairs { "pending_activities", "pending_children", "pending_nexus_operations", "callbacks" } do
      is_json(d[name], "[]")
    end
    equal(table.pack(d.pending_workflow_task, d.namespace, d.first_run_id), table.pack(nil, client.namespace, d.run_id))
    truthy(d.execution_duration > 0 and d.history_size_bytes > 0 and d.state_transition_count > 0)
    equal(d.execution_config.default_workflow_task_timeout, 10.0)
  end)

  it("has no fields by other names", function()
    local d = live.start("Nothing"):describe()
    local function read(name) return function() return d[name] end end
    raises("AttributeError", "WorkflowDescription has no field 'statsu'; did you mean 'status'?", read "statsu")
    equal(table.pack(d.static_summary, d.parent_id, d[1]), table.pack(nil, nil, nil))
  end)

  it("knows a child's parent", function()
    local h = live.start("Parent", "Mailbox", {})
    local child = client:get_workflow_handle(h.id .. "-child")
    live.wait_until(function() return pcall(child.signal, child, "finish") end)
    is_json(h:result(), "[]")
    local d = child:describe()
    equal({ d.parent_id, d.parent_run_id, d.root_id }, { h.id, h.result_run_id, h.id })
  end)
end)

live.suite("query", function(it)
  it("gives the answer", function()
    local h = live.start("Mailbox")
    is_json(h:query("contents"), "[]")
    h:signal("put", { deep = { json.null } })
    is_json(h:query("nth", 0), '{"deep":[null]}')
  end)

  it("raises what the worker says", function()
    local h = live.start("Mailbox")
    local e = raises("WorkflowQueryFailedError", "Query handler for 'contnts' expected but not found", h.query, h,
      "contnts")
    equal(e.kind, "WorkflowQueryFailedError")
    equal(raises("WorkflowQueryFailedError", "", h.query, h, "failing_query").message, "this query always fails")
    raises("WorkflowQueryFailedError", "list index out of range", h.query, h, "nth", 5)
  end)

  it("is rejected where its condition says so", function()
    local done, cancelled = live.start("Mailbox"), live.start("Mailbox")
    done:signal("finish")
    done:result()
    local e = raises("WorkflowQueryRejectedError", "", done.query, done, { "contents", reject_condition = "NOT_OPEN" })
    equal(e.status, "COMPLETED")
    equal(tostring(e), "WorkflowQueryRejectedError: " .. e.message)
    is_json(done:query { "contents", reject_condition = "NOT_COMPLETED_CLEANLY" }, "[]")
    is_json(done:query { "contents", reject_condition = "NONE" }, "[]")
    cancelled:cancel()
    pcall(cancelled.result, cancelled)
    e = raises("WorkflowQueryRejectedError", "", cancelled.query, cancelled,
      { "contents", reject_condition = "QUERY_REJECT_CONDITION_NOT_COMPLETED_CLEANLY" })
    equal(e.status, "CANCELED")
    raises("ValueError", 'reject_condition must be one of "NONE", "NOT_OPEN", "NOT_COMPLETED_CLEANLY", not "NOT"',
      done.query, done, { "q", reject_condition = "NOT" })
  end)

  it("that is malformed is not a query that failed", function()
    local h = client:get_workflow_handle(live.start("Echo").id, { run_id = "no run id" })
    equal(raises("RPCError", "Invalid RunId", h.query, h, "q").status, "INVALID_ARGUMENT")
  end)

  it("that nobody answers tells of the workers", function()
    local h = live.start_unattended()
    local queue = h:describe().task_queue
    local e = raises("RPCError", ("no worker has polled task queue %q lately"):format(queue),
      h.query, h, { "q", rpc_timeout = "100ms" })
    equal(table.pack(e.status, e.task_queue, e.last_poll), table.pack("DEADLINE_EXCEEDED", queue, nil))
    local busy = live.start("Mailbox")
    e = raises("RPCError", ("task queue %q was last polled"):format(live.task_queue),
      busy.query, busy, { "contents", rpc_timeout = "1us" })
    truthy(e.last_poll > busy:describe().start_time - 120)
  end)
end)

live.suite("signal, cancel, terminate", function(it)
  it("of a closed workflow: cancel is silent, the others find nothing", function()
    local h = live.start("Echo")
    h:result()
    h:cancel()
    for _, call in ipairs { { h.terminate, h }, { h.signal, h, "s" }, { h.execute_update, h, "u" } } do
      local e = raises("RPCError", "workflow execution already completed", table.unpack(call))
      equal({ e.status, e.details[1].type_name }, { "NOT_FOUND", "temporal.api.errordetails.v1.NotFoundFailure" })
    end
    equal(h:describe().status, "COMPLETED")
  end)

  it("return nothing", function()
    local h = live.start("Mailbox")
    equal(select("#", h:signal("put", 1)), 0)
    equal(select("#", h:cancel()), 0)
    h = live.start("Mailbox")
    equal(select("#", h:terminate()), 0)
  end)

  it("leave their reason in the history", function()
    local h = live.start("OutliveCancel")
    h:cancel { reason = "for a reason" }
    equal(h:result(), "outlived")
    local causes = {}
    for event in h:fetch_history_events() do
      local attributes = event.workflow_execution_cancel_requested_event_attributes
      causes[#causes + 1] = attributes and attributes.cause
    end
    equal(causes, { "for a reason" })
  end)
end)
