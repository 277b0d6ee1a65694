local spec = require "support.spec"
local live = require "support.live"

local equal, raises, is_json = spec.equal, live.raises, live.is_json
local start, execute = client.start_update_with_start_workflow, client.execute_update_with_start_workflow

-- An operation for an id, whose workflow is terminated by hand: `live.start` does not start it.
local function operation(first, id)
  first.id, first.task_queue = id or live.id("with-start"), first.task_queue or live.task_queue
  first.id_conflict_policy = first.id_conflict_policy or "USE_EXISTING"
  return temporal.with_start_workflow_operation(first)
end

live.suite("updates with start", function(it)
  it("give the workflow's handle as soon as the server has answered", function()
    local o = operation { "Mailbox", result_type = "table" }
    equal(tostring(o), ('WithStartWorkflowOperation("Mailbox", id = "%s")'):format(o.id))
    async.scope(function(scope)
      local one, two = scope:spawn(o.workflow_handle, o), scope:spawn(o.workflow_handle, o)
      local u = start(client, { "append_slowly", args = { 5 }, start_workflow_operation = o,
        wait_for_stage = "ACCEPTED" })
      local h = one:await()
      equal({ h.id, two:await().result_run_id, u.workflow_run_id }, { o.id, h.result_run_id, h.result_run_id })
      h:signal("release")
      equal(u:result(), 1)
      h:signal("finish")
      is_json(h:result(), "[5]")
      -- The result_type of the operation is that of the handle.
      raises("TypeError", "the result is of type table", h.result, h, { result_type = "string" })
    end)
  end)

  it("give what failed to whoever waits for the handle", function()
    local first = live.start("Mailbox")
    local o = operation({ "Mailbox", id_conflict_policy = "FAIL" }, first.id)
    async.scope(function(scope)
      local waiting = scope:spawn(pcall, o.workflow_handle, o)
      raises("WorkflowAlreadyStartedError", "", execute, client,
        { "append", args = { 1 }, start_workflow_operation = o })
      local ok, e = waiting:await()
      equal({ ok, e.kind, e.run_id }, { false, "WorkflowAlreadyStartedError", first.result_run_id })
    end)
  end)

  it("wait no longer than they are told to, nor for a handle that nobody asks for", function()
    local o = operation { "Sleep", task_queue = live.id("nobody") }
    raises("TimeoutError", "update 'append' is not completed after 0.2 s", execute, client,
      { "append", args = { 1 }, start_workflow_operation = o, timeout = 0.2 })
    local never = operation { "Mailbox" }
    raises("TimeoutError", "timed out after 0.1 s", async.timeout, 0.1, never.workflow_handle, never)
    client:get_workflow_handle(o.id):terminate()
  end)

  it("take their result's type from the definition", function()
    local append = temporal.update_definition("append", { result_type = "string" })
    local o = operation { "Mailbox" }
    raises("TypeError", "the result is of type integer, where result_type asks for a string", execute, client,
      { append, args = { 1 }, start_workflow_operation = o })
    o:workflow_handle():terminate()
  end)

  it("check their arguments before anything is sent", function()
    local function refused(kind, part, arguments) raises(kind, part, start, live.nowhere, arguments) end
    local o = operation { "Mailbox" }
    refused("TypeError", "start_workflow_operation must be a WithStartWorkflowOperation, not table",
      { "append", wait_for_stage = "ACCEPTED", start_workflow_operation = { "Mailbox" } })
    refused("TypeError", "needs start_workflow_operation", { "append", wait_for_stage = "ACCEPTED" })
    refused("TypeError", "needs wait_for_stage", { "append", start_workflow_operation = o })
    refused("ValueError", "ADMITTED wait stage not supported",
      { "append", start_workflow_operation = o, wait_for_stage = "ADMITTED" })
    raises("TypeError", "needs id_conflict_policy", temporal.with_start_workflow_operation,
      { "Mailbox", id = "x", task_queue = "q" })
    raises("TypeError", "has no parameter 'start_signal'", operation, { "Mailbox", start_signal = "put" })
    raises("TypeError", "retry_policy has no field 'max'", operation, { "Mailbox", retry_policy = { max = 1 } })
  end)

  it("are refused to a client that reads only", function()
    local reader = temporal.connect { client.address, namespace = client.namespace, read_only = true }
    raises("ReadOnlyError", "ExecuteMultiOperation changes the server's state", execute, reader,
      { "append", args = { 1 }, start_workflow_operation = operation { "Mailbox" } })
  end)
end)
