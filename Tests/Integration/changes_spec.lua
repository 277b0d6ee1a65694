local spec = require "support.spec"
local live = require "support.live"

local equal, truthy, raises, is_json = spec.equal, spec.truthy, live.raises, live.is_json

-- A mailbox that has worked off a signal.
local function mailbox()
  local h = live.start("Mailbox")
  h:query("contents")
  h:signal("put", "first")
  h:query("contents")
  return h
end

live.suite("changes of workflows", function(it)
  it("reset gives a handle to the new run, with the type of the old one's result", function()
    local h = live.start { "Mailbox", result_type = "table" }
    h:query("contents")
    h:signal("put", "first")
    h:query("contents")
    local new = h:reset("FIRST_WORKFLOW_TASK", { reason = "a test" })
    equal({ new.id, new.run_id, new.result_run_id }, { h.id, h:describe().run_id, new.run_id })
    is_json(new:query("contents"), '["first"]')
    local e = raises("WorkflowFailureError", "a test", h.result, h)
    equal(e.cause.kind, "TerminatedError")
    new:signal("finish")
    is_json(new:result(), '["first"]')
  end)

  it("reset leaves out what it is told to, by name or all of it", function()
    local h = mailbox()
    h:execute_update("append", "second")
    is_json(h:reset { event_id = 4, reapply_exclude = { "SIGNAL" } }:query("contents"), '["second"]')
    local other = mailbox()
    other:execute_update("append", "second")
    is_json(other:reset { event_id = 4, reapply_exclude = { "all" } }:query("contents"), "[]")
  end)

  it("reset goes to the first task of a build", function()
    local h = mailbox()
    local point = h:describe().reset_points[1]
    local new = h:reset { build_id = point.build_id }
    is_json(new:query("contents"), '["first"]')
    raises("ValueError", "the workflow has no reset point of build 'nope'", h.reset, h, { build_id = "nope" })
  end)

  it("reset takes exactly one place, and only places there are", function()
    local h = live.nowhere:get_workflow_handle("any")
    for _, arguments in ipairs { {}, { "LAST_WORKFLOW_TASK", event_id = 4 }, { event_id = 4, build_id = "b" } } do
      raises("ValueError", "needs one of type, event_id and build_id", h.reset, h, arguments)
    end
    raises("ValueError", 'type must be one of "FIRST_WORKFLOW_TASK"', h.reset, h, "LATEST")
    raises("ValueError", 'reapply_exclude must have "ALL", or some of "SIGNAL"', h.reset, h,
      { event_id = 4, reapply_exclude = { "TIMER" } })
    raises("TypeError", "versioning_override.pinned needs deployment_name and build_id", h.reset, h,
      { event_id = 4, versioning_override = { pinned = { build_id = "b" } } })
    local open = mailbox()
    raises("ValueError", "no run continued as this one", open.reset, open, "LAST_CONTINUED_AS_NEW")
    local e = raises("RPCError", "Workflow task finish ID must be", open.reset, open, { event_id = 4000 })
    equal(e.status, "INVALID_ARGUMENT")
  end)

  it("a workflow is paused until it is not any more", function()
    local h = mailbox()
    h:pause { reason = "a test" }
    local d = h:describe()
    equal({ d.status, d.extended_info.pause_info.reason }, { "PAUSED", "a test" })
    equal(raises("RPCError", "already paused", h.pause, h).status, "FAILED_PRECONDITION")
    h:unpause()
    equal(h:describe().status, "RUNNING")
  end)

  it("options are given, changed and taken away", function()
    local h = live.start { "Sleep", priority = { priority_key = 4 } }
    local options = h:update_options { versioning_override = { auto_upgrade = true }, priority = { priority_key = 2 } }
    equal({ options.versioning_override.auto_upgrade, options.priority.priority_key }, { true, 2 })
    options = h:update_options { versioning_override = {} }
    equal({ options.versioning_override, options.priority.priority_key }, { nil, 2 })
    equal(h:describe().priority.priority_key, 2)
    raises("ValueError", "there is no option to change", h.update_options, h)
    raises("TypeError", "priority has no field 'priority_kye'; did you mean 'priority_key'?", h.update_options, h,
      { priority = { priority_kye = 1 } })
    raises("ValueError", "must have one of pinned, one_time and auto_upgrade", h.update_options, h,
      { versioning_override = { auto_upgrade = false } })
  end)

  it("a deleted workflow is gone", function()
    local h = live.start("Sleep")
    h:delete()
    live.wait_until(function() return not pcall(h.describe, h) end)
    equal(raises("RPCError", "", h.describe, h).status, "NOT_FOUND")
  end)

  it("activities are paused, changed and started over", function()
    local h = live.start("RunActivity", "failing_activity", { "no" }, 0)
    live.wait_until(function()
      local activity = h:describe().pending_activities[1]
      return activity and activity.attempt > 1
    end)
    local id = h:describe().pending_activities[1].activity_id
    h:pause_activity(id, { reason = "a test" })
    live.wait_until(function() return h:describe().pending_activities[1].state == "PAUSED" end)
    local options = h:update_activity_options(id, { retry_policy = { maximum_attempts = 1 },
      start_to_close_timeout = "1m", priority = { priority_key = 3 } })
    equal({ options.retry_policy.maximum_attempts, options.start_to_close_timeout, options.priority.priority_key },
      { 1, 60.0, 3 })
    h:reset_activity(id, { keep_paused = true })
    truthy(h:describe().pending_activities[1].paused)
    -- It is its first attempt again, and the last one it has.
    h:unpause_activity(id)
    raises("WorkflowFailureError", "ActivityBroke: no", h.result, h)
    raises("ValueError", "cannot be restored and changed at once", h.update_activity_options, h, id,
      { heartbeat_timeout = 1, restore_original_options = true })
    raises("ValueError", "there is no option to change", h.update_activity_options, h, id)
    raises("TypeError", "retry_policy has no field 'attempts'", h.update_activity_options, h, id,
      { retry_policy = { attempts = 1 } })
  end)

  it("none of it is done by a client that reads only", function()
    local h = mailbox()
    local reader = temporal.connect { client.address, namespace = client.namespace, read_only = true }
    local r = reader:get_workflow_handle(h.id)
    local function refused(rpc, method, ...) raises("ReadOnlyError", rpc, r[method], r, ...) end
    refused("ResetWorkflowExecution", "reset", "LAST_WORKFLOW_TASK")
    refused("DeleteWorkflowExecution", "delete")
    refused("PauseWorkflowExecution", "pause")
    refused("UnpauseWorkflowExecution", "unpause")
    refused("UpdateWorkflowExecutionOptions", "update_options", { priority = {} })
    refused("PauseActivityExecution", "pause_activity", "1")
    refused("UnpauseActivityExecution", "unpause_activity", "1")
    refused("ResetActivityExecution", "reset_activity", "1")
    refused("UpdateActivityExecutionOptions", "update_activity_options", "1", { heartbeat_timeout = 0 })
    equal(h:describe().status, "RUNNING")
  end)
end)
