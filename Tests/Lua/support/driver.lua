--- Runs the specs of a folder: those in files named `<name>_spec.lua`.

local spec = require "support.spec"

--- Runs them all, or only those named, prints the totals, and ends the process.
---@param folder string
---@param names string[]
return function(folder, names)
  local wanted = {}
  for _, name in ipairs(names) do
    wanted[name .. "_spec.lua"] = true
  end
  local listing = assert(io.popen(('ls "%s"'):format(folder)))
  local files = {}
  for file in listing:lines() do
    if file:match("_spec%.lua$") and (not next(wanted) or wanted[file]) then
      files[#files + 1] = file
    end
  end
  listing:close()
  for _, file in ipairs(files) do
    assert(loadfile(folder .. "/" .. file))()
  end
  local passed, failed = spec.totals()
  print(("%d passed, %d failed"):format(passed, failed))
  os.exit(failed == 0 and passed > 0, true)
end
