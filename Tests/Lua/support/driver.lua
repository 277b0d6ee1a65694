--- Runs the specs of a folder: those in files named `<name>_spec.lua`.

local spec = require "support.spec"

--- Runs them all, or only those named, prints the totals, and ends the process.
---@param root string the project, from here; specs get it as their argument
---@param folder string within the project
---@param names string[]
return function(root, folder, names)
  local wanted = {}
  for _, name in ipairs(names) do
    wanted[name .. "_spec.lua"] = true
  end
  local listing = assert(io.popen(('ls "%s/%s"'):format(root, folder)))
  local files = {}
  for file in listing:lines() do
    if file:match("_spec%.lua$") and (not next(wanted) or wanted[file]) then
      files[#files + 1] = file
    end
  end
  listing:close()
  for _, file in ipairs(files) do
    -- Read here, so that the chunk name does not depend on where the driver was started.
    local path = folder .. "/" .. file
    local source = assert(io.open(root .. "/" .. path, "r"))
    local text = source:read("a")
    source:close()
    assert(load(text, "@" .. path, "t"))(root)
  end
  local passed, failed = spec.totals()
  print(("%d passed, %d failed"):format(passed, failed))
  os.exit(failed == 0 and passed > 0, true)
end
