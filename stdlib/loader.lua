--- Makes the library's modules known to `require`.
---
--- This chunk is called with `load_module(name)`, which gives a module's chunk as a function, or nil.

local load_module = ...

-- The names that scripts `require`. All other modules are required as "moondial.<name>", which leaves the plain names
-- to the scripts' own modules.
local public = { async = true, json = true, temporal = true }

table.insert(package.searchers, 2, function(name)
  if public[name] then
    return function() return require("moondial." .. name) end, name
  end
  local module = name:match("^moondial%.(.+)$")
  local chunk = module and load_module(module)
  if not chunk then return ("no module '%s' in Moondial's library"):format(name) end
  return chunk, name
end)
