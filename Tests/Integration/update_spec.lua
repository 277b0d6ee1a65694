local spec = require "support.spec"
local live = require "support.live"

local equal, raises, is_json = spec.equal, live.raises, live.is_json

live.suite("updates", function(it)
  it("complete", function()
    local h = live.start("Mailbox")
    equal(h:execute_update("append", "a"), 1)
    equal(h:execute_update { "append", arg = "b", rpc_timeout = 10 }, 2)
    local u = h:start_update { "append", args = { "c" }, wait_for_stage = "COMPLETED" }
    equal(#u.id, 36)
    equal({ u.workflow_id, u.workflow_run_id }, { h.id, h.result_run_id })
    equal(u:result(), 3)
    equal(u:result(), 3)
    is_json(h:query("contents"), '["a","b","c"]')
  end)

  it("are accepted long before they complete", function()
    local h = live.start("Mailbox")
    local u = h:start_update { "append_slowly", args = { 1 }, id = "slow", wait_for_stage = "ACCEPTED" }
    equal(u.id, "slow")
    async.scope(function(scope)
      local waiting = scope:spawn(u.result, u)
      is_json(h:query("contents"), "[]")
      equal(waiting:status(), "waiting")
      h:signal("release")
      equal(waiting:await(), 1)
    end)
    -- Any handle for it knows the outcome, also after the workflow has closed.
    h:signal("finish")
    h:result()
    equal(h:get_update_handle("slow"):result(), 1)
    equal(client:get_workflow_handle(h.id):get_update_handle("slow"):result(), 1)
  end)

  it("that the validator rejects fail only by their result", function()
    local h = live.start("Mailbox")
    local u = h:start_update { "append", arg = json.null, wait_for_stage = "ACCEPTED" }
    local e = raises("WorkflowUpdateFailedError", "caused by Rejected: nothing cannot be appended", u.result, u)
    equal({ e.message, e.cause.kind, e.cause.type }, { "Workflow update failed", "ApplicationError", "Rejected" })
    raises("WorkflowUpdateFailedError", "Rejected", h.execute_update, h, "append", nil)
    is_json(h:query("contents"), "[]")
  end)

  it("whose handler fails have its error as cause", function()
    local h = live.start("Mailbox")
    local e = raises("WorkflowUpdateFailedError", "UpdateBroke: oh no", h.execute_update, h, "failing_update", "oh no")
    is_json(e.cause.details, '[{"update":true}]')
    equal(h:describe().status, "RUNNING")
  end)

  it("of an unknown name fail by their result, too", function()
    local h = live.start("Mailbox")
    local u = h:start_update { "apend", wait_for_stage = "ACCEPTED" }
    raises("WorkflowUpdateFailedError", "'apend' expected but not found", u.result, u)
  end)

  it("happen once under their id", function()
    local h = live.start("Mailbox")
    equal(h:execute_update { "append", args = { "x" }, id = "once" }, 1)
    equal(h:execute_update { "append", args = { "y" }, id = "once" }, 1)
    is_json(h:query("contents"), '["x"]')
    h:signal("finish")
    h:result()
    equal(h:execute_update { "append", args = { "z" }, id = "once" }, 1)
  end)

  it("cannot be waited for to be admitted", function()
    local h = live.nowhere:get_workflow_handle("any")
    for _, stage in ipairs { "ADMITTED", "admitted", "UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ADMITTED" } do
      raises("ValueError", "ADMITTED wait stage not supported", live.start("Mailbox").start_update,
        client:get_workflow_handle("any"), { "append", wait_for_stage = stage })
    end
    raises("ValueError", "ADMITTED wait stage not supported", h.start_update, h, { "a", wait_for_stage = "ADMITTED" })
    raises("ValueError", 'must be one of "ADMITTED", "ACCEPTED", "COMPLETED", not "DONE"', h.start_update, h,
      { "append", wait_for_stage = "DONE" })
    raises("TypeError", 'returns ("ACCEPTED" or "COMPLETED")', h.start_update, h, { "append" })
  end)

  it("fail if the workflow ends first", function()
    local h = live.start("Mailbox")
    local u = h:start_update { "append_slowly", arg = 1, wait_for_stage = "ACCEPTED" }
    h:signal("finish")
    local e = raises("WorkflowUpdateFailedError", "", u.result, u)
    equal({ e.cause.type, e.cause.non_retryable }, { "AcceptedUpdateCompletedWorkflow", true })
  end)

  it("are found again by their definition, which gives the result's type", function()
    local h = live.start("Mailbox")
    local append = temporal.update_definition("append", { result_type = function(count) return count .. " items" end })
    local u = h:start_update { append, args = { "a" }, id = "one", wait_for_stage = "COMPLETED" }
    equal(u:result(), "1 items")
    local same = h:get_update_handle_for(append, "one")
    equal({ same.id, same.workflow_id, same.workflow_run_id }, { "one", h.id })
    equal(same:result(), "1 items")
    equal(same:result { result_type = "integer" }, 1)
    equal(h:get_update_handle_for(append, "one", { workflow_run_id = h.result_run_id }):result(), "1 items")
    equal(h:get_update_handle_for { append, "one", workflow_run_id = "a run" }.workflow_run_id, "a run")
    local run = client:get_workflow_handle(h.id, { run_id = h.result_run_id })
    equal(run:get_update_handle_for { update = append, id = "one" }.workflow_run_id, h.result_run_id)
    raises("TypeError", "update must be a definition, not string", h.get_update_handle_for, h, "append", "one")
    raises("TypeError", "is no update definition", h.get_update_handle_for, h, temporal.query_definition("q"), "one")
    raises("TypeError", "needs id: the update's id", h.get_update_handle_for, h, append)
  end)

  it("that were never sent are not found", function()
    local h = live.start("Mailbox")
    local u = h:get_update_handle("none")
    local e = raises("RPCError", 'update "none" not found', u.result, u)
    equal(e.status, "NOT_FOUND")
  end)

  it("tell by an error of their own that the wait was too long", function()
    local h = live.start("Mailbox")
    local u = h:start_update { "append_slowly", arg = 1, wait_for_stage = "ACCEPTED" }
    local e = raises("WorkflowUpdateRPCTimeoutOrCancelledError", "Timeout or cancellation waiting for update", u.result,
      u, { rpc_timeout = "50ms" })
    equal({ e.cause.kind, e.cause.status }, { "RPCError", "DEADLINE_EXCEEDED" })
    local unattended = live.start_unattended()
    e = raises("WorkflowUpdateRPCTimeoutOrCancelledError", "", unattended.execute_update, unattended,
      { "append", rpc_timeout = 0.05 })
    equal(e.cause.status, "DEADLINE_EXCEEDED")
    raises("WorkflowUpdateRPCTimeoutOrCancelledError", "", unattended.start_update, unattended,
      { "append", rpc_timeout = 0.05, wait_for_stage = "ACCEPTED" })
    h:signal("release")
    equal(u:result(), 1)
  end)

  it("end their wait when the task that waits is cancelled", function()
    local h = live.start("Mailbox")
    local u = h:start_update { "append_slowly", arg = 1, wait_for_stage = "ACCEPTED" }
    raises("TimeoutError", "timed out after 0.05 s", async.timeout, 0.05, u.result, u)
    raises("TimeoutError", "", async.timeout, 0.05, h.execute_update, h, "append_slowly", 2)
    h:signal("release")
    equal(u:result(), 1)
  end)

  it("are waited for as long as the caller says", function()
    local h = live.start("Mailbox")
    raises("TimeoutError", "WorkflowHandle:execute_update: update 'append_slowly' is not completed after 0.05 s",
      h.execute_update, h, { "append_slowly", arg = 1, timeout = "50ms" })
    local unattended = live.start_unattended()
    raises("TimeoutError", "WorkflowHandle:start_update: update 'append' is not accepted after 0.05 s",
      unattended.start_update, unattended, { "append", wait_for_stage = "ACCEPTED", timeout = "50ms" })
    local u = h:start_update { "append_slowly", arg = 2, id = "u", wait_for_stage = "ACCEPTED", timeout = 30 }
    raises("TimeoutError", "WorkflowUpdateHandle:result: update 'u' is not completed after 0.05 s",
      u.result, u, { timeout = "50ms" })
    h:signal("release")
    equal(math.type(u:result { timeout = 30 }), "integer")
  end)

  it("are many at once", function()
    local h = live.start("Mailbox")
    local results = async.map({ 1, 2, 3, 4, 5, 6, 7, 8 }, function(item) return h:execute_update("append", item) end)
    table.sort(results)
    equal(results, { 1, 2, 3, 4, 5, 6, 7, 8 })
  end)
end)
