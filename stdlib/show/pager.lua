--- Where the lines of a result go: to the screen, or to the pager where they are more than fit on it.
--
-- The lines are made while the pager asks for them: of a long history only the first screens are ever written, unless
-- the user goes on to the others.

local errors = require "moondial.errors"
local escape = require "moondial.escape"
local native = require "moondial.native"
local scheduler = require "moondial.scheduler"
local settings = require "moondial.settings"
local shield = require("moondial.async").shield
local width = require "moondial.show.width"

local error, io, max, os, pcall, setmetatable = error, io, math.max, os, pcall, setmetatable
local concat, find, gmatch = table.concat, string.find, string.gmatch

---@class moondial.show.pager
local pager = {}

-- Raised in what makes the lines when the user has left the pager.
local has_left = {}

-- Bytes that are written at once.
local batch = 16384

local function is_in_path(program)
  for folder in gmatch(os.getenv("PATH") or "", "[^:]+") do
    local file = io.open(folder .. "/" .. program)
    if file then
      file:close()
      return true
    end
  end
  return false
end

--- The shell's command for the pager: $PAGER, or less where there is one.
---@return string? # nil where there is none, or none is wanted
function pager.command()
  if not settings.current.pager or os.getenv("TERM") == "dumb" then return nil end
  local command = os.getenv("PAGER") or is_in_path("less") and "less -R"
  if not command or not find(command, "%S") or command == "cat" then return nil end
  -- Of less: to leave at once where it all fits, to show colours, and to leave it on the screen. Its text is UTF-8 in
  -- every locale.
  return ': "${LESS=FRX}" "${LESSCHARSET=utf-8}"; export LESS LESSCHARSET; ' .. command
end

-- How many lines of the terminal a line takes.
local function rows_of(line, columns)
  if #line <= columns then return 1 end
  return max(1, (width.of_painted(line) + columns - 1) // columns)
end

--- What takes lines, and sends them on.
---@class moondial.show.Sink
local Sink = {}
Sink.__index = Sink

function Sink:flush()
  if #self.lines == 0 then return end
  local text = concat(self.lines, "\n") .. "\n"
  self.lines, self.bytes = {}, 0
  if not self.pager then
    io.write(text)
  elseif not scheduler.call(native.write_pager, self.pager, text) then
    error(has_left, 0)
  end
end

function Sink:open()
  -- A cancellation would lose the pager that has been started.
  local opened, problem = shield(function() return scheduler.call(native.open_pager, self.command) end)
  if opened then
    self.pager = opened
  else
    self.command = nil
    io.stderr:write("moondial: ", escape.text(problem), "\n")
  end
  self:flush()
end

function Sink:put(line)
  self.lines[#self.lines + 1], self.bytes = line, self.bytes + #line + 1
  if self.pager then
    if self.bytes >= batch then self:flush() end
  elseif self.command then
    self.rows = self.rows + rows_of(line, self.columns)
    -- The prompt takes a line, too.
    if self.rows >= self.height then self:open() end
  elseif self.bytes >= batch then
    self:flush()
    -- So that Ctrl-C reaches what makes the lines.
    scheduler.sleep(0)
  end
end

-- Without a pager, what was made before an error is shown. With one, waits until the user leaves it, be the task
-- cancelled or not: the prompt would read the same keyboard.
function Sink:__close()
  local opened = self.pager
  if opened then
    self.was_open = true
    self.status = scheduler.await(native.close_pager(opened))
  else
    self:flush()
  end
end

local function new_sink(command)
  return setmetatable({ lines = {}, bytes = 0, rows = 0, command = command }, Sink)
end

-- Sends what `render` makes through a sink, to its end or until the other end has enough.
local function send(sink, render)
  local ok, e = pcall(function()
    local _ <close> = sink
    render(function(line) sink:put(line) end)
    sink:flush()
  end)
  -- A Ctrl-C in the pager is meant for the pager; it has ended what made the lines, and that is all.
  if ok or e == has_left or sink.was_open and errors.is_error(e, "Interrupted") then return end
  return e
end

local command_not_found = 127

--- Shows what `render` makes: on the screen, or in the pager where it is taller than the screen. Leaving the pager
--- before the end is no error.
---@param render fun(put: fun(line: string)) called again where the pager cannot be started
---@param context table width, height
function pager.page(render, context)
  local sink = new_sink(context.height and pager.command())
  sink.columns, sink.height = context.width, context.height
  local e = send(sink, render)
  if sink.status == command_not_found then
    settings.set("pager", false)
    io.stderr:write("moondial: $PAGER cannot be started, so there is no pager now; .pager on tries again\n")
    return pager.page(render, context)
  end
  if e ~= nil then error(e, 0) end
end

--- Gives what `render` makes to a command of the shell, which has the terminal meanwhile.
---@param render fun(put: fun(line: string))
---@param command string
function pager.pipe(render, command)
  local sink = new_sink(command)
  sink:open()
  local e = send(sink, render)
  if e ~= nil then error(e, 0) end
end

return pager
