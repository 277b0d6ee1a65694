local errors = require "moondial.errors"
local escape = require "moondial.escape"
local native = require "moondial.native"
local scheduler = require "moondial.scheduler"

-- The entry with a number, as .history gives it; without one the last that was no .edit itself.
local function entry(argument)
  local entries = scheduler.call(native.history, false)
  if argument ~= "" then
    local text = entries[math.tointeger(tonumber(argument)) or 0]
    if not text then errors.raise("CommandError", ".edit takes the number of an entry, as .history tells it") end
    return text
  end
  for index = #entries, 1, -1 do
    if not entries[index]:find("^%s*%.edit") then return entries[index] end
  end
  return ""
end

return {
  name = "edit", form = ".edit [N|new]",
  help = "Opens the last entry, or the one with a number, or a new one, in $EDITOR, and enters what is left there.",
  run = function(argument)
    local text = argument == "new" and "" or entry(argument)
    local problem
    text, problem = scheduler.call(native.edit, text)
    if not text then errors.raise("CommandError", problem) end
    if not text:find("%S") then return nil end
    io.write(escape.block(text), "\n")
    return text
  end,
}
