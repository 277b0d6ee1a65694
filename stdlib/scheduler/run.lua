--- Running a program: the task in the foreground, the loop, Ctrl-C, deadlocks.

local await = require "moondial.scheduler.await"
local cancel = require "moondial.scheduler.cancel"
local ending = require "moondial.scheduler.ending"
local errors = require "moondial.errors"
local ready = require "moondial.scheduler.ready"
local roots = require "moondial.scheduler.roots"
local shared = require "moondial.scheduler.state"
local tasks = require "moondial.scheduler.tasks"

local error, ipairs, setmetatable, tostring, unpack = error, ipairs, setmetatable, tostring, table.unpack
local DONE, ended = shared.DONE, shared.ended

---@class moondial.scheduler.run
local run = {}

---@type moondial.Task?
local foreground
-- A root that the task in the foreground awaits in its place: a Ctrl-C is for both.
---@type moondial.Task?
local adopted
-- What a Ctrl-C raised in code that ran, until the loop hears of it.
local announced
-- What `exit` raised.
local leaving
-- How many Ctrl-Cs came for what is in the foreground.
local interrupts = 0

--- The message of an interrupt. What it ends is told by whoever knows what the calls mean.
---@param _tasks moondial.Task[] those that it cancels
---@return string
function run.interrupt_message(_tasks)
  return "interrupted"
end

local function new_interruption()
  local list = {}
  for _, root in ipairs { foreground, adopted } do
    roots.collect(root, list)
  end
  return errors.new("Interrupted", run.interrupt_message(list))
end

--- What a Ctrl-C raises in the code that runs. A job in the background goes on, as the Ctrl-C is not for it, unless it
--- lets nothing else run: then more of them come.
---@param count integer how many came since the loop looked last
---@return any # nil for nothing
function run.interruption(count)
  local task = shared.current
  local is_job = foreground and task and not ending.is_under_way and not roots.is_below(task, foreground)
    and not (adopted and roots.is_below(task, adopted))
  if is_job and count == 1 then
    return nil
  end
  announced = announced or new_interruption()
  return announced
end

--- A Ctrl-C: cancels the task in the foreground; a second one closes it, for it may catch every error that is raised in
--- it. At the end of the program it ends the patience.
function await.on_interrupt()
  local marker = announced
  announced = nil
  if ending.is_under_way then
    ending.hurry()
  elseif foreground then
    interrupts = interrupts + 1
    marker = marker or new_interruption()
    cancel.task(foreground, marker)
    if adopted then
      cancel.task(adopted, marker)
    end
  end
end

-- Nothing can happen any more. The tasks are unwound by an error; those that resist are closed.
local function deadlock(root)
  local marker = root.cancelled
  if not marker then
    marker = errors.new("DeadlockError", "every task waits and no operation is in flight",
      { explanation = roots.explain(root), traceback = false })
    cancel.task(root, marker)
  end
  if not await.is_busy() then
    roots.abandon(root, marker)
  end
end

local function outcome(root)
  if not ended[root.state] then
    return false, leaving
  elseif root.state == DONE then
    return true, unpack(root, 1, root.on)
  end
  return false, root[1]
end

-- Runs everything until a root has ended.
local function loop(root, between)
  while not ended[root.state] do
    tasks.turn()
    if between then
      between()
    end
    if ended[root.state] or leaving and (not foreground or ending.left() <= 0) then
      break
    elseif interrupts > 1 and not roots.has_operations(root) then
      -- Tasks whose operations are in flight would be woken by them after their end.
      roots.abandon(root, root.cancelled)
    elseif ready.count() > 0 then
      await.pump(0)
    elseif await.is_busy() then
      await.pump(leaving and ending.left())
    else
      deadlock(root)
    end
  end
  roots.alive()
end

--- Runs a function as the task in the foreground, until it and all it spawned have ended.
---@param fn function
---@return boolean ok
---@return any ... its results, or the error
function run.run(fn, ...)
  if shared.current then
    error("scheduler.run inside of a task", 2)
  end
  local root = roots.start("main", nil, fn, ...)
  foreground, announced, interrupts = root, nil, 0
  loop(root)
  foreground = nil
  return outcome(root)
end

--- Whether the running task is in the foreground, or below it: not a job that runs beside the prompt.
---@return boolean
function run.is_in_foreground()
  local task = shared.current
  return task ~= nil and (foreground ~= nil and roots.is_below(task, foreground)
    or adopted ~= nil and roots.is_below(task, adopted))
end

--- Runs a function with nothing in the foreground: the prompt, to which a Ctrl-C comes by itself.
---@param between function called after each turn of the tasks
---@param fn function
---@return boolean ok false, too, when a task ended the program
---@return any ... its results, or the error
function run.serve(between, fn, ...)
  local root = roots.start("prompt", nil, fn, ...)
  interrupts = 0
  loop(root, between)
  return outcome(root)
end

--- Awaits a root task in the place of the one in the foreground: a Ctrl-C is for it, too.
---@param task moondial.Task
---@return any ... # what its function returned
function run.await_in_foreground(task)
  local outer = adopted
  adopted = task
  local _ <close> = setmetatable({}, { __close = function() adopted = outer end })
  return task:await()
end

--- Ends the program from within: cancels the task in the foreground and raises an error of kind "Exit", which `run`
--- returns; its `code` is the exit code.
---@param code? integer|boolean as for os.exit
---@param timeout? number the seconds that tasks have to end, without limit if nil
function run.exit(code, timeout)
  if code == nil or code == true then
    code = 0
  elseif code == false then
    code = 1
  end
  leaving = errors.new("Exit", "exit with code " .. tostring(code), { code = code, traceback = false })
  ending.limit(timeout)
  if foreground then
    cancel.task(foreground, leaving)
  end
  error(leaving, 0)
end

return run
