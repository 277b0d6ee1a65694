local spec = require "support.spec"
local live = require "support.live"

local equal, raises, is_json = spec.equal, live.raises, live.is_json

-- A workflow whose activity waits to be completed, and the activity's handle.
local function running(attempts)
  local h = live.start("RunActivity", "completed_elsewhere", json.array {}, attempts or 1)
  live.wait_until(function()
    local activity = h:describe().pending_activities[1]
    return activity and activity.state == "STARTED"
  end)
  return h, client:get_async_activity_handle { workflow_id = h.id, activity_id = "elsewhere" }
end

local function failure_of(h) return raises("WorkflowFailureError", "", h.result, h).cause.cause end

live.suite("activities completed from outside", function(it)
  it("complete, with a result or without one", function()
    local h, a = running()
    equal(tostring(a), ('AsyncActivityHandle("elsewhere", workflow_id = "%s")'):format(h.id))
    equal({ a.activity_id, a.workflow_id, a.run_id }, { "elsewhere", h.id, nil })
    a:heartbeat("half", nil, { 1 })
    is_json(h:describe().pending_activities[1].heartbeat_details, '["half",null,[1]]')
    a:complete { result = { done = true } }
    is_json(h:result(), '{"done":true}')
    local other, b = running()
    b:complete()
    equal(other:result(), nil)
    equal(raises("RPCError", "", b.heartbeat, b).status, "NOT_FOUND")
  end)

  it("fail with text, with what was caught, and with an application's error", function()
    local h, a = running()
    a:fail("no paper")
    local e = failure_of(h)
    equal({ e.kind, e.message, e.type }, { "ApplicationError", "no paper", nil })

    h, a = running()
    local ok, caught = pcall(function() client:get_workflow_handle(live.id("nothing")):describe() end)
    equal(ok, false)
    a:fail(caught)
    e = failure_of(h)
    equal({ e.kind, e.type }, { "ApplicationError", "RPCError" })
    spec.contains(e.message, "workflow not found")
    spec.contains(e.stack_trace, "async_activity_spec.lua")

    h, a = running()
    a:fail(temporal.application_error("busy", { type = "Printer", details = { n = 3, 1, nil, "x" },
      non_retryable = true, next_retry_delay = "3s", category = "BENIGN", cause = "no paper" }))
    e = failure_of(h)
    equal({ e.type, e.non_retryable, e.next_retry_delay, e.category, e.cause.message },
      { "Printer", true, 3.0, "BENIGN", "no paper" })
    is_json(e.details, '[1,null,"x"]')
  end)

  it("fail with the failure of another workflow, and its causes", function()
    local failed = live.start("RunActivity", "failing_activity", { "gone" })
    local caught = raises("WorkflowFailureError", "", failed.result, failed)
    local h, a = running()
    a:fail(caught)
    local e = failure_of(h)
    equal({ e.type, e.cause.kind, e.cause.activity_type, e.cause.retry_state },
      { "WorkflowFailureError", "ActivityError", "failing_activity", "MAXIMUM_ATTEMPTS_REACHED" })
    equal({ e.cause.cause.type, e.cause.cause.message }, { "ActivityBroke", "gone" })
    spec.contains(e.cause.cause.stack_trace, "failing_activity")
    is_json(e.cause.cause.details, '[{"from":"activity"}]')
  end)

  it("hear from a heartbeat that they are to stop, and say why", function()
    local h, a = running()
    h:pause_activity("elsewhere")
    local e = raises("AsyncActivityCancelledError", "Activity paused", a.heartbeat, a)
    equal(e.details, { cancel_requested = false, paused = true, reset = false })
  end)

  it("are known by a token or by ids, and not by both", function()
    local get = client.get_async_activity_handle
    raises("ValueError", "Task token cannot be present with other IDs", get, client,
      { task_token = "t", activity_id = "5" })
    local wanted = "told by its activity_id, with the workflow_id of its workflow, or by its task_token"
    raises("ValueError", wanted, get, client, { workflow_id = "w" })
    raises("ValueError", wanted, get, client, {})
    equal(tostring(client:get_async_activity_handle { task_token = "\xff" }), "AsyncActivityHandle(task_token = …)")
    equal(tostring(client:get_async_activity_handle { activity_id = "5" }), 'AsyncActivityHandle("5")')
  end)

  it("say how a table is given to them", function()
    local a = client:get_async_activity_handle { activity_id = "5" }
    raises("TypeError", "has no parameter 'done'; a table among the arguments is given in args = { { … } }",
      a.heartbeat, a, { done = 5 })
    raises("TypeError", "has no parameter 'approved'; a table is given by name: result = { … }",
      a.complete, a, { approved = true })
    raises("TypeError", "has no parameter 'resul'; did you mean 'result'?", a.complete, a, { resul = true })
  end)

  it("are refused to a client that reads only", function()
    local reader = temporal.connect { client.address, namespace = client.namespace, read_only = true }
    local a = reader:get_async_activity_handle { workflow_id = "w", activity_id = "5" }
    raises("ReadOnlyError", "RecordActivityTaskHeartbeatById", a.heartbeat, a)
    raises("ReadOnlyError", "RespondActivityTaskCompletedById", a.complete, a)
    raises("ReadOnlyError", "RespondActivityTaskCanceledById", a.report_cancellation, a)
    raises("ReadOnlyError", "RespondActivityTaskFailedById", a.fail, a, "no")
  end)

  it("have errors that a script can raise, too", function()
    local late = temporal.application_error("too late", { type = "Late" })
    local e = raises("ApplicationError", "Late: too late", error, late)
    equal({ e.non_retryable, #e.details }, { false, 0 })
    raises("ValueError", 'category must be "BENIGN"', temporal.application_error, "x", { category = "LOUD" })
    raises("TypeError", "details must be a list", temporal.application_error, "x", { details = { a = 1 } })
  end)
end)
