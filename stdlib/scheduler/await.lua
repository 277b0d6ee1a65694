--- Awaiting what the host does, operations and time; and the look at the host between turns.

local cancel = require "moondial.scheduler.cancel"
local coroutines = require "moondial.scheduler.coroutines"
local errors = require "moondial.errors"
local ready = require "moondial.scheduler.ready"
local shared = require "moondial.scheduler.state"
local timers = require "moondial.scheduler.timers"

local co_isyieldable, co_running, co_yield = coroutine.isyieldable, coroutine.running, coroutine.yield
local error, getmetatable, pairs, pcall, rawequal, select, warn =
  error, getmetatable, pairs, pcall, rawequal, select, warn
local huge = math.huge
local TOKEN, pinned = coroutines.TOKEN, coroutines.pinned
local cancellation, nudge, throw, wake = cancel.cancellation, cancel.nudge, cancel.throw, cancel.wake
local add_timer, next_deadline, pop_timer = timers.add, timers.next, timers.pop
local push, ready_count = ready.push, ready.count
local CANCELLING, OPERATION, SLEEP = shared.CANCELLING, shared.OPERATION, shared.SLEEP

---@class moondial.scheduler.await
local await = {}

-- The host's functions, see scheduler.lua.
local now, host_wait, take, cancel_operation, cancel_all, in_flight, interrupted, request_mark

local waiting = {}  -- operation → the task that awaits it
local completed = {}  -- operations reported before they were awaited
local dropped = {}  -- operations that nobody will await
local discarded = {}  -- operations that are awaited for their end alone
local reported = {}  -- filled by host.wait

--- Takes over the host's functions.
---@param host table see scheduler.lua
function await.attach(host)
  now, host_wait, take, cancel_operation = host.now, host.wait, host.take, host.cancel
  cancel_all, in_flight, interrupted = host.cancel_all, host.in_flight, host.interrupted
  request_mark = host.request_mark
end

--- Does what an operation asks for before it goes on, and returns what it brings in the end; set by codec.lua.
function await.answer() end

--- Ends an operation whose request nobody answers; set by codec.lua.
function await.drop_request() end

local function drop_values(ok, first, request)
  if ok and rawequal(first, request_mark) and request_mark then
    await.drop_request(request)
  end
end

-- Takes what an operation brings, which nobody wants.
local function drop(id)
  drop_values(pcall(take, id))
end

--- What to do about a Ctrl-C; set by run.lua.
function await.on_interrupt() end

--- Looks at the host: waits for completions until `limit` or the next timer, makes tasks ready. Runs no user code.
---@param limit? number seconds
local function pump(limit)
  local deadline = next_deadline()
  if deadline then
    local left = deadline - now()
    if left < 0 then
      left = 0
    end
    if not limit or left < limit then
      limit = left
    end
  end
  if limit == huge then
    limit = nil
  end
  for index = 1, host_wait(limit, reported) do
    local id = reported[index]
    local task = waiting[id]
    if task then
      waiting[id] = nil
      wake(task)
    elseif dropped[id] then
      dropped[id] = nil
      drop(id)
    else
      completed[id] = true
    end
  end
  if deadline then
    local time = now()
    local item = pop_timer(time)
    while item do
      if item.expired then
        cancel.region(item, item.expired)
      else
        wake(item)
      end
      item = pop_timer(time)
    end
  end
  if interrupted() then
    await.on_interrupt()
  end
end
await.pump = pump

--- Whether something can still happen: a ready task, a timer, an operation in flight.
---@return boolean
function await.is_busy()
  return ready_count() > 0 or next_deadline() ~= nil or in_flight() > 0
end

--- Whether operations are in flight.
---@return boolean
function await.is_in_flight()
  return in_flight() > 0
end

--- Asks all operations in flight to stop.
function await.cancel_all()
  cancel_all()
end

--- The host's clock.
---@return number
function await.now()
  return now()
end

--- Takes, and drops, the results of operations that completed and that nobody awaited.
function await.drop_completed()
  for id in pairs(completed) do
    drop(id)
  end
  completed = {}
end

-- An operation's error gets its traceback here: a user's pcall would leave it without.
local function deliver(id, ok, ...)
  if ok then
    if request_mark and rawequal((...), request_mark) then
      if discarded[id] then return drop_values(ok, ...) end
      return await.answer(select(2, ...))
    end
    return ...
  end
  local e = ...
  if getmetatable(e) == errors.Error then
    errors.note(e, coroutines.traceback(co_running()))
  end
  error(e, 0)
end

local warned = {}

-- Before waiting in place: refuses where that is unsafe, warns once for each place (shown after `warn "@on"`).
local function enter_in_place(task)
  local name, where, in_finaliser = coroutines.barrier()
  if in_finaliser then
    error("cannot await in a finaliser (__gc): it may run in the middle of anything", 0)
  end
  where = where or "?"
  if task and name and not warned[where] then
    warned[where] = true
    warn(where, ": an await inside ", name, "() makes all other tasks wait")
  end
end

local function operation_in_place(task, id)
  enter_in_place(task)
  if shared.abandoning then
    if completed[id] then
      completed[id] = nil
      drop(id)
    else
      dropped[id] = true
      cancel_operation(id)
    end
    error(shared.abandoning, 0)
  end
  if task and not completed[id] then
    -- As if it were suspended: once the completion is reported, a cancellation must not reach the operation any more.
    waiting[id] = task
    task.state, task.on = OPERATION, id
    nudge(task)
  end
  while not completed[id] and (not task or task.state) do
    if in_flight() == 0 then
      waiting[id] = nil
      if task then
        task.state, task.on = nil, nil
      end
      error("operation " .. id .. " can never complete: the host has none in flight", 0)
    end
    pump(nil)
  end
  completed[id] = nil
  local marker = task and cancellation(task)
  if marker then
    drop(id)
    throw(marker)
  end
  return deliver(id, pcall(take, id))
end

--- Suspends the running task until an operation has completed, and returns what it brought.
--- Where the task cannot be suspended, waits in place.
---@param id integer
---@return any ...
function await.operation(id)
  local task = shared.current
  if not task or not co_isyieldable() or pinned[co_running()] then
    return operation_in_place(task, id)
  end
  local marker = cancellation(task)
  if completed[id] then
    completed[id] = nil
    if marker then
      drop(id)
      cancel.raise(task, marker)
    end
    return deliver(id, pcall(take, id))
  end
  waiting[id] = task
  if marker then
    task.state, task.on = CANCELLING, id
    cancel_operation(id)
  else
    task.state, task.on = OPERATION, id
  end
  co_yield(TOKEN)
  marker = cancellation(task)
  if marker then
    drop(id)
    throw(marker)
  end
  return deliver(id, pcall(take, id))
end

--- Asks an operation to stop and waits until it has; what it brings is dropped.
---@param id integer
function await.discard(id)
  if completed[id] then
    completed[id] = nil
    return drop(id)
  end
  cancel_operation(id)
  -- It may have come before that; if what came is a request, nobody is to do its work any more.
  discarded[id] = true
  pcall(await.operation, id)
  discarded[id] = nil
end

local function sleep_in_place(task, seconds)
  enter_in_place(task)
  cancel.check()
  local deadline = now() + seconds
  if task then
    task.state = "sleep in place"
  end
  while (not task or task.state) and now() < deadline do
    pump(deadline - now())
  end
  if task then
    task.state = nil
    cancel.check()
  end
end

--- Suspends the running task for a time; 0 lets the others run once.
---@param seconds number
function await.sleep(seconds)
  local task = shared.current
  if not task or not co_isyieldable() or pinned[co_running()] then
    return sleep_in_place(task, seconds)
  end
  if seconds <= 0 or cancellation(task) then
    push(task)
  else
    task.state = SLEEP
    add_timer(now() + seconds, task)
  end
  co_yield(TOKEN)
  local marker = cancellation(task)
  if marker then
    throw(marker)
  end
end

return await
