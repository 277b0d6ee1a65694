-- Many tasks that sleep, all at once. Prints how many KiB of Lua's heap each takes meanwhile.

local count, seconds = tonumber(arg[1]), tonumber(arg[2])

local function heap()
  collectgarbage()
  return collectgarbage("count")
end

local awake = 0
local function sleeper()
  async.sleep(seconds)
  awake = awake + 1
end

async.scope(function(scope)
  local before = heap()
  for _ = 1, count do scope:spawn(sleeper) end
  async.checkpoint()
  assert(awake == 0)
  print("done", (heap() - before) / count)
end)
assert(awake == count)
