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

local spec = require "support.spec"

local specs = is_session and "/session/" or "/"
local listing = assert(io.popen(('ls "%s"'):format(folder .. specs)))
local files = {}
for file in listing:lines() do
  if file:match("_spec%.lua$") then
    files[#files + 1] = file
  end
end
listing:close()
assert(#files > 0, "no specs in " .. folder .. specs)

local wanted = {}
for _, name in ipairs(arg) do
  wanted[name .. "_spec.lua"] = true
end

for _, file in ipairs(files) do
  if not next(wanted) or wanted[file] then
    -- Read here, so that the chunk name does not depend on where the driver was started.
    local source = assert(io.open(folder .. specs .. file, "r"))
    local text = source:read("a")
    source:close()
    assert(load(text, "@Tests/Lua" .. specs .. file, "t"))(root)
  end
end

local passed, failed = spec.totals()
print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0 and passed > 0, true)
