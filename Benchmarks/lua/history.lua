-- Reads a history to its end; every payload in it comes decoded. Prints how many events there were, and how many of the
-- decoded values were memos.

local events, memos = 0, 0
for event in client:get_workflow_handle(arg[1]):fetch_history_events() do
  events = events + 1
  local modified = event.workflow_properties_modified_event_attributes
  if modified and math.type(modified.upserted_memo.fields.number) == "integer" then memos = memos + 1 end
end
print(events, memos)
