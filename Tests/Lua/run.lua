--- Runs the specs of stdlib, from anywhere; with names, only those suites' files.
---
---   lua5.4 Tests/Lua/run.lua [name…]     those that need nothing but Lua
---   moondial Tests/Lua/run.lua [name…]   those in session/, which need the program around them, but no server

local is_session = package.loaded["moondial.native"] ~= nil
local folder = arg[0]:match("^(.*)/[^/]*$") or "."
local root = folder .. "/../.."

package.path = folder .. "/?.lua;" .. package.path

-- Modules of stdlib have the names and chunk names that the program gives them.
local function find_module(name)
  local path = name:match("^moondial%.(.+)$")
  if not path then
    return nil
  end
  path = path:gsub("%.", "/") .. ".lua"
  local file, message = io.open(root .. "/stdlib/" .. path, "r")
  if not file then
    return message
  end
  local text = file:read("a")
  file:close()
  return assert(load(text, "=moondial/" .. path, "t")), path
end
if not is_session then table.insert(package.searchers, 2, find_module) end

require "support.driver"(root, is_session and "Tests/Lua/session" or "Tests/Lua", arg)
