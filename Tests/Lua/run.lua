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

local spec = require "support.spec"

local listing = assert(io.popen(('ls "%s"'):format(folder)))
local files = {}
for file in listing:lines() do
  if file:match("_spec%.lua$") then
    files[#files + 1] = file
  end
end
listing:close()
assert(#files > 0, "no specs in " .. folder)

local wanted = {}
for _, name in ipairs(arg) do
  wanted[name .. "_spec.lua"] = true
end

for _, file in ipairs(files) do
  if not next(wanted) or wanted[file] then
    -- Read here, so that the chunk name does not depend on where the driver was started.
    local source = assert(io.open(folder .. "/" .. file, "r"))
    local text = source:read("a")
    source:close()
    assert(load(text, "@Tests/Lua/" .. file, "t"))()
  end
end

local passed, failed = spec.totals()
print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0 and passed > 0, true)
