-- Starts so many workflows that no worker looks at, so many at a time.

local count, at_a_time, task_queue = tonumber(arg[1]), tonumber(arg[2]), arg[3]

-- Each run starts workflows of its own.
local prefix = ("bench-start-%d-%d-"):format(temporal.now().seconds, math.random(1 << 40))
local numbers = {}
for i = 1, count do numbers[i] = i end

local started = 0
async.map(numbers, function(number)
  client:start_workflow { "Sleep", args = { number }, id = prefix .. number, task_queue = task_queue }
  started = started + 1
end, { limit = at_a_time })
print(started)
