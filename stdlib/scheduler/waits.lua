--- What a task waits for, in words. It is read off the task's stack when somebody asks: calls pay nothing for it.

local coroutines = require "moondial.scheduler.coroutines"
local shared = require "moondial.scheduler.state"

local getinfo, getlocal, huge, type = debug.getinfo, debug.getlocal, math.huge, type
local OPERATION, CANCELLING, TASK = shared.OPERATION, shared.CANCELLING, shared.TASK

---@class moondial.scheduler.waits
local waits = {}

--- The words for a call that waits, by what starts it and the first argument; nil where there are none.
---@param _start function
---@param _subject any
---@return string?
function waits.words(_start, _subject) end

local callers = {}

--- Names a function that makes calls. Its frame tells of them: its first parameter is what starts the call, and the
--- first of its varargs the first argument.
---@param f function
function waits.add_caller(f)
  callers[f] = true
end

--- The call that a task waits for.
---@param task moondial.Task
---@return function? start what started it; nil where it waits for no call
---@return any subject its first argument
function waits.call(task)
  local state = task.state
  if state ~= OPERATION and state ~= CANCELLING or type(task.body) ~= "thread" then
    return nil
  end
  local co = coroutines.innermost(task.body)
  for level = 0, huge do
    local info = getinfo(co, level, "f")
    if not info then
      return nil
    elseif callers[info.func] then
      local _, start = getlocal(co, level, 1)
      local _, subject = getlocal(co, level, -1)
      return start, subject
    end
  end
end

--- What a task waits for.
---@param task moondial.Task one that has neither ended nor is ready
---@return string
function waits.of(task)
  if task.state == TASK then
    return task.on:label()
  end
  local start, subject = waits.call(task)
  return start and waits.words(start, subject) or task.state
end

return waits
