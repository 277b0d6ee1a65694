--- Root tasks, which belong to no scope, and the trees of tasks below them.

local cancel = require "moondial.scheduler.cancel"
local coroutines = require "moondial.scheduler.coroutines"
local shared = require "moondial.scheduler.state"
local tasks = require "moondial.scheduler.tasks"
local waits = require "moondial.scheduler.waits"

local co_close = coroutine.close
local concat, remove = table.concat, table.remove
local ipairs, pcall, type = ipairs, pcall, type
local gsub = string.gsub
local CANCELLING, OPERATION, ended = shared.CANCELLING, shared.OPERATION, shared.ended

---@class moondial.scheduler.roots
local roots = {}

local list = {}

--- Creates a root task. It runs while `run`, `serve` or `shutdown` does.
---@param name string?
---@param site string? where it was spawned
---@param fn function
---@return moondial.Task # when it has ended, its `on_end` is called, if it has one
function roots.start(name, site, fn, ...)
  local task = tasks.spawn(nil, site, name, fn, ...)
  list[#list + 1] = task
  return task
end

--- The roots that have not ended. They may end while the list is gone through.
---@return moondial.Task[]
function roots.alive()
  local kept = {}
  for _, root in ipairs(list) do
    if not ended[root.state] then
      kept[#kept + 1] = root
    end
  end
  list = kept
  return kept
end

-- Calls visit(task, depth) for a task and all below it, parents first, until it returns true; tells whether it did.
local function walk(task, visit, depth)
  if visit(task, depth) then
    return true
  end
  for _, resource in ipairs(task.owned or {}) do
    if type(resource) == "table" and resource.children then
      for index = 1, resource.count do
        local child = resource.children[index]
        if child and walk(child, visit, depth + 1) then
          return true
        end
      end
    end
  end
  return false
end

--- A root and all tasks below it, parents first.
---@param root moondial.Task
---@param into moondial.Task[] appended to
function roots.collect(root, into)
  walk(root, function(task)
    into[#into + 1] = task
  end, 0)
end

--- Whether a task is a root or below it.
---@param task moondial.Task?
---@param root moondial.Task?
---@return boolean
function roots.is_below(task, root)
  while task and task ~= root do
    task = task.scope and task.scope.owner
  end
  return task ~= nil
end

--- Whether operations of a root, or of a task below it, are in flight.
---@param root moondial.Task
---@return boolean
function roots.has_operations(root)
  return walk(root, function(task)
    return task.state == OPERATION or task.state == CANCELLING
  end, 0)
end

--- Whether a task lives that a set does not name.
---@param except table<moondial.Task, boolean>
---@return boolean
function roots.is_any_alive(except)
  local function is_other(task)
    return not except[task] and not ended[task.state]
  end
  for _, root in ipairs(list) do
    if walk(root, is_other, 0) then
      return true
    end
  end
  return false
end

--- Cancels everything.
---@param marker any
function roots.cancel_all(marker)
  for _, root in ipairs(roots.alive()) do
    cancel.task(root, marker)
  end
end

--- What every task waits for, and where: those below one root first.
---@param first moondial.Task
---@return string # lines
function roots.explain(first)
  local out = {}
  local function add(task, depth)
    local indent = ("  "):rep(depth)
    out[#out + 1] = indent .. task:label() .. ", waiting for: " .. (task.state and waits.of(task) or "nothing")
      .. (task.site and ", spawned at " .. task.site or "")
    local trace = task:traceback()
    if trace ~= "" then
      out[#out + 1] = gsub(trace, "[^\n]+", indent .. "%0")
    end
  end
  walk(first, add, 0)
  for _, root in ipairs(roots.alive()) do
    if root ~= first then
      walk(root, add, 0)
    end
  end
  return concat(out, "\n")
end

--- Last resort: closes the coroutines of tasks that cannot be unwound any more, the deepest first.
---@param root moondial.Task
---@param marker any
function roots.abandon(root, marker)
  local doomed = {}
  roots.collect(root, doomed)
  for index = #doomed, 1, -1 do
    local task = doomed[index]
    -- Nothing may find it when it has ended.
    cancel.withdraw(task)
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

return roots
