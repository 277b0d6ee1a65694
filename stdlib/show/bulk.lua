--- What came of a bulk, as a card of counts and a table of errors.

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
function M.lay_out(result, context, put)
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
  local rate = result.seconds > 0 and not result.dry_run and (result.done + result.failed) / result.seconds
  c:row("Took", times.span(result.seconds), nil, rate and format("%.1f a second", rate) or nil)
  c:row("Saved", result.saved and brief.text(result.saved) or nil)
  c:lay_out(context, put)
  if #result.errors > 0 then
    put("")
    tables.lay_out(error_columns, result.errors, context, put)
  end
end

return M
