local spec = require "support.spec"
local live = require "support.live"

local equal, truthy, raises, is_json = spec.equal, spec.truthy, live.raises, live.is_json

local knows_next_run = { ["supported-features"] = "follows-next-run-id" }

live.suite("result", function(it)
  it("is what the workflow returned, also later and by other handles", function()
    local h = live.start("Echo", "x")
    is_json(h:result(), '["x"]')
    is_json(h:result(), '["x"]')
    is_json(client:get_workflow_handle(h.id):result(), '["x"]')
    is_json(client:get_workflow_handle(h.id, { run_id = h.result_run_id }):result(), '["x"]')
    equal(select("#", live.start("Nothing"):result()), 1)
    equal(live.start("Nothing"):result(), nil)
  end)

  it("waits for the end", function()
    local h = live.start("Mailbox")
    async.scope(function(scope)
      local waiting = scope:spawn(h.result, h)
      h:signal("put", 1)
      equal(waiting:status(), "waiting")
      h:signal("finish")
      is_json(waiting:await(), "[1]")
    end)
  end)

  it("of a failure has the chain of causes with every field", function()
    local e = raises("WorkflowFailureError", "", live.execute, "Fail", "it broke", "Broken",
      { 1, 2.0, "three", { a = json.null }, json.null }, true)
    equal(e.message, "Workflow execution failed")
    equal(tostring(e), "WorkflowFailureError: Workflow execution failed; caused by Broken: it broke; "
      .. "caused by Root: the root of it")
    local failure = e.cause
    equal({ failure.kind, failure.message, failure.type, failure.non_retryable },
      { "ApplicationError", "it broke", "Broken", true })
    is_json(failure.details, '[1,2.0,"three",{"a":null},null]')
    spec.contains(failure.stack_trace, "test_worker.py")
    equal(table.pack(failure.next_retry_delay, failure.category), table.pack(nil, nil))
    local root = failure.cause
    equal({ root.kind, root.message, root.type, root.non_retryable },
      { "ApplicationError", "the root of it", "Root", false })
    is_json(root.details, '[{"depth":1}]')
    equal(root.cause, nil)
  end)

  it("of a failed activity tells of the activity", function()
    local e = raises("WorkflowFailureError", "", live.execute, "RunActivity", "failing_activity", { "boo" }, 2).cause
    equal({ e.kind, e.message, e.activity_type, e.activity_id, e.retry_state, e.scheduled_event_id },
      { "ActivityError", "Activity task failed", "failing_activity", "1", "MAXIMUM_ATTEMPTS_REACHED", 5 })
    truthy(e.started_event_id > 5 and #e.identity > 0)
    equal({ e.cause.kind, e.cause.type, e.cause.message }, { "ApplicationError", "ActivityBroke", "boo" })
    is_json(e.cause.details, '[{"from":"activity"}]')
  end)

  it("of a failed child tells of the child", function()
    local h = live.start("Parent", "Fail", { "m", "T", {} })
    local e = raises("WorkflowFailureError", "", h.result, h).cause
    equal({ e.kind, e.namespace, e.workflow_id, e.workflow_type, e.retry_state, e.initiated_event_id },
      { "ChildWorkflowError", client.namespace, h.id .. "-child", "Fail", "RETRY_POLICY_NOT_SET", 5 })
    truthy(#e.run_id == 36 and e.started_event_id > 5)
    equal({ e.cause.type, e.cause.cause.type }, { "T", "Root" })
  end)

  it("of a cancelled one is CancelledError", function()
    local h = live.start("Sleep")
    h:cancel { reason = "why" }
    local e = raises("WorkflowFailureError", "Workflow cancelled", h.result, h).cause
    equal(e.kind, "CancelledError")
    is_json(json.array(e.details), "[]")
  end)

  it("of a terminated one has reason and details", function()
    local h = live.start("Sleep")
    h:terminate { reason = "stuck", args = { n = 3, 1, nil, { a = 2 } } }
    local e = raises("WorkflowFailureError", "caused by TerminatedError: stuck", h.result, h).cause
    equal({ e.kind, e.message }, { "TerminatedError", "stuck" })
    is_json(e.details, '[1,null,{"a":2}]')
    h = live.start("Sleep")
    h:terminate("detail", 2)
    e = raises("WorkflowFailureError", "terminated by user via frontend", h.result, h).cause
    is_json(e.details, '["detail",2]')
  end)

  it("of one that took too long is TimeoutError", function()
    local e = raises("WorkflowFailureError", "", live.execute, { "Sleep", run_timeout = "1s" }).cause
    equal({ e.kind, e.message, e.type }, { "TimeoutError", "Workflow timed out", "START_TO_CLOSE" })
  end)

  it("is waited for as long as the caller says, and the workflow goes on", function()
    local h = live.start("Mailbox")
    raises("TimeoutError", ("WorkflowHandle:result: workflow '%s' has not closed after 0.05 s"):format(h.id),
      h.result, h, { timeout = "50ms" })
    equal(h:describe().status, "RUNNING")
    raises("TimeoutError", "timed out after 0.05 s", async.timeout, "50ms", h.result, h, { timeout = 30 })
    raises("ValueError", "WorkflowHandle:result: timeout", h.result, h, { timeout = "soon" })
    h:signal("finish")
    is_json(h:result { timeout = 30 }, "[]")
  end)

  it("follows a run that continues as new, or not", function()
    local h = live.start("ContinueAsNew", 2)
    equal(h:result(), 3)
    local e = raises("WorkflowContinuedAsNewError", "Workflow continued as new", h.result, h, { follow_runs = false })
    truthy(#e.new_execution_run_id == 36 and e.new_execution_run_id ~= h.result_run_id)
    local second = client:get_workflow_handle(h.id, { run_id = e.new_execution_run_id })
    equal(second:result(), 3)
    local third = raises("WorkflowContinuedAsNewError", "", second.result, second, { follow_runs = false })
    local last = client:get_workflow_handle(h.id, { run_id = third.new_execution_run_id })
    equal(last:result { follow_runs = false }, 3)
  end)

  it("follows retries, or not", function()
    local h = live.start { "FailUntil", args = { 2 }, retry_policy = { initial_interval = "10ms" } }
    equal(h:result(), 2)
    -- The server shows the first run as continued, to those who do not say that they know better.
    raises("WorkflowContinuedAsNewError", "", h.result, h, { follow_runs = false })
    local e = raises("WorkflowFailureError", "", h.result, h, { follow_runs = false, rpc_metadata = knows_next_run })
    equal({ e.cause.type, e.cause.message }, { "TooEarly", "attempt 1" })
    equal(h:result { rpc_metadata = knows_next_run }, 2)
  end)

  it("of a run with a cron schedule is that of the run, with the header that asks for it", function()
    local h = live.start { "Cron", cron_schedule = "@every 1s" }
    local e = raises("WorkflowContinuedAsNewError", "", h.result, h, { follow_runs = false })
    equal(h:result { follow_runs = false, rpc_metadata = knows_next_run }, 1)
    local next_run = client:get_workflow_handle(h.id, { run_id = e.new_execution_run_id })
    equal(next_run:result { follow_runs = false, rpc_metadata = knows_next_run }, 2)
  end)

  it("of the latest run stays with the run that was the latest", function()
    local first = live.start("Mailbox")
    local latest = client:get_workflow_handle(first.id)
    async.scope(function(scope)
      local waiting = scope:spawn(latest.result, latest)
      first:signal("put", "first")
      first:signal("finish")
      first:result()
      live.start { "Mailbox", id = first.id }
      is_json(waiting:await(), '["first"]')
    end)
  end)
end)
