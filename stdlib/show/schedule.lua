--- The cards of schedules, and the columns of their lists.

local brief = require "moondial.show.brief"
local card = require "moondial.show.card"
local style = require "moondial.show.style"
local times = require "moondial.show.times"
local words = require "moondial.schedule.words"

local ipairs = ipairs
local format, gsub, lower = string.format, string.gsub, string.lower
local concat = table.concat

---@class moondial.show.schedule
local M = {}

local function lower_words(enumeration) return (gsub(lower(brief.text(enumeration)), "_", " ")) end

local function state_text(state)
  if state.paused then return "paused", "doubtful" end
  return "active", "good"
end

local function add_action(c, action)
  c:row("Starts", brief.text(action.workflow) .. (action.args and "(" .. brief.list(action.args) .. ")" or ""))
  c:row("Workflow id", brief.text(action.id))
  c:row("Task queue", brief.text(action.task_queue))
  c:row("Summary", brief.text(action.static_summary))
end

local function add_spec(c, spec, context)
  local texts = words.spec(spec)
  for index, text in ipairs(texts) do c:row(index == 1 and "When" or "", brief.text(text)) end
  c:row("Time zone", brief.text(spec.time_zone_name))
  c:row("Jitter", spec.jitter and "up to " .. times.span(spec.jitter))
  c:time("From", spec.start_at, context)
  c:time("Until", spec.end_at, context)
end

local function add_policy(c, policy)
  c:row("Overlap", lower_words(policy.overlap))
  c:row("Catch up", policy.catchup_window and "within " .. times.span(policy.catchup_window))
  if policy.pause_on_failure then c:row("On failure", "pauses") end
end

local function count_text(info)
  local notes = {}
  for _, entry in ipairs {
    { info.num_actions_skipped_overlap, "skipped by overlap" },
    { info.num_actions_missed_catchup_window, "missed" },
  } do
    if entry[1] > 0 then notes[#notes + 1] = format("%d %s", entry[1], entry[2]) end
  end
  return format("%d", info.num_actions), #notes > 0 and "(" .. concat(notes, ", ") .. ")" or nil
end

local function time_text(time, context)
  local text = times.text(time, context)
  return context.times == "relative" and text or text .. "  " .. times.relative(time)
end

local function add_actions(c, info, context)
  local running, recent, coming = {}, {}, {}
  for index, action in ipairs(info.running_actions or {}) do
    running[index] = { text = brief.text(action.workflow_id) .. ", run " .. brief.text(action.first_execution_run_id) }
  end
  for index, result in ipairs(info.recent_actions) do
    local status = result.status and "  " .. lower_words(result.status) or ""
    recent[index] = { style = style.of_status(result.status),
      text = time_text(result.started_at, context) .. "  " .. brief.text(result.action.workflow_id) .. status }
  end
  for index, time in ipairs(info.next_action_times) do coming[index] = { text = time_text(time, context) } end
  c:list("Running", running)
  c:list("Recent actions", recent)
  c:list("Next actions", coming)
end

--- The card of a ScheduleDescription or a ScheduleListDescription.
---@param s table
---@param context table
---@param put fun(line: string)
function M.lay_out(s, context, put)
  local c = card.new()
  local schedule, info = s.schedule, s.info
  c:row("Schedule id", brief.text(s.id))
  if schedule then
    c:row("State", state_text(schedule.state))
    c:row("Note", brief.text(schedule.state.note))
    if schedule.state.limited_actions then
      c:row("Actions left", format("%d", schedule.state.remaining_actions))
    end
    add_action(c, schedule.action)
    add_spec(c, schedule.spec, context)
    if schedule.policy then add_policy(c, schedule.policy) end
  end
  if info then
    if info.num_actions then c:row("Actions taken", (count_text(info)), nil, select(2, count_text(info))) end
    c:time("Created", info.created_at, context)
    c:time("Updated", info.last_updated_at, context)
  end
  c:values("Memo", s.memo)
  c:values("Search attributes", s.search_attributes)
  if info then add_actions(c, info, context) end
  c:lay_out(context, put)
end

--- The columns for schedules.
---@param context table
---@return moondial.show.Column[]
function M.columns(context)
  local function schedule(title, optional, cell)
    return { title = title, optional = optional, cell = function(s)
      if not s.schedule then return "" end
      return cell(s.schedule, s.info)
    end }
  end
  return {
    schedule("State", false, function(of) return state_text(of.state) end),
    { title = "Schedule id", cell = function(s) return brief.text(s.id, 400) end },
    schedule("Workflow", false, function(of) return brief.text(of.action.workflow, 400) end),
    schedule("Next", false, function(_, info) return times.text(info.next_action_times[1], context) end),
    schedule("Last", true, function(_, info)
      local last = info.recent_actions[#info.recent_actions]
      return last and times.text(last.started_at, context) or ""
    end),
    schedule("When", true, function(of) return brief.text(concat(words.spec(of.spec), "; "), 400) end),
    schedule("Note", true, function(of) return brief.text(of.state.note, 400) end),
  }
end

return M
