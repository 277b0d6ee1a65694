#!/usr/bin/env moondial
-- Pauses the schedules that run, for a reason, and lets them go on later, each with the note that it had.
--
--     moondial Examples/pause_schedules.lua [--yes] pause|resume REASON [FILTER]
--
-- Without --yes it only says which they are. What was paused already stays so, then and afterwards: "resume" takes
-- those alone that were paused for the reason.

local options = temporal.arguments {
  help = "Pauses the schedules that run, and lets them go on later, each with the note that it had.",
  { name = "verb", values = { "pause", "resume" }, required = true, help = "what to do" },
  { name = "reason", required = true, help = "why; resume takes those that were paused for it" },
  { name = "filter", default = "", help = "a list filter, to narrow them down" },
  { name = "--yes", type = "boolean", help = "do it, and do not only say what would be done" },
}
local verb, reason, filter = options.verb, options.reason, options.filter

-- The note of a schedule that was paused here, with the note before behind it.
local mark = reason .. " | "

-- What becomes of the state of a schedule, by the verb; nil where it is to stay as it is.
local change = {}

function change.pause(state)
  if state.paused then return nil end
  return { paused = true, note = mark .. (state.note or "") }
end

function change.resume(state)
  if not state.paused or (state.note or ""):sub(1, #mark) ~= mark then return nil end
  return { paused = false, note = state.note:sub(#mark + 1) }
end

-- The list may be a moment behind, so that the update decides: it sees the schedule as it is.
local function update(s)
  return client:get_schedule_handle(s.id):update(function(input)
    local state = input.description.schedule.state
    local new = change[verb](state)
    if not new then return nil end
    state.paused, state.note = new.paused, new.note
    return input.description.schedule
  end)
end

local found = {}
for s in client:list_schedules(filter) do found[#found + 1] = s end

if not options.yes then
  local count = 0
  for _, s in ipairs(found) do
    if change[verb](s.schedule.state) then
      count = count + 1
      print(s.id)
    end
  end
  print(("%d of %d schedules would be %sd; say --yes to do it"):format(count, #found, verb))
  return
end

local count, failed = 0, 0
for s, ok, result in async.each(found, update, { limit = 20 }) do
  if not ok then
    failed = failed + 1
    io.stderr:write(s.id, ": ", tostring(result), "\n")
  elseif result then
    count = count + 1
    print(s.id)
  end
end
io.stderr:write(("%d of %d schedules were %sd, %d could not be\n"):format(count, #found, verb, failed))
os.exit(failed == 0 and 0 or 1)
