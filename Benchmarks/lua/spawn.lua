-- Spawns tasks and awaits each.

local count = tonumber(arg[1])

async.scope(function(scope)
  local function number() return 42 end
  for _ = 1, count do assert(scope:spawn(number):await() == 42) end
end)
print("done")
