local spec = require "support.spec"
local live = require "support.live"

local equal, truthy, raises = spec.equal, spec.truthy, live.raises

-- Workflows whose ids have a prefix of their own, and the query that finds all of them, as the store already does.
local function start_some(count, options)
  local prefix, handles = live.id("batch"), {}
  for index = 1, count do
    local start = { "Mailbox", id = prefix .. "-" .. index }
    for name, value in pairs(options or {}) do start[name] = value end
    handles[index] = live.start(start)
  end
  local query = ("WorkflowId STARTS_WITH '%s'"):format(prefix)
  -- After the first workflow task a record is written anew, with the worker's build, and is away for a moment.
  local settled = query .. (options and options.task_queue and "" or " AND BuildIds = 'unversioned'")
  live.wait_until(function() return client:count_workflows(settled).count == count end)
  return handles, query
end

local function statuses(handles)
  return async.map(handles, function(h) return h:describe().status end)
end

live.suite("batch operations", function(it)
  it("signal, with arguments", function()
    local handles, query = start_some(3)
    local batch = client:start_batch_operation { "signal", query = query, signal = "put", args = { "x" },
      reason = "a test", max_operations_per_second = 50 }
    local r = batch:result { timeout = "30s" }
    equal({ r.state, r.operation_type, r.reason, r.query }, { "COMPLETED", "SIGNAL_WORKFLOW", "a test", query })
    equal({ r.total_operation_count, r.complete_operation_count, r.failure_operation_count }, { 3, 3, 0 })
    equal({ r.job_id, r.identity }, { batch.job_id, client.identity })
    truthy(r.close_time >= r.start_time)
    for _, h in ipairs(handles) do
      local seen
      for e in h:fetch_history_events() do
        seen = e.workflow_execution_signaled_event_attributes or seen
      end
      equal({ seen.signal_name, seen.input[1] }, { "put", "x" })
    end
  end)

  it("cancel, terminate and delete", function()
    local handles, query = start_some(2, { [1] = "Sleep", task_queue = live.id("nobody") })
    client:start_batch_operation { "cancel", query = query }:result()
    for _, h in ipairs(handles) do
      truthy(h:describe().extended_info.cancel_requested)
    end
    client:start_batch_operation { "TERMINATE", query = { id = handles[1].id }, args = { "detail" } }:result()
    client:start_batch_operation { "terminate", executions = { handles[2] } }:result()
    equal(statuses(handles), { "TERMINATED", "TERMINATED" })
    -- What is deleted stays to be seen for up to half a minute.
    local r = client:start_batch_operation { "delete", query = query }:result()
    equal({ r.operation_type, r.complete_operation_count }, { "DELETE_WORKFLOW", 2 })
  end)

  it("are for executions by id, handle and run", function()
    local handles = start_some(4)
    local r = client:start_batch_operation { "terminate", executions = { handles[1].id, handles[2],
      { workflow_id = handles[3].id, run_id = handles[3].result_run_id }, handles[4]:describe() } }:result()
    equal({ r.total_operation_count, r.failure_operation_count, r.query }, { 4, 0, nil })
    equal(statuses(handles), { "TERMINATED", "TERMINATED", "TERMINATED", "TERMINATED" })
  end)

  it("reset to a workflow task", function()
    local handles, query = start_some(2)
    async.map(handles, function(h) h:query("contents") end)
    client:start_batch_operation { "reset", query = query, type = "FIRST_WORKFLOW_TASK", reason = "again",
      reapply_exclude = { "ALL" } }:result()
    for _, h in ipairs(handles) do
      truthy(client:get_workflow_handle(h.id):describe().run_id ~= h.result_run_id)
    end
  end)

  it("update the options of executions", function()
    local handles, query = start_some(2)
    local function overrides()
      return async.map(handles, function(h)
        local info = h:describe().versioning_info
        return info and info.versioning_override and info.versioning_override.auto_upgrade or false
      end)
    end
    client:start_batch_operation { "update_options", query = query, versioning_override = { auto_upgrade = true } }
      :result()
    equal(overrides(), { true, true })
    client:start_batch_operation { "update_options", query = query, versioning_override = {} }:result()
    equal(overrides(), { false, false })
    client:start_batch_operation { "update_options", query = query, priority = { priority_key = 2 } }:result()
    equal(handles[1]:describe().priority.priority_key, 2)
  end)

  it("are counted where they fail", function()
    local handles = start_some(2)
    handles[1]:terminate()
    local r = client:start_batch_operation { "signal", signal = "put", executions = handles }:result()
    equal({ r.total_operation_count, r.complete_operation_count + r.failure_operation_count }, { 2, 2 })
    truthy(r.failure_operation_count <= 1)
  end)

  it("can be stopped", function()
    -- As many as there may be: they take the server seconds, whatever becomes of each.
    local ids = {}
    for index = 1, 1000 do ids[index] = live.id("nothing") end
    local batch = client:start_batch_operation { "signal", executions = ids, signal = "put" }
    equal(batch:describe().state, "RUNNING")
    raises("TimeoutError", "has not ended after 0.01 s", batch.result, batch, { timeout = 0.01 })
    batch:stop("enough")
    equal(batch:result().state, "FAILED")
    raises("RPCError", "NOT_FOUND", batch.stop, batch, "again")
  end)

  it("are listed, and found by their ids", function()
    local _, query = start_some(1)
    local batch = client:start_batch_operation { "signal", query = query, signal = "put", job_id = live.id("job") }
    batch:result()
    local found
    live.wait_until(function()
      for b in client:list_batch_operations { page_size = 2 } do
        if b.job_id == batch.job_id then found = b end
      end
      return found and found.state == "COMPLETED"
    end)
    equal(found.operation_type, "SIGNAL_WORKFLOW")
    equal(client:get_batch_operation_handle(batch.job_id):describe().query, query)
    equal(tostring(client:get_batch_operation_handle("j")), 'BatchOperationHandle("j")')
    local list, count = client:list_batch_operations { limit = 1 }, 0
    for _ in list do count = count + 1 end
    equal(count, 1)
    local e = raises("RPCError", "", client:get_batch_operation_handle("none").describe,
      client:get_batch_operation_handle("none"))
    equal(e.status, "NOT_FOUND")
  end)

  it("refuse what makes no sense, before anything is sent", function()
    local nowhere = live.nowhere
    local function refused(kind, part, arguments)
      raises(kind, part, nowhere.start_batch_operation, nowhere, arguments)
    end
    refused("ValueError", "needs either query or executions", { "cancel" })
    refused("ValueError", "needs either query or executions", { "cancel", query = "x", executions = { "y" } })
    refused("ValueError", "executions is empty", { "cancel", executions = {} })
    refused("TypeError", "executions[2] must be a workflow id", { "cancel", executions = { "x", 5 } })
    refused("ValueError", "did you mean 'cancel'?", { "cancl", query = "x" })
    refused("TypeError", "a batch cancel takes no signal; that is for signal",
      { "cancel", query = "x", signal = "put" })
    refused("TypeError", "a batch signal needs signal", { "signal", query = "x" })
    refused("ValueError", "needs either type or build_id", { "reset", query = "x" })
    refused("ValueError", "needs either type or build_id",
      { "reset", query = "x", type = "FIRST_WORKFLOW_TASK", build_id = "b" })
    refused("ValueError", 'reapply_exclude[2] must be one of "ALL"',
      { "reset", query = "x", build_id = "b", reapply_exclude = { "SIGNAL", "TIMERS" } })
    refused("ValueError", "needs versioning_override or priority", { "update_options", query = "x" })
    refused("TypeError", "versioning_override has no field 'pined'; did you mean 'pinned'?",
      { "update_options", query = "x", versioning_override = { pined = {} } })
    refused("ValueError", "needs either activity_options or restore", { "update_activity_options", query = "x" })
    refused("TypeError", "activity_options has no field 'heartbeat'",
      { "update_activity_options", query = "x", activity_options = { heartbeat = 1 } })
    refused("TypeError", "has no parameter 'querry'; did you mean 'query'?", { "cancel", querry = "x" })
  end)

  it("are refused by a client that only reads", function()
    local reader = temporal.connect(client.address, { namespace = client.namespace, read_only = true })
    raises("ReadOnlyError", "", reader.start_batch_operation, reader, { "cancel", query = "WorkflowId = 'none'" })
    local batch = reader:get_batch_operation_handle("none")
    raises("ReadOnlyError", "", batch.stop, batch, "x")
  end)
end)
