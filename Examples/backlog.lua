#!/usr/bin/env moondial
-- Watches the backlog of task queues, and says which of them nobody polls.
--
--     moondial Examples/backlog.lua [--every SECONDS] [--above COUNT] TASK_QUEUE…
--
-- Without --every it looks once, and exits with status 4 when a task queue has more than COUNT tasks waiting (0
-- without), or tasks that nobody polls for, so that a monitor can tell. With it, it goes on until Ctrl-C.

local every, above, names = nil, 0, {}
local index = 1
while arg[index] do
  if arg[index] == "--every" then
    every, index = tonumber(arg[index + 1]), index + 1
  elseif arg[index] == "--above" then
    above, index = tonumber(arg[index + 1]), index + 1
  else
    names[#names + 1] = arg[index]
  end
  index = index + 1
end
if #names == 0 or not above then
  io.stderr:write("which task queues? moondial Examples/backlog.lua [--every SECONDS] [--above COUNT] TASK_QUEUE…\n")
  os.exit(2)
end

-- Looks at all of them, and gives those that need somebody to look after them.
local function look()
  local queues = async.map(names, function(name) return client:describe_task_queue(name) end)
  show(queues)
  local needy = {}
  for _, queue in ipairs(queues) do
    if queue.backlog > above or queue.backlog > 0 and #queue.pollers == 0 then needy[#needy + 1] = queue.name end
  end
  return needy
end

local needy = look()
while every do
  async.sleep(every)
  print(("\n%s"):format(temporal.now()))
  needy = look()
end
if #needy > 0 then
  io.stderr:write("falling behind: ", table.concat(needy, ", "), "\n")
  os.exit(4)
end
