-- Describes the workflows bench-0, bench-1, … over and over, one after the other or so many at a time.

local count, at_a_time, workflows = tonumber(arg[1]), tonumber(arg[2]), tonumber(arg[3])

local function describe(id)
  return client:get_workflow_handle(id):describe().id == id
end

local ids = {}
for i = 1, count do ids[i] = ("bench-%d"):format((i - 1) % workflows) end

local seen = 0
if at_a_time == 1 then
  for _, id in ipairs(ids) do
    if describe(id) then seen = seen + 1 end
  end
else
  for _, same in ipairs(async.map(ids, describe, { limit = at_a_time })) do
    if same then seen = seen + 1 end
  end
end
print(seen)
