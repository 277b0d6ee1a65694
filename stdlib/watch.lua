--- Shows something again and again.

local native = require "moondial.native"
local scheduler = require "moondial.scheduler"
local show = require "moondial.show"
local timestamp = require "moondial.timestamp"
local width = require "moondial.show.width"

local concat, max = table.concat, math.max

local M = {}

-- Raised when the screen is full.
local is_full = {}

-- One screenful of the values: its lines, and how many of the terminal they take.
local function screenful(title, values, context)
  local height = context.height or math.huge
  local lines, taken = { context.paint("label", width.cut(title, context.width)) }, 1
  local function put(line)
    local rows = max(1, (width.of_painted(line) + context.width - 1) // context.width)
    if taken + rows >= height - 1 then
      lines[#lines + 1], taken = "…", taken + 1
      error(is_full, 0)
    end
    lines[#lines + 1], taken = line, taken + rows
  end
  local ok, e = pcall(show.lay_out_all, values, context, put)
  if not ok and e ~= is_full then error(e, 0) end
  return lines, taken
end

-- Takes back what was drawn before, where nobody has written below it since and its lines are still as wide; so that
-- nothing else of the screen is lost. Where no cursor can be moved, all stands one below the other.
local function draw(title, values, before)
  local context = show.context()
  local lines, rows = screenful(title, values, context)
  local has_cursor = context.height and os.getenv("TERM") ~= "dumb"
  local is_last = before and native.writes() == before.writes and context.width == before.width
    and context.height == before.height
  io.write(has_cursor and is_last and ("\27[%dA\r\27[J"):format(before.rows) or "", concat(lines, "\n"), "\n")
  io.flush()
  return { rows = rows, width = context.width, height = context.height, writes = native.writes() }
end

--- Calls a function and shows what it gives, again and again, until it raises or its task is cancelled.
---@param seconds number between the end of one call and the next
---@param f function
---@param title string what is shown above, escaped
function M.watch(seconds, f, title)
  local before
  while true do
    local values = table.pack(f())
    before = draw(title .. "   " .. timestamp.now():format("%H:%M:%SZ"), values, before)
    scheduler.sleep(seconds)
  end
end

return M
