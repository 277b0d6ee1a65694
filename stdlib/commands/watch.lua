local chunk = require "moondial.chunk"
local duration = require "moondial.duration"
local errors = require "moondial.errors"
local escape = require "moondial.escape"
local scheduler = require "moondial.scheduler"
local show = require "moondial.show"
local timestamp = require "moondial.timestamp"
local width = require "moondial.show.width"

-- Raised when the screen is full.
local is_full = {}

-- One screenful of the values, from the top of the screen; a dumb terminal gets them one below the other.
local function draw(title, values)
  local context = show.context()
  local rows = context.height or math.huge
  local lines = { context.paint("label", width.cut(title, context.width)) }
  local taken = 1
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
  local has_cursor = os.getenv("TERM") ~= "dumb"
  io.write(has_cursor and "\27[H\27[2J" or "", table.concat(lines, "\n"), "\n")
  io.flush()
end

return {
  name = "watch", form = ".watch SECONDS EXPR",
  help = "Evaluates and shows again and again, until Ctrl-C.",
  run = function(argument, env)
    local time, text = argument:match("^(%S+)%s+(.+)$")
    local seconds = time and duration.try(tonumber(time) or time)
    if not seconds or seconds <= 0 then
      errors.raise("CommandError", ".watch takes a time and an expression, as in .watch 2 h:describe()")
    end
    local f, problem = chunk.compile(text, "=prompt", env)
    if not f then errors.raise("SyntaxError", problem, { traceback = false }) end
    while true do
      local values = table.pack(f())
      draw(("every %s: %s   %s"):format(time, escape.text(text), timestamp.now():format("%H:%M:%SZ")), values)
      scheduler.sleep(seconds)
    end
  end,
}
