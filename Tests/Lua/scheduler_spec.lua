local spec = require "support.spec"
local world = require "support.world"
local errors = require "moondial.errors"

local equal, contains, raises, truthy = spec.equal, spec.contains, spec.raises, spec.truthy

spec.suite("scheduler: operations and time", function(it)
  it("awaits one after the other", world.task(function(w)
    equal(w.op(2, "a"), "a")
    equal(w.op(3, "b"), "b")
    equal(w.host.now(), 5)
  end))

  it("returns all values, nils too", world.task(function(w)
    equal(table.pack(w.op(1, nil, 2, nil)), table.pack(nil, 2, nil))
  end))

  it("raises an operation's error, the same object", world.task(function(w)
    local e = errors.new("RPCError", "gone")
    equal(raises(w.fail, 1, e), e)
    contains(raises(w.fail, 1, "text"), "text")
  end))

  it("takes an operation that completed before it was awaited", world.task(function(w)
    local id = w.host.start(1, function() return "early" end)
    w.async.sleep(5)
    equal(w.scheduler.await(id), "early")
    equal(w.host.now(), 5)
  end))

  it("sleeps by numbers and by text", world.task(function(w)
    w.async.sleep(1.5)
    w.async.sleep("1m30s")
    equal(w.host.now(), 91.5)
    contains(raises(w.async.sleep, "soon"), "bad duration 'soon'")
    contains(raises(w.async.sleep, 0 / 0), "bad duration")
  end))

  it("wakes sleepers in the order of their deadlines", world.task(function(w)
    local log = {}
    w.async.scope(function(s)
      for _, seconds in ipairs { 5, 1, 4, 2, 3 } do
        s:spawn(function()
          w.async.sleep(seconds)
          log[#log + 1] = seconds
        end)
      end
    end)
    equal(log, { 1, 2, 3, 4, 5 })
  end))

  it("returns the results of the root task, or its error", function()
    world.with(function(w)
      equal(table.pack(w.scheduler.run(function(a, ...)
        return a, select("#", ...), nil
      end, 1, nil, nil)), table.pack(true, 1, 2, nil))
      local ok, e = w.scheduler.run(error, "text", 0)
      equal(ok, false)
      equal(e.kind, "LuaError")
      equal(e.message, "text")
      contains(raises(w.run, function() w.scheduler.run(print) end), "inside of a task")
    end)
  end)

  it("resumes by the host's primitive, tasks and users' coroutines", function()
    world.with(function(w)
      local resumed = {}
      w.host.resume = function(co, ...)
        resumed[co] = (resumed[co] or 0) + 1
        return w.stock.resume(co, ...)
      end
      w.scheduler.attach(w.host)
      local task, inner
      w.run(function()
        task = coroutine.running()
        coroutine.wrap(function()
          inner = coroutine.running()
          w.op(1)
        end)()
      end)
      equal({ resumed[task], resumed[inner] }, { 2, 2 })
    end)
  end)

  it("keeps the traceback of an error value that pcall catches, through all coroutines", world.task(function(w)
    local function culprit()
      return w.fail(0.1, errors.new("RPCError", "gone"))
    end
    local ok, e = pcall(coroutine.wrap(function()
      local _, inner = pcall(culprit)
      error(inner, 0)
    end))
    equal(ok, false)
    contains(e.traceback, "scheduler_spec.lua")
    contains(e.traceback, "(resumed by)")
    -- What a script raises is what it catches.
    local marker = {}
    equal(select(2, pcall(error, marker)), marker)
    equal({ pcall(error, "text", 0) }, { false, "text" })
    equal({ pcall(error, nil) }, { false, nil })
    equal(table.pack(pcall(function(...) return w.op(0.1, ...) end, 1, nil)), table.pack(true, 1, nil))
    local hidden = errors.new("Exit", "", { traceback = false })
    equal(select(2, pcall(error, hidden)).traceback, false)
    contains(select(2, pcall(function() local function f() return 1 + f() end return f() end)), "stack overflow")
  end))

  it("does a hundred thousand awaits without growing", world.task(function(w)
    local function some(n)
      for _ = 1, n do
        w.op(0.001)
      end
      collectgarbage()
      collectgarbage()
      return collectgarbage("count")
    end
    local before = some(1000)
    local after = some(100000)
    truthy(after - before < 64, ("grew by %.0f KiB"):format(after - before))
  end))
end)

spec.suite("scheduler: memory", function(it)
  it("keeps a sleeping task under 1.5 KiB", world.task(function(w)
    local n = 20000
    local function measure(fn, ...)
      local kib
      collectgarbage()
      collectgarbage()
      local before = collectgarbage("count")
      w.async.scope(function(s, ...)
        for _ = 1, n do
          s:spawn(fn, ...)
        end
        w.async.sleep(1)
        collectgarbage()
        collectgarbage()
        kib = (collectgarbage("count") - before) / n
      end, ...)
      return kib
    end
    local direct = measure(w.async.sleep, 3600)
    truthy(direct <= 1.5, ("sleeping: %.3f KiB each"):format(direct))
    local through = measure(function()
      w.async.sleep(3600)
    end)
    truthy(through <= 1.5, ("sleeping in a function: %.3f KiB each"):format(through))
  end))

  it("does not keep timeouts that never fired", world.task(function(w)
    local timers = require "moondial.scheduler.timers"
    for _ = 1, 10000 do
      w.async.timeout(3600, w.op, 0)
    end
    truthy(timers.size() < 200, timers.size() .. " timers left")
  end))
end)
