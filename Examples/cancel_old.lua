#!/usr/bin/env moondial
-- Asks all workflows to cancel themselves that have run for longer than a time.
--
--     moondial Examples/cancel_old.lua [--yes] AGE [--type TYPE] [--file FILE]
--
-- Without --yes it only says what it would do. FILE gets a line of JSON for each workflow. Run again with the same
-- file, the script goes on where it was: after Ctrl-C, or to try again what failed.

local options = temporal.arguments {
  help = "Asks all workflows to cancel themselves that have run for longer than a time.",
  { name = "age", required = true, help = "the time, as in 24h" },
  { name = "--type", help = "only workflows of this type" },
  { name = "--file", help = "where to write down what is done, and to go on from" },
  { name = "--yes", type = "boolean", help = "do it, and do not only say what would be done" },
}

local old = client:list_workflows {
  query = { status = "RUNNING", start_time = { before = options.age }, workflow_type = options.type },
}
local reason = "it has run for longer than " .. options.age

local result = temporal.bulk(old, function(w)
  client:get_workflow_handle(w.id, { run_id = w.run_id }):cancel { reason = reason }
end, { limit = 20, rate = 50, save = options.file, resume = options.file, dry_run = not options.yes })

show(result)
os.exit(result.failed == 0 and 0 or 1)
