local spec = require "support.spec"
local world = require "support.world"
local errors = require "moondial.errors"

local equal, contains, raises, truthy = spec.equal, spec.contains, spec.raises, spec.truthy

spec.suite("async: map and settle", function(it)
  it("map keeps the order, and the limit", world.task(function(w)
    local live, peak = 0, 0
    local results = w.async.map({ 5, 4, 3, 2, 1, 6, 7 }, function(value, index)
      live = live + 1
      peak = math.max(peak, live)
      w.op(value)
      live = live - 1
      return value * 10 + index
    end, { limit = 3 })
    equal(results, { 51, 42, 33, 24, 15, 66, 77 })
    equal(peak, 3)
  end))

  it("map has a limit of 16, or none", world.task(function(w)
    local items = {}
    for index = 1, 40 do
      items[index] = index
    end
    w.async.map(items, function() w.op(1) end)
    equal(w.host.now(), 3)
    w.async.map(items, function() w.op(1) end, { limit = math.huge })
    equal(w.host.now(), 4)
  end))

  it("map raises the first failure and stops the rest", world.task(function(w)
    local started = 0
    local e = raises(function()
      w.async.map({ 1, 2, 3, 4 }, function(value)
        started = started + 1
        w.op(value)
        if value == 1 then
          error("bad item", 0)
        end
      end, { limit = 2 })
    end)
    equal({ tostring(e), started, w.host.now() }, { "bad item", 2, 1 })
    contains(e.spawned_at, "async_spec.lua:")
  end))

  it("map takes nothing, n, and refuses nonsense", world.task(function(w)
    equal(w.async.map({}, error), {})
    equal(w.async.map({ n = 2, nil, 5 }, function(v) return v or "none" end), { "none", 5 })
    contains(raises(w.async.map, nil, print), "a list or an iterator expected, got nil")
    contains(raises(w.async.map, {}, nil), "async.map: a function expected, got nil")
    contains(raises(w.async.map, {}, print, { limit = 0 }), "limit must be a number from 1 on")
    contains(raises(w.async.map, {}, print, { limt = 1 }), "there is no option 'limt'")
  end))

  it("map and each take an iterator, and read it to its end", world.task(function(w)
    local function upto(n)
      local i = 0
      return function() i = i + 1 return i <= n and i or nil end
    end
    equal(w.async.map(upto(3), function(v) return v * 2 end), { 2, 4, 6 })
    local callable = setmetatable({}, { __call = upto(2) })
    local seen = {}
    for item, ok in w.async.each(callable, w.op) do seen[#seen + 1] = { item, ok } end
    equal(seen, { { 1, true }, { 2, true } })
  end))

  it("settle never raises what they raise", world.task(function(w)
    local e = errors.new("A", "a")
    local results = w.async.settle { function() return w.op(2, "v") end, function() w.fail(1, e) end }
    equal({ results[1].ok, results[1].value, results[2].ok, results[2].error }, { true, "v", false, e })
  end))

  it("settle passes a cancellation on", world.task(function(w)
    equal(raises(w.async.timeout, 1, w.async.settle, { function() w.op(5) end }).kind, "TimeoutError")
    w.async.scope(function(s)
      local t = s:spawn(w.async.settle, { function() w.op(5) end })
      w.op(1)
      t:cancel()
      raises(t.await, t)
      equal(t:status(), "cancelled")
    end)
  end))
end)

spec.suite("async: race and each", function(it)
  it("race returns what the first returns, when the others have ended", world.task(function(w)
    local cleaned
    equal(table.pack(w.async.race {
      function()
        local _ <close> = setmetatable({}, { __close = function()
          w.async.shield(function() w.op(1) end)
          cleaned = w.host.now()
        end })
        w.op(10)
      end,
      function() return w.op(2, "fast", nil) end,
    }), table.pack("fast", nil))
    equal({ cleaned, w.host.now() }, { 3, 3 })
  end))

  it("race raises what the first raises", world.task(function(w)
    local e = raises(w.async.race, { function() w.op(10) end, function() w.fail(1, errors.new("A", "a")) end })
    equal({ e.kind, w.host.now() }, { "A", 1 })
    contains(raises(w.async.race, {}), "at least one function")
    w.op(1)
  end))

  it("race is cancelled with its task", world.task(function(w)
    equal(raises(w.async.timeout, 1, w.async.race, { function() w.op(5) end, function() w.op(6) end }).kind,
      "TimeoutError")
    equal(w.host.now(), 1)
  end))

  it("each gives results as they come, errors as values", world.task(function(w)
    local log = {}
    for item, ok, value in w.async.each({ 3, 1, 2 }, function(item, index)
      w.op(item)
      if item == 2 then
        error("two", 0)
      end
      return item * 10 + index
    end) do
      log[#log + 1] = { item, ok, tostring(value) }
    end
    equal(log, { { 1, true, "12" }, { 2, false, "two" }, { 3, true, "31" } })
    equal(w.host.now(), 3)
  end))

  it("each starts nothing before the first step, and keeps its limit", world.task(function(w)
    local started = 0
    local next_result, _, _, closing = w.async.each({ 1, 2, 3, 4 }, function(item)
      started = started + 1
      w.op(item)
    end, { limit = 2 })
    w.op(1)
    equal(started, 0)
    equal({ next_result() }, { 1, true })
    equal(started, 3)
    local _ <close> = closing
    for _ in w.async.each({}, error) do
      error("not reached")
    end
  end))

  it("each is left by break or by an error: the rest is cancelled", world.task(function(w)
    local ended = 0
    local function slow(item)
      local _ <close> = setmetatable({}, { __close = function() ended = ended + 1 end })
      w.op(item)
    end
    for item in w.async.each({ 1, 50, 60 }, slow) do  -- luacheck: ignore 512
      equal(item, 1)
      break
    end
    equal({ ended, w.host.now() }, { 3, 1 })
    raises(function()
      for _ in w.async.each({ 1, 50, 60 }, slow) do
        error("in the loop")
      end
    end)
    equal({ ended, w.host.now() }, { 6, 2 })
  end))

  it("each is ended with its task when break forgot it", world.task(function(w)
    local ended, keep = 0, nil
    w.async.scope(function(s)
      s:spawn(function()
        for item in w.async.each({ 1, 50 }, function(item)  -- luacheck: ignore 512
          local _ <close> = setmetatable({}, { __close = function() ended = ended + 1 end })
          w.op(item)
        end) do
          keep = function() return item end
          break
        end
      end):await()
      equal({ ended, w.host.now(), keep() }, { 2, 1, 1 })
    end)
  end))

  it("each is cancelled with its task", world.task(function(w)
    local e = raises(w.async.timeout, 2, function()
      for _ in w.async.each({ 1, 10, 10 }, w.op) do
        truthy(w.host.now() <= 2)
      end
    end)
    equal({ e.kind, w.host.now() }, { "TimeoutError", 2 })
  end))
end)

spec.suite("async: channels", function(it)
  it("hand values on in order, and end the loop when closed", world.task(function(w)
    for capacity = 0, 3 do
      local channel, got = w.async.channel(capacity), {}
      w.async.scope(function(s)
        s:spawn(function()
          for index = 1, 7 do
            channel:send(index)
          end
          channel:close()
        end)
        s:spawn(function()
          for value in channel do
            got[#got + 1] = value
            w.op(1)
          end
        end)
      end)
      equal(got, { 1, 2, 3, 4, 5, 6, 7 }, "capacity " .. capacity)
    end
  end))

  it("hold as much as their capacity, no more", world.task(function(w)
    local channel, sent = w.async.channel(2), 0
    w.async.scope(function(s)
      s:spawn(function()
        for index = 1, 5 do
          channel:send(index)
          sent = index
        end
      end)
      w.op(1)
      equal({ sent, tostring(channel) }, { 2, "Channel(2 of 2)" })
      equal(channel:recv(), 1)
      w.op(1)
      equal(sent, 3)
      for index = 2, 5 do
        equal(channel:recv(), index)
      end
    end)
  end))

  it("wake both ends when closed", world.task(function(w)
    local full, empty = w.async.channel(), w.async.channel()
    w.async.scope(function(s)
      local sender = s:spawn(function() return raises(full.send, full, 1) end)
      local receivers = { s:spawn(empty.recv, empty), s:spawn(empty.recv, empty) }
      w.op(1)
      full:close()
      empty:close()
      empty:close()
      contains(sender:await(), "the channel was closed before the value was received")
      equal({ receivers[1]:await(), receivers[2]:await() }, {})
    end)
    contains(raises(full.send, full, 1), "send on a closed channel")
    equal(full:recv(), nil)
    local rest = w.async.channel(2)
    rest:send("kept")
    rest:close()
    equal({ rest:recv(), (rest:recv()) }, { "kept" })
  end))

  it("lose no value when a receiver is cancelled", world.task(function(w)
    local channel = w.async.channel()
    w.async.scope(function(s)
      local got = {}
      local function receive()
        local value = channel:recv()
        got[#got + 1] = value
        w.op(0)
      end
      local first, second = s:spawn(receive), s:spawn(receive)
      w.op(1)
      channel:send("a")
      first:cancel()
      channel:send("b")
      second:await()
      equal(got, { "a", "b" })
      local third, fourth = s:spawn(receive), s:spawn(receive)
      w.op(1)
      third:cancel()
      channel:send("c")
      fourth:await()
      equal(got[3], "c")
    end)
  end))

  it("take back the value of a cancelled sender", world.task(function(w)
    local channel = w.async.channel()
    w.async.scope(function(s)
      local first = s:spawn(channel.send, channel, "a")
      s:spawn(channel.send, channel, "b")
      w.op(1)
      first:cancel()
      equal(channel:recv(), "b")
    end)
  end))

  it("carry false, not nil, and check their capacity", world.task(function(w)
    local channel = w.async.channel(1)
    channel:send(false)
    equal(channel:recv(), false)
    w.async.scope(function(s)
      local t = s:spawn(channel.recv, channel)
      w.op(1)
      channel:send(false)
      equal(t:await(), false)
    end)
    contains(raises(channel.send, channel, nil), "nil cannot be sent")
    contains(raises(w.async.channel, -1), "bad capacity of a channel: -1")
    contains(raises(w.async.channel, 1.5), "bad capacity")
  end))
end)

spec.suite("async: semaphores", function(it)
  it("let in so many at once, in order", world.task(function(w)
    local semaphore, inside, peak, order = w.async.semaphore(2), 0, 0, {}
    w.async.scope(function(s)
      for index = 1, 5 do
        s:spawn(function()
          local _ <close> = semaphore:acquire()
          order[#order + 1] = index
          inside = inside + 1
          peak = math.max(peak, inside)
          w.op(1)
          inside = inside - 1
        end)
      end
    end)
    equal({ peak, w.host.now(), tostring(semaphore) }, { 2, 3, "Semaphore(2 of 2 free)" })
    equal(order, { 1, 2, 3, 4, 5 })
  end))

  it("get their permits back from failed and cancelled tasks", world.task(function(w)
    local semaphore = w.async.semaphore()
    w.async.scope(function(s)
      local permit = semaphore:acquire()
      local waiting = s:spawn(semaphore.acquire, semaphore)
      local handed = s:spawn(function()
        local _ <close> = semaphore:acquire()
        w.op(1)
      end)
      w.op(1)
      waiting:cancel()
      permit:release()
      permit:release()
      handed:cancel()
      pcall(handed.await, handed)
      equal(tostring(semaphore), "Semaphore(1 of 1 free)")
      equal(tostring(permit), "Permit(released)")
    end)
    contains(raises(w.async.semaphore, 0), "bad number of permits: 0")
  end))
end)
