--- Random programs of scopes, tasks, timeouts, shields, generators, channels and cancellations, on a virtual clock.
--- Whatever happens in them: every task ends, before its scope does; every closer runs once; every operation is taken.

local spec = require "support.spec"
local world = require "support.world"
local errors = require "moondial.errors"

local random = math.random

-- MOONDIAL_SEED repeats a run; MOONDIAL_ROUNDS makes it longer.
local first_seed = tonumber(os.getenv("MOONDIAL_SEED")) or 1
local rounds = tonumber(os.getenv("MOONDIAL_ROUNDS")) or 300

local function new_program(w)
  local p = { live = 0, opened = 0, closed = 0, tasks = {}, steps = 0, deadline = 0 }
  local act

  local function guard()
    p.opened = p.opened + 1
    local open = true
    return setmetatable({}, { __close = function()
      assert(open, "closed twice")
      open = false
      local what = random(6)
      if what == 1 then
        w.async.shield(function() w.op(random(3)) end)
      elseif what == 2 then
        pcall(w.op, random(3))
      elseif what == 3 then
        pcall(w.async.checkpoint)
      end
      p.closed = p.closed + 1
    end })
  end

  local function operation()
    local seconds, result = random(0, 20), random(12)
    local id
    return w.scheduler.call(function()
      id = w.host.start(seconds, function()
        if result == 1 then
          error(errors.new("RPCError", "random failure"), 0)
        end
        return seconds
      end)
      w.host.operation(id).stop_after = random(0, 3)
      w.host.operation(id).deaf = random(5) == 1
      return id
    end)
  end

  local function body(depth, parent)
    local me = { parent = parent, ended = false }
    p.live = p.live + 1
    p.tasks[#p.tasks + 1] = me
    local _ <close> = setmetatable({}, { __close = function()
      me.ended = true
      p.live = p.live - 1
    end })
    local _ <close> = guard()
    for _ = 1, random(4) do
      act(depth, me)
    end
  end

  local function children_ended(me)
    for _, task in ipairs(p.tasks) do
      assert(task.parent ~= me or task.ended, "a scope ended before its task")
    end
  end

  local function spawn_some(s, depth, me)
    local spawned = {}
    for index = 1, random(3) do
      spawned[index] = s:spawn(body, depth - 1, me)
    end
    for _ = 1, random(0, 3) do
      local what = random(7)
      if what == 1 then
        spawned[random(#spawned)]:cancel("random")
      elseif what == 2 then
        spawned[random(#spawned)]:await()
      elseif what == 3 then
        pcall(function() return spawned[random(#spawned)]:await() end)
      elseif what == 4 then
        s:cancel("all of it")
      else
        act(depth - 1, me)
      end
    end
  end

  local choices = {
    function() operation() end,
    function() operation() end,
    function() w.async.sleep(random(0, 5)) end,
    function() pcall(operation) end,
    function(depth, me)
      local scope_me = { parent = me }
      local ok, e = pcall(w.async.scope, spawn_some, depth, scope_me)
      children_ended(scope_me)
      if not ok then error(e, 0) end
    end,
    function(depth, me)
      local scope_me = { parent = me }
      local ok, e = pcall(function()
        local s <close> = w.async.open_scope()
        spawn_some(s, depth, scope_me)
      end)
      children_ended(scope_me)
      if not ok then error(e, 0) end
    end,
    function(depth, me) w.async.timeout(random(0, 10), act, depth - 1, me) end,
    function(depth, me) pcall(w.async.timeout, random(0, 10), act, depth - 1, me) end,
    function(depth, me) w.async.shield(function() act(depth - 1, me) end, { timeout = random(10) }) end,
    function(depth, me)
      for _ in coroutine.wrap(function()
        local _ <close> = guard()
        for _ = 1, random(3) do
          act(depth - 1, me)
          coroutine.yield(1)
        end
      end) do
        act(depth - 1, me)
      end
    end,
    function() table.sort({ 3, 1, 2 }, function(a, b) operation() return a < b end) end,
    function(depth, me) w.async.map({ 1, 2, 3 }, function() act(depth - 1, me) end, { limit = random(3) }) end,
    function(depth, me)
      for _ in w.async.each({ 1, 2, 3 }, function() act(depth - 1, me) end, { limit = random(3) }) do
        if random(3) == 1 then break end
      end
    end,
    function(depth, me)
      w.async.race { function() act(depth - 1, me) end, function() act(depth - 1, me) end }
    end,
    function(depth, me) w.async.settle { function() act(depth - 1, me) end, function() act(depth - 1, me) end } end,
    function()
      local channel = w.async.channel(random(0, 2))
      w.async.scope(function(s)
        s:spawn(function()
          local _ <close> = channel
          for index = 1, random(4) do
            channel:send(index)
            if random(3) == 1 then operation() end
          end
        end)
        for _ in channel do
          if random(4) == 1 then w.async.sleep(1) end
        end
      end)
    end,
    function()
      w.scheduler.own(guard())
    end,
    function() error("random error") end,
  }

  function act(depth, me)
    p.steps = p.steps + 1
    if depth <= 0 or p.steps > 400 then
      operation()
    else
      choices[random(#choices)](depth, me)
    end
  end

  p.body = body
  return p
end

local known = { LuaError = true, RPCError = true, CancelledError = true, TimeoutError = true, Interrupted = true }

local function round(seed)
  math.randomseed(seed)
  world.with(function(w)
    local p = new_program(w)
    if random(3) == 1 then
      w.host.interrupts = { random(30) }
    end
    local ok, e = w.scheduler.run(p.body, 4, nil)
    assert(ok or known[e.kind], "unexpected: " .. (ok and "" or errors.report(e)))
    assert(ok or e.kind ~= "LuaError" or e.message:find("random error", 1, true),
      "unexpected: " .. (ok and "" or errors.report(e)))
    assert(p.live == 0, p.live .. " tasks left")
    assert(w.host.pending() == 0, w.host.pending() .. " operations left")
    assert(w.scheduler.shutdown(0), "something left for the shutdown")
    assert(require "moondial.scheduler.ready".count() == 0, "ready tasks left")
    return p
  end)
end

spec.suite("random programs", function(it)
  it(("hold with the seeds from %d, %d of them"):format(first_seed, rounds), function()
    print(("  seeds %d to %d"):format(first_seed, first_seed + rounds - 1))
    for seed = first_seed, first_seed + rounds - 1 do
      local ok, message = pcall(round, seed)
      if not ok then
        error(("seed %d: %s"):format(seed, tostring(message)), 0)
      end
    end
  end)
end)
