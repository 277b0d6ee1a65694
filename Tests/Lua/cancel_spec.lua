local spec = require "support.spec"
local world = require "support.world"
local errors = require "moondial.errors"

local equal, contains, raises, truthy = spec.equal, spec.contains, spec.raises, spec.truthy

local function closer(fn)
  return setmetatable({}, { __close = fn })
end

spec.suite("cancellation", function(it)
  it("is raised at every suspension until the task ends", world.task(function(w)
    local raised, channel = 0, w.async.channel()
    local function receive() return channel:recv() end
    w.async.scope(function(s)
      local t = s:spawn(function()
        for _, wait in ipairs { w.op, w.async.sleep, w.async.checkpoint, receive, w.op } do
          local ok, e = pcall(wait, 10)
          raised = raised + ((not ok and e.kind == "CancelledError") and 1 or 0)
        end
        truthy(w.async.cancelled())
        return "survived"
      end)
      w.op(1)
      t:cancel()
      equal(t:await(), "survived")
    end)
    equal({ raised, w.host.now() }, { 5, 1 })
  end))

  it("starts nothing in a cancelled task", world.task(function(w)
    local started
    w.async.scope(function(s)
      local t = s:spawn(function()
        pcall(w.async.sleep, 10)
        started = w.host.started
        pcall(w.op, 1)
        pcall(w.op, 1)
        equal(w.host.started, started)
      end)
      w.op(1)
      t:cancel()
    end)
    truthy(started)
  end))

  it("does not let a task that swallows it starve the others", world.task(function(w)
    local stop, spins, other = false, 0, false
    w.async.scope(function(s)
      local t = s:spawn(function()
        while not stop do
          spins = spins + 1
          pcall(w.op, 1)
        end
      end)
      w.op(1)
      t:cancel()
      s:spawn(function()
        w.op(5)
        other, stop = true, true
      end)
      for _ = 1, 10 do
        w.async.checkpoint()
      end
      stop = true
    end)
    truthy(spins > 3)
    equal(other, true)
  end))

  it("waits for the operation's completion, which is dropped", world.task(function(w)
    local ended_at
    local id
    w.async.scope(function(s)
      local t = s:spawn(function()
        id = w.host.start(100, function() return "late" end)
        w.host.operation(id).stop_after = 7
        local ok, e = pcall(w.scheduler.await, id)
        equal({ ok, e.kind }, { false, "CancelledError" })
        ended_at = w.host.now()
      end)
      w.op(1)
      t:cancel()
      t:cancel("again")
      w.op(1)
      equal({ t:status() }, { "waiting", "operation being cancelled" })
    end)
    equal({ ended_at, w.host.cancels }, { 8, 1 })
  end))

  it("raises even if the operation was faster", world.task(function(w)
    w.async.scope(function(s)
      local t = s:spawn(function()
        local id = w.host.start(3, function() return "value" end)
        w.host.operation(id).deaf = true
        equal(raises(w.scheduler.await, id).kind, "CancelledError")
      end)
      w.op(1)
      t:cancel()
    end)
    equal(w.host.now(), 3)
  end))

  it("cancels an operation started before it was awaited in a cancelled task", world.task(function(w)
    w.async.scope(function(s)
      local t = s:spawn(function()
        local early, late = w.host.start(0, function() end), w.host.start(100, function() end)
        pcall(w.async.sleep, 10)
        equal(raises(w.scheduler.await, early).kind, "CancelledError")
        equal(raises(w.scheduler.await, late).kind, "CancelledError")
      end)
      w.op(1)
      t:cancel()
    end)
    equal(w.host.now(), 1)
  end))

  it("runs closers, which may await under a shield", world.task(function(w)
    local log = {}
    w.async.scope(function(s)
      local t = s:spawn(function()
        local _ <close> = closer(function(_, e)
          log[#log + 1] = e.kind
          equal(raises(w.op, 1).kind, "CancelledError")
          w.async.shield(function()
            w.op(2)
            equal(w.async.cancelled(), nil)
          end)
          log[#log + 1] = w.host.now()
        end)
        w.op(100)
      end)
      w.op(1)
      t:cancel()
    end)
    equal(log, { "CancelledError", 3 })
  end))

  it("lets closers of a failing task await", world.task(function(w)
    local at
    raises(w.async.scope, function(s)
      s:spawn(function()
        local _ <close> = closer(function()
          w.op(2)
          at = w.host.now()
        end)
        w.op(1)
        error("x")
      end)
    end)
    equal(at, 3)
  end))

  it("is a failure when the task ends by another error", world.task(function(w)
    local e = raises(w.async.scope, function(s)
      local t = s:spawn(function()
        local _, problem = pcall(w.op, 100)
        error("gave up: " .. tostring(problem), 0)
      end)
      w.op(1)
      t:cancel("reason")
    end)
    equal(tostring(e), "gave up: CancelledError: reason")
  end))

  it("of an ended task, or of one twice, does nothing", world.task(function(w)
    w.async.scope(function(s)
      local t = s:spawn(w.op, 1, "v")
      t:await()
      t:cancel()
      equal({ t:status(), t:await() }, { "done", "v" })
    end)
  end))

  it("of the running task is raised at its next suspension", world.task(function(w)
    w.async.scope(function(s)
      local after
      local t
      t = s:spawn(function()
        t:cancel()
        after = true
        w.op(1)
        error("not reached")
      end)
      raises(t.await, t)
      equal({ after, t:status() }, { true, "cancelled" })
    end)
  end))
end)

spec.suite("timeout and shield", function(it)
  it("cancels what takes too long", world.task(function(w)
    local e = raises(w.async.timeout, 2, w.op, 10)
    equal({ e.kind, e.message, w.host.now() }, { "TimeoutError", "timed out after 2 s", 2 })
    contains(e.traceback, "cancel_spec.lua")
    w.op(5)
    equal(w.host.now(), 7)
  end))

  it("returns what is in time, all values, and takes text", world.task(function(w)
    equal(table.pack(w.async.timeout("5s", w.op, 1, nil, "v", nil)), table.pack(nil, "v", nil))
    contains(raises(w.async.timeout, "5 apples", print), "ValueError: bad duration '5 apples'")
    contains(raises(w.async.timeout, 5, nil), "a function expected, got nil")
    contains(raises(w.async.timeout, 5, error, "own", 0), "own")
    w.op(10)
  end))

  it("is raised at every suspension inside, and not outside", world.task(function(w)
    local inside = 0
    local result = w.async.timeout(1, function()
      for _ = 1, 3 do
        inside = inside + (raises(w.op, 5).kind == "TimeoutError" and 1 or 0)
      end
      return "swallowed"
    end)
    equal({ inside, result, w.host.now() }, { 3, "swallowed", 1 })
    w.op(1)
  end))

  it("nests: the outer one passes through the inner ones", world.task(function(w)
    local log = {}
    local e = raises(w.async.timeout, 2, function()
      log[1] = raises(w.async.timeout, 1, w.op, 10).message
      log[2] = raises(w.async.timeout, 10, w.op, 10).message
      w.async.timeout(10, w.op, 10)
    end)
    equal({ log[1], log[2], e.message }, { "timed out after 1 s", "timed out after 2 s", "timed out after 2 s" })
  end))

  it("cancels scopes inside it", world.task(function(w)
    local cleaned = 0
    local e = raises(w.async.timeout, 2, w.async.scope, function(s)
      for _ = 1, 3 do
        s:spawn(function()
          local _ <close> = closer(function()
            cleaned = cleaned + 1
          end)
          w.op(10)
        end)
      end
    end)
    equal({ e.kind, cleaned, w.host.now() }, { "TimeoutError", 3, 2 })
  end))

  it("holds in a generator only while the generator runs", world.task(function(w)
    local generator = coroutine.wrap(function()
      w.async.timeout(2, function()
        coroutine.yield("first")
        w.op(10)
      end)
    end)
    equal(generator(), "first")
    w.op(5)
    local e = raises(generator)
    equal({ e.kind, w.host.now() }, { "TimeoutError", 5 })
    w.op(1)
  end))

  it("shields from the cancellation of the task, with a limit of its own", world.task(function(w)
    local log = {}
    w.async.scope(function(s)
      local t = s:spawn(function()
        log[1] = w.async.shield(function()
          w.op(5)
          return "finished"
        end)
        log[2] = raises(w.op, 1).kind
        log[3] = raises(w.async.shield, function()
          w.op(100)
        end, { timeout = "3s" }).kind
        error(raises(w.op, 1), 0)
      end)
      w.op(1)
      t:cancel()
      raises(t.await, t)
      equal(t:status(), "cancelled")
    end)
    equal(log, { "finished", "CancelledError", "TimeoutError" })
    equal(w.host.now(), 8)
  end))

  it("shields the tasks of a scope opened inside", world.task(function(w)
    local done = false
    w.async.scope(function(s)
      local t = s:spawn(function()
        w.async.shield(function()
          w.async.scope(function(inner)
            inner:spawn(function()
              w.op(5)
              done = true
            end)
          end)
        end)
      end)
      w.op(1)
      t:cancel()
    end)
    equal({ done, w.host.now() }, { true, 5 })
  end))
end)

spec.suite("owned resources", function(it)
  it("are closed when their task ends, newest first, and may await", world.task(function(w)
    local log = {}
    w.async.scope(function(s)
      s:spawn(function()
        for index = 1, 3 do
          w.scheduler.own(closer(function()
            w.op(1)
            log[#log + 1] = index .. "@" .. w.host.now()
          end))
        end
        w.scheduler.own(function(e)
          log[#log + 1] = tostring(e)
        end)
        return "value"
      end)
      local t = s:spawn(function()
        w.scheduler.own(function(e)
          log[#log + 1] = e.kind
          w.op(10)
        end)
        w.op(100)
      end)
      w.async.sleep(5)
      t:cancel()
      raises(t.await, t)
    end)
    equal(log, { "nil", "3@1", "2@2", "1@3", "CancelledError" })
    equal(w.host.now(), 15)
  end))

  it("are closed once when disowned", world.task(function(w)
    local closed = 0
    w.async.scope(function(s)
      s:spawn(function()
        local resource = w.scheduler.own(closer(function()
          closed = closed + 1
        end))
        do
          local _ <close> = resource
        end
        w.scheduler.disown(resource)
        w.scheduler.disown(resource)
      end)
    end)
    equal(closed, 1)
    contains(raises(w.scheduler.own, {}), "__close")
  end))

  it("turn a good end into a failure when they fail, or are added to it", world.task(function(w)
    contains(raises(w.async.scope, function(s)
      s:spawn(function()
        w.scheduler.own(function()
          error("closing failed", 0)
        end)
        return "fine"
      end)
    end), "closing failed")
    local e = raises(w.async.scope, function(s)
      s:spawn(function()
        w.scheduler.own(function()
          error("closing failed", 0)
        end)
        error(errors.new("A", "a"))
      end)
    end)
    equal({ e.kind, e.also[1].message }, { "A", "closing failed" })
  end))

  -- Lua 5.4.4 forgets the closing value of this loop until the function returns; the task must not.
  it("covers a stream left by break with a captured loop variable", world.task(function(w)
    local closed_at
    local function stream()
      local closing
      closing = closer(function(self)
        if not closed_at then
          w.scheduler.disown(self)
          w.op(1)
          closed_at = w.host.now()
        end
      end)
      w.scheduler.own(closing)
      return function()
        w.op(1)
        return "event"
      end, nil, nil, closing
    end
    local keep
    w.async.scope(function(s)
      s:spawn(function()
        for event in stream() do  -- luacheck: ignore 512
          keep = function()
            return event
          end
          break
        end
      end):await()
      equal({ closed_at, keep() }, { 2, "event" })
    end)
  end))
end)
