local jobs = require "moondial.jobs"

return {
  name = "jobs",
  help = "Lists the jobs that run, and those that have ended and whose result nobody has taken yet.",
  run = function()
    local list = jobs.globals.jobs()
    for _, job in ipairs(list) do print(job) end
    if #list == 0 then print("no jobs") end
  end,
}
