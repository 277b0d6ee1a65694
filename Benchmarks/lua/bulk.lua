-- Describes so many ids in a bulk, so many at a time and, if there is a rate, so many a second: prints how many were
-- done, and the rate that was kept.

local count, at_a_time, rate = tonumber(arg[1]), tonumber(arg[2]), tonumber(arg[3])

local taken = 0
local function ids()
  taken = taken + 1
  return taken <= count and ("bench-%d"):format((taken - 1) % 2000) or nil
end

local first, last
local r = temporal.bulk(ids, function(id)
  last = temporal.now()
  first = first or last
  client:get_workflow_handle(id):describe()
end, { limit = at_a_time, rate = rate, save = os.tmpname() })
print(r.done, ("%.2f"):format((count - 1) / (last - first)))
os.remove(r.saved)
