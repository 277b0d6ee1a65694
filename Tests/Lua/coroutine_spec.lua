local spec = require "support.spec"
local world = require "support.world"

local equal, contains, raises, truthy = spec.equal, spec.contains, spec.raises, spec.truthy

spec.suite("coroutines: awaits pass through", function(it)
  it("a generator that awaits", world.task(function(w)
    local got = {}
    for value in coroutine.wrap(function()
      for index = 1, 3 do
        coroutine.yield(w.op(1, "item" .. index))
      end
    end) do
      got[#got + 1] = value
    end
    equal(got, { "item1", "item2", "item3" })
    equal(w.host.now(), 3)
  end))

  it("generators of generators, three deep", world.task(function(w)
    local function numbers(depth)
      return coroutine.wrap(function()
        if depth == 1 then
          for index = 1, 2 do coroutine.yield(w.op(1, index)) end
        else
          for value in numbers(depth - 1) do coroutine.yield(value * 10 + w.op(1, depth)) end
        end
      end)
    end
    local got = {}
    for value in numbers(3) do got[#got + 1] = value end
    equal(got, { 123, 223 })
    equal(w.host.now(), 6)
  end))

  it("three deep, with values in both directions", world.task(function(w)
    local function nest(depth)
      if depth == 0 then
        return w.op(1, "deep")
      end
      local co = coroutine.create(nest)
      local ok, value = coroutine.resume(co, depth - 1)
      assert(ok, value)
      return value
    end
    equal(nest(3), "deep")
    local co = coroutine.create(function(...)
      w.op(1)
      local got = table.pack(coroutine.yield(select("#", ...), nil))
      w.op(1)
      return got.n, nil
    end)
    equal(table.pack(coroutine.resume(co, 1, nil)), table.pack(true, 2, nil))
    equal(table.pack(coroutine.resume(co, nil, nil, nil)), table.pack(true, 3, nil))
    equal(table.pack(coroutine.resume(co)), table.pack(false, "cannot resume dead coroutine"))
    equal(table.pack(coroutine.resume(coroutine.create(function() end))), table.pack(true))
  end))

  it("pcall in a generator, and a generator in pcall", world.task(function(w)
    local generator = coroutine.wrap(function()
      local ok, e = pcall(w.fail, 1, "bad")
      coroutine.yield(ok, e)
      error({ code = 1 })
    end)
    equal({ pcall(generator) }, { true, false, "bad" })
    local ok, e = pcall(generator)
    equal({ ok, e.code }, { false, 1 })
  end))

  it("generators interleave with other tasks", world.task(function(w)
    local log = {}
    w.async.scope(function(s)
      s:spawn(function()
        for value in coroutine.wrap(function()
          for index = 1, 2 do
            w.op(2)
            coroutine.yield(index)
          end
        end) do
          log[#log + 1] = "g" .. value
        end
      end)
      s:spawn(function()
        for index = 1, 3 do
          w.op(1.1)
          log[#log + 1] = "s" .. index
        end
      end)
    end)
    equal(log, { "s1", "g1", "s2", "s3", "g2" })
  end))

  it("a generator begun by one task and continued by another", world.task(function(w)
    local generator = coroutine.wrap(function()
      for index = 1, 4 do
        coroutine.yield(w.op(1, index))
      end
    end)
    local sum = 0
    for _ = 1, 4 do
      w.async.scope(function(s)
        sum = sum + s:spawn(generator):await()
      end)
    end
    equal(sum, 10)
  end))

  it("metamethods, iterators and closers", world.task(function(w)
    local lazy = setmetatable({}, {
      __index = function(_, key) return w.op(1, key .. "!") end,
      __call = function(_, v) return w.op(1, v) end,
      __add = function(_, v) return w.op(1, v) end,
      __eq = function() return w.op(1, true) end,
      __lt = function() return w.op(1, true) end,
      __concat = function() return w.op(1, "cat") end,
      __len = function() return w.op(1, 7) end,
      __close = function() w.op(1) end,
    })
    equal({ lazy.foo, lazy(2), lazy + 3, lazy == setmetatable({}, getmetatable(lazy)), lazy < lazy, lazy .. "", #lazy },
      { "foo!", 2, 3, true, true, "cat", 7 })
    do
      local _ <close> = lazy
    end
    equal(w.host.now(), 8)
  end))
end)

spec.suite("coroutines: what the user sees", function(it)
  it("a coroutine in an await is not suspended", world.task(function(w)
    local co = coroutine.create(function()
      w.op(5)
      return "done"
    end)
    w.async.scope(function(s)
      local t = s:spawn(coroutine.resume, co)
      w.op(1)
      equal(coroutine.status(co), "normal")
      equal({ coroutine.resume(co) }, { false, "cannot resume non-suspended coroutine" })
      contains(raises(coroutine.wrap(function() coroutine.close(co) end)), "cannot close a normal coroutine")
      equal({ t:await() }, { true, "done" })
      equal(coroutine.status(co), "dead")
    end)
  end))

  it("a task looks like a main coroutine", world.task(function(w)
    local me, is_main = coroutine.running()
    equal({ type(me), is_main, coroutine.isyieldable(), coroutine.isyieldable(me) }, { "thread", true, false, false })
    equal(coroutine.status(me), "running")
    coroutine.wrap(function()
      local inner, inner_is_main = coroutine.running()
      equal({ inner == me, inner_is_main, coroutine.isyieldable() }, { false, false, true })
      equal(coroutine.status(me), "normal")
      equal({ coroutine.resume(me) }, { false, "cannot resume non-suspended coroutine" })
      equal({ coroutine.resume(inner) }, { false, "cannot resume non-suspended coroutine" })
      contains(raises(coroutine.close, me), "cannot close a normal coroutine")
      contains(raises(coroutine.close, inner), "cannot close a running coroutine")
    end)()
    w.async.scope(function(s)
      s:spawn(function()
        equal(coroutine.status(me), "normal")
        equal((coroutine.resume(me)), false)
      end)
    end)
  end))

  it("yielding at the level of a task is a named error", world.task(function(w)
    local e = raises(coroutine.yield, 1)
    equal(e.kind, "YieldError")
    contains(e, "attempt to yield from outside a coroutine")
    w.op(1)
  end))

  it("so is yielding by the stock function", function()
    local stock_yield = coroutine.yield
    world.with(function(w)
      local closed = false
      local ok, e = w.scheduler.run(function()
        w.scheduler.own(function()
          closed = true
        end)
        stock_yield(true, "value")
      end)
      equal({ ok, e.kind, closed }, { false, "YieldError", true })
      contains(e.traceback, "coroutine_spec.lua")
    end)
  end)

  it("errors pass through wrap as they are, without a second position", world.task(function(w)
    local object = { code = 1 }
    equal(raises(coroutine.wrap(error), object), object)
    equal(raises(coroutine.wrap(function()
      w.op(1)
      error("plain", 0)
    end)), "plain")
    local message = raises(coroutine.wrap(function() error("where") end))
    equal(select(2, message:gsub("coroutine_spec.lua", "")), 1)
    local finished = coroutine.wrap(function() end)
    finished()
    local _, dead = pcall(function() finished() end)
    contains(dead, "coroutine_spec.lua:")
    contains(dead, "cannot resume dead coroutine")
  end))

  it("wrap closes what failed", world.task(function(w)
    local closed = 0
    local generator = coroutine.wrap(function()
      local _ <close> = setmetatable({}, { __close = function()
        w.op(1)
        closed = closed + 1
      end })
      error("x")
    end)
    raises(generator)
    equal({ closed, w.host.now() }, { 1, 1 })
    contains(raises(coroutine.wrap(function()
      local _ <close> = setmetatable({}, { __close = function() error("closer", 0) end })
      error("body", 0)
    end)), "closer")
  end))

  it("a generator that fails waits for the tasks it spawned", world.task(function(w)
    local ended = 0
    local generator = coroutine.wrap(function()
      local s <close> = w.async.open_scope()
      s:spawn(function()
        local _ <close> = setmetatable({}, { __close = function()
          w.async.shield(function() w.op(2) end)
          ended = ended + 1
        end })
        w.op(100)
      end)
      for _ in w.async.each({ 1, 50 }, w.op) do
        error("in the generator", 0)
      end
    end)
    equal({ raises(generator), ended, w.host.now() }, { "in the generator", 1, 3 })
  end))

  it("close closes, and says what failed", world.task(function(w)
    local closed = false
    local co = coroutine.create(function()
      local _ <close> = setmetatable({}, { __close = function()
        w.op(2)
        closed = true
      end })
      coroutine.yield()
    end)
    coroutine.resume(co)
    equal({ coroutine.close(co), closed, coroutine.status(co), w.host.now() }, { true, true, "dead", 2 })
    co = coroutine.create(error)
    coroutine.resume(co, "e")
    equal({ coroutine.close(co) }, { false, "e" })
  end))

  it("wrong arguments have the stock errors", world.task(function()
    for _, name in ipairs { "resume", "close", "status" } do
      contains(raises(coroutine[name], 5), "bad argument #1 to '" .. name .. "' (coroutine expected)")
    end
    contains(raises(coroutine.wrap, 5), "bad argument #1 to 'wrap' (function expected)")
  end))
end)

spec.suite("awaits where Lua cannot yield", function(it)
  it("wait in place: sort, gsub, tostring, a handler", world.task(function(w)
    local list = { 3, 1, 2 }
    table.sort(list, function(a, b)
      w.op(1)
      return a < b
    end)
    equal(list, { 1, 2, 3 })
    truthy(w.host.now() > 0)
    equal((("abc"):gsub(".", function(c) return w.op(1, c:upper()) end)), "ABC")
    equal(tostring(setmetatable({}, { __tostring = function() return w.op(1, "text") end })), "text")
    equal({ xpcall(error, function(e) return w.op(1, e .. "!") end, "e") }, { false, "e!" })
    local before = w.host.now()
    table.sort({ 2, 1 }, function(a, b)
      w.async.sleep(1)
      return a < b
    end)
    truthy(w.host.now() > before)
  end))

  it("also from coroutines resumed there", world.task(function(w)
    equal((("ab"):gsub(".", function(c)
      return coroutine.wrap(function()
        return coroutine.wrap(function()
          w.async.sleep(1)
          return w.op(1, c:upper())
        end)()
      end)()
    end)), "AB")
    equal(w.host.now(), 4)
    w.op(1)
  end))

  it("keep generators usable afterwards", world.task(function(w)
    local generator = coroutine.wrap(function()
      while true do
        coroutine.yield(w.op(1, "v"))
      end
    end)
    equal((("a"):gsub(".", generator)), "v")
    local other = false
    w.async.scope(function(s)
      s:spawn(function()
        other = true
      end)
      equal({ generator(), other }, { "v", true })
    end)
  end))

  it("let the others' completions arrive, and timeouts fire", world.task(function(w)
    w.async.scope(function(s)
      local t = s:spawn(w.op, 1, "other")
      w.async.checkpoint()
      ;("a"):gsub(".", function()
        w.op(5)
      end)
      equal(t:await(), "other")
    end)
    equal(w.host.now(), 5)
    local e = raises(w.async.timeout, 2, function()
      ("a"):gsub(".", function()
        w.op(100)
      end)
    end)
    equal({ e.kind, w.host.now() }, { "TimeoutError", 7 })
    e = raises(w.async.timeout, 2, function()
      ("a"):gsub(".", function()
        w.async.sleep(100)
      end)
    end)
    equal({ e.kind, w.host.now() }, { "TimeoutError", 9 })
  end))

  it("take completions that came before, and raise errors", world.task(function(w)
    local id = w.host.start(1, function() return "early" end)
    w.async.sleep(2)
    equal((("a"):gsub(".", function() return w.scheduler.await(id) end)), "early")
    contains(raises(function()
      ("a"):gsub(".", function() w.fail(1, "bad") end)
    end), "bad")
  end))

  it("are an error for tasks, channels and scopes, naming the function", world.task(function(w)
    w.async.scope(function(s)
      local t = s:spawn(w.op, 1, 1)
      local channel, semaphore = w.async.channel(), w.async.semaphore()
      local _ <close> = semaphore:acquire()
      local function inside(fn)
        return raises(table.sort, { 2, 1 }, fn)
      end
      contains(inside(function() t:await() end),
        "cannot await a task inside sort() (would deadlock); await before calling it")
      contains(inside(function() channel:recv() end), "cannot await a channel's sender inside sort()")
      contains(inside(function() channel:send(1) end), "cannot await a channel's receiver inside sort()")
      contains(inside(function() semaphore:acquire() end), "cannot await a semaphore inside sort()")
      contains(inside(function() coroutine.wrap(function() t:await() end)() end), "inside sort()")
      contains(raises(function() ("x"):gsub("x", function() t:await() end) end), "inside gsub()")
      contains(raises(tostring, setmetatable({}, { __tostring = function() t:await() end })), "inside tostring()")
      equal(t:await(), 1)
      table.sort({ 2, 1 }, function(a, b)
        return t:await() == 1 and a < b
      end)
      equal(channel.senders.tail, nil)
    end)
  end))

  it("are refused in finalisers", world.task(function(w)
    local message
    local function garbage()
      setmetatable({}, { __gc = function()
        local _, e = pcall(w.op, 1)
        local _, other = pcall(w.async.sleep, 1)
        message = e .. "|" .. other
      end })
    end
    garbage()
    local id = w.host.start(0, function() end)
    collectgarbage()
    collectgarbage()
    local finaliser = "cannot await in a finaliser (__gc)"
    equal(message:gsub(": it may run in the middle of anything", ""), finaliser .. "|" .. finaliser)
    w.scheduler.await(id)
    local started = w.host.started
    for index = 2, started do
      if w.host.operation(index) then
        pcall(w.scheduler.await, index)
      end
    end
  end))

  it("warn once for each place", function()
    local warnings, stock = {}, warn
    _G.warn = function(...)
      warnings[#warnings + 1] = table.concat { ... }
    end
    local ok, e = pcall(world.task(function(w)
      for _ = 1, 3 do
        ("ab"):gsub(".", function() w.op(1) end)
      end
      table.sort({ 2, 1 }, function(a, b)
        w.op(1)
        return a < b
      end)
    end))
    _G.warn = stock
    assert(ok, e)
    equal(#warnings, 2)
    contains(warnings[1], "coroutine_spec.lua:")
    contains(warnings[1], "an await inside gsub() makes all other tasks wait")
    contains(warnings[2], "sort()")
  end)

  it("work outside of tasks", function()
    world.with(function(w)
      equal(w.op(2, "v"), "v")
      w.async.sleep(3)
      equal(w.host.now(), 5)
      contains(raises(w.scheduler.await, 99), "operation 99 can never complete")
    end)
  end)
end)
