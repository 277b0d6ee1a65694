--- What a program can do with a task.

local cancel = require "moondial.scheduler.cancel"
local coroutines = require "moondial.scheduler.coroutines"
local errors = require "moondial.errors"
local shared = require "moondial.scheduler.state"
local waits = require "moondial.scheduler.waits"

local error, tostring, type, unpack = error, tostring, type, table.unpack
local DONE, START, TASK, ended = shared.DONE, shared.START, shared.TASK, shared.ended

---@class moondial.Task
local Task = shared.Task

--- The name for people: the name it was given, in quotes, or its number.
---     print(task:label())
---@return string # text such as "task 'one'" or "task #3"
function Task:label()
  return type(self.name) == "string" and "task '" .. self.name .. "'" or "task #" .. tostring(self.name)
end

--- Suspends the caller until the task has ended; raises its error, if it failed.
---     local result = task:await()
---@return any ... # what its function returned
function Task:await()
  cancel.check()
  if not ended[self.state] then
    if self == shared.current then
      error(self:label() .. " awaits itself", 2)
    end
    cancel.wait_in(self, TASK)
    if not ended[self.state] then
      cancel.check()
    end
  end
  if self.state == DONE then
    return unpack(self, 1, self.on)
  end
  error(self[1], 0)
end

--- Asks the task, and all below it, to stop: every suspension in it raises an error of kind "CancelledError".
---     task:cancel("no longer needed")
---@param reason? string why, for that error's message
function Task:cancel(reason)
  if not self.cancelled and not ended[self.state] then
    local message = reason == nil and self:label() .. " was cancelled" or tostring(reason)
    cancel.task(self, errors.new("CancelledError", message, { traceback = false }))
  end
end

--- How far the task has come: "ready", "running", "waiting", "done", "failed" or "cancelled".
---     local status, what = task:status()
---@return string status # the word and, where it waits, what for
---@return string? what it waits for
function Task:status()
  local state = self.state
  if ended[state] then
    return state
  elseif self == shared.current then
    return "running"
  elseif state == nil or state == START then
    return "ready"
  end
  return "waiting", waits.of(self)
end

--- Where the task waits, through all its coroutines; of a failed task, where it failed. Without the scheduler's frames.
---     print(task:traceback())
---@return string # lines, empty if there is nothing to show
function Task:traceback()
  local body = self.body
  if ended[self.state] then
    local trace = self.state ~= DONE and errors.traceback(self[1])
    return trace and errors.visible(trace) or ""
  elseif type(body) ~= "thread" then
    return ""
  end
  return errors.visible(coroutines.traceback(coroutines.innermost(body)))
end

function Task:__tostring()
  local status, what = self:status()
  return ("Task(%s, %s%s)"):format(
    type(self.name) == "string" and '"' .. self.name .. '"' or "#" .. tostring(self.name), status,
    what and " for " .. what or "")
end

return Task
