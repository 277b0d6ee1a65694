local spec = require "support.spec"
local live = require "support.live"

local equal, truthy, raises, is_json = spec.equal, spec.truthy, live.raises, live.is_json

local function numbers(count)
  local list = {}
  for index = 1, count do list[index] = index end
  return list
end

-- A deadline of its own would end such a call no sooner than after 30 s.
local function soon(f, ...)
  return async.timeout(25, f, ...)
end

live.suite("async: many calls", function(it)
  it("five hundred at once", function()
    local h = live.start("Mailbox")
    local statuses = async.map(numbers(500), function() return h:describe().status end, { limit = math.huge })
    equal(#statuses, 500)
    for _, status in ipairs(statuses) do equal(status, "RUNNING") end
    equal(live.is_in_flight(), false)
  end)

  it("in order, and no more at once than the limit", function()
    local h = live.start("Mailbox")
    h:signal("put", table.unpack(numbers(40)))
    local running, most = 0, 0
    local results = async.map(numbers(40), function(index)
      running = running + 1
      most = math.max(most, running)
      local item = h:query("nth", index - 1)
      running = running - 1
      return item
    end, { limit = 7 })
    equal(results, numbers(40))
    equal(most, 7)
  end)

  it("each as it comes, errors as values", function()
    local h = live.start("Mailbox")
    h:signal("put", "a", "b")
    local seen = {}
    for index, ok, value in async.each({ 0, 1, 2 }, function(index) return h:query("nth", index) end) do
      seen[index] = ok and value or value.kind
    end
    equal({ seen[0], seen[1], seen[2] }, { "a", "b", "WorkflowQueryFailedError" })
  end)

  it("each, left by break: the rest are cancelled, also with a captured variable", function()
    local h, hanging = live.start("Mailbox"), live.start_unattended()
    local kept
    local after = soon(function()
      for name, ok, status in async.each({ "hangs", "answers" }, function(name)
        return name == "hangs" and hanging:query("q") or h:describe().status
      end) do
        kept = function() return name, ok, status end
        if ok then break end
      end
      local a, b, c, d = 1, 2, 3, live.is_in_flight()
      return { a + b + c, d }
    end)
    equal(after, { 6, false })
    equal({ kept() }, { "answers", true, "RUNNING" })
    equal(live.is_in_flight(), false)
  end)

  it("settle tells how each ended", function()
    local h = live.start("Mailbox")
    local ends = async.settle { function() return h:describe().status end, function() return h:query("none") end }
    equal({ ends[1].ok, ends[1].value, ends[2].ok, ends[2].error.kind },
      { true, "RUNNING", false, "WorkflowQueryFailedError" })
  end)

  it("race gives the first, and cancels the others' calls", function()
    local h, hanging = live.start("Mailbox"), live.start_unattended()
    equal(soon(async.race, {
      function() return hanging:query("q") end,
      function() return h:result() end,
      function() return h:describe().status end,
    }), "RUNNING")
    equal(live.is_in_flight(), false)
  end)
end)

live.suite("async: cancellation", function(it)
  it("the failure of one cancels the calls of its siblings", function()
    local h, hanging = live.start("Mailbox"), live.start_unattended()
    local states = {}
    local e = raises("RPCError", "NOT_FOUND", soon, async.scope, function(scope)
      local function note(name, f, ...)
        local ok, raised = pcall(f, ...)
        states[name] = not ok and raised.kind
        error(raised, 0)
      end
      scope:spawn(note, "query", hanging.query, hanging, "q")
      scope:spawn(note, "result", h.result, h)
      scope:spawn(note, "update", h.execute_update, h, "append_slowly", 1)
      scope:spawn(note, "history", function()
        for _ in h:fetch_history_events { wait_new_event = true } do async.checkpoint() end
      end)
      live.wait_until(function()
        for event in h:fetch_history_events() do
          if event.event_type == "WORKFLOW_EXECUTION_UPDATE_ACCEPTED" then return true end
        end
      end)
      scope:spawn("the failing one", function() client:get_workflow_handle(live.id("missing")):describe() end)
    end)
    equal(e.task, "task 'the failing one'")
    equal(states,
      { query = "CancelledError", result = "CancelledError", update = "CancelledError", history = "CancelledError" })
    equal(live.is_in_flight(), false)
    equal(h:describe().status, "RUNNING")
  end)

  it("a task that is cancelled ends its call, and the workflow goes on", function()
    local h = live.start("Mailbox")
    soon(async.scope, function(scope)
      local waiting = scope:spawn(h.result, h)
      async.checkpoint()
      equal(live.is_in_flight(), true)
      waiting:cancel("not needed")
      local e = raises("CancelledError", "not needed", waiting.await, waiting)
      equal(e.kind, "CancelledError")
      equal(waiting:status(), "cancelled")
      equal(live.is_in_flight(), false)
    end)
    h:signal("finish")
    is_json(h:result(), "[]")
  end)

  it("timeout ends result, query and iterators", function()
    local h, hanging = live.start("Mailbox"), live.start_unattended()
    equal(raises("TimeoutError", "timed out after 0.1 s", async.timeout, 0.1, h.result, h).message,
      "timed out after 0.1 s")
    equal(live.is_in_flight(), false)
    raises("TimeoutError", "", async.timeout, "100ms", hanging.query, hanging, "q")
    equal(live.is_in_flight(), false)
    equal(async.timeout(20, h.describe, h).status, "RUNNING")
  end)

  it("a task that was cancelled sends nothing more", function()
    local h = live.start("Mailbox")
    async.scope(function(scope)
      local task = scope:spawn(function()
        local ok = pcall(async.sleep, 60)
        local sent = pcall(h.signal, h, "put", "after the cancellation")
        return ok, sent
      end)
      async.checkpoint()
      task:cancel()
      equal({ task:await() }, { false, false })
    end)
    is_json(h:query("contents"), "[]")
  end)

  it("a shield lets cleanup send", function()
    local h = live.start("Mailbox")
    raises("TimeoutError", "", async.timeout, 0.1, function()
      local _ <close> = setmetatable({}, { __close = function()
        async.shield(function() h:signal("put", "cleaned up") end)
      end })
      h:result()
    end)
    is_json(h:query("contents"), '["cleaned up"]')
  end)

  it("hundreds of calls that hang end at once", function()
    local h = live.start("Mailbox")
    raises("TimeoutError", "", soon, async.timeout, 0.5, async.map, numbers(200), function() return h:result() end,
      { limit = math.huge })
    equal(live.is_in_flight(), false)
  end)

  it("a scope for a block waits for its tasks", function()
    local h = live.start("Mailbox")
    do
      local scope <close> = async.open_scope()
      for index = 1, 20 do scope:spawn(h.signal, h, "put", index) end
    end
    equal(#h:query("contents"), 20)
  end)

  it("channels and semaphores go with calls", function()
    local h = live.start("Mailbox")
    h:signal("put", table.unpack(numbers(10)))
    local channel, sum = async.channel(2), 0
    async.scope(function(scope)
      scope:spawn(function()
        for index = 0, 9 do channel:send(h:query("nth", index)) end
        channel:close()
      end)
      for item in channel do sum = sum + item end
    end)
    equal(sum, 55)
    local semaphore, running, most = async.semaphore(3), 0, 0
    async.map(numbers(12), function()
      local _ <close> = semaphore:acquire()
      running = running + 1
      most = math.max(most, running)
      h:describe()
      running = running - 1
    end, { limit = math.huge })
    truthy(most == 3, most)
  end)
end)
