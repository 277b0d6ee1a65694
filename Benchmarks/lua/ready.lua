-- Awaits an operation that is ready at once, over and over: the result of an update that is known already.

local count, workflow, update, at_a_time = tonumber(arg[1]), arg[2], arg[3], tonumber(arg[4])

-- The id makes it the same update each time.
local u = client:get_workflow_handle(workflow):start_update {
  "append", args = { 42 }, id = update, wait_for_stage = "COMPLETED",
}
local known = u:result()

async.scope(function(scope)
  for _ = 1, at_a_time do
    scope:spawn(function()
      for _ = 1, count // at_a_time do assert(u:result() == known) end
    end)
  end
end)
print("done")
