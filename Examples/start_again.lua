#!/usr/bin/env moondial
-- Starts workflows again that ended badly: with the same id, arguments, memo and all else that they were started with.
--
--     moondial Examples/start_again.lua [--yes] FILE [--task-queue NAME]
--
-- FILE has a workflow id on each line. Without --yes the script only says what it would do. FILE.jsonl gets a line of
-- JSON for each; run again, the script goes on where it was: after Ctrl-C, or to try again what could not be started.

local options = temporal.arguments {
  help = "Starts workflows again that ended badly, with what they were started with.",
  { name = "file", required = true, help = "a file with a workflow id on each line" },
  { name = "--task-queue", help = "start them on this task queue, and not on their own" },
  { name = "--yes", type = "boolean", help = "do it, and do not only say what would be done" },
}

local ids = {}
for line in io.lines(options.file) do
  local id = line:match("^%s*(.-)%s*$")
  if id ~= "" then ids[#ids + 1] = id end
end

local result = temporal.bulk(ids, function(id)
  local start = temporal.start_options_of(client:get_workflow_handle(id))
  start.task_queue = options.task_queue or start.task_queue
  start.start_delay = nil
  -- One that runs or has completed is refused by the server.
  start.id_reuse_policy = "ALLOW_DUPLICATE_FAILED_ONLY"
  return client:start_workflow(start).result_run_id
end, { limit = 20, save = options.file .. ".jsonl", resume = options.file .. ".jsonl", dry_run = not options.yes })

show(result)
os.exit(result.failed == 0 and 0 or 1)
