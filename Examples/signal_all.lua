#!/usr/bin/env moondial
-- Signals every running workflow that a filter matches.
--
--     moondial Examples/signal_all.lua [--yes] FILTER SIGNAL [JSON argument …]
--
-- Without --yes it only says what it would do. Each failure is told, and the exit status is 1 when there was one.

local usage = "usage: signal_all.lua [--yes] FILTER SIGNAL [JSON argument …]\n"
local words = table.move(arg, 1, #arg, 1, {})
local yes = words[1] == "--yes"
if yes then table.remove(words, 1) end
local filter, signal = words[1], words[2]
if not signal then
  io.stderr:write(usage)
  os.exit(2)
end

local arguments = { n = #words - 2 }
for i = 1, arguments.n do
  local ok, value = pcall(json.decode, words[i + 2])
  if not ok then
    io.stderr:write(("argument %d is not JSON: %s\n"):format(i, words[i + 2]))
    os.exit(2)
  end
  arguments[i] = value
end

local found = {}
for w in client:list_workflows(("ExecutionStatus = 'Running' AND (%s)"):format(filter)) do found[#found + 1] = w end

if not yes then
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
