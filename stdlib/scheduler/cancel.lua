--- Cancellation, and the queues in which tasks wait.
--
-- A region is a stretch of a task's code that can be cancelled (`cancelled` is the error raised there) or shielded.
-- Regions belong to the coroutine that entered them, so that a generator may hold one open while its consumer opens
-- others. A cancellation is raised again at every suspension, until the region or task it is meant for has ended.
-- A wait queue is any table; `tail` is the last of its tasks, which are linked in a ring by `before` and `after`.

local coroutines = require "moondial.scheduler.coroutines"
local errors = require "moondial.errors"
local ready = require "moondial.scheduler.ready"
local shared = require "moondial.scheduler.state"
local timers = require "moondial.scheduler.timers"

local co_running, co_yield = coroutine.running, coroutine.yield
local error, ipairs, rawget, setmetatable, type = error, ipairs, rawget, setmetatable, type
local TOKEN, can_suspend, innermost, resumer =
  coroutines.TOKEN, coroutines.can_suspend, coroutines.innermost, coroutines.resumers
local push, forget_timer = ready.push, timers.forget
local CANCELLING, OPERATION, SLEEP = shared.CANCELLING, shared.OPERATION, shared.SLEEP
local deaf, ended = shared.deaf, shared.ended
local weak = { __mode = "k" }

---@class moondial.scheduler.cancel
local cancel = {}

-- The host's function, see scheduler.lua.
local cancel_operation

--- Takes over the host's function.
---@param host table see scheduler.lua
function cancel.attach(host)
  cancel_operation = host.cancel
end

-- The outermost cancellation wins: it has to pass through the inner regions anyway. Nothing passes a shield.
local function effective(task, co)
  local regions, found = task.regions, nil
  while co do
    local region = regions[co]
    while region do
      found = region.cancelled or found
      if region.shield then
        return found
      end
      region = region.outer
    end
    co = resumer[co]
  end
  return task.cancelled or found
end

--- The error that the next suspension of a task must raise, if any.
---@param task moondial.Task
---@return any
local function cancellation(task)
  if not task.regions then
    return task.cancelled
  end
  return effective(task, task == shared.current and co_running() or innermost(task.body))
end
cancel.cancellation = cancellation

--- Whether the running code is shielded from the cancellation of its task.
---@return boolean
function cancel.is_sheltered()
  local regions, co = shared.current.regions, co_running()
  while regions and co do
    local region = regions[co]
    while region do
      if region.shield then
        return true
      end
      region = region.outer
    end
    co = resumer[co]
  end
  return false
end

--- Enters a region, in the running coroutine.
---@param region table
function cancel.enter(region)
  local task, co = shared.current, co_running()
  local regions = task.regions
  if not regions then
    regions = setmetatable({}, weak)
    task.regions = regions
  end
  region.task, region.co, region.outer = task, co, regions[co]
  regions[co] = region
end

--- Leaves a region; it need not be the innermost, nor the running coroutine's.
---@param region table
function cancel.exit(region)
  local regions, co = region.task.regions, region.co
  local inner = regions and regions[co]
  if inner == region then
    regions[co] = region.outer
    return
  end
  while inner do
    if inner.outer == region then
      inner.outer = region.outer
      return
    end
    inner = inner.outer
  end
end

local function append(queue, task)
  local tail = queue.tail
  if tail then
    local head = tail.after
    task.before, task.after = tail, head
    tail.after, head.before = task, task
  else
    task.before, task.after = task, task
  end
  queue.tail = task
end

local function remove(queue, task)
  local before, after = task.before, task.after
  if after == task then
    queue.tail = nil
  else
    before.after, after.before = after, before
    if queue.tail == task then
      queue.tail = before
    end
  end
  task.before, task.after = nil, nil
end

--- Makes a waiting task ready. The running task waits only in place: its loop looks at the state.
---@param task moondial.Task
local function wake(task)
  task.state, task.on = nil, nil
  if task ~= shared.current then
    push(task)
  end
end
cancel.wake = wake

--- Takes a task off whatever would make it ready but an operation: a timer, or the queue that it waits in.
---@param task moondial.Task
local function withdraw(task)
  if task.state == SLEEP then
    forget_timer(task)
  elseif task.after then
    remove(task.on, task)
  end
end
cancel.withdraw = withdraw

--- Ends the wait of a task that has been cancelled, if it was. Runs no code of the user's.
---@param task moondial.Task
local function nudge(task)
  local state = task.state
  if not state or deaf[state] or not cancellation(task) then
    return
  end
  if state == OPERATION then
    -- The completion still arrives, and only then the task goes on: no operation outlives its task.
    task.state = CANCELLING
    cancel_operation(task.on)
    return
  end
  withdraw(task)
  wake(task)
end
cancel.nudge = nudge

--- Cancels a region: `marker` is raised at every suspension in it.
---@param region table
---@param marker any
function cancel.region(region, marker)
  if not region.cancelled then
    region.cancelled = marker
    nudge(region.task)
  end
end

--- Cancels a task and all tasks below it, at once: one that waits in place would keep its parent from passing it on.
---@param task moondial.Task
---@param marker any
function cancel.task(task, marker)
  if task.cancelled or ended[task.state] then
    return
  end
  task.cancelled = marker
  nudge(task)
  for _, resource in ipairs(task.owned or {}) do
    if type(resource) == "table" and resource.children and not resource.sheltered then
      cancel.children(resource, marker)
    end
  end
end

--- Cancels the children of a scope.
---@param scope table
---@param marker any
function cancel.children(scope, marker)
  for index = 1, scope.count do
    local child = scope.children[index]
    if child then
      cancel.task(child, marker)
    end
  end
end

--- Raises a cancellation, with the traceback of where it first struck.
---@param marker any
local function throw(marker)
  if type(marker) == "table" and rawget(marker, "traceback") == nil then
    errors.note(marker, coroutines.traceback(co_running()))
  end
  error(marker, 0)
end
cancel.throw = throw

--- Raises a cancellation. The others run first: a task that swallows it in a loop must not keep them from it.
---@param task moondial.Task the running one
---@param marker any
function cancel.raise(task, marker)
  if can_suspend() then
    push(task)
    co_yield(TOKEN)
  end
  throw(marker)
end

--- Raises the cancellation of the running task, if there is one.
function cancel.check()
  local task = shared.current
  local marker = task and cancellation(task)
  if marker then
    cancel.raise(task, marker)
  end
end

--- Suspends the running task until it is taken from a queue, or cancelled; the caller finds out which.
---@param queue table
---@param state string what it waits for
---@param what? string for the error where it cannot be suspended
---@param given? any what it offers while it waits, in its field `given`
function cancel.wait_in(queue, state, what, given)
  local task = shared.current
  if not task then
    error("cannot await " .. (what or state) .. " outside of a task", 0)
  elseif not can_suspend() then
    local name = coroutines.barrier() or "a C function"
    error(("cannot await %s inside %s() (would deadlock); await before calling it"):format(what or state, name), 0)
  end
  append(queue, task)
  task.state, task.on = state, queue
  if given ~= nil then
    task.given = given
  end
  co_yield(TOKEN)
end

--- Takes the first task from a queue and makes it ready.
---@param queue table
---@param given? any what it is handed, in its field `given`
---@return moondial.Task? nil if nobody waits
function cancel.wake_first(queue, given)
  local tail = queue.tail
  if not tail then
    return nil
  end
  local task = tail.after
  remove(queue, task)
  if given ~= nil then
    task.given = given
  end
  wake(task)
  return task
end

return cancel
