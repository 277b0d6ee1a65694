--- Columns of text on a terminal: how many a text takes, and texts cut or filled up to so many.
--
-- Texts are those that `escape` has been over: valid UTF-8 without control characters. The sequences that colour them
-- are no part of them yet.

local codes, codepoint, offset = utf8.codes, utf8.codepoint, utf8.offset
local find, gmatch, gsub, rep, sub = string.find, string.gmatch, string.gsub, string.rep, string.sub
local tonumber = tonumber

---@class moondial.show.width
local width = {}

-- First and last code points of ranges, in turn, and the columns they take.
local bounds

local function add(list, text, columns)
  for first, last in gmatch(text, "(%x+)%-?(%x*)") do
    list[#list + 1] = { tonumber(first, 16), tonumber(last ~= "" and last or first, 16), columns }
  end
end

-- Most sessions never see a character that needs them.
local function load_bounds()
  local ranges = require "moondial.show.width_ranges"
  local list = {}
  add(list, ranges.zero, 0)
  add(list, ranges.wide, 2)
  table.sort(list, function(a, b) return a[1] < b[1] end)
  return list
end

--- The columns of one character.
---@param code integer its code point
---@return integer
local function columns_of(code)
  if code < 0x300 then
    return 1
  end
  bounds = bounds or load_bounds()
  local low, high = 1, #bounds
  while low <= high do
    local middle = (low + high) // 2
    local range = bounds[middle]
    if code < range[1] then
      high = middle - 1
    elseif code > range[2] then
      low = middle + 1
    else
      return range[3]
    end
  end
  return 1
end

--- The columns that a text takes.
---@param text string
---@return integer
function width.of(text)
  if not find(text, "[\x80-\xFF]") then
    return #text
  end
  local columns = 0
  for _, code in codes(text) do
    columns = columns + columns_of(code)
  end
  return columns
end

--- The beginning of a text that fits into so many columns, and what is left of it.
---@param text string
---@param columns integer
---@return string head
---@return string tail
function width.split(text, columns)
  if not find(text, "[\x80-\xFF]") then
    return sub(text, 1, columns), sub(text, columns + 1)
  end
  local used, at = 0, 1
  while at <= #text do
    used = used + columns_of(codepoint(text, at))
    if used > columns then
      return sub(text, 1, at - 1), sub(text, at)
    end
    at = offset(text, 2, at)
  end
  return text, ""
end

--- A text that takes no more than so many columns: one that is longer ends in an ellipsis.
---@param text string
---@param columns integer at least 1
---@return string
function width.cut(text, columns)
  if #text <= columns or width.of(text) <= columns then
    return text
  end
  return width.split(text, columns - 1) .. "…"
end

--- The blanks that fill a text up to so many columns.
---@param text string
---@param columns integer
---@return string
function width.fill(text, columns)
  return rep(" ", columns - width.of(text))
end

--- Parts a text into lines of so many columns, at blanks where there are any.
---@param text string
---@param columns integer
---@param indent? integer how much less room the lines behind the first have
---@return string[]
function width.wrap(text, columns, indent)
  local lines, room = {}, columns
  local function line_end(line)
    lines[#lines + 1] = gsub(line, " +$", "")
    room = columns - (indent or 0)
  end
  local line = ""
  for word, blanks in gmatch(text, "([^ ]*)( *)") do
    if line ~= "" and width.of(line) + width.of(word) > room then
      line_end(line)
      line = ""
    end
    line = line .. word
    while width.of(line) > room do
      local head, tail = width.split(line, room)
      -- A character that is wider than the room has to be somewhere.
      if head == "" then
        head, tail = width.split(line, 2)
      end
      line_end(head)
      line = tail
    end
    line = line .. blanks
  end
  if line ~= "" or #lines == 0 then
    line_end(line)
  end
  return lines
end

--- The columns of a line that has colours in it.
---@param line string
---@return integer
function width.of_painted(line)
  return width.of((gsub(line, "\27%[[%d;]*m", "")))
end

return width
