#!/usr/bin/env moondial
-- Watches the backlog of task queues, and says which of them fall behind.
--
--     moondial Examples/backlog.lua [--every SECONDS] [--above COUNT] TASK_QUEUE…
--
-- Without --every it looks once, and exits with status 4 when a task queue falls behind, so that a monitor can tell.
-- With it, it goes on until Ctrl-C.

local options = temporal.arguments {
  help = "Watches the backlog of task queues, and says which of them fall behind.",
  { name = "task_queues", required = true, rest = true, help = "the task queues" },
  { name = "--every", type = "duration", help = "look again and again, with this time between" },
  { name = "--above", type = "count", default = 0, help = "how many tasks may wait while somebody polls" },
}

-- Looks at all of them, and gives the names of those that fall behind.
local function look()
  local queues = async.map(options.task_queues, function(name) return client:describe_task_queue(name) end)
  show(queues)
  local behind = {}
  for _, queue in ipairs(queues) do
    local is_polled = #queue.pollers > 0
    if queue.backlog > (is_polled and options.above or 0) then behind[#behind + 1] = queue.name end
  end
  if #behind > 0 then io.stderr:write("falling behind: ", table.concat(behind, ", "), "\n") end
  return behind
end

while options.every do
  print(temporal.now())
  look()
  async.sleep(options.every)
end
if #look() > 0 then os.exit(4) end
