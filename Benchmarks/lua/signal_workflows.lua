-- Signals the workflows bench-open-0, bench-open-1, … in turn, so many at a time.

local count, at_a_time, workflows = tonumber(arg[1]), tonumber(arg[2]), tonumber(arg[3])

local handles, numbers = {}, {}
for i = 1, workflows do handles[i] = client:get_workflow_handle(("bench-open-%d"):format(i - 1)) end
for i = 1, count do numbers[i] = i end

local sent = 0
async.map(numbers, function(number)
  handles[number % workflows + 1]:signal("put", number)
  sent = sent + 1
end, { limit = at_a_time })
print(sent)
