--- Structured concurrency for scripts: tasks that end before the block that started them. Any function may suspend.
--
-- Tasks belong to a scope, which ends after all of them have. What is raised in one cancels the others.
-- Cancellation is raised at every suspension until the task ends; `shield` is for the cleanup that must still await.

local await = require "moondial.scheduler.await"
local cancel = require "moondial.scheduler.cancel"
local duration = require "moondial.duration"
local errors = require "moondial.errors"
local new_channel = require "moondial.async.channel"
local new_pace = require "moondial.async.pace"
local new_semaphore = require "moondial.async.semaphore"
local region = require "moondial.async.region"
local scopes = require "moondial.async.scope"
local shared = require "moondial.scheduler.state"
local tasks = require "moondial.scheduler.tasks"

local debug, error, getmetatable, min, pairs = debug, error, getmetatable, math.min, pairs
local rawequal, setmetatable, tostring = rawequal, setmetatable, tostring
local pack, type, unpack, xpcall = table.pack, type, table.unpack, xpcall
local sleep = await.sleep

---@class moondial.async
local async = {
  channel = new_channel,
  open_scope = scopes.open,
  scope = scopes.run,
  semaphore = new_semaphore,
}

-- A shell that maps over ten thousand handles must not start ten thousand calls at once.
local default_limit = 16

--- Suspends the running task for a time.
---     async.sleep("500ms")
---@param time number|string seconds, or text such as "1m30s"
function async.sleep(time)
  if type(time) ~= "number" or time ~= time then
    time = duration.parse(time)
  end
  return sleep(time)
end

--- Lets the other tasks run once; raises the cancellation, if there is one. For long loops that never wait.
---     for i = 1, 1e6 do work(i); if i % 1000 == 0 then async.checkpoint() end end
function async.checkpoint()
  return sleep(0)
end

--- Tells whether the running code has been cancelled.
---     if async.cancelled() then return end
---@return any # the error that the next suspension will raise, or nil
function async.cancelled()
  local task = shared.current
  return task and cancel.cancellation(task) or nil
end

-- Regions ------------------------------------------------------------------------------------------------------------

local function refuse(what, problem)
  errors.raise("TypeError", ("async.%s: %s"):format(what, problem))
end

local function check_function(fn, what)
  if type(fn) ~= "function" and not (debug.getmetatable(fn) or {}).__call then
    refuse(what, "a function expected, got " .. type(fn))
  end
end

--- Calls `fn(…)` and returns what it returns, unless it takes longer than a time: then it is cancelled by an error of
--- kind "TimeoutError", which is raised here when it has stopped.
---     local ok, e = pcall(async.timeout, "10s", h.result, h)
---@param time number|string seconds, or text such as "1m30s"
---@param fn function what to call
---@param ... any its arguments
---@return any ... # what `fn` returns
function async.timeout(time, fn, ...)
  local seconds = duration.parse(time)
  check_function(fn, "timeout")
  cancel.check()
  local _ <close> = region.enter("async.timeout", {}, seconds)
  return fn(...)
end

--- Calls `fn()` shielded from the cancellation of what surrounds it: for cleanup that has to await.
---     async.shield(function() h:cancel() end, { timeout = "5s" })
---@param fn function what to call
---@param options? {timeout?: number|string} `timeout`: the time after which it is cancelled itself
---@return any ... # what `fn` returns
function async.shield(fn, options)
  local timeout = options and options.timeout
  local _ <close> = region.enter("async.shield", { shield = true }, timeout and duration.parse(timeout))
  return fn()
end

-- Combinators --------------------------------------------------------------------------------------------------------

-- Calls fn under xpcall, but lets the cancellation of the running task pass.
local function passing(ok, ...)
  if not ok and rawequal((...), async.cancelled()) then
    error((...), 0)
  end
  return ok, ...
end

local function attempt(fn, ...)
  return passing(xpcall(fn, tasks.handler, ...))
end

-- A list and its length. What a loop iterates over, such as client:list_workflows(), is read to its end first.
local function list_of(items, what)
  local metatable = getmetatable(items)
  if type(items) == "table" and not (metatable and metatable.__call) then
    return items, items.n or #items
  elseif type(items) ~= "table" and type(items) ~= "function" then
    refuse(what, "a list or an iterator expected, got " .. type(items))
  end
  local list, n = {}, 0
  for item in items do
    n = n + 1
    list[n] = item
  end
  return list, n
end

-- The options that tell how to go about many: how many at once, and the pace, if there is one.
local function options_of(options, what)
  if options ~= nil and type(options) ~= "table" then
    refuse(what, "a table of options expected, got " .. type(options))
  end
  for name in pairs(options or {}) do
    if name ~= "limit" and name ~= "rate" then
      refuse(what, ("there is no option '%s'; there are limit and rate"):format(tostring(name)))
    end
  end
  local limit = options and options.limit or default_limit
  if type(limit) ~= "number" or limit < 1 then
    refuse(what, "limit must be a number from 1 on")
  end
  local rate = options and options.rate
  if rate ~= nil and (type(rate) ~= "number" or rate ~= rate or rate <= 0) then
    refuse(what, "rate must be a number above 0")
  end
  return limit, rate and new_pace(rate)
end

-- Runs do_one(index) for 1 … n in a scope, no more than `limit` at once; taken up in order, at the pace.
local function work(scope, site, n, limit, pace, do_one)
  local taken = 0
  local function worker()
    while taken < n do
      taken = taken + 1
      local index = taken
      if pace then pace:wait() end
      do_one(index)
    end
  end
  for _ = 1, min(n, limit) do
    scopes.spawn(scope, site, nil, worker)
  end
end

--- Calls `fn(item, index)` for all items, several at once, and returns the results in the order of the items.
--- The first failure cancels the rest and is raised.
---     local all = async.map(handles, function(h) return h:describe().status end)
---@param items any[]|function a list, whose `n`, where it has one, is its length; or an iterator, read to its end first
---@param fn fun(item: any, index: integer): any what to call for each
---@param options? {limit?: number, rate?: number} `limit`: how many at once; 16 by default, math.huge for all; `rate`:
---  how many a second at most
---@return any[] # the results, a list
function async.map(items, fn, options)
  local limit, pace = options_of(options, "map")
  local results, site = {}, tasks.site(2)
  check_function(fn, "map")
  local list, n = list_of(items, "map")
  scopes.run(function(scope)
    work(scope, site, n, limit, pace, function(index)
      results[index] = fn(list[index], index)
    end)
  end)
  return results
end

--- `for item, ok, value in async.each(items, fn) do`: calls `fn(item, index)` for all items, several at once, and gives
--- the results as they come; where `ok` is false, `value` is the error. Leaving the loop cancels the rest.
---     for h, ok, value in async.each(handles, function(h) return h:result() end) do
---       print(h, ok, value)
---     end
---@param items any[]|function a list without nils, or an iterator, which is read to its end first
---@param fn fun(item: any, index: integer): any what to call for each
---@param options? {limit?: number, rate?: number} `limit`: how many at once; 16 by default, math.huge for all; `rate`:
---  how many a second at most
---@return function # an iterator for a generic `for`
function async.each(items, fn, options)
  local limit, pace = options_of(options, "each")
  local site = tasks.site(2)
  check_function(fn, "each")
  local list, n = list_of(items, "each")
  local scope, results, given, got = nil, {}, 0, 0
  local consumer = {}

  local function do_one(index)
    local ok, value = attempt(fn, list[index], index)
    got = got + 1
    results[got] = { list[index], ok, value }
    cancel.wake_first(consumer)
  end

  local function next_result()
    if given == n then
      return nil
    end
    cancel.check()
    if not scope then
      scope = scopes.open_detached()
      work(scope, site, n, limit, pace, do_one)
    end
    while given == got do
      cancel.wait_in(consumer, "the next result", "a task")
      if given == got then
        cancel.check()
      end
    end
    given = given + 1
    local result = results[given]
    results[given] = nil
    return result[1], result[2], result[3]
  end

  local closing = setmetatable({}, { __close = function()
    given, n = n, n
    if scope then
      scopes.abort(scope)
    end
  end })
  return next_result, nil, nil, closing
end

--- Calls all functions at once and returns what the first to end returns, or raises its error. The others are
--- cancelled, and have ended, by then.
---     async.race{ function() return h:result() end, function() return ask() end }
---@param functions function[] at least one
---@return any ... # what the fastest returned
function async.race(functions)
  local site, winner = tasks.site(2), nil
  local list, n = list_of(functions, "race")
  if n == 0 then
    refuse("race", "at least one function expected")
  end
  scopes.run(function(scope)
    local first = {}
    for index = 1, n do
      scopes.spawn(scope, site, nil, function()
        local result = pack(attempt(list[index]))
        winner = winner or result
        cancel.wake_first(first)
      end)
    end
    cancel.wait_in(first, "the first to end", "a task")
    cancel.check()
    scope:cancel("another one was faster")
  end)
  if winner[1] then
    return unpack(winner, 2, winner.n)
  end
  error(winner[2], 0)
end

--- Calls all functions, several at once, and returns how each ended: `{ok = true, value = …}` or
--- `{ok = false, error = …}`, in their order. Raises nothing of theirs.
---     local ends = async.settle{ function() return h:result() end, finish }
---     print(ends[1].ok, ends[1].value, ends[2].error)
---@param functions function[] a list
---@param options? {limit?: number, rate?: number} `limit`: how many at once; 16 by default, math.huge for all; `rate`:
---  how many a second at most
---@return table[] # a list of tables, one for each function
function async.settle(functions, options)
  local limit, pace = options_of(options, "settle")
  local results, site = {}, tasks.site(2)
  local list, n = list_of(functions, "settle")
  scopes.run(function(scope)
    work(scope, site, n, limit, pace, function(index)
      local ok, value = attempt(list[index])
      results[index] = ok and { ok = true, value = value } or { ok = false, error = value }
    end)
  end)
  return results
end

return async
