#!/usr/bin/env moondial
-- Resets the workflows of a type that have failed lately to their last workflow task.
--
--     moondial Examples/reset_failed.lua [--yes] TYPE [how long ago at most, as in 12h]
--
-- Without --yes it only says which they are, and why they failed. What cannot be reset is told, and then the exit
-- status is 1.

local options = temporal.arguments {
  help = "Resets the workflows of a type that have failed lately to their last workflow task.",
  { name = "type", required = true, help = "the name of their type" },
  { name = "since", default = "24h", help = "how long ago they closed at most" },
  { name = "--yes", type = "boolean", help = "do it, and do not only say what would be done" },
}

local failed = {}
local query = { workflow_type = options.type, status = "FAILED", close_time = { since = options.since } }
for w in client:list_workflows { query = query } do
  failed[#failed + 1] = client:get_workflow_handle(w.id, { run_id = w.run_id })
end

-- What a workflow failed with, at the root of it.
local function reason(h)
  local _, e = pcall(h.result, h, { follow_runs = false })
  while type(e) == "table" and e.cause do e = e.cause end
  return tostring(e)
end

if not options.yes then
  for h, ok, why in async.each(failed, reason, { limit = 20 }) do print(h.id, ok and why or "could not be read") end
  print(("%d workflows would be reset; say --yes to do it"):format(#failed))
  return
end

local done, not_done = 0, 0
local function reset(h)
  return h:reset("LAST_WORKFLOW_TASK", { reason = "reset_failed.lua" })
end

for h, ok, new in async.each(failed, reset, { limit = 20 }) do
  if ok then
    done = done + 1
    print(h.id, "run " .. new.run_id)
  else
    not_done = not_done + 1
    io.stderr:write(h.id, ": ", tostring(new), "\n")
  end
end
print(("%d workflows were reset, %d could not be"):format(done, not_done))
os.exit(not_done == 0 and 0 or 1)
