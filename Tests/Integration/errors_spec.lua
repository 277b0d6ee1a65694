local spec = require "support.spec"
local live = require "support.live"

local equal, truthy, raises = spec.equal, spec.truthy, live.raises

local function failing_call()
  local missing = client:get_workflow_handle("no such workflow")
  local description = missing:describe()
  return description
end
local raising_line = ("errors_spec.lua:%d: in "):format(debug.getinfo(failing_call, "S").linedefined + 2)

live.suite("errors", function(it)
  it("are values with a kind, a message and fields", function()
    local ok, e = pcall(failing_call)
    equal({ ok, e.kind, e.message, e.status },
      { false, "RPCError", "workflow not found for ID: no such workflow", "NOT_FOUND" })
    equal(e.details, json.array { { type_name = "temporal.api.errordetails.v1.NotFoundFailure" } })
    equal(type(e.raw_grpc_status), "string")
    equal(table.pack(e.cause, e.no_such_field), table.pack(nil, nil))
  end)

  it("are one line of text, with their causes", function()
    local _, e = pcall(failing_call)
    equal(tostring(e), "RPCError: NOT_FOUND: workflow not found for ID: no such workflow")
    local _, failure = pcall(live.execute, "Fail", "two\nlines\27[31m", "T", {})
    equal(tostring(failure), "WorkflowFailureError: Workflow execution failed; caused by T: two\\nlines\\027[31m; "
      .. "caused by Root: the root of it")
    equal(failure.cause.message, "two\nlines\27[31m")
  end)

  it("are told by temporal.is_error", function()
    local _, e = pcall(failing_call)
    equal(temporal.is_error(e), true)
    equal(temporal.is_error(e, "RPCError"), true)
    equal(temporal.is_error(e, "RPCError", { status = "NOT_FOUND" }), true)
    equal(temporal.is_error(e, "RPCError", { status = "UNAVAILABLE" }), false)
    equal(temporal.is_error(e, "ApplicationError"), false)
    equal(temporal.is_error(e, nil, { status = "NOT_FOUND" }), true)
    for _, value in ipairs { "text", 5, {}, { kind = "RPCError" }, print } do
      equal(temporal.is_error(value), false)
      equal(temporal.is_error(value, "RPCError"), false)
    end
    equal(temporal.is_error(nil), false)
    raises("TypeError", "kind must be text", temporal.is_error, e, 5)
  end)

  it("have the traceback of where they were raised, also for pcall", function()
    local _, e = pcall(failing_call)
    spec.contains(e.traceback, raising_line)
    local _, mistake = pcall(function() return live.nowhere:get_workflow_handle("x").qurey end)
    spec.contains(mistake.traceback, "errors_spec.lua")
    local _, of_json = pcall(json.decode, "{")
    equal(type(of_json.traceback), "string")
  end)

  it("keep the traceback of the coroutine and the task that raised them", function()
    local _, e = pcall(function() coroutine.wrap(failing_call)() end)
    spec.contains(e.traceback, raising_line)
    spec.contains(e.traceback, "(resumed by)")
    local line = debug.getinfo(1, "l").currentline + 1
    _, e = pcall(async.scope, function(scope) scope:spawn("the failing one", failing_call) end)
    spec.contains(e.traceback, raising_line)
    equal({ e.task, (e.spawned_at:gsub("^.*/", "")) }, { "task 'the failing one'", "errors_spec.lua:" .. line })
    local co = coroutine.create(failing_call)
    local ok, inner = coroutine.resume(co)
    equal({ ok, inner.kind }, { false, "RPCError" })
    spec.contains(debug.traceback(co), raising_line)
  end)

  it("are raised on as they are, and once more by error", function()
    local _, first = pcall(failing_call)
    local trace = first.traceback
    local _, again = pcall(error, first)
    equal(rawequal(again, first), true)
    _, again = pcall(function() error(first, 0) end)
    equal({ rawequal(again, first), again.traceback == trace }, { true, true })
    local ok, handled = xpcall(failing_call, function(e) return "handled " .. e.kind end)
    equal({ ok, handled }, { false, "handled RPCError" })
    equal(select(2, pcall(pcall, failing_call)), false)
    equal(select(2, pcall(assert, nil, first)), first)
  end)

  it("of the script's own stay what they are", function()
    equal(select(2, pcall(error, "text", 0)), "text")
    local own = setmetatable({}, { __tostring = function() return "own" end })
    equal(rawequal(select(2, pcall(error, own)), own), true)
    local _, e = pcall(async.scope, function(scope) scope:spawn(function() error("text in a task", 0) end) end)
    equal({ e.kind, e.message, tostring(e) }, { "LuaError", "text in a task", "text in a task" })
    _, e = pcall(async.scope, function(scope) scope:spawn(function() error(own) end) end)
    equal(rawequal(e, own), true)
  end)

  it("of a server that is not there tell so, in one sentence", function()
    local e = raises("ConnectError", "cannot connect to 127.0.0.1:1: ", temporal.connect, "127.0.0.1:1")
    equal({ e.status, e.target }, { "UNAVAILABLE", "127.0.0.1:1" })
    spec.lacks(tostring(e), "\n")
    -- The next call tries again.
    raises("ConnectError", "", live.nowhere.count_workflows, live.nowhere)
    raises("ConnectError", "", live.nowhere.count_workflows, live.nowhere)
    raises("ValueError", "has no port", temporal.connect, "nonsense")
    raises("ValueError", "", temporal.connect, "host:99999")
  end)

  it("let <close> variables run, which may await", function()
    local h = live.start("Mailbox")
    local seen
    local ok, e = pcall(function()
      local _ <close> = setmetatable({}, { __close = function(_, raised)
        seen = { raised.kind, h:describe().status }
      end })
      failing_call()
    end)
    equal({ ok, e.kind }, { false, "RPCError" })
    equal(seen, { "RPCError", "RUNNING" })
    truthy(seen)
  end)
end)

live.suite("deadlines and metadata", function(it)
  it("a deadline is seconds or text, and ends a call that hangs", function()
    local h = live.start_unattended()
    for _, timeout in ipairs { 0.1, "100ms", "0.1s" } do
      local e = raises("RPCError", "DEADLINE_EXCEEDED", h.query, h, { "q", rpc_timeout = timeout })
      equal(e.status, "DEADLINE_EXCEEDED")
    end
    equal(h:describe { rpc_timeout = "1m30s" }.status, "RUNNING")
  end)

  it("a deadline is that of one poll: result goes on waiting", function()
    -- The server answers a poll a second before its deadline, unless it has so much to do that it is late.
    live.wait_until(function()
      local h = live.start("Mailbox")
      return async.scope(function(scope)
        local waiting = scope:spawn(pcall, h.result, h, { rpc_timeout = 1.2 })
        async.sleep(1.5)
        local is_waiting = waiting:status() == "waiting"
        h:signal("finish")
        local ok, result = waiting:await()
        return is_waiting and ok and #result == 0
      end)
    end)
  end)

  it("metadata is checked before anything is sent", function()
    local h = live.nowhere:get_workflow_handle("any")
    raises("TypeError", "rpc_metadata must be a table of text by name", h.describe, h, { rpc_metadata = "x" })
    local real = client:get_workflow_handle("any")
    raises("ValueError", 'Illegal metadata key "a b"', real.describe, real, { rpc_metadata = { ["A B"] = "x" } })
    raises("ValueError", 'Illegal value for metadata key "x"', real.describe, real, { rpc_metadata = { x = "é" } })
    local metadata = { ["some-bin"] = "\0\255", some = "text" }
    equal(live.start("Echo"):describe { rpc_metadata = metadata }.workflow_type, "Echo")
  end)
end)
