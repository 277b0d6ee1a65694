--- Calls in words: what a task waits for, and what goes on when the wait for it ends.

local escape = require("moondial.escape")
local native = require("moondial.native")

local concat = table.concat
local ipairs, tostring = ipairs, tostring
local quote = escape.quote

local M = {}

local function workflow_of(handle) return "workflow " .. quote(native.handle_property(handle, "id")) end

local function update_of(update)
  return ("update %s of workflow %s"):format(
    quote(native.update_property(update, "id")), quote(native.update_property(update, "workflow_id")))
end

local function words_for_schedule(format)
  return function(handle) return format:format("schedule " .. quote(native.schedule_property(handle, "id"))) end
end

local function words_for_handle(format)
  return function(handle) return format:format(workflow_of(handle)) end
end

local function words_for_activity(format)
  return function(handle) return format:format("an activity of " .. workflow_of(handle)) end
end

local function words_for_async_activity(format)
  return function(handle) return format:format(require("moondial.async_activity_handle").activity_of(handle)) end
end

local words = {
  [native.backfill_schedule] = words_for_schedule("a backfill of %s"),
  [native.create_schedule] = function() return "the creation of a schedule" end,
  [native.delete_schedule] = words_for_schedule("the deletion of %s"),
  [native.activity_complete] = words_for_async_activity("the completion of %s"),
  [native.activity_fail] = words_for_async_activity("the failure of %s"),
  [native.activity_heartbeat] = words_for_async_activity("a heartbeat of %s"),
  [native.activity_report_cancellation] = words_for_async_activity("the cancellation of %s"),
  [native.cancel] = words_for_handle("the cancellation of %s"),
  [native.connect] = function() return "a connection" end,
  [native.delete] = words_for_handle("the deletion of %s"),
  [native.describe] = words_for_handle("the description of %s"),
  [native.describe_schedule] = words_for_schedule("the description of %s"),
  [native.fetch_history] = words_for_handle("the history of %s"),
  [native.history_page] = words_for_handle("events of %s"),
  [native.list_schedules] = function() return "a page of schedules" end,
  [native.list_workflows] = function() return "a page of workflows" end,
  [native.pause_schedule] = words_for_schedule("the pause of %s"),
  [native.operation_handle] = function(operation)
    return "the start of workflow " .. quote(native.operation_property(operation, "id"))
  end,
  [native.pause] = words_for_handle("a pause of %s"),
  [native.pause_activity] = words_for_activity("a pause of %s"),
  [native.query] = words_for_handle("a query of %s"),
  [native.reset] = words_for_handle("a reset of %s"),
  [native.reset_activity] = words_for_activity("a reset of %s"),
  [native.result] = words_for_handle("the result of %s"),
  [native.signal] = words_for_handle("a signal to %s"),
  [native.start_event] = words_for_handle("the start of %s"),
  [native.start_update] = words_for_handle("an update of %s"),
  [native.start_update_with_start] = function() return "an update of a workflow and its start" end,
  [native.start_workflow] = function() return "the start of a workflow" end,
  [native.terminate] = words_for_handle("the termination of %s"),
  [native.trigger_schedule] = words_for_schedule("an action of %s"),
  [native.unpause_schedule] = words_for_schedule("the unpausing of %s"),
  [native.update_schedule] = words_for_schedule("an update of %s"),
  [native.unpause] = words_for_handle("the end of a pause of %s"),
  [native.unpause_activity] = words_for_activity("the end of a pause of %s"),
  [native.update_activity_options] = words_for_activity("new options for %s"),
  [native.update_options] = words_for_handle("new options for %s"),
  [native.update_result] = function(update) return "the result of " .. update_of(update) end,
}

-- What is on the server by itself, and goes on when nobody waits for it any more.
local lasting = {
  [native.history_page] = workflow_of,
  [native.reset] = words_for_handle("a reset of %s"),
  [native.reset_activity] = words_for_activity("a reset of %s"),
  [native.result] = workflow_of,
  [native.unpause] = words_for_handle("the end of a pause of %s"),
  [native.unpause_activity] = words_for_activity("the end of a pause of %s"),
  [native.update_activity_options] = words_for_activity("new options for %s"),
  [native.update_options] = words_for_handle("new options for %s"),
  [native.update_result] = update_of,
}

-- What may have reached the server before its answer was given up.
local changing = {}
for _, name in ipairs {
  "activity_complete", "activity_fail", "activity_report_cancellation", "backfill_schedule", "cancel",
  "create_schedule",
  "delete", "delete_schedule", "pause", "pause_activity", "pause_schedule", "reset", "reset_activity", "signal",
  "start_update", "start_update_with_start", "start_workflow", "terminate", "trigger_schedule", "unpause",
  "unpause_activity", "unpause_schedule", "update_activity_options", "update_options", "update_schedule",
} do
  changing[native[name]] = true
end

--- What a call is for.
---@param start function the native function that started it
---@param subject any its first argument
---@return string
function M.words(start, subject)
  local describe = words[start]
  return describe and describe(subject) or "the server"
end

--- What goes on, on the server, when the wait for a call ends.
---@param start function
---@param subject any
---@return string? # nil: nothing
function M.lasting(start, subject)
  local describe = lasting[start]
  return describe and describe(subject)
end

--- What may have come about although its call was given up.
---@param start function
---@param subject any
---@return string? # nil: nothing
function M.changing(start, subject)
  return changing[start] and M.words(start, subject) or nil
end

local most_named = 3

-- "a", "a and b", "a, b and 7 more"; each once.
local function enumerate(names)
  local seen, kept = {}, {}
  for _, name in ipairs(names) do
    if not seen[name] then
      seen[name] = true
      kept[#kept + 1] = name
    end
  end
  local count = #kept
  if count > most_named then
    kept[most_named] = count - most_named + 1 .. " more"
    count = most_named
  end
  local last = kept[count]
  local text = count > 1 and concat(kept, ", ", 1, count - 1) .. " and " .. last or last
  return text, count
end

--- The message of an interrupt.
---@param on string[] what goes on; only the wait for it ended
---@param perhaps string[] what may have reached the server
---@return string
function M.interrupted(on, perhaps)
  local parts = { "interrupted" }
  if #on > 0 then
    local text, count = enumerate(on)
    parts[#parts + 1] = text .. (count > 1 and " go on, only the waits ended" or " goes on, only the wait ended")
  end
  if #perhaps > 0 then
    parts[#parts + 1] = tostring(enumerate(perhaps)) .. " may have reached the server"
  end
  return concat(parts, "; ")
end

return M
