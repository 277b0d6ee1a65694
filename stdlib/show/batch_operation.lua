--- The card and the columns of batch operations.

local brief = require "moondial.show.brief"
local card = require "moondial.show.card"
local column = require "moondial.show.column"

local format = string.format

---@class moondial.show.batch_operation
local M = {}

local styles = { RUNNING = "running", COMPLETED = "good", FAILED = "bad" }

--- The card of a BatchOperation.
---@param operation moondial.BatchOperation
---@param context table
---@param put fun(line: string)
function M.lay_out(operation, context, put)
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
  c:time("Started", operation.start_time, context)
  c:time("Closed", operation.close_time, context)
  c:lay_out(context, put)
end

--- The columns of batch operations.
---@param context table
---@return moondial.show.Column[]
function M.columns(context)
  return {
    { title = "State", cell = function(b) return brief.text(b.state), styles[b.state] end },
    column.field("Batch operation", "job_id"),
    column.time("Started", "start_time", context),
    column.field("Operation", "operation_type", true),
    column.time("Closed", "close_time", context, true),
  }
end

return M
