#!/usr/bin/env moondial
-- Asks all workflows to cancel themselves that have run for longer than a time.
--
--     moondial Examples/cancel_old.lua AGE FILE [workflow type]
--
-- AGE is such as 24h. FILE gets a line of JSON for each workflow. Run again with the same file, the script goes on where
-- it was: after Ctrl-C, or to try again what failed. With "-" for FILE it only says what it would do.

local age, file, workflow_type = arg[1], arg[2], arg[3]
if not file then
  io.stderr:write("usage: cancel_old.lua AGE FILE [workflow type]\n")
  os.exit(2)
end

local old = client:list_workflows {
  query = { status = "RUNNING", start_time = { before = age }, workflow_type = workflow_type },
}

local result = temporal.bulk(old, function(w)
  client:get_workflow_handle(w.id, { run_id = w.run_id }):cancel { reason = "it has run for longer than " .. age }
end, file == "-" and { dry_run = true } or { limit = 20, rate = 50, save = file, resume = file })

show(result)
os.exit(result.failed == 0 and 0 or 1)
