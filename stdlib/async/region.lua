--- Regions: stretches of a task that end by a time of their own, or that a cancellation from outside does not reach.

local await = require "moondial.scheduler.await"
local cancel = require "moondial.scheduler.cancel"
local errors = require "moondial.errors"
local shared = require "moondial.scheduler.state"
local timers = require "moondial.scheduler.timers"

local error, setmetatable = error, setmetatable

local M = {}

-- Closed as a <close> variable, not by a pcall: the traceback of an error then reaches into the body.
local Region = {}
function Region.__close(region)
  timers.forget(region)
  cancel.exit(region)
end

--- Enters a region, which is left when the value is closed.
---@param what string the function that is called, for its error outside of tasks
---@param region table `shield`: whether cancellations from outside wait; `expired`: the error that its time is up
---@param seconds? number its time
---@return table # for a <close> variable
function M.enter(what, region, seconds)
  if not shared.current then
    error(what .. " outside of a task", 3)
  end
  cancel.enter(region)
  if seconds then
    region.expired = region.expired or errors.new("TimeoutError", ("timed out after %g s"):format(seconds))
    timers.add(await.now() + seconds, region)
  end
  return setmetatable(region, Region)
end

--- Calls `fn(…)`, for some time at most where there is one.
---@param title string the method that waits
---@param seconds? number
---@param unfinished string what is not so yet when the time is up, for the error
---@param fn function
---@return any ...
function M.within(title, seconds, unfinished, fn, ...)
  if not seconds then return fn(...) end
  cancel.check()
  local expired = errors.new("TimeoutError", ("%s: %s after %g s"):format(title, unfinished, seconds))
  local _ <close> = M.enter(title, { expired = expired }, seconds)
  return fn(...)
end

return M
