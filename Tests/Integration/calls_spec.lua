local spec = require "support.spec"
local live = require "support.live"
local declare = require "moondial.declare"

local equal, raises, is_json = spec.equal, live.raises, live.is_json

-- What the methods of each type are called on, so that any call that gets as far as sending fails otherwise.
local function receivers()
  local handle = live.nowhere:get_workflow_handle("any")
  return {
    Client = live.nowhere, WorkflowHandle = handle, WorkflowUpdateHandle = handle:get_update_handle("any"),
    WorkflowHistory = temporal.history_from_json("any", "{}"),
    temporal = false, json = false,
  }
end

-- Calls visit(call, method) for each declared method that has a named form; call(table) calls it.
local function each_method(visit)
  for type_name, receiver in pairs(receivers()) do
    local declaration = declare.types[type_name]
    for name, method in pairs(declaration.methods or declaration.functions) do
      local bound = declaration.bound[name]
      if not method.verbatim then
        visit(function(...)
          if receiver then
            return bound(receiver, ...)
          end
          return bound(...)
        end, method)
      end
    end
  end
end

live.suite("calls: named and positional", function(it)
  it("name an unknown key before anything is sent", function()
    local count = 0
    each_method(function(call, method)
      count = count + 1
      raises("TypeError", method.title .. " has no parameter 'zzzzzzzz'", call, { zzzzzzzz = 1 })
      raises("TypeError", " has no ", call, { [9] = "x" })
      raises("TypeError", "takes one table", call, {}, 1)
    end)
    assert(count >= 22, "only " .. count)
  end)

  it("name the nearest key to a misspelt one", function()
    each_method(function(call, method)
      for _, parameter in ipairs(method.parameters) do
        local slip = parameter.name:sub(1, -2)
        if not method.by_name[slip] and #slip > 2 then
          local e = raises("TypeError", "did you mean '", call, { [slip] = 1 })
          spec.contains(e, ("has no parameter '%s'"):format(slip))
        end
      end
    end)
    local handle = live.nowhere:get_workflow_handle("any")
    equal(raises("TypeError", "", handle.query, handle, { "q", arsg = {} }).message,
      "WorkflowHandle:query has no parameter 'arsg'; did you mean 'args'?")
    equal(raises("TypeError", "", handle.signal, handle, { "q", rpc_timout = 1 }).message,
      "WorkflowHandle:signal has no parameter 'rpc_timout'; did you mean 'rpc_timeout'?")
  end)

  it("say where the fields of a table go that are given as parameters", function()
    local c = live.nowhere
    raises("TypeError", "Client:list_workflows has no parameter 'status'; did you mean query = { status = … }?",
      c.list_workflows, c, { status = "RUNNING" })
    raises("TypeError", "did you mean query = { paused = … }?", c.count_schedules, c, { paused = true })
    raises("TypeError", "did you mean schedule = { action = … }?", c.create_schedule, c, { id = "a", action = {} })
    raises("TypeError", "did you mean tls = { domain = … }?", temporal.connect, { "localhost:1", domain = "a" })
  end)

  it("check the types of parameters before anything is sent", function()
    local c = live.nowhere
    local h = c:get_workflow_handle("any")
    raises("TypeError", "WorkflowHandle:query: query must be a name or a definition, not 5", h.query, h, 5)
    raises("TypeError", "needs query: the query's name", h.query, h)
    raises("TypeError", "needs query: the query's name", h.query, h, {})
    raises("TypeError", "was given 'query' twice", h.query, h, { "a", query = "b" })
    raises("TypeError", "args must be a list; it has the key a", h.signal, h, { "s", args = { a = 1 } })
    raises("TypeError", "args must be a list, not string", h.signal, h, { "s", args = "x" })
    raises("TypeError", "args.n must be a count", h.signal, h, { "s", args = { n = -1 } })
    raises("TypeError", "args must be a list; it has the key 3", h.signal, h, { "s", args = { n = 2, 1, 2, 3 } })
    raises("ValueError", "bad duration '5 parsecs'", h.describe, h, { rpc_timeout = "5 parsecs" })
    raises("ValueError", "must not be negative", h.describe, h, { rpc_timeout = -1 })
    raises("TypeError", "rpc_metadata[a] is not", h.describe, h, { rpc_metadata = { a = 1 } })
    raises("TypeError", "headers must be a table, not string", h.signal, h, { "s", headers = "x" })
    raises("TypeError", "headers: its keys must be text", h.query, h, { "q", headers = { "x" } })
    raises("TypeError", "headers.a: JSON cannot hold a function", h.execute_update, h, { "u", headers = { a = print } })
    raises("TypeError", "follow_runs must be true or false, not string", h.result, h, { follow_runs = "yes" })
    raises("TypeError", "id must be text, not 1", c.start_workflow, c, { "T", id = 1, task_queue = "q" })
    raises("TypeError", "limit must be a whole number, not 1.5", c.list_workflows, c, { limit = 1.5 })
    raises("TypeError", "limit must be a whole number of at least 0, not -1", c.list_workflows, c, { limit = -1 })
    raises("ValueError", "result_type must be integer,", h.query, h, { "q", result_type = "int" })
    raises("ValueError", "event_filter_type must be one of \"ALL_EVENT\", \"CLOSE_EVENT\", not \"CLOSE\"",
      h:fetch_history_events { event_filter_type = "CLOSE" })
  end)

  it("take any duration for a deadline, and refuse what the API has no room for", function()
    equal(client:count_workflows { query = "WorkflowId = 'none'", rpc_timeout = 1e300 }.count, 0)
    raises("ValueError", "workflow_execution_timeout: 1000000000000000 seconds and 0 nanoseconds are out of range",
      client.start_workflow, client, { "Echo", id = "any", task_queue = "any", execution_timeout = 1e300 })
  end)

  it("check what all calls of a client have", function()
    local function connect(retry) return temporal.connect { "localhost:1", lazy = true, retry_config = retry } end
    raises("TypeError", "did you mean 'max_retries'?", connect, { max_retry = 1 })
    raises("ValueError", "multiplier must be from 1 to 1000", connect, { multiplier = 0 / 0 })
    raises("ValueError", "randomization_factor from 0 to 1", connect, { randomization_factor = 2 })
    local c = live.nowhere
    raises("TypeError", "rpc_metadata[a] is not", function() c.rpc_metadata = { a = 1 } end)
    raises("ValueError", "Illegal value for metadata key \"a\"", function() c.rpc_metadata = { a = "1\n" } end)
    raises("AttributeError", "can be set, but not be read", function() return c.rpc_metadata end)
    c.rpc_metadata = nil
  end)

  it("refuse arguments that a method has no place for", function()
    local h = live.nowhere:get_workflow_handle("any")
    raises("TypeError", "WorkflowHandle:cancel takes its parameters by name, as in WorkflowHandle:cancel{ reason = … }",
      h.cancel, h, "reason")
    raises("TypeError", "takes its parameters by name", h.describe, h, 1, 2)
    raises("TypeError", "takes 1 argument and a table of options; this call passes 3",
      h.get_update_handle, h, "u", 1, 2)
    raises("TypeError", "[2]; the workflow's arguments go in args", h.signal, h, { "s", 1 })
    raises("TypeError", "call it as WorkflowHandle:cancel, with a colon", h.cancel)
    raises("TypeError", "call it as WorkflowHandle:cancel, with a colon", h.cancel, {})
  end)

  it("of a read-only client change nothing, and say so", function()
    local c = temporal.connect(client.address, { namespace = client.namespace, read_only = true })
    equal({ c.read_only, client.read_only }, { true, false })
    local h = c:get_workflow_handle(live.start("Mailbox").id)
    local declared = require "moondial.declare".types
    -- What a call needs besides the parameters that are required, or where text will not do.
    local schedule = { action = { workflow = "Echo", id = live.id(), task_queue = live.task_queue }, spec = {} }
    local function operation()
      return temporal.with_start_workflow_operation { "Mailbox", id = live.id(), task_queue = live.task_queue,
        id_conflict_policy = "FAIL" }
    end
    local needed = { reset = { event_id = 4 }, update_options = { priority = {} },
      create_schedule = { schedule = schedule }, update_activity_options = { heartbeat_timeout = 1 },
      start_batch_operation = { query = "WorkflowId = 'none'", signal = "put" },
      execute_update_with_start_workflow = { start_workflow_operation = operation() },
      start_update_with_start_workflow = { start_workflow_operation = operation() } }
    for owner, object in pairs { Client = c, WorkflowHandle = h } do
      for name, method in pairs(declared[owner].methods) do
        local arguments = {}
        for _, parameter in ipairs(method.parameters) do
          local sample = parameter.type == "table" and { Sample = "Keyword" } or live.id()
          arguments[parameter.name] = parameter.required and (parameter.values or { sample })[1] or nil
        end
        for key, value in pairs(needed[name] or {}) do arguments[key] = value end
        if method.changes_state then raises("ReadOnlyError", "read-only", object[name], object, arguments) end
      end
    end
    raises("ReadOnlyError", "DeleteWorkflowExecution", function()
      return c.workflow_service:delete_workflow_execution { namespace = c.namespace }
    end)
    is_json(h:query("contents"), "[]")
    equal(h:describe().status, "RUNNING")
  end)

  it("tell what only a name can give", function()
    local c = live.nowhere
    raises("TypeError", "needs id: the workflow id; give it by name", c.start_workflow, c, "Echo", 1)
    local h = c:get_workflow_handle("any")
    raises("TypeError", "give it by name, as in WorkflowHandle:start_update{ …, wait_for_stage = \"ACCEPTED\" }",
      h.start_update, h, "append", 1)
  end)

  it("take arg or args, and not both", function()
    local h = live.start("Mailbox")
    raises("ValueError", "Cannot have arg and args", h.signal, h, { "put", arg = 1, args = { 2 } })
    h:signal { "put", arg = 1 }
    h:signal { "put", arg = false }
    h:signal { "put", arg = json.null }
    h:signal { "put", arg = { "a", "list" } }
    h:signal { "put", args = { 2, "three" } }
    h:signal { "put", args = {} }
    h:signal { "put" }
    is_json(h:query("contents"), '[1,false,null,["a","list"],2,"three"]')
  end)

  it("keep nils, inner and trailing", function()
    is_json(live.execute("Echo", nil, 1, nil, nil), "[null,1,null,null]")
    is_json(live.execute("Echo", nil), "[null]")
    is_json(live.execute("Echo"), "[]")
    is_json(live.execute { "Echo", args = { n = 3, 1, nil, 3 } }, "[1,null,3]")
    is_json(live.execute { "Echo", args = { n = 2 } }, "[null,null]")
    is_json(live.execute { "Echo", args = { 1, json.null } }, "[1,null]")
    local h = live.start("Mailbox")
    h:signal("put", nil, 1, nil)
    is_json(h:query("contents"), "[null,1,null]")
  end)

  it("tell the two forms apart by the first argument alone", function()
    local h = live.start("Mailbox")
    h:signal("put", { arg = 1 })
    h:signal(temporal.signal_definition("put"), { "put" })
    is_json(h:query("contents"), '[{"arg":1},["put"]]')
    -- A marked table is a value, and so an argument.
    h:terminate(json.object { reason = "r" })
    is_json(raises("WorkflowFailureError", "", h.result, h).cause.details, '[{"reason":"r"}]')
  end)

  it("give the same in both forms", function()
    local h = live.start("Mailbox")
    h:signal("put", 1, 2)
    h:signal { "put", args = { 3 } }
    h:signal { signal = "put", args = { 4 } }
    is_json(h:query("contents"), "[1,2,3,4]")
    is_json(h:query { "contents" }, "[1,2,3,4]")
    equal(h:query("nth", 2), 3)
    equal(h:query { "nth", args = { 2 }, rpc_timeout = 5 }, 3)
    equal(h:execute_update("append", 5), 5)
    equal(h:execute_update { "append", args = { 6 } }, 6)
    equal(h:describe().status, "RUNNING")
    equal(h:describe { rpc_timeout = "5s" }.status, "RUNNING")
    equal(h:describe(nil).status, "RUNNING")
    local update = h:start_update { "append", args = { 7 }, id = "seven", wait_for_stage = "COMPLETED" }
    equal(update:result(), 7)
    equal(update:result { rpc_timeout = 5 }, 7)
    equal(h:get_update_handle("seven"):result(), 7)
    equal(h:get_update_handle { "seven" }:result(), 7)
    equal(h:get_update_handle { id = "seven", workflow_run_id = h.result_run_id }:result(), 7)
    equal(h:get_update_handle("seven", { workflow_run_id = h.result_run_id }).workflow_run_id, h.result_run_id)
    local same = client:get_workflow_handle(h.id, { run_id = h.result_run_id })
    equal(same.run_id, h.result_run_id)
    equal(client:get_workflow_handle { h.id, run_id = h.result_run_id }.run_id, same.run_id)
    raises("TypeError", "was given 'workflow_id' twice", client.get_workflow_handle, client, "a", { "b" })
    h:signal("finish")
    is_json(h:result(), "[1,2,3,4,5,6,7]")
    is_json(h:result { follow_runs = false }, "[1,2,3,4,5,6,7]")
    h:cancel()
    h:cancel { reason = "why" }
    local first, named
    for event in h:fetch_history_events() do first = first or event end
    for event in h:fetch_history_events { page_size = 5 } do named = named or event end
    equal(first.event_id, named.event_id)
    equal(client:count_workflows("WorkflowId = 'none'").count, client:count_workflows { "WorkflowId = 'none'" }.count)
    equal(client:list_workflows("WorkflowId = 'none'")(), nil)
    equal(client:list_workflows { query = "WorkflowId = 'none'", limit = 1 }(), nil)
  end)
end)
