--- Paces: no more than so many a second.

local await = require "moondial.scheduler.await"

local max, setmetatable = math.max, setmetatable

--- Lets so many through a second, evenly. Times are reckoned from one to the next and not from when a sleeper woke, so
--- that the delays of waking do not add up.
---@class moondial.async.Pace
local Pace = { __name = "Pace" }
Pace.__index = Pace

-- After a standstill, what was missed is caught up on only so far: that of a busy machine, and no burst after a night.
local most_seconds_missed = 1

--- Creates a pace.
---@param rate number how many a second
---@return moondial.async.Pace
local function new(rate)
  return setmetatable({ interval = 1 / rate, next = await.now() }, Pace)
end

--- Waits for the caller's turn.
function Pace:wait()
  local now = await.now()
  local turn = max(self.next, now - most_seconds_missed)
  self.next = turn + self.interval
  if turn > now then await.sleep(turn - now) end
end

return new
