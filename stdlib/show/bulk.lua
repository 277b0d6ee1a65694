--- What came of a bulk, as a card of counts and a table of errors; and batch operations.

local brief = require "moondial.show.brief"
local card = require "moondial.show.card"
local tables = require "moondial.show.table"
local times = require "moondial.show.times"

local concat, format = table.concat, string.format

---@class moondial.show.bulk
local M = {}

local function texts(list)
  local shown = {}
  for index = 1, #list do shown[index] = brief.text(list[index], 60) end
  return concat(shown, ", ")
end

local error_columns = {
  { title = "Count", is_right = true, cell = function(group) return format("%d", group.count) end },
  { title = "Error", cell = function(group) return brief.text(group.message, 400), "bad" end },
  { title = "Of", cell = function(group)
    return texts(group.ids) .. (group.count > #group.ids and ", …" or "")
  end },
}

--- Lays out what `temporal.bulk` gives.
---@param result moondial.BulkResult
---@param context table
---@param put fun(line: string)
function M.lay_out_result(result, context, put)
  local c = card.new()
  if result.dry_run then
    local count = result.total - result.skipped
    c:row("Dry run", format("would do %d of %d", count, result.total))
    c:row("Of", texts(result.ids or {}) .. (count > #(result.ids or {}) and ", …" or ""))
  else
    c:row("Done", format("%d of %d", result.done, result.total), result.failed == 0 and "good" or nil)
    c:row("Failed", result.failed > 0 and format("%d", result.failed) or nil, "bad")
  end
  c:row("Skipped", result.skipped > 0 and format("%d", result.skipped) or nil, nil, "done before")
  local count = result.done + result.failed
  -- Of a few, a rate says nothing.
  local rate = count >= 10 and result.seconds > 0 and not result.dry_run and count / result.seconds
  c:row("Took", times.span(result.seconds), nil, rate and format("%.1f a second", rate) or nil)
  c:row("Saved", result.saved and brief.text(result.saved) or nil)
  c:lay_out(context, put)
  if #result.errors > 0 then
    put("")
    tables.lay_out(error_columns, result.errors, context, put)
  end
end

local styles = { RUNNING = "running", COMPLETED = "good", FAILED = "bad" }

--- Lays out what a batch operation's `describe` gives.
---@param operation moondial.BatchOperation
---@param context table
---@param put fun(line: string)
function M.lay_out_operation(operation, context, put)
  local c = card.new()
  c:row("Batch operation", brief.text(operation.job_id))
  c:row("State", brief.text(operation.state), styles[operation.state])
  c:row("Operation", brief.text(operation.operation_type))
  local total = operation.total_operation_count
  if total then
    c:row("Done", format("%d of %d", operation.complete_operation_count, total))
    c:row("Failed", format("%d", operation.failure_operation_count),
      operation.failure_operation_count > 0 and "bad" or nil)
  end
  c:row("Query", operation.query and brief.text(operation.query, 400))
  c:row("Reason", operation.reason and brief.text(operation.reason, 400))
  c:row("Started by", operation.identity and brief.text(operation.identity))
  c:row("Started", times.text(operation.start_time, context))
  c:row("Closed", times.text(operation.close_time, context))
  c:lay_out(context, put)
end

--- The columns for batch operations.
---@param context table
---@return moondial.show.Column[]
function M.operation_columns(context)
  return {
    { title = "State", cell = function(b) return brief.text(b.state), styles[b.state] end },
    { title = "Batch operation", cell = function(b) return brief.text(b.job_id) end },
    { title = "Started", cell = function(b) return times.text(b.start_time, context) end },
    { title = "Operation", optional = true, cell = function(b) return brief.text(b.operation_type) end },
    { title = "Closed", optional = true, cell = function(b) return times.text(b.close_time, context) end },
  }
end

return M
