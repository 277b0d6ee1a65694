--- Cancellation, and the queues in which tasks wait.
--
-- A region is a stretch of a task's code that can be cancelled (`cancelled` is the error raised there) or shielded.
-- Regions belong to the coroutine that entered them, so that a generator may hold one open while its consumer opens
-- others. A cancellation is raised again at every suspension, until the region or task it is meant for has ended.
-- A wait queue is any table; `first` and `last` are its tasks, linked by their fields `before` and `after`.

local coroutines = require "moondial.scheduler.coroutines"
local ready = require "moondial.scheduler.ready"
local shared = require "moondial.scheduler.state"
local timers = require "moondial.scheduler.timers"

local co_running, co_yield = coroutine.running, coroutine.yield
local error, ipairs, setmetatable, type = error, ipairs, setmetatable, type
local TOKEN, can_suspend, innermost, resumer =
  coroutines.TOKEN, coroutines.can_suspend, coroutines.innermost, coroutines.resumer
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

-- Calls visit(region) for the regions around a point, innermost first, until it returns true.
local function any_region(task, co, visit)
  local regions = task.regions
  while regions and co do
    local region = regions[co]
    while region do
      if visit(region) then
        return true
      end
      region = region.outer
    end
    co = resumer(co)
  end
  return false
end

-- The outermost cancellation wins: it has to pass through the inner regions anyway. Nothing passes a shield.
local function effective(task, co)
  local found
  local shielded = any_region(task, co, function(region)
    found = region.cancelled or found
    return region.shield
  end)
  return not shielded and task.cancelled or found
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
  return any_region(shared.current, co_running(), function(region)
    return region.shield
  end)
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

local function remove(queue, task)
  local before, after = task.before, task.after
  if before then
    before.after = after
  else
    queue.first = after
  end
  if after then
    after.before = before
  else
    queue.last = before
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
  if state == SLEEP then
    forget_timer(task)
  elseif task.on then
    remove(task.on, task)
  end
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

--- Raises a cancellation. The others run first: a task that swallows it in a loop must not keep them from it.
---@param task moondial.Task the running one
---@param marker any
function cancel.raise(task, marker)
  if can_suspend() then
    push(task)
    co_yield(TOKEN)
  end
  error(marker, 0)
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
  local task, last = shared.current, queue.last
  if not task then
    error("cannot await " .. (what or state) .. " outside of a task", 0)
  elseif not can_suspend() then
    local name = coroutines.barrier() or "a C function"
    error(("cannot await %s inside %s() (would deadlock); await before calling it"):format(what or state, name), 0)
  end
  if last then
    last.after, task.before = task, last
  else
    queue.first = task
  end
  queue.last = task
  task.state, task.on = state, queue
  if given ~= nil then
    task.given = given
  end
  co_yield(TOKEN)
end

--- Takes the first task from a queue and makes it ready.
---@param queue table
---@return moondial.Task?
function cancel.wake_first(queue)
  local task = queue.first
  if task then
    remove(queue, task)
    wake(task)
  end
  return task
end

return cancel
