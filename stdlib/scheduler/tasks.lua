--- Tasks: spawned, started, stepped, ended; what they own is closed with them.

local cancel = require "moondial.scheduler.cancel"
local coroutines = require "moondial.scheduler.coroutines"
local errors = require "moondial.errors"
local ready = require "moondial.scheduler.ready"
local shared = require "moondial.scheduler.state"

local co_close, co_create, co_running, co_status =
  coroutine.close, coroutine.create, coroutine.running, coroutine.status
local error, getmetatable, pcall, rawequal, rawget = error, getmetatable, pcall, rawequal, rawget
local select, setmetatable, type, xpcall = select, setmetatable, type, xpcall
local find, getinfo, pack, unpack, remove = string.find, debug.getinfo, table.pack, table.unpack, table.remove
local TOKEN, push, pop, ready_count = coroutines.TOKEN, ready.push, ready.pop, ready.count
local wake_first = cancel.wake_first
local START, DONE, FAILED, CANCELLED = shared.START, shared.DONE, shared.FAILED, shared.CANCELLED
local Task = shared.Task
local weak = { __mode = "k" }

---@class moondial.scheduler.tasks
local tasks = {}

-- The stock function, even if the replaced one is installed by the time the host is attached; or the host's.
local stock_resume = coroutine.resume
local co_resume

--- Takes over the host's function.
---@param host table see scheduler.lua
function tasks.attach(host)
  co_resume = host.resume or stock_resume
  coroutines.attach(co_resume)
end

local sites = setmetatable({}, weak)

--- Where the function at a level is being executed, "file:line"; where its caller is, if it is written in C.
---@param level integer as for debug.getinfo, as seen by the caller
---@return string
function tasks.site(level)
  local info
  repeat
    level = level + 1
    info = getinfo(level, "fl")
  until not info or info.currentline > 0
  if not info then
    return "?"
  end
  local lines = sites[info.func]
  if not lines then
    lines = {}
    sites[info.func] = lines
  end
  local line = info.currentline
  local site = lines[line]
  if not site then
    local source = getinfo(info.func, "S").short_src
    -- Who calls in the place of its return is gone: then what is found is what ran it.
    site = find(source, "^moondial/") and "a tail call" or source .. ":" .. line
    lines[line] = site
  end
  return site
end

local sequence = 0

--- Creates a task. It starts when the running one is next suspended.
---@param scope table? the scope whose child it is
---@param site string? where it was spawned
---@param name string?
---@param fn function
---@return moondial.Task
function tasks.spawn(scope, site, name, fn, ...)
  sequence = sequence + 1
  -- The slot and the tail of those who await it are nil yet; named here, they have their places from the start.
  local task = setmetatable({ body = fn, name = name or sequence, scope = scope, site = site, slot = nil, tail = nil,
    state = START, on = select("#", ...), ... }, Task)
  if scope then
    local slot = scope.count + 1
    scope.count, scope.live = slot, scope.live + 1
    scope.children[slot] = task
    task.slot = slot
  end
  push(task)
  return task
end

-- The children keep the order in which they were spawned; holes are closed when they are the greater part.
local function release(scope, task)
  local children, live = scope.children, scope.live - 1
  children[task.slot] = false
  scope.live = live
  if live == 0 then
    scope.count = 0
    wake_first(scope)
  elseif scope.count > 2 * live + 32 then
    local kept, count = {}, 0
    for index = 1, scope.count do
      local child = children[index]
      if child then
        count = count + 1
        kept[count], child.slot = child, count
      end
    end
    scope.children, scope.count = kept, count
  end
end

--- Ends a task: keeps its results, wakes those who await it, tells its scope; calls the `on_end` of a root task.
---@param task moondial.Task
---@param ok boolean
local function finish(task, ok, ...)
  local n, scope, reason = select("#", ...), task.scope, nil
  if n > 0 then
    task[1] = ...
    for index = 2, n do
      task[index] = (select(index, ...))
    end
  end
  task.body, task.regions, task.on = nil, nil, n
  if ok then
    task.state = DONE
  else
    reason = ...
    task.state = task.cancelled ~= nil and task.cancelled == reason and CANCELLED or FAILED
    if task.state == FAILED and task.site and getmetatable(reason) == errors.Error then
      errors.note_task(reason, task:label(), task.site)
    end
  end
  while task.tail do
    wake_first(task)
  end
  if scope then
    if task.state == FAILED then
      scope:failed(reason)
    end
    release(scope, task)
  elseif task.on_end then
    task:on_end()
  end
end
tasks.finish = finish

--- The message handler below every task and scope: collects the traceback through all nested coroutines.
local function handler(value)
  if getmetatable(value) == errors.Error and rawget(value, "traceback") ~= nil then
    return value
  end
  return errors.wrap(value, coroutines.traceback(co_running()))
end
tasks.handler = handler

-- Strings and other values stay as they are: what a script raises is what it catches.
local function keep_traceback(value)
  if getmetatable(value) == errors.Error and rawget(value, "traceback") == nil then
    value.traceback = coroutines.traceback(co_running())
  end
  return value
end

--- `pcall`; an error value that it catches has the traceback of where it was raised.
---@param fn function
---@return boolean ok
---@return any ...
function tasks.pcall(fn, ...)
  return xpcall(fn, keep_traceback, ...)
end

--- Makes the running task close a resource when it ends, whatever happens to the variable that holds it.
--- Lua 5.4.4 does not call a loop's closing value after `break` when the loop variable was captured (fixed in 5.4.5).
---@generic T
---@param resource T a value with a __close metamethod, or a function to call
---@return T
function tasks.own(resource)
  local task = shared.current or error("nothing can be owned outside of a task", 2)
  if type(resource) ~= "function" and not (getmetatable(resource) or {}).__close then
    error("a value with a __close metamethod or a function expected, got " .. type(resource), 2)
  end
  local owned = task.owned
  if not owned then
    owned = {}
    task.owned = owned
  end
  owned[#owned + 1] = resource
  return resource
end

--- Ends the ownership: the resource has been closed.
---@param resource any
---@param task? moondial.Task the one that owns it; else the running one
function tasks.disown(resource, task)
  task = task or shared.current
  local owned = task and task.owned or {}
  for index = #owned, 1, -1 do
    if rawequal(owned[index], resource) then
      remove(owned, index)
      return
    end
  end
end

--- Closes a resource.
---@param resource any a value with a __close metamethod, or a function
---@param reason any the error because of which it is closed, if any
local function close(resource, reason)
  if type(resource) == "function" then
    return resource(reason)
  end
  getmetatable(resource).__close(resource, reason)
end

tasks.close = close

-- Runs in a coroutine of its own, shielded; newest first. The first failure is what the task ends with.
local function close_owned(task, ok, ...)
  local results, owned = pack(...), task.owned
  cancel.enter { shield = true }
  while #owned > 0 do
    local closed, problem = xpcall(close, handler, remove(owned), not ok and results[1] or nil)
    if not closed and ok then
      ok, results = false, pack(problem)
    elseif not closed then
      errors.add_also(results[1], problem)
    end
  end
  if not ok then
    error(results[1], 0)
  end
  return unpack(results, 1, results.n)
end

local advance

local function conclude(task, ok, ...)
  local owned = task.owned
  if not owned or #owned == 0 then
    return finish(task, ok, ...)
  end
  task.body, task.regions = co_create(xpcall), nil
  return advance(task, co_resume(task.body, close_owned, handler, task, ok, ...))
end

-- After a coroutine came back: it waits, or has ended with xpcall's results, or something is wrong.
function advance(task, ok, ...)
  if not ok then
    -- Not even xpcall caught it: the C stack overflowed, or the message handler failed.
    conclude(task, false, errors.wrap((...), coroutines.traceback(task.body)))
  elseif (...) ~= TOKEN and co_status(task.body) == "dead" then
    conclude(task, ...)
  elseif (...) ~= TOKEN then
    -- Yielded by the stock function, kept from before it was replaced.
    local stray = coroutines.stray_yield()
    stray.traceback = coroutines.traceback(task.body)
    pcall(co_close, task.body)
    conclude(task, false, stray)
  end
  shared.current = nil
end

local function begin(task, fn, n, ...)
  for index = 1, n do
    task[index] = nil
  end
  return advance(task, co_resume(task.body, fn, handler, ...))
end

local function step(task)
  if not task.state then
    shared.current = task
    return advance(task, co_resume(task.body))
  elseif task.state ~= START then
    return  -- closed while it was ready
  elseif task.cancelled then
    return finish(task, false, task.cancelled)
  end
  local fn, n = task.body, task.on
  -- The body is xpcall itself: closers of a failing task run while its coroutine can still be suspended.
  task.body, task.state, task.on = co_create(xpcall), nil, nil
  shared.current = task
  return begin(task, fn, n, unpack(task, 1, n))
end

--- Runs each task that is ready now, once.
function tasks.turn()
  for _ = 1, ready_count() do
    step(pop())
  end
end

return tasks
