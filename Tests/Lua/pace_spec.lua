local spec = require "support.spec"
local world = require "support.world"

local contains, equal, raises, truthy = spec.contains, spec.equal, spec.raises, spec.truthy

local function numbers(n)
  local list = {}
  for index = 1, n do list[index] = index end
  return list
end

-- The times at which async.map begins each of n items that take so long.
local function begun(w, n, seconds, options)
  local at = {}
  w.async.map(numbers(n), function(index)
    at[index] = w.host.now()
    w.op(seconds)
  end, options)
  return at
end

spec.suite("async: rate", function(it)
  it("begins so many a second, evenly", world.task(function(w)
    equal(begun(w, 5, 0.5, { rate = 4, limit = 100 }), { 0, 0.25, 0.5, 0.75, 1.0 })
  end))

  it("holds over long runs, whatever calls take", world.task(function(w)
    for _, rate in ipairs { 1, 7, 100, 1000 } do
      for _, seconds in ipairs { 0.001, 0.3 } do
        local at = begun(w, 3 * rate, seconds, { rate = rate, limit = math.huge })
        local measured = (#at - 1) / (at[#at] - at[1])
        truthy(math.abs(measured / rate - 1) < 0.001, ("%g a second instead of %g"):format(measured, rate))
      end
    end
  end))

  it("does not drift where each sleep is late", function()
    world.with(function(w)
      -- A clock that is a millisecond late whenever somebody was waited for.
      function w.host.on_wait() w.host.time = w.host.time + 0.001 end
      w.run(function()
        local at = begun(w, 1000, 0.01, { rate = 100, limit = 50 })
        local measured = 999 / (at[1000] - at[1])
        truthy(math.abs(measured / 100 - 1) < 0.01, ("%g a second instead of 100"):format(measured))
      end)
    end)
  end)

  it("catches up only a little after a standstill", world.task(function(w)
    local at = {}
    w.async.map(numbers(30), function(index)
      at[index] = w.host.now()
      -- Nothing else runs meanwhile.
      if index == 10 then w.host.time = w.host.time + 5 end
    end, { rate = 10, limit = 1 })
    local after = at[10] + 5
    local soon = 0
    for index = 11, 30 do
      if at[index] - after < 0.05 then soon = soon + 1 end
    end
    truthy(soon >= 10 and soon <= 12, soon .. " at once")
    truthy(at[30] - after > 0.8)
  end))

  it("keeps to the limit where that is less", world.task(function(w)
    equal(begun(w, 4, 1, { rate = 100, limit = 1 }), { 0, 1, 2, 3 })
  end))

  it("is there for each and settle", world.task(function(w)
    local at = {}
    for item in w.async.each(numbers(3), function() end, { rate = 2 }) do at[item] = w.host.now() end
    equal(at, { 0, 0.5, 1.0 })
    local began, function_at = w.host.now(), {}
    w.async.settle({ function() function_at[1] = w.host.now() - began end,
      function() function_at[2] = w.host.now() - began end }, { rate = 2 })
    equal(function_at, { 0.0, 0.5 })
  end))

  it("can be cancelled", world.task(function(w)
    local begun_items = 0
    local e = raises(w.async.timeout, 1.5, w.async.map, numbers(100), function() begun_items = begun_items + 1 end,
      { rate = 1 })
    equal(e.kind, "TimeoutError")
    equal(begun_items, 2)
  end))

  it("must be above 0", world.task(function(w)
    for _, rate in ipairs { 0, -1, 0 / 0, "fast" } do
      contains(raises(w.async.map, {}, print, { rate = rate }), "rate must be a number above 0")
    end
    contains(raises(w.async.map, {}, print, { pace = 1 }), "there are limit and rate")
  end))
end)
