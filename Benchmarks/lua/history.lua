-- Reads a history to its end.

local events = 0
for _ in client:get_workflow_handle(arg[1]):fetch_history_events() do
  events = events + 1
end
print(events)
