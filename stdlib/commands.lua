--- The commands of the prompt: entries that begin with a dot.
--
-- A command is a module of its own in commands/, which gives its declaration:
--
--   name       without the dot
--   form       how it is written, where something follows its name
--   help       one sentence
--   values     the words that may follow, if only certain ones may
--   completes  what the word that follows is one of, as with the parameters of methods
--   run        function(argument, env): `argument` is the rest of the line, "" without one; `env` are the globals that
--              entries see. It runs in the entry's task, so it may wait, and what it raises is shown as any error. A
--              text that it returns is entered next.
--
-- Each setting is a command, too: `.times relative` sets it, and `.times` tells what it is.

local errors = require "moondial.errors"
local native = require "moondial.native"
local settings = require "moondial.settings"

local ipairs, match, sort = ipairs, string.match, table.sort

---@class moondial.commands
local commands = {}

local modules = {
  "bt", "config", "connect", "edit", "exit", "help", "history", "jobs", "load", "more", "save", "use", "watch",
}

local is_module = {}
for _, name in ipairs(modules) do is_module[name] = true end

local function of_setting(setting)
  local words = {}
  for index, value in ipairs(setting.values) do words[index] = settings.word(value) end
  return {
    name = setting.name,
    form = (".%s [%s]"):format(setting.name, table.concat(words, "|")),
    help = "Says or sets " .. setting.help .. ".",
    values = words,
    run = function(argument)
      if argument == "" then
        io.write(settings.word(settings.current[setting.name]), "\n")
        return
      end
      local problem = settings.set(setting.name, argument)
      if problem then errors.raise("CommandError", problem) end
    end,
  }
end

--- A command by its name; nil where there is none.
---@param name string
---@return table?
function commands.of(name)
  if is_module[name] then return require("moondial.commands." .. name) end
  local setting = settings.of(name)
  return setting and of_setting(setting)
end

--- The names of all commands, sorted.
---@return string[]
function commands.names()
  local names = settings.names()
  for _, name in ipairs(modules) do names[#names + 1] = name end
  sort(names)
  return names
end

--- A command by its name; an error where there is none.
---@param name string
---@return table
function commands.named(name)
  local command = commands.of(name)
  if command then return command end
  local nearest = native.nearest(name, commands.names())
  errors.raise("CommandError", ("there is no command '.%s'%s"):format(name,
    nearest and ("; did you mean '.%s'?"):format(nearest) or "; .help lists them"))
end

--- Runs a command.
---@param line string from its dot on
---@param env table the globals that entries see
---@return string? # what is to be entered next
function commands.run(line, env)
  local name, argument = match(line, "^%.([%w_]+)%s*(.-)%s*$")
  return commands.named(name or "").run(argument, env)
end

return commands
