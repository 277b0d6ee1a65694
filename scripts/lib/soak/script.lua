--- A script that runs random programs until it is interrupted, or ends by itself in one of the ways.

local programs = require "programs"

local seed = tonumber(arg[1])
programs.set_target(arg[2], arg[3])

print("ready")
io.stdout:flush()
math.randomseed(seed)
local way, rounds = math.random(5), math.random(4)
for _ = 1, 3 do spawn(function() for n = 1, rounds do programs.run(seed + n) end end) end
programs.run(seed)
if way == 1 then os.exit(7) end
if way == 2 then os.exit(7, true) end
if way == 3 then error("random error") end
