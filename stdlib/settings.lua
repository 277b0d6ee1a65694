--- The settings of a session: what each may be, and what it is.

local ipairs, tostring, type = ipairs, tostring, type
local concat, sort = table.concat, table.sort

---@class moondial.settings
local settings = {}

--- What each setting is now, by its name. Set by `settings.set`, which checks.
---@type table<string, any>
settings.current = {}

local declared = {}

--- Declares a setting.
---@param setting {name: string, values: any[], default: any, help: string, is_of_session?: boolean, apply?: function}
---  `values` are all that it may be; `is_of_session`: it does not outlive one; `apply` is given it when it is set
function settings.declare(setting)
  declared[setting.name] = setting
  settings.current[setting.name] = setting.default
end

--- The declaration of a setting; nil where there is none.
---@param name string
---@return table?
function settings.of(name) return declared[name] end

--- The names of all settings, sorted.
---@return string[]
function settings.names()
  local names = {}
  for name in pairs(declared) do names[#names + 1] = name end
  sort(names)
  return names
end

local words = { on = true, yes = true, ["true"] = true, off = false, no = false, ["false"] = false }

--- The word for a setting's value.
---@param value any
---@return string
function settings.word(value)
  if type(value) == "boolean" then return value and "on" or "off" end
  return tostring(value)
end

-- The words for all that a setting may be.
local function choices(setting)
  local list = {}
  for index, value in ipairs(setting.values) do list[index] = settings.word(value) end
  return concat(list, ", ", 1, #list - 1) .. " or " .. list[#list]
end

--- Sets a setting.
---@param name string
---@param value any one of its values, or the word for it
---@return string? problem one sentence, where it cannot be that
function settings.set(name, value)
  local setting = declared[name]
  if not setting then return ("there is no setting '%s'"):format(tostring(name)) end
  for _, choice in ipairs(setting.values) do
    if choice == value or type(choice) == "boolean" and words[value] == choice then
      settings.current[name] = choice
      if setting.apply then setting.apply(choice) end
      return nil
    end
  end
  return ("%s is %s, not '%s'"):format(name, choices(setting), settings.word(value))
end

settings.declare { name = "output", values = { "text", "json", "jsonl", "lua" }, default = "text",
  help = "how results are shown" }
settings.declare { name = "expanded", values = { "auto", true, false }, default = "auto",
  help = "whether lists show a card for each record instead of a table; auto: where the table would be too wide" }
settings.declare { name = "times", values = { "iso", "relative" }, default = "iso",
  help = "whether times are shown by the clock, in UTC, or relative: to now, in a history to its start" }
settings.declare { name = "pager", values = { true, false }, default = true,
  help = "whether $PAGER, or less, shows what is taller than the screen" }
settings.declare { name = "greeting", values = { true, false }, default = true,
  help = "whether the prompt opens with a line about the server" }
settings.declare { name = "timing", values = { true, false }, default = false,
  help = "whether each entry is followed by the time it took" }

settings.declare { name = "trace", values = { "rpc", false }, default = false, is_of_session = true,
  help = "whether each RPC is shown when it has ended: its time, its sizes and its status",
  apply = function(value) require("moondial.native").show_rpcs(value == "rpc") end }
settings.declare { name = "production", values = { "auto", true, false }, default = "auto", is_of_session = true,
  help = "whether calls that destroy, and many changes at once, are asked about; auto: as the client's profile says" }

return settings
