--- What the driver enters at the prompt: `round(n)`, which runs a random program and perhaps leaves a job, and
--- `check(n)`, which prints what is left.

local await = require "moondial.scheduler.await"
local programs = require "programs"
local ready = require "moondial.scheduler.ready"
local timers = require "moondial.scheduler.timers"

local seed = tonumber(arg[1])
local task_queue = os.getenv("MOONDIAL_TEST_TASK_QUEUE")

local attended, unattended = "soak-" .. seed .. "-" .. os.time(), "soak-unattended-" .. seed .. "-" .. os.time()
client:start_workflow { "Mailbox", id = attended, task_queue = task_queue }
client:start_workflow { "Mailbox", id = unattended, task_queue = unattended }
programs.set_target(attended, unattended)
workflows = { attended, unattended }

--- The jobs that run on from one round to another.
local left = {}

-- Ends a job that an earlier round left, in one of the ways.
local function take_job()
  local job = table.remove(left)
  if job then
    if math.random(2) == 1 then kill(job) end
    pcall(math.random(2) == 1 and wait or fg, job)
  end
end

function round(n)
  programs.run(seed + n)
  if #left < 4 and math.random(3) == 1 then left[#left + 1] = spawn("left", programs.run, seed + n) end
  if math.random(3) == 1 then take_job() end
end

function check(n)
  -- Quiet: what the jobs of earlier rounds do would count.
  for _, job in ipairs(jobs()) do pcall(wait, job.number) end
  left = {}
  -- Before the collector looks: a timer that is forgotten stays in its heap until somebody asks for the next.
  local has_timers = timers.next() ~= nil
  _, _1, _2, _3, _4, _5, _6, _7, _8, _9, _err = nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil
  collectgarbage()
  collectgarbage()
  local state = { round = n, in_flight = await.is_in_flight(), ready = ready.count(), timers = has_timers,
    alive = json.array(programs.alive()), kilobytes = collectgarbage("count") }
  for name, count in pairs(programs.counts) do state[name] = count end
  local resident = io.open("/proc/self/statm"):read("a"):match("^%d+ (%d+)")
  state.resident = tonumber(resident) * 4
  print("CHECK " .. n .. " " .. json.encode(state))
end

function finish()
  for _, id in ipairs(workflows) do client:get_workflow_handle(id):terminate() end
  print("FINISHED ")
end
