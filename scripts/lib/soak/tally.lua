--- Counts what begins and what ends.
--
-- To be loaded under a name of Moondial's own code, in which a Ctrl-C raises nothing: one that came between a beginning
-- and what notes its end would look like a loss.

local tally = {
  -- How many of each there have been. In a program that was left, each pair is equal.
  counts = { tasks = 0, tasks_ended = 0, opened = 0, closed = 0, calls = 0, calls_ended = 0 },
}
local counts = tally.counts

--- Counts in and out of what a function does.
---@param name "tasks"|"calls"
---@param f function
function tally.counting(name, f, ...)
  counts[name] = counts[name] + 1
  local ends = name .. "_ended"
  local _ <close> = setmetatable({}, { __close = function() counts[ends] = counts[ends] + 1 end })
  return f(...)
end

--- Calls a function with something that has to be closed behind it.
---@param at_close fun() what is done then
---@param f function
function tally.guarded(at_close, f, ...)
  counts.opened = counts.opened + 1
  local is_open = true
  local _ <close> = setmetatable({}, { __close = function()
    assert(is_open, "closed twice")
    is_open = false
    counts.closed = counts.closed + 1
    at_close()
  end })
  return f(...)
end

return tally
