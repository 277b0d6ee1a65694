--- What a Ctrl-C tells: which waits it ended, and what goes on.

local calls = require("moondial.calls")
local jobs = require("moondial.jobs")
local run = require("moondial.scheduler.run")
local waits = require("moondial.scheduler.waits")

local ipairs = ipairs

local M = {}

-- What the tasks waited for that are cancelled.
local function message(tasks)
  local is_cancelled, on, perhaps = {}, {}, {}
  for _, task in ipairs(tasks) do is_cancelled[task] = true end
  for _, task in ipairs(tasks) do
    local start, subject = waits.call(task)
    if start then
      on[#on + 1] = calls.lasting(start, subject)
      perhaps[#perhaps + 1] = calls.changing(start, subject)
    elseif not is_cancelled[task.on] then
      on[#on + 1] = jobs.title_of(task.on)
    end
  end
  return calls.interrupted(on, perhaps)
end

--- Gives the scheduler the words for calls.
function M.install()
  waits.words = calls.words
  run.interrupt_message = message
end

return M
