--- The ready queue: a ring that doubles when it is full.

---@class moondial.scheduler.ready
local ready = {}

local smallest = 8
local ring, mask, head, count = {}, smallest - 1, 0, 0

local function grow()
  -- The only allocation comes first: it may run a finaliser, which may push.
  local bigger = {}
  local old, old_mask, from, n = ring, mask, head, count
  for index = 0, n - 1 do
    bigger[index + 1] = old[((from + index) & old_mask) + 1]
  end
  for index = n + 1, 2 * n do
    bigger[index] = false
  end
  ring, mask, head = bigger, 2 * n - 1, 0
end

--- Appends a task.
---@param task table
function ready.push(task)
  if count > mask then
    grow()
  end
  ring[((head + count) & mask) + 1] = task
  count = count + 1
end

--- Takes the oldest task. The queue must not be empty.
---@return table
function ready.pop()
  local index = head + 1
  local task = ring[index]
  ring[index] = false
  head = index & mask
  count = count - 1
  if count == 0 and mask > 1023 then
    -- After a burst: the room is given back.
    ring, mask, head = {}, smallest - 1, 0
  end
  return task
end

--- How many tasks are ready.
---@return integer
function ready.count()
  return count
end

return ready
