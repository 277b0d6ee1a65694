--- What the prompt finds in the user's configuration folder: the settings that last, and init.lua.

local errors = require("moondial.errors")
local escape = require("moondial.escape")
local native = require("moondial.native")
local scheduler = require("moondial.scheduler")
local settings = require("moondial.settings")

---@class moondial.preferences
local preferences = {}

--- Where the folder is; nil where there is no home.
---@return string?
function preferences.folder()
  local config = os.getenv("XDG_CONFIG_HOME")
  if config and config:sub(1, 1) == "/" then return config .. "/moondial" end
  local home = os.getenv("HOME")
  return home and home ~= "" and home .. "/.config/moondial" or nil
end

local function warn(text) io.stderr:write("moondial: ", escape.text(text), "\n") end

--- The settings that last: the word for each by its name. What is not known here, a newer version may know.
---@return table<string, string>
function preferences.saved()
  local folder, saved = preferences.folder(), {}
  local file = folder and io.open(folder .. "/settings")
  if not file then return saved end
  local _ <close> = file
  for line in file:lines() do
    local name, word = line:match("^%s*([%w_]+)%s*=%s*(.-)%s*$")
    if name then saved[name] = word end
  end
  return saved
end

--- Makes a setting last, or no longer.
---@param name string
---@param word? string nil: no longer
function preferences.save(name, word)
  local folder = preferences.folder()
  if not folder then errors.raise("CommandError", "there is no home to keep settings in") end
  local saved, lines = preferences.saved(), {}
  saved[name] = word
  for known, value in pairs(saved) do lines[#lines + 1] = ("%s = %s\n"):format(known, value) end
  table.sort(lines)
  local problem = native.write_private(folder .. "/settings", table.concat(lines))
  if problem then errors.raise("CommandError", problem) end
end

-- Of the command line, the output mode is stronger.
local function take_saved(options)
  for name, word in pairs(preferences.saved()) do
    if name ~= "output" or not options.output then
      local setting = settings.of(name)
      local problem = setting and setting.is_of_session and name .. " does not last" or settings.set(name, word)
      if problem then warn(("%s/settings: %s"):format(preferences.folder(), problem)) end
    end
  end
end

--- Takes the settings that last, and then runs init.lua as if it were entered. What is wrong with it is told in a line,
--- and does not keep the prompt from coming.
---@param options table the session's
---@param env table the globals
function preferences.take(options, env)
  local folder = options.reads_init and preferences.folder()
  if not folder then return end
  take_saved(options)
  local path = folder .. "/init.lua"
  local file = io.open(path)
  if not file then return end
  file:close()
  local ok, e = scheduler.run(function() require("moondial.commands.load").run(path, env) end)
  if not ok and not errors.is_error(e, "Exit") then warn(errors.line(e)) end
end

return preferences
