--- Shows something again and again.

local scheduler = require "moondial.scheduler"
local show = require "moondial.show"
local timestamp = require "moondial.timestamp"
local width = require "moondial.show.width"

local M = {}

-- Raised when the screen is full.
local is_full = {}

-- One screenful of the values, from the top of the screen; what has no cursor to move gets them one below the other.
local function draw(title, values)
  local context = show.context()
  local rows = context.height or math.huge
  local lines, taken = { context.paint("label", width.cut(title, context.width)) }, 1
  local function put(line)
    taken = taken + math.max(1, (width.of_painted(line) + context.width - 1) // context.width)
    if taken >= rows - 1 then
      lines[#lines + 1] = "…"
      error(is_full, 0)
    end
    lines[#lines + 1] = line
  end
  local ok, e = pcall(show.lay_out_all, values, context, put)
  if not ok and e ~= is_full then error(e, 0) end
  local has_cursor = context.height and os.getenv("TERM") ~= "dumb"
  io.write(has_cursor and "\27[H\27[2J" or "", table.concat(lines, "\n"), "\n")
  io.flush()
end

--- Calls a function and shows what it gives, again and again, until it raises or its task is cancelled.
---@param seconds number between the end of one call and the next
---@param f function
---@param title string what is shown above, escaped
function M.watch(seconds, f, title)
  while true do
    local values = table.pack(f())
    draw(title .. "   " .. timestamp.now():format("%H:%M:%SZ"), values)
    scheduler.sleep(seconds)
  end
end

return M
