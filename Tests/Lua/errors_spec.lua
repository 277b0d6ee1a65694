local spec = require "support.spec"
local errors = require "moondial.errors"

local equal, contains, lacks = spec.equal, spec.contains, spec.lacks

spec.suite("errors", function(it)
  it("are one line, with their causes after them", function()
    local inner = errors.new("ApplicationError", "card refused", { type = "PaymentDeclined" })
    local e = errors.new("WorkflowFailureError", "Workflow execution failed",
      { cause = errors.new("ActivityError", "Activity task failed", { cause = inner }) })
    equal(tostring(e), "WorkflowFailureError: Workflow execution failed; "
      .. "caused by ActivityError: Activity task failed; caused by PaymentDeclined: card refused")
    equal(tostring(errors.new("RPCError", "workflow not found for ID: x", { status = "NOT_FOUND" })),
      "RPCError: NOT_FOUND: workflow not found for ID: x")
    equal(tostring(errors.new("ApplicationError", "m", { type = "" })), "ApplicationError: m")
    equal(tostring(errors.new("TimeoutError", "")), "TimeoutError")
    equal(tostring(errors.new("X", "a\nb\27[31m", { cause = "plain" })), "X: a\\nb\\027[31m; caused by plain")
  end)

  it("are built by the host as plain tables with the metatable", function()
    local e = setmetatable({ kind = "RPCError", message = "gone" }, errors.Error)
    equal(tostring(e), "RPCError: gone")
    equal(tostring(setmetatable({}, errors.Error)), "Error")
    equal(errors.is_error(e), true)
  end)

  it("survive a chain that is a cycle", function()
    local e = errors.new("A", "a")
    e.cause = e
    contains(tostring(e), "A: a; caused by A: a")
    contains(errors.report(e), "caused by A: a")
  end)

  it("are told by kind and fields", function()
    local e = errors.new("RPCError", "m", { status = "NOT_FOUND" })
    equal(errors.is_error(e, "RPCError"), true)
    equal(errors.is_error(e, "RPCError", { status = "NOT_FOUND" }), true)
    equal(errors.is_error(e, nil, { status = "NOT_FOUND" }), true)
    equal(errors.is_error(e, "RPCError", { status = "OK" }), false)
    equal(errors.is_error(e, "Other"), false)
    equal(errors.is_error({ kind = "RPCError" }, "RPCError"), false)
    equal(errors.is_error("text"), false)
    equal(errors.is_error(nil), false)
  end)

  it("wrap strings, and leave objects alone", function()
    local e = errors.wrap("file:3: oops", "trace")
    equal({ e.kind, e.message, e.traceback, tostring(e) }, { "LuaError", "file:3: oops", "trace", "file:3: oops" })
    local object = { code = 5 }
    equal(errors.wrap(object, "trace"), object)
    equal(object, { code = 5 })
    equal(errors.traceback(object), "trace")
    equal(errors.wrap(nil).message, "nil")
    equal(errors.wrap(e, "later").traceback, "trace")
  end)

  it("get the traceback of where they were raised, once", function()
    local function culprit()
      error(errors.new("A", "a"))
    end
    local _, e = xpcall(culprit, errors.handler)
    contains(e.traceback, "errors_spec.lua")
    local first = e.traceback
    local _, again = xpcall(error, errors.handler, e)
    equal(again, e)
    equal(e.traceback, first)
    _, e = xpcall(function() local x = nil; return x.y end, errors.handler)
    equal(e.kind, "LuaError")
    contains(e.message, "errors_spec.lua")
    contains(e.traceback, "errors_spec.lua")
  end)

  it("report the chain, the user's frames, the task, and further failures", function()
    local e = errors.new("A", "first\nline\27", { cause = errors.new("B", "b"), task = "task 'x'",
      spawned_at = "f.lua:3", also = { errors.new("C", "c", { cause = "d" }) },
      traceback = "stack traceback:\n\tmoondial/async.lua:3: in upvalue 'f'\n\tuser.lua:9: in function <user.lua:8>\n"
        .. "\t[C]: in function 'xpcall'" })
    equal(errors.report(e), "A: first\n  line\\027\n  caused by B: b\nstack traceback:\n"
      .. "\tuser.lua:9: in function <user.lua:8>\nin task 'x', spawned at f.lua:3\n"
      .. "also failed:\n  C: c\n    caused by d")
    equal(errors.report("text"), "text")
    equal(errors.report(nil), "nil")
    lacks(errors.report(errors.new("A", "a", { traceback = false })), "traceback")
  end)

  it("collect further failures once each", function()
    local e, other = errors.new("A", "a"), errors.new("B", "b")
    errors.add_also(e, other)
    errors.add_also(e, other)
    errors.add_also(e, e)
    errors.add_also("text", other)
    equal(#e.also, 1)
  end)
end)
