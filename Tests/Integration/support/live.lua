--- What the specs do with the server again and again.

local await = require "moondial.scheduler.await"
local spec = require "support.spec"

local live = {}

--- The task queue of Tests/Support/test_worker.py.
live.task_queue = os.getenv("MOONDIAL_TEST_TASK_QUEUE") or "moondial-test"

-- Other runs of the specs may use the same server.
local this_run, count = ("%016x"):format(math.random(0)), 0

--- An id that nothing else has.
---@param prefix? string
---@return string
function live.id(prefix)
  count = count + 1
  return ("%s-%s-%d"):format(prefix or "spec", this_run, count)
end

local started = {}

-- `{ type, args =, … }` with what a start must have, from that or from `type, argument…`.
local function start_arguments(first, ...)
  local arguments = first
  if type(first) ~= "table" or getmetatable(first) then
    arguments = { first, args = table.pack(...) }
  end
  arguments.id = arguments.id or live.id(tostring(arguments[1]))
  arguments.task_queue = arguments.task_queue or live.task_queue
  return arguments
end

--- Starts a workflow, which is terminated when the check or suite that starts it ends: `live.start(type, argument…)`,
--- or named as `client:start_workflow`, with an id and the test worker's task queue where they are left out.
function live.start(...)
  local handle = client:start_workflow(start_arguments(...))
  started[#started + 1] = handle
  return handle
end

--- Starts a workflow so, and gives its result.
function live.execute(...)
  return client:execute_workflow(start_arguments(...))
end

--- Starts a workflow whose task queue no worker polls, so that a query or an update of it hangs.
function live.start_unattended()
  return live.start { "Sleep", task_queue = live.id("nobody") }
end

--- The first event of a handle's run.
---@return table
function live.first_event(handle)
  local events <close> = handle:fetch_history_events()
  return events()
end

--- A client of a place where there is no server: a call that gets as far as sending raises a ConnectError.
live.nowhere = temporal.connect("127.0.0.1:1", { lazy = true })

--- Whether anything is on its way to the server or back.
live.is_in_flight = await.is_in_flight

--- Waits until a condition holds that nothing tells about, such as one of the visibility store.
---@param holds fun(): any
function live.wait_until(holds)
  while not holds() do
    async.sleep(0.02)
  end
end

--- Calls a function that must raise an error value; returns it.
---@param kind string
---@param part string what its text must contain
---@param f function
---@return table
function live.raises(kind, part, f, ...)
  local e = spec.raises(f, ...)
  if not temporal.is_error(e, kind) then
    error(("expected a %s, got %s"):format(kind, tostring(e)), 2)
  end
  if not tostring(e):find(part, 1, true) then
    error(("expected to find %q in %q"):format(part, tostring(e)), 2)
  end
  return e
end

--- Raises unless a value has this JSON text.
---@param value any
---@param text string
function live.is_json(value, text)
  local actual = json.encode(value)
  if actual ~= text then
    error(("expected %s, got %s"):format(text, actual), 2)
  end
end

local seconds_for_a_check = 60

-- One that has ended already is as good.
local function terminate_all(handles)
  async.map(handles, function(handle)
    local ok, e = pcall(handle.terminate, handle)
    assert(ok or e.status == "NOT_FOUND", e)
  end)
end

-- Terminates what the function starts when it has ended, by an error too.
local function cleaning_up(f)
  local outer, own = started, {}
  started = own
  local _ <close> = setmetatable({}, { __close = function()
    started = outer
    terminate_all(own)
  end })
  f()
end

--- Runs a suite as `spec.suite` does; a check that takes too long, or leaves something in flight, fails.
---@param name string
---@param body fun(it: fun(title: string, check: function))
function live.suite(name, body)
  local function run_check(check)
    async.timeout(seconds_for_a_check, check)
    assert(not await.is_in_flight(), "the check left a call in flight")
  end
  spec.suite(name, function(it)
    cleaning_up(function()
      body(function(title, check)
        it(title, function() cleaning_up(function() run_check(check) end) end)
      end)
    end)
  end)
end

return live
