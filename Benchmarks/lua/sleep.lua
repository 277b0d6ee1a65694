-- Many tasks that sleep, all at once.

local count, seconds = tonumber(arg[1]), tonumber(arg[2])

local awake = 0
async.scope(function(scope)
  for _ = 1, count do
    scope:spawn(function()
      async.sleep(seconds)
      awake = awake + 1
    end)
  end
  async.sleep(seconds)
end)
assert(awake == count)
print("done")
