local spec = require "support.spec"

local equal, truthy = spec.equal, spec.truthy

-- A module of its own: these keep their state in it.
local function fresh(name)
  package.loaded[name] = nil
  local module = require(name)
  package.loaded[name] = nil
  return module
end

spec.suite("timers", function(it)
  it("agree with a sorted list, whatever is added, forgotten and taken", function()
    local seed = 7
    math.randomseed(seed)
    local timers, waiting, now = fresh "moondial.scheduler.timers", {}, 0
    for _ = 1, 20000 do
      local what = math.random(5)
      if what <= 2 then
        local item = {}
        timers.add(now + math.random(0, 50), item)
        waiting[#waiting + 1] = item
      elseif what == 3 and #waiting > 0 then
        timers.forget(table.remove(waiting, math.random(#waiting)))
      else
        table.sort(waiting, function(a, b) return a.due < b.due end)
        equal(timers.next(), waiting[1] and waiting[1].due, "seed " .. seed)
        now = now + math.random(0, 10)
        local due = waiting[1] and waiting[1].due
        local item = timers.pop(now)
        equal(item ~= nil, due ~= nil and due <= now, "seed " .. seed)
        for index, other in ipairs(waiting) do
          if other == item then
            table.remove(waiting, index)
            break
          end
        end
        if item then
          equal(item.due, nil)
          truthy(not waiting[1] or waiting[1].due >= due, "seed " .. seed)
        end
      end
    end
    truthy(timers.size() <= 2 * #waiting + 65, timers.size() .. " entries for " .. #waiting)
  end)

  it("keep an item added again apart from its forgotten self", function()
    local timers, item = fresh "moondial.scheduler.timers", {}
    timers.add(5, item)
    timers.forget(item)
    timers.add(9, item)
    equal(timers.next(), 9)
    equal(timers.pop(8), nil)
    equal(timers.pop(9), item)
    equal(timers.next(), nil)
    timers.forget(item)
    equal(timers.size(), 0)
  end)
end)

spec.suite("the ready queue", function(it)
  it("is first in, first out, through all its sizes", function()
    local seed = 11
    math.randomseed(seed)
    local ready, pushed, popped = fresh "moondial.scheduler.ready", 0, 0
    for _ = 1, 200 do
      for _ = 1, math.random(0, 300) do
        pushed = pushed + 1
        ready.push { number = pushed }
      end
      for _ = 1, math.random(0, ready.count()) do
        popped = popped + 1
        equal(ready.pop().number, popped, "seed " .. seed)
      end
      equal(ready.count(), pushed - popped)
    end
    while ready.count() > 0 do
      popped = popped + 1
      equal(ready.pop().number, popped)
    end
    equal(popped, pushed)
    ready.push { number = 0 }
    equal(ready.pop().number, 0)
  end)
end)
