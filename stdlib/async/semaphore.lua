--- Semaphores: no more than so many tasks at once.

local cancel = require "moondial.scheduler.cancel"
local shared = require "moondial.scheduler.state"

local error, math_type, setmetatable, tostring = error, math.type, setmetatable, tostring

-- A wait queue.

--- Lets no more than so many tasks at once into a stretch of code.
---@class moondial.Semaphore
---@field free integer the permits that nobody holds
local Semaphore = { __name = "Semaphore" }
Semaphore.__index = Semaphore

--- The right to go on that a Semaphore gave; `local _ <close> = semaphore:acquire()` gives it back by itself.
---@class moondial.Permit
local Permit = { __name = "Permit" }
Permit.__index = Permit

--- Creates a semaphore with so many permits.
---     local semaphore = async.semaphore(4)
---@param permits? integer 1 by default
---@return moondial.Semaphore # a Semaphore
local function new(permits)
  permits = permits or 1
  if not (math_type(permits) == "integer" and permits > 0) then
    error("bad number of permits: " .. tostring(permits), 2)
  end
  return setmetatable({ free = permits, permits = permits }, Semaphore)
end

--- Waits for a permit.
---     local _ <close> = semaphore:acquire()
---@return moondial.Permit # a Permit, which the end of the block gives back
function Semaphore:acquire()
  cancel.check()
  if self.free > 0 then
    self.free = self.free - 1
  else
    local task = shared.current
    cancel.wait_in(self, "semaphore", "a semaphore")
    -- A permit handed over is kept even if the task was cancelled since: it will be given back by the closer.
    if not task.given then
      cancel.check()
    end
    task.given = nil
  end
  return setmetatable({ semaphore = self }, Permit)
end

--- Gives the permit back, to the task that waited longest. Only the first call counts.
---     permit:release()
function Permit:release()
  local semaphore = self.semaphore
  if not semaphore then
    return
  end
  self.semaphore = nil
  if not cancel.wake_first(semaphore, true) then
    semaphore.free = semaphore.free + 1
  end
end

Permit.__close = Permit.release

function Permit:__tostring()
  return self.semaphore and "Permit(held)" or "Permit(released)"
end

function Semaphore:__tostring()
  return ("Semaphore(%d of %d free)"):format(self.free, self.permits)
end

return new
