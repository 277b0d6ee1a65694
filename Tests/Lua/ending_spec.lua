local spec = require "support.spec"
local world = require "support.world"

local equal, contains = spec.equal, spec.contains

spec.suite("the end from within", function(it)
  it("ends all tasks but the running one and those above it", function()
    world.with(function(w)
      local closed = {}
      local function closing(name, seconds)
        return setmetatable({}, { __close = function()
          if seconds then w.async.shield(function() w.op(seconds) end) end
          closed[#closed + 1] = name
        end })
      end
      w.scheduler.start("job", function()
        local _ <close> = closing("job", 2)
        w.op(100)
      end)
      local at_the_end
      -- The program ends where quiesce has returned: nothing of this task may run any more.
      w.scheduler.run(function()
        local _ <close> = closing "main"
        w.async.scope(function(s)
          local _ <close> = closing "body"
          s:spawn(function()
            local _ <close> = closing("sibling", 3)
            w.op(100)
          end)
          s:spawn(function()
            local _ <close> = closing "caller"
            w.async.scope(function(inner)
              inner:spawn(function()
                local _ <close> = closing("child", 1)
                w.async.sleep(100)
              end)
              w.async.timeout(1000, function()
                w.op(1)
                table.sort({ 2, 1 }, function() w.scheduler.quiesce(5) end)
                at_the_end = { w.host.now(), w.host.in_flight(), table.unpack(closed) }
                w.scheduler.exit(0)
              end)
            end)
          end)
          w.op(100)
        end)
      end)
      equal(at_the_end, { 4, 0, "body", "child", "job", "sibling" })
    end)
  end)

  it("has patience, and no more", function()
    world.with(function(w)
      local now
      w.scheduler.start("stubborn", function()
        w.async.shield(function() w.async.sleep(1000) end)
      end)
      w.run(function()
        w.op(1)
        w.scheduler.quiesce(5)
        now = w.host.now()
        -- A second one is at its end already.
        w.scheduler.quiesce(5)
      end)
      equal({ now, w.host.now() }, { 6, 6 })
    end)
  end)

  it("loses its patience at a Ctrl-C", function()
    world.with(function(w)
      w.scheduler.start("stubborn", function()
        w.async.shield(function() w.async.sleep(1000) end)
      end)
      w.run(function()
        w.op(1)
        w.host.interrupts = { 3 }
        w.scheduler.quiesce(500)
        equal(w.host.now(), 3)
      end)
    end)
  end)

  it("does not wait for what nobody awaits, and cancels it", function()
    world.with(function(w)
      w.run(function()
        w.host.start(1000, function() end)
        w.scheduler.quiesce(5)
        equal({ w.host.now(), w.host.cancels, w.host.in_flight() }, { 0, 1, 0 })
      end)
    end)
  end)
end)

spec.suite("the end by an error", function(it)
  it("is bounded, too", function()
    world.with(function(w)
      local closed = 0
      local ok, e = w.scheduler.run(function()
        w.async.scope(function(s)
          s:spawn(function()
            local _ <close> = setmetatable({}, { __close = function() closed = closed + 1 end })
            w.async.shield(function() w.async.sleep(1000) end)
          end)
          w.op(1)
          w.scheduler.exit(3, 5)
        end)
      end)
      equal({ ok, e.code, w.host.now() }, { false, 3, 6 })
      -- No further patience.
      equal({ w.scheduler.shutdown(5), closed, w.host.now(), w.host.pending() }, { false, 1, 6, 0 })
    end)
  end)

  it("drops what an abandoned task had started", function()
    world.with(function(w)
      local tries = 0
      w.host.interrupts = { 1, 2 }
      local ok, e = w.scheduler.run(function()
        local _ <close> = setmetatable({}, { __close = function()
          -- Closed by force: what it starts is cancelled at once, and taken when it arrives.
          local id = w.host.start(50, function() error("taken for nothing") end)
          w.host.operation(id).stop_after = 3
          tries = tries + 1
          pcall(w.scheduler.await, id)
        end })
        w.async.shield(function() w.async.sleep(1000) end)
      end)
      equal({ ok, e.kind, tries, w.host.now() }, { false, "Interrupted", 1, 2 })
      w.run(w.op, 10)
      equal(w.host.pending(), 0)
      contains(tostring(e), "interrupted")
    end)
  end)
end)

spec.suite("what a task waits for", function(it)
  it("is told of its call, through all coroutines, also where it waits in place", function()
    world.with(function(w)
      local waits = require "moondial.scheduler.waits"
      local described = {}
      waits.words = function(start, subject)
        described[#described + 1] = start == w.host.start
        return "call for " .. subject
      end
      w.run(function()
        w.async.scope(function(s)
          local tasks = {
            s:spawn(w.op, 5),
            s:spawn(function() coroutine.wrap(function() coroutine.wrap(w.op)(6) end)() end),
            s:spawn(w.async.sleep, 7),
            s:spawn(function() w.scheduler.await(w.host.start(8, function() end)) end),
          }
          w.async.checkpoint()
          local told = {}
          for index, task in ipairs(tasks) do told[index] = select(2, task:status()) end
          equal(told, { "call for 5", "call for 6", "sleep", "operation" })
          equal(described, { true, true })
          s:cancel()
        end)
        w.async.scope(function(s)
          local timed
          local task = s:spawn(function()
            table.sort({ 2, 1 }, function() w.op(9) end)
          end)
          -- Asked while the task waits in place, and nothing else can run.
          w.host.on_wait = function()
            if task.state == "operation" then timed = waits.of(task) end
          end
          task:await()
          equal(timed, "call for 9")
        end)
      end)
    end)
  end)
end)
