#!/usr/bin/env moondial
-- Finds running workflows that are stuck on a failing activity, and says what the activity last failed with.
--
--     moondial Examples/stuck.lua [FILTER] [ATTEMPTS]
--
-- Exits with status 4 when something is stuck, so that a monitor can tell.

local options = temporal.arguments {
  help = "Finds running workflows that are stuck on a failing activity.",
  { name = "filter", default = "", help = "a list filter, to narrow them down" },
  { name = "attempts", type = "count", default = 3, help = "from which attempt on an activity counts as failing" },
}
local filter, attempts = options.filter, options.attempts

local query = "ExecutionStatus = 'Running'"
if filter ~= "" then query = query .. " AND (" .. filter .. ")" end

local running = {}
for w in client:list_workflows(query) do running[#running + 1] = w end

-- What one workflow is stuck on: nothing, or a list of lines.
local function examine(w)
  local ok, d = pcall(function() return client:get_workflow_handle(w.id, { run_id = w.run_id }):describe() end)
  if not ok then
    -- It may have closed since it was listed.
    if temporal.is_error(d, "RPCError", { status = "NOT_FOUND" }) then return {} end
    error(d, 0)
  end
  local lines = {}
  for _, activity in ipairs(d.raw.pending_activities or {}) do
    if (activity.attempt or 0) >= attempts and activity.last_failure then
      lines[#lines + 1] = ("%s  %s, attempt %d: %s"):format(
        w.id, activity.activity_type.name, activity.attempt, activity.last_failure.message or "no message")
    end
  end
  return lines
end

local stuck = 0
for _, lines in ipairs(async.map(running, examine, { limit = 50 })) do
  for _, line in ipairs(lines) do print(line) end
  if #lines > 0 then stuck = stuck + 1 end
end
io.stderr:write(("%d of %d running workflows are stuck\n"):format(stuck, #running))
os.exit(stuck == 0 and 0 or 4)
