local spec = require "support.spec"
local world = require "support.world"
local errors = require "moondial.errors"

local equal, contains, lacks, raises, truthy = spec.equal, spec.contains, spec.lacks, spec.raises, spec.truthy

spec.suite("run: deadlocks", function(it)
  it("are reported with every task, and unwind them", function()
    world.with(function(w)
      local closed = 0
      local function guard()
        return setmetatable({}, { __close = function() closed = closed + 1 end })
      end
      local ok, e = w.scheduler.run(function()
        local _ <close> = guard()
        local channel = w.async.channel()
        w.async.scope(function(s)
          s:spawn("consumer", function()
            local _ <close> = guard()
            channel:recv()
          end)
        end)
      end)
      equal({ ok, e.kind, closed }, { false, "DeadlockError", 2 })
      local report = errors.report(e)
      contains(report, "DeadlockError: every task waits and no operation is in flight")
      contains(report, "task 'main', waiting for: tasks of a scope")
      contains(report, "  task 'consumer', waiting for: channel receive, spawned at Tests/Lua/")
      contains(report, "run_spec.lua:")
      lacks(report, "moondial/")
      equal(w.run(w.op, 1, "usable"), "usable")
    end)
  end)

  it("end tasks that are shielded, too", function()
    world.with(function(w)
      local closed = false
      local ok, e = w.scheduler.run(function()
        w.async.scope(function(s)
          s:spawn("stubborn", function()
            coroutine.wrap(function()
              local _ <close> = setmetatable({}, { __close = function()
                closed = true
                w.op(1)
              end })
              w.async.shield(function()
                w.async.channel():recv()
              end)
            end)()
          end)
        end)
      end)
      equal({ ok, e.kind, closed }, { false, "DeadlockError", true })
      w.scheduler.shutdown()
      equal(w.host.pending(), 0)
    end)
  end)

  it("are not seen while time passes or operations are in flight", world.task(function(w)
    local channel = w.async.channel()
    w.async.scope(function(s)
      s:spawn(channel.recv, channel)
      w.async.sleep(5)
      w.op(5)
      channel:close()
    end)
    equal(w.host.now(), 10)
  end))
end)

spec.suite("run: Ctrl-C", function(it)
  it("cancels the root task and all below it", function()
    world.with(function(w)
      w.host.interrupts = { 3 }
      local kinds = {}
      local ok, e = w.scheduler.run(function()
        w.async.scope(function(s)
          for _ = 1, 2 do
            s:spawn(function()
              local e = raises(w.op, 100)
              kinds[#kinds + 1] = e.kind
              w.op(100)
            end)
          end
          w.async.sleep(50)
        end)
      end)
      equal({ ok, e.kind, e.message, w.host.now() }, { false, "Interrupted", "interrupted", 3 })
      equal(kinds, { "Interrupted", "Interrupted" })
      contains(e.traceback, "run_spec.lua")
      equal(w.run(w.op, 1, "next input"), "next input")
    end)
  end)

  it("reaches a task that waits in place, deep down", function()
    world.with(function(w)
      w.host.interrupts = { 3 }
      local ok, e = w.scheduler.run(function()
        w.async.scope(function(s)
          s:spawn(function()
            w.async.scope(function(inner)
              inner:spawn(function()
                table.sort({ 2, 1 }, function()
                  return w.op(100, true)
                end)
              end)
            end)
          end)
        end)
      end)
      equal({ ok, e.kind, w.host.now() }, { false, "Interrupted", 3 })
    end)
  end)

  it("can be handled, and is then over", function()
    world.with(function(w)
      w.host.interrupts = { 1 }
      equal({ w.scheduler.run(function()
        local ok, e = pcall(w.op, 10)
        return ok, e.kind
      end) }, { true, false, "Interrupted" })
      equal(w.run(w.op, 5, "on"), "on")
    end)
  end)
end)

spec.suite("run: the end", function(it)
  it("exit unwinds everything and gives the code", function()
    world.with(function(w)
      local cleaned = 0
      local ok, e = w.scheduler.run(function()
        w.async.scope(function(s)
          s:spawn(function()
            local _ <close> = setmetatable({}, { __close = function() cleaned = cleaned + 1 end })
            w.op(100)
          end)
          s:spawn(function()
            w.op(1)
            w.scheduler.exit(3)
          end)
          w.op(100)
        end)
      end)
      equal({ ok, e.kind, e.code, cleaned, w.host.now() }, { false, "Exit", 3, 1, 1 })
      equal(select(2, w.scheduler.run(w.scheduler.exit)).code, 0)
      equal(select(2, w.scheduler.run(w.scheduler.exit, false)).code, 1)
    end)
  end)

  it("shutdown cancels what is pending and drains it", function()
    world.with(function(w)
      local cleaned = 0
      for index = 1, 3 do
        w.scheduler.start("job", function()
          local _ <close> = setmetatable({}, { __close = function()
            w.async.shield(function() w.op(index) end)
            cleaned = cleaned + 1
          end })
          w.op(100)
        end)
      end
      w.run(w.op, 1)
      equal({ w.scheduler.shutdown(5), cleaned, w.host.now(), w.host.pending() }, { true, 3, 4, 0 })
    end)
  end)

  it("shutdown closes what does not end in time", function()
    world.with(function(w)
      local closed = false
      w.scheduler.start("stubborn", function()
        local _ <close> = setmetatable({}, { __close = function()
          closed = true
          w.op(1)
        end })
        w.async.shield(function() w.async.sleep(1000) end)
      end)
      w.run(w.op, 1)
      equal({ w.scheduler.shutdown(5), closed, w.host.now() }, { false, true, 6 })
    end)
  end)

  it("shutdown loses its patience at a Ctrl-C", function()
    world.with(function(w)
      w.scheduler.start("stubborn", function()
        w.async.shield(function() w.async.sleep(1000) end)
      end)
      w.run(w.op, 1)
      w.host.interrupts = { 3 }
      equal({ w.scheduler.shutdown(500), w.host.now() }, { false, 3 })
    end)
  end)

  it("shutdown takes what completed and was never awaited", function()
    world.with(function(w)
      local taken = 0
      w.run(function()
        for seconds = 1, 2 do
          w.host.start(seconds, function() taken = taken + 1 end)
        end
        w.op(1.5)
      end)
      -- The one that is still in flight is cancelled.
      equal({ w.scheduler.shutdown(5), taken, w.host.cancels, w.host.pending(), w.host.now() }, { true, 1, 1, 0, 1.5 })
      contains(raises(w.run, w.scheduler.shutdown), "inside of a task")
    end)
  end)
end)

spec.suite("require", function(it)
  -- A package table with modules given as functions.
  local function with_modules(w, modules)
    for name, loader in pairs(modules) do
      package.preload[name] = loader
      package.loaded[name] = nil
    end
    w.forget = function()
      for name in pairs(modules) do
        package.preload[name], package.loaded[name] = nil, nil
      end
    end
  end

  it("lets a module's top level await", world.task(function(w)
    with_modules(w, { ["spec.slow"] = function(...)
      return { args = { ... }, value = w.op(2, "loaded") }
    end })
    local module, extra = require "spec.slow"
    equal({ module.value, extra, module.args[1], module.args[2] }, { "loaded", ":preload:", "spec.slow", ":preload:" })
    equal({ require "spec.slow" }, { module })
    equal({ rawequal(require "spec.slow", module), select("#", require "spec.slow") }, { true, 1 })
    equal(w.host.now(), 2)
    w.forget()
  end))

  it("loads once for many", world.task(function(w)
    local loads = 0
    with_modules(w, { ["spec.once"] = function()
      loads = loads + 1
      w.op(2)
      return { n = loads }
    end })
    local results = w.async.map({ 1, 2, 3 }, function() return (require "spec.once") end)
    equal({ loads, results[1] == results[3], w.host.now() }, { 1, true, 2 })
    w.forget()
  end))

  it("keeps package.loaded as stock does", world.task(function(w)
    with_modules(w, {
      ["spec.nothing"] = function() end,
      ["spec.sets"] = function(name) package.loaded[name] = "set by itself" end,
      ["spec.false"] = function() return false end,
      ["spec.fails"] = function() w.op(1) error("broken module", 0) end,
    })
    equal({ require "spec.nothing" }, { true, ":preload:" })
    equal((require "spec.sets"), "set by itself")
    equal({ require "spec.false" }, { false, ":preload:" })
    equal(raises(require, "spec.fails"), "broken module")
    equal(raises(require, "spec.fails"), "broken module")
    equal(package.loaded["spec.fails"], nil)
    w.forget()
  end))

  it("has the messages of stock Lua", function()
    local stock = require
    world.with(function()
      local function message(how, ...)
        return select(2, pcall(function(...) how(...) end, ...))
      end
      for _, name in ipairs { "spec.not_there", 5 } do
        local expected = message(stock, name)
        truthy(expected:find("not found", 1, true))
        equal(message(require, name), expected)
      end
      contains(message(require), "bad argument #1 to 'require' (string expected, got no value)")
      contains(message(require, {}), "bad argument #1 to 'require' (string expected, got table)")
      local searchers = package.searchers
      package.searchers = nil
      local expected = message(stock, "spec.x")
      local actual = message(require, "spec.x")
      package.searchers = searchers
      equal(actual, expected)
    end)
  end)

  it("finds a loop", world.task(function(w)
    with_modules(w, { ["spec.loop"] = function() w.op(1) return require "spec.loop" end })
    contains(raises(require, "spec.loop"), "loop in require: module 'spec.loop' is being loaded")
    w.forget()
  end))

  it("tells where a module failed", function()
    world.with(function(w)
      with_modules(w, { ["spec.fails"] = function() local x = nil; return x.field end })
      local _, e = w.scheduler.run(function() require "spec.fails" end)
      contains(errors.report(e), "attempt to index a nil value")
      contains(errors.report(e), "run_spec.lua:")
      w.forget()
    end)
  end)
end)
