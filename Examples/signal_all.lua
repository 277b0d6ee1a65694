#!/usr/bin/env moondial
-- Signals every running workflow that a filter matches.
--
--     moondial Examples/signal_all.lua [--yes] FILTER SIGNAL [JSON argument …]
--
-- Without --yes it only says what it would do. Each failure is told, and the exit status is 1 when there was one.

local options = temporal.arguments {
  help = "Signals every running workflow that a filter matches.",
  { name = "filter", required = true, help = "a list filter, as in \"WorkflowType = 'Order'\"" },
  { name = "signal", required = true, help = "the signal's name" },
  { name = "arguments", type = "json", rest = true, help = "what it is sent with" },
  { name = "--yes", type = "boolean", help = "do it, and do not only say what would be done" },
}
local filter, signal, arguments = options.filter, options.signal, options.arguments

local found = {}
for w in client:list_workflows(("ExecutionStatus = 'Running' AND (%s)"):format(filter)) do found[#found + 1] = w end

if not options.yes then
  for i = 1, math.min(#found, 10) do print(found[i].id, found[i].workflow_type) end
  if #found > 10 then print(("… and %d more"):format(#found - 10)) end
  print(("%d workflows would be sent %s; say --yes to do it"):format(#found, signal))
  return
end

local sent, failed = 0, 0
local function send(w)
  client:get_workflow_handle(w.id, { run_id = w.run_id }):signal { signal, args = arguments }
end

for w, ok, e in async.each(found, send, { limit = 20 }) do
  if ok then
    sent = sent + 1
  else
    failed = failed + 1
    io.stderr:write(w.id, ": ", tostring(e), "\n")
  end
end
print(("%d workflows were sent %s, %d could not be"):format(sent, signal, failed))
os.exit(failed == 0 and 0 or 1)
