--- Random programs of scopes, timeouts, shields, generators, jobs and errors, whose calls go to a real server.
--- Whatever happens in them, a Ctrl-C too: every task ends, every closer runs once, and every call comes back.

local random = math.random

local folder = debug.getinfo(1, "S").source:match("^@(.*)/")
local file <close> = assert(io.open(folder .. "/tally.lua"))
local tally = assert(load(file:read("a"), "=moondial/soak/tally"))()

local M = { counts = tally.counts }

-- What the collector has not taken: tasks, handles and coroutines must all go.
local alive = setmetatable({}, { __mode = "k" })

local function track(value)
  alive[value] = true
  return value
end

--- What lives of the tracked values, in words.
---@return string[]
function M.alive()
  local list = {}
  for value in pairs(alive) do list[#list + 1] = tostring(value) end
  return list
end

local target

--- Names the workflows that the programs call: one that answers, and one that no worker attends to.
---@param attended string
---@param unattended string
function M.set_target(attended, unattended)
  target = { attended = attended, unattended = unattended }
end

local function handle(id) return track(client:get_workflow_handle(target[id or "attended"])) end

-- Its payloads go over HTTP to a codec.
local coded = temporal.connect { client.address, codec = { endpoint = os.getenv("MOONDIAL_SOAK_CODEC") .. "/zlib" } }

local calls = {
  function() return handle():describe() end,
  function() return handle():describe() end,
  function() return handle():query("contents") end,
  function() return handle():signal("release") end,
  function() return handle():execute_update("append_slowly", 1) end,
  function() return handle():result() end,
  function() return handle("unattended"):query("none") end,
  -- What the codec made of its argument the workflow cannot read.
  function() return coded:get_workflow_handle(target.attended):query("nth", 1) end,
  function() return client:get_workflow_handle("no such workflow"):describe() end,
  function()
    for event in handle():fetch_history_events { page_size = 1 } do
      local _ = function() return event end
      if random(2) == 1 then break end
    end
  end,
  function()
    for _ in handle():fetch_history_events { wait_new_event = true } do
      if random(4) == 1 then break end
    end
  end,
  function()
    for _ in client:list_workflows { page_size = 2 } do
      if random(3) == 1 then break end
    end
  end,
}

-- Some of these wait for ever; what surrounds them ends them.
local function call()
  return tally.counting("calls", calls[random(#calls)])
end

local function bounded_call()
  return async.timeout(random() * 0.05, call)
end

local function at_close()
  local what = random(6)
  if what == 1 then
    async.shield(function() pcall(bounded_call) end, { timeout = 1 })
  elseif what == 2 then
    pcall(bounded_call)
  elseif what == 3 then
    pcall(async.checkpoint)
  end
end

local act

local function body(depth)
  return tally.counting("tasks", tally.guarded, at_close, function()
    for _ = 1, random(3) do act(depth) end
  end)
end

local function spawn_some(scope, depth)
  local spawned = {}
  for index = 1, random(4) do spawned[index] = track(scope:spawn(body, depth - 1)) end
  for _ = 1, random(0, 3) do
    local task, what = spawned[random(#spawned)], random(6)
    if what == 1 then
      task:cancel("at random")
    elseif what == 2 then
      task:await()
    elseif what == 3 then
      pcall(task.await, task)
    elseif what == 4 then
      scope:cancel("all of it")
    else
      act(depth - 1)
    end
  end
end

local function some(depth) return function() act(depth - 1) end end

local choices = {
  bounded_call, bounded_call, bounded_call,
  function() pcall(bounded_call) end,
  function() async.sleep(random() * 0.01) end,
  function(depth) async.scope(spawn_some, depth) end,
  function(depth) pcall(async.scope, spawn_some, depth) end,
  function(depth)
    local scope <close> = async.open_scope()
    spawn_some(scope, depth)
  end,
  function(depth) async.timeout(random() * 0.05, act, depth - 1) end,
  function(depth) pcall(async.timeout, random() * 0.05, act, depth - 1) end,
  function(depth) async.shield(some(depth), { timeout = random() * 0.05 }) end,
  function(depth)
    local co = track(coroutine.create(function()
      tally.guarded(at_close, function()
        for _ = 1, random(3) do
          act(depth - 1)
          coroutine.yield(true)
        end
      end)
    end))
    -- One that is dropped while it is suspended is never unwound.
    local _ <close> = setmetatable({}, { __close = function() coroutine.close(co) end })
    while true do
      local ok, value = coroutine.resume(co)
      if not ok then error(value, 0) end
      if not value then break end
      act(depth - 1)
    end
  end,
  function() table.sort({ 3, 1, 2 }, function(a, b) bounded_call() return a < b end) end,
  function() return (("abc"):gsub(".", function() pcall(bounded_call) end)) end,
  function(depth) async.map({ 1, 2, 3, 4 }, some(depth), { limit = random(4) }) end,
  function(depth)
    for _ in async.each({ 1, 2, 3, 4 }, some(depth), { limit = random(4) }) do
      if random(3) == 1 then break end
    end
  end,
  function(depth) async.race { some(depth), some(depth) } end,
  function(depth) async.settle { some(depth), some(depth), some(depth) } end,
  function()
    local channel, semaphore = async.channel(random(0, 2)), async.semaphore(random(2))
    async.scope(function(scope)
      track(scope:spawn(function()
        local _ <close> = channel
        for index = 1, random(5) do
          local _ <close> = semaphore:acquire()
          channel:send(index)
        end
      end))
      for _ in channel do
        if random(4) == 1 then async.sleep(0) end
      end
    end)
  end,
  function() for _ = 1, 20000 do local _ = {} end end,
  function() error("random error") end,
}

local steps

function act(depth)
  steps = steps + 1
  if depth <= 0 or steps > 60 then
    bounded_call()
  else
    choices[random(#choices)](depth)
  end
end

local is_expected = { RPCError = true, CancelledError = true, TimeoutError = true, Interrupted = true,
  WorkflowQueryFailedError = true, WorkflowUpdateRPCTimeoutOrCancelledError = true, ValueError = true, Exit = true }

-- Raises what cannot have come from the program itself.
local function examine(e)
  local text = tostring(e)
  if not (text:find("random error", 1, true) or temporal.is_error(e) and is_expected[e.kind]) then
    error("UNEXPECTED " .. text .. "\n" .. tostring(type(e) == "table" and e.traceback), 0)
  end
end

--- Runs a program. What it raises is examined, and dropped.
---@param seed integer
function M.run(seed)
  math.randomseed(seed)
  steps = 0
  local ok, e = pcall(async.timeout, 1, body, 4)
  if not ok then examine(e) end
end

return M
