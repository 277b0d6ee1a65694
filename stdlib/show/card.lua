--- Cards: what there is to know of one thing, in lines of a label and a value, with short lists below.

local brief = require "moondial.show.brief"
local times = require "moondial.show.times"
local timestamp = require "moondial.timestamp"
local width = require "moondial.show.width"

local ipairs, max, min, pairs, sort, type = ipairs, math.max, math.min, pairs, table.sort, type

---@class moondial.show.card
local card = {}

--- A card that takes rows and lists, in the order in which they are to be shown.
---@class moondial.show.Card
local Card = {}
Card.__index = Card

--- Begins a card.
---@return moondial.show.Card
function card.new() return setmetatable({ parts = {} }, Card) end

--- Adds a row; without a text, none.
---@param label string
---@param text string? escaped
---@param style string?
---@param note string? more, which stands behind it and is faint
function Card:row(label, text, style, note)
  if text and text ~= "" then
    self.parts[#self.parts + 1] = { label = label, text = text, style = style, note = note }
  end
end

--- Adds a list; an empty one is not shown.
---@param title string
---@param items {text: string, style: string?, indent: integer?}[] its lines
function Card:list(title, items)
  if #items > 0 then self.parts[#self.parts + 1] = { title = title, items = items } end
end

--- Whether a time is one. Where there is none, the server sends that of Go's zero value, or 1970.
---@param time any
---@return boolean
function card.is_set(time) return getmetatable(time) == timestamp.Timestamp and time.seconds > 0 end

--- Adds a row with a time, and how long ago that was; where times are relative there is nothing to add.
---@param label string
---@param time moondial.Timestamp?
---@param context table
---@param note string? more, instead of how long ago
function Card:time(label, time, context, note)
  if not card.is_set(time) then return end
  local age = context.times ~= "relative" and times.relative(time) or nil
  self:row(label, times.text(time, context), nil, note or age and "(" .. age .. ")" or nil)
end

--- Adds a list of values, such as those of a memo, by name.
---@param title string
---@param values table<string, any>?
function Card:values(title, values)
  local names, items = {}, {}
  for name in pairs(type(values) == "table" and values or {}) do names[#names + 1] = name end
  sort(names)
  for index, name in ipairs(names) do
    items[index] = { text = brief.text(name) .. " = " .. brief.value(values[name]) }
  end
  self:list(title, items)
end

local widest_label = 20

--- Shows it.
---@param context table width, paint
---@param put fun(line: string)
function Card:lay_out(context, put)
  local paint, column = context.paint, 0
  for _, part in ipairs(self.parts) do
    if part.label then column = max(column, min(widest_label, width.of(part.label))) end
  end
  -- In a narrow terminal each value is below its label.
  local is_narrow = context.width < column + 22
  local indent = is_narrow and "  " or (" "):rep(column + 2)
  -- `hang`: how much further in the lines behind the first begin.
  local function lines_of(text, style, room, lead, hang)
    for index, line in ipairs(width.wrap(text, max(2, room), hang)) do
      put(lead .. (" "):rep(index > 1 and hang or 0) .. paint(style, line))
    end
  end
  local function row(part)
    local label = paint("label", width.cut(part.label, min(column, context.width)))
    local room = max(2, context.width - #indent)
    local lines = width.wrap(part.text, room)
    if is_narrow and part.label ~= "" then put(label) end
    for index, line in ipairs(lines) do
      local lead = (index > 1 or is_narrow) and indent
        or label .. (" "):rep(column + 2 - min(column, width.of(part.label)))
      local has_room = part.note and index == #lines and width.of(line) + 2 + width.of(part.note) <= room
      put(lead .. paint(part.style, line) .. (has_room and "  " .. paint("faint", part.note) or ""))
      if part.note and index == #lines and not has_room then lines_of(part.note, "faint", room, indent) end
    end
  end
  for _, part in ipairs(self.parts) do
    if part.label then
      row(part)
    else
      put(paint("label", width.cut(part.title, context.width)))
      for _, item in ipairs(part.items) do
        local lead = (" "):rep(min(context.width // 2, 2 + (item.indent or 0) * 2))
        local room = context.width - #lead
        lines_of(item.text, item.style, room, lead, room > 12 and 2 or 0)
      end
    end
  end
end

return card
