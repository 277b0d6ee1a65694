local client_type = require "moondial.client"
local errors = require "moondial.errors"
local escape = require "moondial.escape"
local preferences = require "moondial.preferences"
local settings = require "moondial.settings"

local function tell(name, saved)
  local setting = settings.of(name)
  if setting.is_of_session then return end
  local note = saved[name] and (saved[name] == settings.word(settings.current[name]) and "  (lasts)"
    or ("  (%s lasts)"):format(saved[name])) or ""
  print(("%-9s %s%s"):format(name, settings.word(settings.current[name]), note))
end

return {
  name = "config", form = ".config [NAME [VALUE|default]]",
  help = "Tells the settings; with a value, sets one for later sessions, too; default: no longer.",
  run = function(argument, env)
    local name, value = argument:match("^(%S*)%s*(%S*)$")
    if not name then errors.raise("CommandError", ".config takes a setting and its value") end
    if value == "" and name == "" then
      local saved = preferences.saved()
      for _, known in ipairs(settings.names()) do tell(known, saved) end
      local codec = client_type.is(env.client) and env.client.codec
      if codec then print("codec     " .. escape.text(codec)) end
      return
    end
    local setting = settings.of(name)
    if not setting then errors.raise("CommandError", settings.set(name)) end
    if value == "" then return tell(name, preferences.saved()) end
    if setting.is_of_session then
      errors.raise("CommandError", ("%s is for one session: .%s %s"):format(name, name, value))
    end
    local new = value
    if value == "default" then new = setting.default end
    local problem = settings.set(name, new)
    if problem then errors.raise("CommandError", problem) end
    preferences.save(name, value ~= "default" and settings.word(settings.current[name]) or nil)
  end,
}
