--- Tables: a line for each record, in columns that fit the terminal.

local brief = require "moondial.show.brief"
local card = require "moondial.show.card"
local width = require "moondial.show.width"

local ipairs, max, min = ipairs, math.max, math.min
local concat = table.concat

---@class moondial.show.table
local M = {}

--- A column: `cell` gives the text of a record, escaped, and its style. An optional one is left out where it does not
--- fit.
---@class moondial.show.Column
---@field title string
---@field cell fun(record: any): string, string?
---@field is_right? boolean for numbers
---@field optional? boolean

-- Between two columns.
local gap = 2
-- Columns that are cut keep so many columns of the terminal, or there is no table.
local least = 12
-- Of a longer list the first records decide how wide the columns are.
local sampled = 1000

-- How wide each column would like to be.
local function natural_widths(columns, records)
  local widths = {}
  for index, column in ipairs(columns) do
    local widest = width.of(column.title)
    for position = 1, min(#records, sampled) do
      widest = max(widest, width.of((column.cell(records[position]))))
    end
    widths[index] = widest
  end
  return widths
end

local function total(columns, widths)
  local sum = 0
  for index in ipairs(columns) do sum = sum + widths[index] + (index > 1 and gap or 0) end
  return sum
end

-- Takes from the widest column until the rest fits; false where there is not enough to take.
local function shrink(columns, widths, room, floor)
  local excess = total(columns, widths) - room
  while excess > 0 do
    local widest = 1
    for index in ipairs(columns) do
      if widths[index] > widths[widest] then widest = index end
    end
    if widths[widest] <= floor then return false end
    widths[widest] = widths[widest] - 1
    excess = excess - 1
  end
  return true
end

-- The columns to show and their widths; nil where they do not fit.
local function fit(columns, records, context)
  local natural = natural_widths(columns, records)
  if context.is_whole then return columns, natural end
  local room, required = context.width, 0
  for index, column in ipairs(columns) do
    if not column.optional then required = required + natural[index] + gap end
  end
  local left, shown, widths = room - required + gap, {}, {}
  for index, column in ipairs(columns) do
    local fits = not column.optional or natural[index] + gap <= left
    if column.optional and fits then left = left - natural[index] - gap end
    if fits then
      shown[#shown + 1], widths[#widths + 1] = column, natural[index]
    end
  end
  if shrink(shown, widths, room, least) then return shown, widths end
  if context.expanded == "auto" then return nil end
  while not shrink(shown, widths, room, 3) and #shown > 1 do shown[#shown], widths[#widths] = nil, nil end
  return shown, widths
end

local function add_cell(out, column, text, style, columns, is_last, paint)
  text = width.cut(text, columns)
  local blanks = width.fill(text, columns)
  if column.is_right then out[#out + 1] = blanks end
  out[#out + 1] = paint(style, text)
  if not is_last then out[#out + 1] = (column.is_right and "" or blanks) .. (" "):rep(gap) end
end

local function lay_out_lines(columns, widths, records, context, put)
  local function line_of(cell)
    local out = {}
    for index, column in ipairs(columns) do
      local text, style = cell(column)
      add_cell(out, column, text, style, widths[index], index == #columns, context.paint)
    end
    return (concat(out):gsub(" +$", ""))
  end
  put(line_of(function(column) return column.title, "label" end))
  for _, record in ipairs(records) do
    put(line_of(function(column) return column.cell(record) end))
  end
end

-- A card for each record, with everything that there is in it.
local function lay_out_cards(columns, records, context, put)
  for position, record in ipairs(records) do
    if position > 1 then put("") end
    put(context.paint("faint", width.cut(("── %d of %d ──"):format(position, #records), context.width)))
    local c = card.new()
    for _, column in ipairs(columns) do
      local text, style = column.cell(record)
      c:row(column.title, text, style)
    end
    c:lay_out(context, put)
  end
end

--- Shows records as a table, or expanded to a card for each.
---@param columns moondial.show.Column[]
---@param records any[]
---@param context table width, paint, expanded
---@param put fun(line: string)
function M.lay_out(columns, records, context, put)
  local shown, widths
  if context.expanded ~= true then shown, widths = fit(columns, records, context) end
  if shown then
    lay_out_lines(shown, widths, records, context, put)
  else
    lay_out_cards(columns, records, context, put)
  end
end

--- The text of a value in a cell: strings without their quotes.
---@param value any
---@return string
---@return string? style
function M.cell(value)
  if type(value) == "string" then return brief.text(value, 200) end
  if value == nil then return "" end
  local kind = type(value)
  return brief.value(value), kind ~= "table" and kind or nil
end

return M
