--- A line on standard error that tells how far something is: on a terminal, and for what is in the foreground, so that
--- it never meets a prompt.

local await = require("moondial.scheduler.await")
local native = require("moondial.native")
local run = require("moondial.scheduler.run")
local style = require("moondial.show.style")
local times = require("moondial.show.times")
local width = require("moondial.show.width")

local floor, max, min = math.floor, math.max, math.min
local getmetatable, rawset, select, setmetatable = debug.getmetatable, rawset, select, setmetatable
local tostring = tostring
local concat, format, match, rep = table.concat, string.format, string.match, string.rep

local M = {}

---@class moondial.show.Progress
local Progress = {}
Progress.__index = Progress

local seconds_between = 0.1
local widest_bar, narrowest_bar = 30, 8

-- The one that is shown; another one that begins meanwhile is not.
local shown

local methods = getmetatable(io.stdout).__index
local file_write = methods.write

local function put(text)
  file_write(io.stderr, text)
  io.stderr:flush()
end

local function erase(bar)
  if bar.is_drawn then
    bar.is_drawn = false
    put("\r\27[2K")
  end
end

-- What is written meanwhile goes where the line was. A line that is left open is let be until it ends.
local function make_room(...)
  local bar, last = shown, select("#", ...) > 0 and tostring((select(-1, ...))) or ""
  if not bar or last == "" then return end
  erase(bar)
  bar.is_held = match(last, "\n$") == nil
end

local stock = {}
local ours = {}

function ours.print(...)
  make_room("\n")
  return stock.print(...)
end

function ours.write(...)
  make_room(...)
  return stock.write(...)
end

local function method(file, ...)
  if file == io.stdout or file == io.stderr then make_room(...) end
  return file_write(file, ...)
end

local function take_output()
  stock.print, stock.write = print, io.write
  _G.print, methods.write = ours.print, method
  rawset(io, "write", ours.write)
end

-- What somebody else has put there meanwhile stays.
local function give_output_back()
  if _G.print == ours.print then _G.print = stock.print end
  if io.write == ours.write then rawset(io, "write", stock.write) end
  methods.write = file_write
end

local function is_wanted()
  local _, _, height = native.terminal(true)
  return not shown and height ~= nil and os.getenv("TERM") ~= "dumb" and run.is_in_foreground()
end

--- Begins; closing it takes the line away.
---@param title string escaped
---@return moondial.show.Progress # for a <close> variable
function M.new(title)
  local bar = setmetatable({ title = title, began = await.now(), done = 0, failed = 0, drawn_at = -1 }, Progress)
  if is_wanted() then
    bar.is_shown, shown = true, bar
    take_output()
  end
  return bar
end

local function line_of(bar, columns, has_colours)
  local total, done = bar.total, bar.done
  local parts = { total and format("%d of %d", done, max(total, done)) or format("%d", done) }
  if bar.failed > 0 then parts[2] = format("%d failed", bar.failed) end
  local seconds = await.now() - bar.began
  local rate = seconds > 1 and done / seconds or 0
  if rate > 0 then
    parts[#parts + 1] = format(rate < 10 and "%.1f/s" or "%.0f/s", rate)
    if total and total > done then parts[#parts + 1] = times.span(floor((total - done) / rate)) .. " left" end
  end
  local text = concat(parts, ", ")
  -- One column is kept free: a terminal may wrap after the last.
  local room = columns - 1
  local wide = width.of(bar.title) + 2 + width.of(text)
  local bar_room = min(widest_bar, room - wide - 2)
  if total and total > 0 and bar_room >= narrowest_bar then
    local filled = floor(bar_room * min(done, total) / total)
    local fill = has_colours and style.paint("good", rep("█", filled)) or rep("█", filled)
    return bar.title .. "  " .. fill .. rep("░", bar_room - filled) .. "  " .. text
  elseif wide <= room then
    return bar.title .. "  " .. text
  end
  return width.cut(text, max(2, room))
end

--- How far it is; shown by the next `draw`.
---@param done integer
---@param total integer? nil where nobody knows
---@param failed integer of those that are done
function Progress:set(done, total, failed)
  self.done, self.total, self.failed = done, total, failed
end

--- Draws the line anew, ten times a second at most.
function Progress:draw()
  local now = await.now()
  if not self.is_shown or self.is_held or now - self.drawn_at < seconds_between then return end
  self.drawn_at = now
  local line = line_of(self, native.terminal(true))
  if self.is_drawn and line == self.line then return end
  self.is_drawn, self.line = true, line
  put("\r\27[2K" .. line)
end

--- Draws the line again and again, until the task is cancelled.
function Progress:follow()
  while true do
    self:draw()
    await.sleep(seconds_between)
  end
end

--- Takes the line that is shown away until what it gives is closed: for a question.
---@return any # for a <close> variable
function M.hold()
  local bar = shown
  if not bar then return nil end
  erase(bar)
  bar.is_held = true
  return setmetatable({}, { __close = function() bar.is_held = false end })
end

--- Takes the line away.
function Progress:__close()
  if not self.is_shown then return end
  erase(self)
  self.is_shown, shown = false, nil
  give_output_back()
end

return M
