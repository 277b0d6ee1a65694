-- Calls, arithmetic and tables, and nothing else; stock Lua runs it, too.

local count = tonumber(arg[1])

local function step(list, i)
  local slot = i % 100 + 1
  list[slot] = (list[slot] or 0) + i
end

local list = {}
for i = 1, count do step(list, i) end
print("done")
