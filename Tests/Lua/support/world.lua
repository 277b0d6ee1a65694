--- A scheduler on a host of its own with a virtual clock: nothing sleeps, everything is in the same order each time.

local world = {}

local modules = {
  "moondial.async", "moondial.async.channel", "moondial.async.pace", "moondial.async.region", "moondial.async.scope",
  "moondial.async.semaphore", "moondial.bulk", "moondial.jobs",
  "moondial.scheduler", "moondial.scheduler.await", "moondial.scheduler.cancel", "moondial.scheduler.coroutines",
  "moondial.scheduler.ending", "moondial.scheduler.ready", "moondial.scheduler.require", "moondial.scheduler.roots",
  "moondial.scheduler.run", "moondial.scheduler.state", "moondial.scheduler.task", "moondial.scheduler.tasks",
  "moondial.scheduler.timers", "moondial.scheduler.waits", "moondial.show.progress",
}

local stock = {}
for name, value in pairs(coroutine) do
  stock[name] = value
end
local stock_require, stock_pcall = require, pcall

-- The host keeps to the contract, and checks that the scheduler does.
local function new_host()
  local host = { time = 0, started = 0, cancels = 0, interrupts = {} }
  local operations, flying = {}, 0

  -- Starts an operation that completes after `seconds`; `result` is called to take it.
  function host.start(seconds, result)
    host.started = host.started + 1
    flying = flying + 1
    operations[host.started] = { at = host.time + seconds, result = result, id = host.started }
    return host.started
  end

  function host.now()
    return host.time
  end

  -- Called whenever the scheduler waits.
  function host.on_wait() end

  function host.wait(timeout, into)
    host.on_wait()
    local first
    for _, operation in pairs(operations) do
      if not operation.reported and (not first or operation.at < first) then
        first = operation.at
      end
    end
    local interrupt = host.interrupts[1]
    local stop = timeout and host.time + timeout or first or interrupt
    assert(stop, "host.wait would block for ever")
    if first and first < stop then
      stop = first
    end
    if interrupt and interrupt <= stop then
      stop = interrupt
    end
    host.time = math.max(host.time, stop)
    local due = {}
    for id, operation in pairs(operations) do
      if not operation.reported and operation.at <= host.time then
        due[#due + 1] = id
      end
    end
    table.sort(due, function(a, b)
      local x, y = operations[a], operations[b]
      return x.at < y.at or x.at == y.at and a < b
    end)
    for index, id in ipairs(due) do
      operations[id].reported = true
      rawset(into, index, id)
    end
    flying = flying - #due
    return #due
  end

  function host.take(id)
    local operation = assert(operations[id], "taken twice, or never started")
    assert(operation.reported, "taken before it was reported")
    operations[id] = nil
    if operation.cancelled then
      error("host: operation cancelled", 0)
    end
    return operation.result()
  end

  function host.cancel(id)
    local operation = assert(operations[id], "cancelled after it was taken")
    assert(not operation.reported, "cancelled after it was reported")
    host.cancels = host.cancels + 1
    if not operation.deaf then
      operation.cancelled = true
      operation.at = host.time + (operation.stop_after or 0)
    end
  end

  function host.cancel_all()
    for id, operation in pairs(operations) do
      if not operation.reported then
        host.cancel(id)
      end
    end
  end

  function host.in_flight()
    return flying
  end

  function host.interrupted()
    if host.interrupts[1] and host.interrupts[1] <= host.time then
      table.remove(host.interrupts, 1)
      return true
    end
    return false
  end

  -- How many operations have not been taken.
  function host.pending()
    local n = 0
    for _ in pairs(operations) do
      n = n + 1
    end
    return n
  end

  function host.operation(id)
    return operations[id]
  end

  return host
end

--- Gives `body` a fresh scheduler and its host: fields `async`, `host`, `scheduler`, `stock` (the stock coroutine
--- library), `op(seconds, …)`, which awaits an operation, and `fail(seconds, error)`, which awaits one that fails.
--- The coroutine library is the replaced one until it returns.
---@param body fun(w: table)
function world.with(body)
  local loaded = {}
  for _, name in ipairs(modules) do
    loaded[name], package.loaded[name] = package.loaded[name], nil
  end
  local host = new_host()
  local scheduler = require "moondial.scheduler"
  local w = { host = host, scheduler = scheduler, async = require "moondial.async", stock = stock }
  scheduler.attach(host)

  function w.op(seconds, ...)
    local values = table.pack(...)
    return scheduler.call(host.start, seconds, function()
      return table.unpack(values, 1, values.n)
    end)
  end

  function w.fail(seconds, value)
    return scheduler.call(host.start, seconds, function()
      error(value, 0)
    end)
  end

  -- Runs a root task; raises its error.
  function w.run(fn, ...)
    local results = table.pack(scheduler.run(fn, ...))
    if not results[1] then
      error(results[2], 0)
    end
    return table.unpack(results, 2, results.n)
  end

  scheduler.install()
  local ok, e = xpcall(body, function(e)
    return type(e) == "string" and debug.traceback(e, 2) or e
  end, w)
  for name, value in pairs(stock) do
    rawset(coroutine, name, value)
  end
  _G.require, _G.pcall = stock_require, stock_pcall
  -- In a session they are those that run this.
  for _, name in ipairs(modules) do
    package.loaded[name] = loaded[name]
  end
  if not ok then
    error(type(e) == "table" and require("moondial.errors").report(e) or e, 0)
  end
end

--- A check that runs as the root task of a fresh scheduler, and must leave no operation behind.
---@param body fun(w: table)
---@return function
function world.task(body)
  return function()
    world.with(function(w)
      w.run(body, w)
      assert(w.host.pending() == 0, "operations left behind")
    end)
  end
end

return world
