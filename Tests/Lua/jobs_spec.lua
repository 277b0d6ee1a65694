local spec = require "support.spec"
local world = require "support.world"
local errors = require "moondial.errors"

local equal, contains, raises, truthy = spec.equal, spec.contains, spec.raises, spec.truthy

-- A session: its jobs, and `prompt(seconds)`, which lets a prompt wait for so long and gives what was told meanwhile.
local function with_session(body)
  return function()
    world.with(function(w)
      local jobs = require "moondial.jobs"
      local s = { module = jobs }
      for name, f in pairs(jobs.globals) do s[name] = f end
      function s.prompt(seconds)
        local told = {}
        local ok, e = w.scheduler.serve(function()
          table.move(jobs.news(), 1, 100, #told + 1, told)
        end, w.op, seconds)
        return told, ok, e
      end
      body(s, w)
      w.scheduler.shutdown(5)
      equal(w.host.pending(), 0)
    end)
  end
end

local function guard(closed)
  return setmetatable({}, { __close = function() closed.count = (closed.count or 0) + 1 end })
end

spec.suite("jobs at the prompt", function(it)
  it("run while it waits, and while others are in the foreground", with_session(function(s, w)
    local steps = 0
    w.run(s.spawn, function()
      for _ = 1, 4 do
        w.async.sleep(1)
        steps = steps + 1
      end
    end)
    s.prompt(2.5)
    equal(steps, 2)
    w.run(w.op, 1)
    equal(steps, 3)
    equal(s.prompt(1), { "job 1 is done" })
  end))

  it("tell their ends once, as they come", with_session(function(s, w)
    w.run(function()
      s.spawn("three", w.op, 3, "result")
      s.spawn(w.fail, 1, errors.new("RPCError", "gone"))
      s.kill(s.spawn("two", w.op, 100))
    end)
    equal(s.prompt(2), { 'job 3 "two" was cancelled', "job 2 failed: RPCError: gone" })
    equal(s.prompt(2), { 'job 1 "three" is done; wait(1) gives what it returned' })
    equal(s.prompt(2), {})
  end))

  it("are listed with what there is to know", with_session(function(s, w)
    w.run(function()
      s.spawn("sleeper", w.async.sleep, 4000)
      s.spawn(w.fail, 100, errors.new("A", "a"))
    end)
    s.prompt(131)
    local list = s.jobs()
    equal(#list, 2)
    equal({ list[1].number, list[1].name, list[1].state, list[1].waits_for, list[1].age },
      { 1, "sleeper", "waiting", "sleep", 131 })
    contains(list[1].spawned_at, "jobs_spec.lua:")
    equal({ list[2].number, list[2].name, list[2].state, list[2].waits_for, list[2].age },
      { 2, nil, "failed", nil, 31 })
    equal(tostring(list[1]), 'Job 1 "sleeper": waiting for sleep, 2m11s')
    equal(tostring(list[2]), "Job 2: failed, 31s ago")
    s.prompt(3720)
    contains(tostring(s.jobs()[1]), ", 1h4m")
    equal(s.module.alive(), 'job 1 "sleeper" runs still')
    w.run(function() for _ = 1, 4 do s.spawn(w.op, 1e6) end end)
    equal(s.module.alive(), '5 jobs run still: job 1 "sleeper", job 3, job 4, …')
  end))

  it("are found by number, name and task, the latest of a name", with_session(function(s, w)
    w.run(function()
      s.spawn("twin", w.op, 1, "first")
      local task = s.spawn("twin", w.op, 1, "second")
      equal({ s.wait("twin") }, { "second" })
      equal({ s.wait(1) }, { "first" })
      -- Taken, and so forgotten.
      for _, gone in ipairs { "twin", 1, task } do
        truthy(gone == task or errors.is_error(raises(s.wait, gone), "ValueError"))
      end
      equal({ s.wait(task) }, { "second" })
      contains(raises(s.fg, 1.5), "fg: there is no job 1.5; jobs() lists them")
      contains(raises(s.kill, "\27"), 'kill: there is no job "\\027"')
      contains(raises(s.wait), "wait needs a job: its number, its name or its task")
    end)
    equal({ s.prompt(1), s.jobs() }, { {}, {} })
  end))

  it("give all they returned, and raise what they raised", with_session(function(s, w)
    w.run(function()
      local e = errors.new("A", "a")
      s.spawn(function() return nil, 2, nil end)
      s.spawn(w.fail, 1, e)
      equal(table.pack(s.wait(1)), { n = 3, [2] = 2 })
      truthy(rawequal(raises(s.fg, 2), e))
    end)
    equal(s.prompt(1), {})
  end))

  it("may start jobs, which are the session's", with_session(function(s, w)
    w.run(s.spawn, function() s.spawn("inner", w.op, 5, "v") end)
    s.prompt(1)
    equal(w.run(s.wait, "inner"), "v")
  end))

  it("do not pile up when nobody takes their results", with_session(function(s, w)
    w.run(function()
      for _ = 1, 250 do s.spawn(w.op, 1) end
    end)
    s.prompt(2)
    local list = s.jobs()
    equal({ #list, list[1].number, list[100].number }, { 100, 151, 250 })
  end))

  it("close what they own before their end is told", with_session(function(s, w)
    w.run(s.spawn, function()
      local _ = w.async.open_scope():spawn(w.op, 5)
    end)
    equal(s.prompt(4), {})
    equal(s.prompt(2), { "job 1 is done" })
  end))
end)

spec.suite("jobs and Ctrl-C", function(it)
  it("ends a wait, and the job goes on", with_session(function(s, w)
    w.run(s.spawn, w.op, 10, "whole")
    w.host.interrupts = { 3 }
    local ok, e = w.scheduler.run(s.wait, 1)
    equal({ ok, e.kind, w.host.now() }, { false, "Interrupted", 3 })
    equal(w.run(s.wait, 1), "whole")
    equal(w.host.now(), 10)
  end))

  it("is for a job in the foreground", with_session(function(s, w)
    local closed = {}
    w.run(s.spawn, "victim", function()
      local _ <close> = guard(closed)
      w.op(100)
    end)
    w.run(s.spawn, "bystander", w.op, 10, "unharmed")
    w.host.interrupts = { 3 }
    local ok, e = w.scheduler.run(s.fg, "victim")
    equal({ ok, e.kind, w.host.now() }, { false, "Interrupted", 3 })
    equal(s.prompt(1), { 'job 1 "victim" was cancelled' })
    equal(closed, { count = 1 })
    equal(w.run(s.wait, "bystander"), "unharmed")
  end))

  it("abandons at the second, whatever a job has in flight", with_session(function(s, w)
    w.run(s.spawn, w.op, 1000)
    w.host.interrupts = { 3, 4 }
    local ok, e = w.scheduler.run(function()
      w.async.shield(function() w.async.sleep(100) end)
    end)
    equal({ ok, e.kind, w.host.now() }, { false, "Interrupted", 4 })
  end))

  it("leaves nothing of what it abandons where a job, a timer or a channel would find it", with_session(function(s, w)
    w.run(s.spawn, w.op, 1000)
    local channel = w.async.channel()
    local waits = {
      function() s.wait(1) end,
      function() w.async.sleep(500) end,
      function() channel:recv() end,
    }
    for _, wait in ipairs(waits) do
      local at = w.host.now()
      w.host.interrupts = { at + 1, at + 2 }
      local ok, e = w.scheduler.run(function() w.async.shield(wait) end)
      equal({ ok, e.kind, w.host.now() }, { false, "Interrupted", at + 2 })
    end
    equal(s.prompt(1000), { "job 1 is done" })
    equal(w.run(function()
      w.async.scope(function(scope)
        scope:spawn(function() channel:send("to nobody that is gone") end)
        waits.got = channel:recv()
      end)
      return waits.got
    end), "to nobody that is gone")
  end))

  it("does not reach a prompt, which has its own", with_session(function(s, w)
    w.run(s.spawn, w.op, 5, "v")
    w.host.interrupts = { 2 }
    equal({ select(2, s.prompt(3)) }, { true })
    equal(w.run(s.wait, 1), "v")
  end))

  it("stops code that runs: of the foreground at once, of a job when it comes again", with_session(function(s, w)
    local interruption = w.scheduler.interruption
    local in_job
    w.run(s.spawn, function()
      w.async.sleep(1)
      in_job = { interruption(1), interruption(2) }
    end)
    w.run(function()
      local first = interruption(1)
      equal({ first.kind, first.message }, { "Interrupted", "interrupted" })
      truthy(rawequal(first, interruption(1)), "one error for one Ctrl-C")
      w.async.sleep(2)
    end)
    equal({ #in_job, in_job[2].kind }, { 2, "Interrupted" })
    equal(in_job[1], nil)
    -- While the prompt waits there is nothing else that it could be for.
    w.run(s.spawn, function()
      w.async.sleep(1)
      in_job = interruption(1)
    end)
    s.prompt(3)
    equal(in_job.kind, "Interrupted")
  end))
end)

spec.suite("jobs and the end", function(it)
  it("are cancelled and drained, three of them", with_session(function(s, w)
    local closed = {}
    w.run(function()
      for seconds = 1, 3 do
        s.spawn(function()
          local _ <close> = setmetatable({}, { __close = function()
            w.async.shield(function() w.op(seconds) end)
            closed[#closed + 1] = seconds
          end })
          w.op(100)
        end)
      end
    end)
    s.prompt(1)
    equal({ w.scheduler.shutdown(5), closed, w.host.now() }, { true, { 1, 2, 3 }, 4 })
  end))

  it("may end the session while the prompt waits", with_session(function(s, w)
    w.run(s.spawn, function()
      w.async.sleep(1)
      w.scheduler.exit(4, 5)
    end)
    local _, ok, e = s.prompt(1000)
    equal({ ok, e.kind, e.code, w.host.now() }, { false, "Exit", 4, 1 })
    equal({ w.scheduler.shutdown(5), w.host.now() }, { true, 1 })
  end))

  it("are told of in a deadlock, and live on", with_session(function(s, w)
    local channel
    w.run(function()
      channel = w.async.channel()
      s.spawn("listener", function() return channel:recv() end)
    end)
    local ok, e = w.scheduler.run(s.wait, 1)
    equal({ ok, e.kind }, { false, "DeadlockError" })
    contains(e.explanation, "task 'main', waiting for: task 'listener'\n")
    contains(e.explanation, "\ntask 'listener', waiting for: channel receive, spawned at ")
    w.run(channel.send, channel, "at last")
    equal(w.run(s.wait, 1), "at last")
  end))
end)

spec.suite("scripts", function(it)
  it("end when all that they spawned has ended", with_session(function(s, w)
    local last
    equal(w.run(s.module.run_script, function(...)
      s.spawn(function()
        w.op(1)
        s.spawn("later", function() w.op(2) last = true end)
      end)
      return ...
    end, 1, 2), 1)
    equal({ last, w.host.now(), s.jobs() }, { true, 3, {} })
  end))

  it("fail with it, and cancel the rest", with_session(function(s, w)
    local closed = {}
    local ok, e = w.scheduler.run(s.module.run_script, function()
      local _ <close> = guard(closed)
      s.spawn("culprit", w.fail, 1, errors.new("A", "a"))
      s.spawn(function()
        local _ <close> = guard(closed)
        w.op(100)
      end)
      w.op(50)
    end)
    equal({ ok, e.kind, e.task, closed.count, w.host.now() }, { false, "A", "task 'culprit'", 2, 1 })
    -- At the prompt after it, jobs are the session's again.
    w.run(s.spawn, w.op, 1)
    equal(#s.jobs(), 1)
  end))

  it("refuse what is no function", with_session(function(s)
    equal(raises(s.spawn).message, "spawn: a function expected, got nil")
    equal(raises(s.spawn, "name", 5).message, "spawn: a function expected, got number")
  end))
end)
