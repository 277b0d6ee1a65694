--- The card and the columns of workers.

local brief = require "moondial.show.brief"
local card = require "moondial.show.card"
local column = require "moondial.show.column"

---@class moondial.show.worker
local M = {}

local function sdk(w) return w.sdk_name and brief.text(w.sdk_name) .. " " .. brief.text(w.sdk_version) end

local function version(w)
  if not w.build_id then return nil end
  return (w.deployment_name and brief.text(w.deployment_name) .. ", build " or "") .. brief.text(w.build_id)
end

local function slots(heartbeat)
  local items = {}
  for _, kind in ipairs { "workflow_task", "activity_task", "nexus_task", "local_activity" } do
    local info = heartbeat[kind .. "_slots_info"] or heartbeat[kind .. "_slots"]
    if info then
      items[#items + 1] = { text = ("%s  %d used, %d free, %d done, %d failed"):format(brief.words(kind),
        info.current_used_slots or 0, info.current_available_slots or 0, info.total_processed_tasks or 0,
        info.total_failed_tasks or 0) }
    end
  end
  return items
end

--- The card of a WorkerInfo.
---@param w moondial.WorkerInfo
---@param context table
---@param put fun(line: string)
function M.lay_out(w, context, put)
  local c = card.new()
  c:row("Worker", brief.text(w.worker_instance_key))
  c:row("Identity", brief.text(w.worker_identity))
  c:row("Status", brief.text(w.status), w.status ~= "RUNNING" and "doubtful" or nil)
  c:row("Task queue", brief.text(w.task_queue))
  c:row("Host", brief.text(w.host_name))
  c:row("Process", brief.text(w.process_id))
  c:row("SDK", sdk(w))
  c:row("Version", version(w))
  c:time("Started", w.start_time, context)
  c:time("Heard of", w.heartbeat_time, context)
  c:list("Slots", slots(w.raw and w.raw.worker_heartbeat or {}))
  c:lay_out(context, put)
end

--- The columns of workers.
---@param context table
---@return moondial.show.Column[]
function M.columns(context)
  return {
    column.field("Status", "status"),
    column.field("Identity", "worker_identity"),
    column.field("Task queue", "task_queue"),
    column.time("Heard of", "heartbeat_time", context),
    column.field("Host", "host_name", true),
    column.made("SDK", sdk, true),
    column.made("Version", version, true),
    column.field("Worker", "worker_instance_key", true),
  }
end

return M
