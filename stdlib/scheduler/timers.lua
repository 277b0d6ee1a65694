--- Timers: a binary heap of deadlines, with lazy deletion.
--
-- An entry is a deadline and an item, a table whose field `due` holds the deadline it waits for. An entry is stale when
-- `item.due` no longer says so: cancelling a timer is clearing that field and calling `forget`. When most entries are
-- stale, the heap is rebuilt, so that many long timeouts that never fire do not pile up.

---@class moondial.scheduler.timers
local timers = {}

-- Two arrays rather than one of pairs: a sleeping task costs two slots here, and no table.
local deadlines, items = {}, {}
local size, stale = 0, 0

-- Below this size a rebuild is not worth its while.
local smallest_rebuild = 64

local function sift_down(index)
  local deadline, item = deadlines[index], items[index]
  while true do
    local child = 2 * index
    if child > size then
      break
    end
    if child < size and deadlines[child + 1] < deadlines[child] then
      child = child + 1
    end
    if deadline <= deadlines[child] then
      break
    end
    deadlines[index], items[index] = deadlines[child], items[child]
    index = child
  end
  deadlines[index], items[index] = deadline, item
end

local function remove_first()
  deadlines[1], items[1] = deadlines[size], items[size]
  deadlines[size], items[size] = nil, nil
  size = size - 1
  if size > 1 then
    sift_down(1)
  end
end

-- New arrays, as a table that has grown does not shrink by itself.
local function rebuild()
  local old_deadlines, old_items, old_size = deadlines, items, size
  deadlines, items, size, stale = {}, {}, 0, 0
  for index = 1, old_size do
    local item = old_items[index]
    if item.due == old_deadlines[index] then
      size = size + 1
      deadlines[size], items[size] = old_deadlines[index], item
    end
  end
  for index = size // 2, 1, -1 do
    sift_down(index)
  end
end

--- Adds an item, which gets `due = deadline`.
---@param deadline number
---@param item table
function timers.add(deadline, item)
  item.due = deadline
  size = size + 1
  -- Moves the later ones down. Written out here: one call deeper costs each sleeping coroutine 64 bytes.
  local index = size
  while index > 1 do
    local parent = index // 2
    if deadlines[parent] <= deadline then
      break
    end
    deadlines[index], items[index] = deadlines[parent], items[parent]
    index = parent
  end
  deadlines[index], items[index] = deadline, item
end

--- Removes an item before its time, if it waits at all.
---@param item table
function timers.forget(item)
  if item.due then
    item.due = nil
    stale = stale + 1
    if size > smallest_rebuild and stale > size // 2 then
      rebuild()
    end
  end
end

--- The next deadline, or nil when nothing waits.
---@return number?
function timers.next()
  while size > 0 do
    if items[1].due == deadlines[1] then
      return deadlines[1]
    end
    stale = stale - 1
    remove_first()
  end
  return nil
end

--- Takes one item whose deadline is not after `now`; its `due` is cleared. Nil when there is none.
---@param now number
---@return table?
function timers.pop(now)
  local deadline = timers.next()
  if not deadline or deadline > now then
    return nil
  end
  local item = items[1]
  item.due = nil
  remove_first()
  return item
end

--- How many entries the heap holds, stale ones included.
---@return integer
function timers.size()
  return size
end

return timers
