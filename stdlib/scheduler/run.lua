--- Running a program: root tasks, the loop, Ctrl-C, deadlocks, the end.

local await = require "moondial.scheduler.await"
local cancel = require "moondial.scheduler.cancel"
local coroutines = require "moondial.scheduler.coroutines"
local errors = require "moondial.errors"
local ready = require "moondial.scheduler.ready"
local shared = require "moondial.scheduler.state"
local tasks = require "moondial.scheduler.tasks"

local co_close = coroutine.close
local concat, remove, unpack = table.concat, table.remove, table.unpack
local error, ipairs, pcall, tostring, type = error, ipairs, pcall, tostring, type
local gsub, huge = string.gsub, math.huge
local DONE, ended = shared.DONE, shared.ended

---@class moondial.scheduler.run
local run = {}

local roots = {}
---@type moondial.Task?
local foreground
local in_shutdown, hurry, insists = false, false, false

--- A Ctrl-C: cancels the task in the foreground; a second one closes it, for it may catch every error that is raised in
--- it. During the shutdown it ends the patience.
function await.on_interrupt()
  if in_shutdown then
    hurry = true
  elseif foreground then
    insists = foreground.cancelled ~= nil
    cancel.task(foreground, errors.new("Interrupted", "interrupted"))
  end
end

-- Calls visit(task, depth) for a task and all below it; parents first.
local function walk(task, visit, depth)
  visit(task, depth)
  for _, resource in ipairs(task.owned or {}) do
    if type(resource) == "table" and resource.children then
      for index = 1, resource.count do
        if resource.children[index] then
          walk(resource.children[index], visit, depth + 1)
        end
      end
    end
  end
end

-- What every task below a root waits for, and where.
local function explain(root)
  local out = {}
  walk(root, function(task, depth)
    local indent = ("  "):rep(depth)
    out[#out + 1] = indent .. task:label() .. ", waiting for: " .. tostring(shared.reason(task))
      .. (task.site and ", spawned at " .. task.site or "")
    local trace = type(task.body) == "thread"
      and errors.visible(coroutines.traceback(coroutines.innermost(task.body))) or ""
    if trace ~= "" then
      out[#out + 1] = gsub(trace, "[^\n]+", indent .. "%0")
    end
  end, 0)
  return concat(out, "\n")
end

-- Last resort: closes the coroutines of tasks that cannot be unwound any more, the deepest first.
local function abandon(root, marker)
  local doomed = {}
  walk(root, function(task)
    doomed[#doomed + 1] = task
  end, 0)
  for index = #doomed, 1, -1 do
    local task = doomed[index]
    shared.current, shared.abandoning = task, marker
    local co = type(task.body) == "thread" and coroutines.innermost(task.body)
    while co do
      local outer = coroutines.resumers[co]
      pcall(co_close, co)
      co = outer
    end
    while task.owned and #task.owned > 0 do
      pcall(tasks.close, remove(task.owned), marker)
    end
    shared.current, shared.abandoning = nil, nil
    if not ended[task.state] then
      task.cancelled = task.cancelled or marker
      tasks.finish(task, false, task.cancelled)
    end
  end
end

-- Nothing can happen any more. The tasks are unwound by an error; those that resist are closed.
local function deadlock(root)
  local marker = root.cancelled
  if not marker then
    marker = errors.new("DeadlockError", "every task waits and no operation is in flight",
      { explanation = explain(root), traceback = false })
    cancel.task(root, marker)
  end
  if not await.is_busy() then
    abandon(root, marker)
  end
end

--- Creates a root task, which belongs to no scope. It runs while `run` or `shutdown` does.
---@param name string?
---@param fn function
---@return moondial.Task
function run.start(name, fn, ...)
  local task = tasks.spawn(nil, nil, name, fn, ...)
  roots[#roots + 1] = task
  return task
end

local function outcome(task)
  if task.state == DONE then
    return true, unpack(task, 1, task.on)
  end
  return false, task[1]
end

local function forget_root(root)
  for index, task in ipairs(roots) do
    if task == root then
      remove(roots, index)
      return
    end
  end
end

--- Runs a function as the task in the foreground, until it and all it spawned have ended.
---@param fn function
---@return boolean ok
---@return any ... its results, or the error
function run.run(fn, ...)
  if shared.current then
    error("scheduler.run inside of a task", 2)
  end
  local root = run.start("main", fn, ...)
  foreground, insists = root, false
  while not ended[root.state] do
    tasks.turn()
    if ended[root.state] then
      break
    elseif insists and not await.is_in_flight() then
      -- Tasks whose operations are in flight would be woken by them after their end.
      abandon(root, root.cancelled)
    elseif ready.count() > 0 then
      await.pump(0)
    elseif await.is_busy() then
      await.pump(nil)
    else
      deadlock(root)
    end
  end
  foreground = nil
  forget_root(root)
  return outcome(root)
end

local function is_alive()
  for index = #roots, 1, -1 do
    if ended[roots[index].state] then
      remove(roots, index)
    end
  end
  return #roots > 0
end

--- Cancels everything and waits for it, but not longer than `timeout`, nor after a Ctrl-C; then closes what is left.
--- The scheduler is of no use afterwards.
---@param timeout? number seconds, without limit if nil
---@return boolean clean whether everything ended by itself
function run.shutdown(timeout)
  if shared.current then
    error("scheduler.shutdown inside of a task", 2)
  end
  local marker = errors.new("CancelledError", "the program is ending", { traceback = false })
  local deadline = await.now() + (timeout or huge)
  in_shutdown, hurry = true, false
  for _, root in ipairs(roots) do
    cancel.task(root, marker)
  end
  local function left()
    return hurry and 0 or deadline - await.now()
  end
  while is_alive() and left() > 0 and await.is_busy() do
    tasks.turn()
    if is_alive() then
      await.pump(ready.count() > 0 and 0 or left())
    end
  end
  local clean = not is_alive()
  for _, root in ipairs(roots) do
    abandon(root, marker)
  end
  while await.is_in_flight() and left() > 0 do
    await.pump(left())
  end
  clean = clean and not await.is_in_flight()
  await.drop_completed()
  in_shutdown = false
  return clean
end

--- Ends the program from within: cancels the task in the foreground and raises an error of kind "Exit", which `run`
--- returns; its `code` is the exit code.
---@param code? integer|boolean as for os.exit
function run.exit(code)
  if code == nil or code == true then
    code = 0
  elseif code == false then
    code = 1
  end
  local marker = errors.new("Exit", "exit with code " .. tostring(code), { code = code, traceback = false })
  if foreground then
    cancel.task(foreground, marker)
  end
  error(marker, 0)
end

return run
