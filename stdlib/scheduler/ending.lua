--- The end of the program: everything is cancelled, and waited for with patience.

local await = require "moondial.scheduler.await"
local coroutines = require "moondial.scheduler.coroutines"
local errors = require "moondial.errors"
local ready = require "moondial.scheduler.ready"
local roots = require "moondial.scheduler.roots"
local shared = require "moondial.scheduler.state"
local tasks = require "moondial.scheduler.tasks"

local error, huge, ipairs = error, math.huge, ipairs

---@class moondial.scheduler.ending
---@field is_under_way boolean
local ending = { is_under_way = false }

---@type number?
local deadline

--- Ends the patience.
function ending.hurry()
  deadline = -huge
end

--- Lets the patience begin.
---@param timeout? number seconds, without limit if nil
function ending.limit(timeout)
  deadline = deadline or await.now() + (timeout or huge)
end

--- How much patience is left.
---@return number seconds
function ending.left()
  return deadline - await.now()
end
local left = ending.left

local function begin(timeout)
  ending.is_under_way = true
  ending.limit(timeout)
  local marker = errors.new("CancelledError", "the program is ending", { traceback = false })
  roots.cancel_all(marker)
  return marker
end

-- Runs what was cancelled until nothing lives but what is excepted.
local function drain(except)
  while left() > 0 and await.is_busy() and roots.is_any_alive(except) do
    tasks.turn()
    if roots.is_any_alive(except) then
      await.pump(ready.count() > 0 and 0 or left())
    end
  end
end

-- What nobody awaits any more is cancelled, and arrives.
local function drain_operations()
  await.cancel_all()
  while await.is_in_flight() and left() > 0 do
    await.pump(left())
  end
end

--- Cancels everything and waits for it, but not longer than `timeout`, nor after a Ctrl-C; then closes what is left.
--- The scheduler is of no use afterwards.
---@param timeout? number seconds, without limit if nil
---@return boolean clean whether everything ended by itself
function ending.shutdown(timeout)
  if shared.current then
    error("scheduler.shutdown inside of a task", 2)
  end
  local marker = begin(timeout)
  drain {}
  local alive = roots.alive()
  local clean = #alive == 0
  for _, root in ipairs(alive) do
    roots.abandon(root, marker)
  end
  drain_operations()
  clean = clean and not await.is_in_flight()
  await.drop_completed()
  ending.is_under_way, deadline = false, nil
  return clean
end

--- The same from within, for a program that ends right here: all tasks are ended but the running one and those that
--- wait for it, which are left where they stand. Where nothing can be run, in a finaliser, only calls are.
---@param timeout number seconds
function ending.quiesce(timeout)
  if ending.is_under_way then
    return
  end
  local running, above = shared.current, {}
  local task = running
  while task do
    above[task] = true
    task = task.scope and task.scope.owner
  end
  local _, _, is_in_finaliser = coroutines.barrier()
  shared.current = nil
  begin(timeout)
  if not is_in_finaliser then
    drain(above)
  end
  drain_operations()
  shared.current = running
end

return ending
