--- Channels: values handed from task to task, in order.

local cancel = require "moondial.scheduler.cancel"
local shared = require "moondial.scheduler.state"

local error, math_type, setmetatable, tostring = error, math.type, setmetatable, tostring
local wait_in, wake_first = cancel.wait_in, cancel.wake_first

--- Values handed from task to task, in order. `for value in channel do` receives until it is closed and empty.
---@class moondial.Channel
local Channel = { __name = "Channel" }
Channel.__index = Channel

--- Creates a channel that holds up to `capacity` values that nobody has received yet; with none, a send waits for its
--- receiver.
---     local channel = async.channel(10)
---@param capacity? integer 0 by default
---@return moondial.Channel # a Channel
local function new(capacity)
  capacity = capacity or 0
  if not (math_type(capacity) == "integer" and capacity >= 0) then
    error("bad capacity of a channel: " .. tostring(capacity), 2)
  end
  return setmetatable({ capacity = capacity, first = 1, last = 0, receivers = {}, senders = {} }, Channel)
end

-- Values go from hand to hand in the field `given` of the task that waits: a value handed over is not lost if the task
-- is cancelled before it runs again, and nobody can take it in between.

--- Sends a value; waits while the channel is full. Raises when it is closed, before or meanwhile.
---     channel:send(w.id)
---@param value any anything but nil
function Channel:send(value)
  if value == nil then
    error("nil cannot be sent: it is how a receiver learns that the channel is closed", 2)
  end
  cancel.check()
  if self.closed then
    error("send on a closed channel", 2)
  end
  if wake_first(self.receivers, value) then
    return
  end
  if self.last - self.first + 1 < self.capacity then
    self.last = self.last + 1
    self[self.last] = value
  else
    local task = shared.current
    wait_in(self.senders, "channel send", "a channel's receiver", value)
    if task.given ~= nil then
      task.given = nil
      cancel.check()
      error("the channel was closed before the value was received", 2)
    end
  end
end

-- Moves the value of the first waiting sender into the place that became free.
local function admit(self)
  local sender = wake_first(self.senders)
  if sender then
    self.last = self.last + 1
    self[self.last], sender.given = sender.given, nil
  end
end

--- Receives the next value; waits for it.
---     local value = channel:recv()
---@return any # the value; nil when the channel is closed and empty
function Channel:recv()
  cancel.check()
  if self.first > self.last then
    admit(self)
  end
  if self.first <= self.last then
    local value = self[self.first]
    self[self.first] = nil
    self.first = self.first + 1
    if self.first > self.last then
      self.first, self.last = 1, 0
    end
    if self.last - self.first + 1 < self.capacity then
      admit(self)
    end
    return value
  elseif self.closed then
    return nil
  end
  local task = shared.current
  wait_in(self.receivers, "channel receive", "a channel's sender")
  local value = task.given
  if value == nil then
    cancel.check()
  end
  task.given = nil
  return value
end

--- Closes the channel: what it holds can still be received, waiting senders fail. May be called again.
---     channel:close()
function Channel:close()
  self.closed = true
  while wake_first(self.receivers) or wake_first(self.senders) do
  end
end

Channel.__close = Channel.close

--- `for value in channel do` receives until the channel is closed and empty.
Channel.__call = Channel.recv

function Channel:__tostring()
  return ("Channel(%d of %d%s)"):format(self.last - self.first + 1, self.capacity, self.closed and ", closed" or "")
end

return new
