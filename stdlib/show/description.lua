--- The cards of workflow executions and descriptions.

local brief = require "moondial.show.brief"
local card = require "moondial.show.card"
local failure = require "moondial.show.failure"
local style = require "moondial.show.style"
local times = require "moondial.show.times"
local timestamp = require "moondial.timestamp"

local ipairs = ipairs
local format, concat = string.format, table.concat

---@class moondial.show.description
local M = {}

local function execution_text(id, run_id)
  if not id then return nil end
  return brief.text(id) .. (run_id and ", run " .. brief.text(run_id) or "")
end

-- The lines of one thing that is pending: what it is, then what is known of it, then how it failed.
local function add_pending(items, head, notes, last_failure)
  items[#items + 1] = { text = head }
  if #notes > 0 then items[#items + 1] = { text = concat(notes, ", "), style = "faint", indent = 1 } end
  for _, line in ipairs(last_failure and failure.chain(last_failure) or {}) do
    items[#items + 1] = { text = line.text, style = line.is_root and "root" or "bad", indent = 1 }
  end
end

-- A list of texts, each of a label and a value that there is.
local function notes_of(context)
  local notes = {}
  return notes, function(label, value)
    if value == nil or value == "" then return end
    local text
    if getmetatable(value) == timestamp.Timestamp then
      text = card.is_set(value) and times.text(value, context)
    else
      text = brief.text(value)
    end
    if text then notes[#notes + 1] = label .. " " .. text end
  end
end

local function attempt_text(attempt, maximum)
  if not attempt then return nil end
  return maximum and maximum > 0 and format("%d of %d", attempt, maximum) or format("%d", attempt)
end

local function add_activities(c, list, context)
  local items = {}
  for _, a in ipairs(list or {}) do
    local head = brief.text(a.activity_type and a.activity_type.name) .. "  " .. brief.words(a.state or "")
      .. (a.paused and ", paused" or "")
    local notes, note = notes_of(context)
    note("id", a.activity_id)
    note("attempt", attempt_text(a.attempt, a.maximum_attempts))
    note("scheduled", a.scheduled_time)
    note("started", a.last_started_time)
    note("next attempt", a.next_attempt_schedule_time)
    note("heartbeat", a.last_heartbeat_time)
    note("details", a.heartbeat_details and brief.list(a.heartbeat_details))
    note("worker", a.last_worker_identity)
    add_pending(items, head, notes, a.last_failure)
  end
  c:list("Pending activities", items)
end

local function add_children(c, list, context)
  local items = {}
  for _, child in ipairs(list or {}) do
    local notes, note = notes_of(context)
    note("run", child.run_id)
    note("initiated by event", child.initiated_id)
    note("when the parent closes:", brief.words(child.parent_close_policy or ""))
    add_pending(items, brief.text(child.workflow_type_name) .. "  " .. brief.text(child.workflow_id), notes)
  end
  c:list("Pending children", items)
end

local function add_nexus_operations(c, list, context)
  local items = {}
  for _, o in ipairs(list or {}) do
    local notes, note = notes_of(context)
    note("endpoint", o.endpoint)
    note("attempt", attempt_text(o.attempt))
    note("scheduled", o.scheduled_time)
    note("next attempt", o.next_attempt_schedule_time)
    note("blocked:", o.blocked_reason)
    local head = brief.text(o.service) .. "." .. brief.text(o.operation) .. "  " .. brief.words(o.state or "")
    add_pending(items, head, notes, o.last_attempt_failure)
  end
  c:list("Pending Nexus operations", items)
end

local function add_callbacks(c, list, context)
  local items = {}
  for _, b in ipairs(list or {}) do
    local callback = b.callback or {}
    local notes, note = notes_of(context)
    note("attempt", attempt_text(b.attempt))
    note("registered", b.registration_time)
    note("next attempt", b.next_attempt_schedule_time)
    note("blocked:", b.blocked_reason)
    local target = callback.nexus and callback.nexus.url or callback.internal and "internal" or "callback"
    add_pending(items, brief.text(target) .. "  " .. brief.words(b.state or ""), notes, b.last_attempt_failure)
  end
  c:list("Callbacks", items)
end

local function add_workflow_task(c, task, context)
  if not task then return end
  local notes, note = notes_of(context)
  note("attempt", attempt_text(task.attempt))
  note("scheduled", task.scheduled_time)
  note("started", task.started_time)
  c:row("Workflow task", brief.words(task.state or "pending"), nil, "(" .. concat(notes, ", ") .. ")")
end

local function version_text(w)
  local versioning = w.versioning_info or {}
  local version = versioning.deployment_version
  if version then return brief.text(version.deployment_name) .. ", build " .. brief.text(version.build_id) end
  return brief.text(versioning.version)
end

local function add_execution(c, w, context)
  c:row("Workflow id", brief.text(w.id))
  c:row("Run id", brief.text(w.run_id))
  c:row("Type", brief.text(w.workflow_type))
  c:row("Status", brief.text(w.status), style.of_status(w.status))
  c:row("Task queue", brief.text(w.task_queue))
  c:row("Summary", brief.text(w.static_summary))
  c:row("Details", brief.text(w.static_details, 800))
  c:time("Started", w.start_time, context)
  if card.is_set(w.execution_time) and card.is_set(w.start_time) and w.execution_time ~= w.start_time then
    c:time("First task due", w.execution_time, context)
  end
  if card.is_set(w.close_time) then
    local took = card.is_set(w.start_time) and "(took " .. times.span(w.close_time - w.start_time) .. ")"
    c:time("Closed", w.close_time, context, took)
  end
end

--- The card of a WorkflowExecution or a WorkflowDescription.
---@param w table
---@param context table
---@param put fun(line: string)
function M.lay_out(w, context, put)
  -- There failures are messages still, in which the whole chain is.
  local raw = w.raw or {}
  local extended = raw.workflow_extended_info or {}
  local c = card.new()
  add_execution(c, w, context)
  if extended.cancel_requested then c:row("Cancellation", "requested", "doubtful") end
  if extended.pause_info then c:row("Paused", brief.text(extended.pause_info.reason or "yes"), "doubtful") end
  c:time("Run expires", extended.run_expiration_time, context)
  c:time("Last reset", extended.last_reset_time, context)
  if math.type(w.history_length) == "integer" then
    local size = w.history_size_bytes
    c:row("History", format("%d event%s", w.history_length, w.history_length == 1 and "" or "s")
      .. (size and ", " .. brief.size(size) or ""))
  end
  if w.first_run_id ~= w.run_id then c:row("First run", brief.text(w.first_run_id)) end
  c:row("Parent", execution_text(w.parent_id, w.parent_run_id))
  if w.root_id and (w.root_id ~= w.id or w.root_run_id ~= w.run_id) then
    c:row("Root", execution_text(w.root_id, w.root_run_id))
  end
  c:row("Worker version", version_text(w))
  add_workflow_task(c, raw.pending_workflow_task, context)
  c:values("Memo", w.memo)
  c:values("Search attributes", w.search_attributes)
  add_activities(c, raw.pending_activities, context)
  add_children(c, raw.pending_children, context)
  add_nexus_operations(c, raw.pending_nexus_operations, context)
  add_callbacks(c, raw.callbacks, context)
  c:lay_out(context, put)
end

return M
