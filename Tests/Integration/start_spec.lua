local spec = require "support.spec"
local live = require "support.live"

local equal, truthy, raises, is_json = spec.equal, spec.truthy, live.raises, live.is_json

local some_run = "00000000-0000-4000-8000-000000000000"

live.suite("start_workflow", function(it)
  it("gives a handle to the run it started", function()
    local h = live.start { "Echo", id = live.id("named") }
    equal(h.run_id, nil)
    equal(#h.result_run_id, 36)
    equal(h.first_execution_run_id, h.result_run_id)
    spec.contains(h.id, "named-")
    equal(h:describe().run_id, h.result_run_id)
    equal(tostring(h), ('WorkflowHandle("%s")'):format(h.id))
  end)

  it("executes: starts, and waits for the result", function()
    is_json(client:execute_workflow { "Echo", args = { 1 }, id = live.id(), task_queue = live.task_queue }, "[1]")
    is_json(client:execute_workflow { workflow = "Echo", arg = 1, id = live.id(), task_queue = live.task_queue }, "[1]")
  end)

  it("tells of an open workflow with the id, in fields", function()
    local first = live.start("Mailbox")
    local e = raises("WorkflowAlreadyStartedError", "Workflow execution already started", live.start,
      { "Echo", id = first.id })
    equal({ e.workflow_id, e.workflow_type, e.run_id, e.first_run_id },
      { first.id, "Echo", first.result_run_id, first.result_run_id })
    raises("WorkflowAlreadyStartedError", "", live.execute, { "Echo", id = first.id })
    raises("WorkflowAlreadyStartedError", "", live.start, { "Echo", id = first.id, id_conflict_policy = "FAIL" })
  end)

  it("obeys the policy for an open one", function()
    local first = live.start("Mailbox")
    local second = live.start { "Echo", id = first.id, id_conflict_policy = "USE_EXISTING" }
    equal(second.result_run_id, first.result_run_id)
    equal(second.first_execution_run_id, first.first_execution_run_id)
    equal(second:describe().workflow_type, "Mailbox")
    local third = live.start { "Echo", args = { 3 }, id = first.id, id_conflict_policy = "TERMINATE_EXISTING" }
    truthy(third.result_run_id ~= first.result_run_id)
    is_json(third:result(), "[3]")
    equal(raises("WorkflowFailureError", "", first.result, first).cause.kind, "TerminatedError")
  end)

  it("obeys the policy for a closed one", function()
    local first = live.start("Echo")
    first:result()
    for _, policy in ipairs { "REJECT_DUPLICATE", "ALLOW_DUPLICATE_FAILED_ONLY" } do
      local e = raises("WorkflowAlreadyStartedError", "", live.start,
        { "Echo", id = first.id, id_reuse_policy = policy })
      equal(e.run_id, first.result_run_id)
    end
    for _, policy in ipairs { "ALLOW_DUPLICATE", "allow_duplicate", "WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE" } do
      local again = live.start { "Echo", id = first.id, id_reuse_policy = policy }
      truthy(again.result_run_id ~= first.result_run_id)
      again:result()
    end
    raises("ValueError", 'id_reuse_policy must be one of "ALLOW_DUPLICATE"', live.start,
      { "Echo", id_reuse_policy = "REUSE" })
    raises("ValueError", 'id_conflict_policy must be one of "UNSPECIFIED", "FAIL"', live.start,
      { "Echo", id_conflict_policy = "DO_NOT_FAIL" })
  end)

  it("signals with the start", function()
    local h = live.start { "Mailbox", start_signal = "put", start_signal_args = { 1, nil, "three" } }
    equal(h.run_id, nil)
    is_json(h:query("contents"), '[1,null,"three"]')
    -- The same call signals the open one.
    local again = live.start { "Mailbox", id = h.id, start_signal = "put", start_signal_args = { 4 },
      id_conflict_policy = "USE_EXISTING" }
    equal(again.result_run_id, h.result_run_id)
    is_json(h:query("contents"), '[1,null,"three",4]')
    is_json(live.start { "Mailbox", start_signal = "put" }:query("contents"), "[]")
    raises("ValueError", "no start signal", live.start, { "Mailbox", start_signal_args = { 1 } })
  end)

  it("sends memo, summary and details for the description", function()
    local h = live.start { "Echo", memo = { list = { 1, json.array {} }, text = "t", bytes = temporal.bytes("b") },
      static_summary = "In *one* line", static_details = "and\nsome more" }
    local d = h:describe()
    is_json(d.memo, '{"bytes":"b","list":[1,[]],"text":"t"}')
    equal({ d.static_summary, d.static_details }, { "In *one* line", "and\nsome more" })
    local without = live.start("Echo"):describe()
    equal({ without.memo, without.static_summary, without.static_details }, { {} })
    raises("TypeError", "memo: its keys must be text", live.start, { "Echo", memo = { 1 } })
  end)

  it("sends timeouts and the delay", function()
    local h = live.start { "Sleep", execution_timeout = "1h", run_timeout = 90.5, task_timeout = "7s500ms",
      start_delay = "30m" }
    local raw = h:describe().raw
    local config, info = raw.execution_config, raw.workflow_execution_info
    equal(config.workflow_execution_timeout, 3600.0)
    equal(config.workflow_run_timeout, 90.5)
    equal(config.default_workflow_task_timeout, 7.5)
    equal(info.execution_time - info.start_time, 1800.0)
    raises("ValueError", "run_timeout: a duration must not be negative", live.start, { "Sleep", run_timeout = "-1s" })
    raises("ValueError", "task_timeout: bad duration 'soon'", live.start, { "Sleep", task_timeout = "soon" })
  end)

  it("sends the retry policy and the cron schedule", function()
    local h = live.start { "Sleep", cron_schedule = "0 12 * * *", retry_policy = { initial_interval = "2s",
      backoff_coefficient = 3, maximum_attempts = 5, non_retryable_error_types = { "A", "B" } } }
    local started = live.first_event(h).workflow_execution_started_event_attributes
    equal(started.cron_schedule, "0 12 * * *")
    equal(started.retry_policy, { initial_interval = 2.0, backoff_coefficient = 3.0, maximum_interval = 200.0,
      maximum_attempts = 5, non_retryable_error_types = json.array { "A", "B" } })
    local function refused(kind, part, policy)
      raises(kind, part, live.start, { "Echo", retry_policy = policy })
    end
    refused("TypeError", "retry_policy has no field 'maximum_attempt'; did you mean 'maximum_attempts'?",
      { maximum_attempt = 1 })
    refused("ValueError", "Backoff coefficient cannot be less than 1", { backoff_coefficient = 0.5 })
    refused("ValueError", "Maximum interval cannot be less than initial interval",
      { initial_interval = 2, maximum_interval = 1 })
    refused("ValueError", "retry_policy.maximum_attempts: -1 is not from 0", { maximum_attempts = -1 })
    refused("ValueError", "initial_interval: bad duration 'x'", { initial_interval = "x" })
    refused("TypeError", "non_retryable_error_types[2] must be text, not a number",
      { non_retryable_error_types = { "a", 1 } })
    refused("TypeError", "non_retryable_error_types must be a list", { non_retryable_error_types = "a" })
  end)

  it("gives search attributes, a priority and a version", function()
    local at = temporal.timestamp("2026-01-02T03:04:05Z")
    local attributes = { CustomBoolField = true, CustomDatetimeField = at, CustomDoubleField = 2.5, CustomIntField = 5,
      CustomKeywordField = "kw", CustomKeywordListField = { "a", "b" } }
    local d = live.start { "Sleep", search_attributes = attributes,
      priority = { priority_key = 2, fairness_key = "x", fairness_weight = 1.5 },
      versioning_override = { auto_upgrade = true } }:describe()
    for name, value in pairs(attributes) do equal(json.encode(d.search_attributes[name]), json.encode(value)) end
    is_json(d.priority, '{"fairness_key":"x","fairness_weight":1.5,"priority_key":2}')
    equal(d.versioning_info.versioning_override.behavior, "AUTO_UPGRADE")
    local function refused(kind, part, options)
      options[1] = "Sleep"
      raises(kind, part, live.start, options)
    end
    -- The server knows no such deployment; that it says so shows that it was asked for one.
    refused("RPCError", "Pinned version 'd:b' is not present",
      { versioning_override = { pinned = { deployment_name = "d", build_id = "b" } } })
    refused("ValueError", "versioning_override must have one of", { versioning_override = {} })
    refused("ValueError", "versioning_override must have one of", { versioning_override = { auto_upgrade = false } })
    refused("TypeError", "versioning_override.one_time needs deployment_name and build_id",
      { versioning_override = { one_time = { build_id = "b" } } })
    refused("TypeError", "versioning_override.pinned has no field 'buildid'; did you mean 'build_id'?",
      { versioning_override = { pinned = { buildid = "b" } } })
    refused("TypeError", "priority: priority_key must be a whole number", { priority = { priority_key = "a" } })
    refused("ValueError", "priority.priority_key: -1 is not from 0", { priority = { priority_key = -1 } })
    refused("RPCError", "no mapping defined for search attribute Nowhere", { search_attributes = { Nowhere = 1 } })
  end)

  it("leaves the rest to the server, which says so", function()
    equal(raises("RPCError", "invalid CronSchedule", live.start, { "Echo", cron_schedule = "often" }).status,
      "INVALID_ARGUMENT")
    raises("RPCError", "WorkflowId is not set on request", live.start, { "Echo", id = "" })
    raises("RPCError", "length", live.start, { "Echo", id = ("i"):rep(1001) })
    raises("ValueError", "NUL", live.start, { "Echo", id = "nul\0" })
  end)
end)

live.suite("handles", function(it)
  it("have four properties, to be read only", function()
    local h = client:get_workflow_handle("an id", { run_id = "r", first_execution_run_id = "f" })
    equal({ h.id, h.run_id, h.result_run_id, h.first_execution_run_id }, { "an id", "r", "r", "f" })
    equal(tostring(h), 'WorkflowHandle("an id", run_id = "r")')
    local bare = client:get_workflow_handle("an id")
    equal(table.pack(bare.id, bare.run_id, bare.result_run_id, bare.first_execution_run_id),
      table.pack("an id", nil, nil, nil))
    for _, name in ipairs { "id", "run_id", "result_run_id", "first_execution_run_id" } do
      raises("AttributeError", ("WorkflowHandle.%s is read-only"):format(name), function() h[name] = "x" end)
    end
    raises("AttributeError", "WorkflowHandle has no field 'other' to set", function() h.other = 1 end)
    raises("AttributeError", "has no field 'runid'; did you mean 'run_id'?", function() return h.runid end)
    raises("AttributeError", "has no field 'descibe'; did you mean 'describe'?", function() return h.descibe end)
    equal({ h.id, h.run_id }, { "an id", "r" })
  end)

  it("of updates have three", function()
    local u = client:get_workflow_handle("w", { run_id = "r" }):get_update_handle("u")
    equal({ u.id, u.workflow_id, u.workflow_run_id }, { "u", "w", "r" })
    equal(client:get_workflow_handle("w"):get_update_handle("u").workflow_run_id, nil)
    equal(tostring(u), 'WorkflowUpdateHandle("u", workflow_id = "w")')
    raises("AttributeError", "WorkflowUpdateHandle.id is read-only", function() u.id = 1 end)
    raises("AttributeError", "did you mean 'result'", function() return u.reslt end)
  end)

  it("reach the latest run of the id, unless they name one", function()
    local first = live.start { "Echo", args = { 1 } }
    first:result()
    local second = live.start { "Mailbox", id = first.id }
    -- As started, without a run id: describe, signal and query go to the latest run.
    equal(first:describe().run_id, second.result_run_id)
    first:signal("put", "for the second")
    is_json(first:query("contents"), '["for the second"]')
    is_json(first:result(), "[1]")
    local pinned = client:get_workflow_handle(first.id, { run_id = first.result_run_id })
    equal(pinned:describe().status, "COMPLETED")
    is_json(pinned:result(), "[1]")
    -- What changes a workflow stays within the chain that was started.
    raises("RPCError", "", first.terminate, first)
    equal(second:describe().status, "RUNNING")
  end)

  it("with a wrong first run change nothing", function()
    local h = live.start("Mailbox")
    local guarded = client:get_workflow_handle(h.id, { first_execution_run_id = some_run })
    for _, name in ipairs { "cancel", "terminate" } do
      equal(raises("RPCError", "workflow execution not found", guarded[name], guarded).status, "NOT_FOUND")
    end
    raises("RPCError", "workflow execution not found", guarded.execute_update, guarded, "append", 1)
    -- Signals have no such guard.
    guarded:signal("put", "signalled")
    is_json(guarded:query("contents"), '["signalled"]')
    equal(h:describe().status, "RUNNING")
    local right = client:get_workflow_handle(h.id, { first_execution_run_id = h.first_execution_run_id })
    equal(right:execute_update("append", 1), 2)
    right:terminate()
  end)

  it("to nothing say so with the first call", function()
    local missing = client:get_workflow_handle(live.id("missing"))
    for _, name in ipairs { "describe", "result", "cancel", "terminate" } do
      local e = raises("RPCError", missing.id, missing[name], missing)
      equal({ e.status, e.message }, { "NOT_FOUND", "workflow not found for ID: " .. missing.id })
    end
    raises("RPCError", "NOT_FOUND", missing.signal, missing, "s")
    raises("RPCError", "NOT_FOUND", missing.query, missing, "q")
    raises("RPCError", "NOT_FOUND", missing.execute_update, missing, "u")
    local h = live.start("Echo")
    local wrong = client:get_workflow_handle(h.id, { run_id = some_run })
    raises("RPCError", some_run, wrong.describe, wrong)
    raises("RPCError", some_run, wrong.result, wrong)
    local malformed = client:get_workflow_handle(h.id, { run_id = "no run id" })
    equal(raises("RPCError", "Invalid RunId", malformed.describe, malformed).status, "INVALID_ARGUMENT")
  end)
end)
