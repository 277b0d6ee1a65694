--- Runs the specs of stdlib: `lua5.4 Tests/Lua/run.lua [name…]`, from anywhere; with names, only those suites' files.

local folder = arg[0]:match("^(.*)/[^/]*$") or "."
local root = folder .. "/../.."

package.path = folder .. "/?.lua;" .. package.path

-- Modules of stdlib have the names and chunk names that the program gives them.
table.insert(package.searchers, 2, function(name)
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
end)

require "support.driver"(folder, arg)
