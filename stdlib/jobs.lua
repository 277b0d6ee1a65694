--- Jobs: functions that run on while the prompt waits. They print above it, and their end is told there. At the prompt
--- a job belongs to the session; in a script `spawn` starts a task of the script, which ends after all of them have.

local errors = require("moondial.errors")
local escape = require("moondial.escape")
local roots = require("moondial.scheduler.roots")
local run = require("moondial.scheduler.run")
local scopes = require("moondial.async.scope")
local shared = require("moondial.scheduler.state")
local tasks = require("moondial.scheduler.tasks")

local getmetatable, ipairs, pairs = getmetatable, ipairs, pairs
local setmetatable, tostring, type = setmetatable, tostring, type
local concat, math_type, min, remove, sort = table.concat, math.type, math.min, table.remove, table.sort

local M = {}

--- The functions that are global in a session.
M.globals = {}

--- What `jobs()` tells of a job: how it was when that was called.
---@class moondial.Job
---@field number integer       what fg, kill and wait take
---@field name string?         the name it was given
---@field state string         "ready", "running", "waiting", "done", "failed" or "cancelled"
---@field waits_for string?    what it waits for, where it waits
---@field age number           the seconds since it was spawned; of one that has ended, since it ended
---@field spawned_at string    where it was spawned
---@field task moondial.Task   the task itself
local Job = { __name = "Job" }
Job.__index = Job

-- Those that have ended are kept for `wait`, but not all that there ever were.
local most_ended = 100
local most_named = 3

-- By number, and by task: tables with number, task, since and is_told.
local by_number, by_task = {}, setmetatable({}, { __mode = "k" })
local ended, untold, last_number = {}, {}, 0
-- The scope of the script that runs; nil at the prompt.
local script

local now = require("moondial.scheduler.await").now

local function title(entry)
  local name = entry.task.name
  return "job " .. entry.number .. (type(name) == "string" and " " .. escape.quote(name) or "")
end

local function end_of(entry)
  entry.since = now()
  ended[#ended + 1] = entry
  untold[#untold + 1] = entry
  if #ended > most_ended then by_number[remove(ended, 1).number] = nil end
end

-- Its result has been taken.
local function forget(entry)
  if not entry.number then return end
  by_number[entry.number], entry.is_told = nil, true
  for index, other in ipairs(ended) do
    if other == entry then
      remove(ended, index)
      return
    end
  end
end

local function is_callable(value)
  return type(value) == "function" or (getmetatable(value) or {}).__call ~= nil
end

--- Starts a job: a function that runs beside what follows. At the prompt it belongs to the session, and its end is told
--- before the next prompt; in a script it belongs to the script, which fails when it does.
---     spawn("nightly", function() print(h:result()) end)
---@param first string|function a name for messages, if wanted, and then the function
---@param ... any the function, after a name, and its arguments
---@return moondial.Task # the Task
function M.globals.spawn(first, ...)
  local fn = first
  if type(first) == "string" then fn = ... end
  if not is_callable(fn) then
    errors.raise("TypeError", type(first) == "string" and fn == nil
      and "spawn needs a function after the name; Lua text is none, write function() … end"
      or "spawn: a function expected, got " .. type(fn))
  end
  local site = tasks.site(2)
  local name = nil
  if type(first) == "string" then name = first end
  if script then
    if name then return scopes.spawn(script, site, name, ...) end
    return scopes.spawn(script, site, nil, first, ...)
  end
  local task = name and roots.start(name, site, ...) or roots.start(nil, site, first, ...)
  last_number = last_number + 1
  local entry = { number = last_number, task = task, since = now() }
  by_number[last_number], by_task[task] = entry, entry
  task.on_end = function() end_of(entry) end
  return task
end

-- The job with a number or a name, or of a task; a task of a script has no number.
local function find(which, what)
  local entry = which ~= nil and by_task[which] or math_type(which) == "integer" and by_number[which]
    or getmetatable(which) == shared.Task and { task = which }
  if not entry and type(which) == "string" then
    for _, other in pairs(by_number) do
      if other.task.name == which and (not entry or other.number > entry.number) then entry = other end
    end
  end
  if which == nil then
    errors.raise("TypeError", what .. " needs a job: its number, its name or its task; jobs() lists them")
  elseif not entry then
    errors.raise("ValueError", ("%s: there is no job %s; jobs() lists them"):format(what,
      type(which) == "string" and escape.quote(which) or escape.text(tostring(which))))
  end
  return entry
end

--- Lists the jobs that run, and those that have ended and whose result nobody has taken yet.
---     jobs()
---@return moondial.Job[] # a list of Job
function M.globals.jobs()
  local list = {}
  for _, entry in pairs(by_number) do
    local task = entry.task
    local state, waits_for = task:status()
    list[#list + 1] = setmetatable({ number = entry.number, name = type(task.name) == "string" and task.name or nil,
      state = state, waits_for = waits_for, age = now() - entry.since, spawned_at = task.site, task = task }, Job)
  end
  sort(list, function(a, b) return a.number < b.number end)
  return list
end

function Job:__tostring()
  local name = self.name and " " .. escape.quote(self.name) or ""
  local is_over = shared.ended[self.state]
  local waits_for = self.waits_for and " for " .. self.waits_for or ""
  -- To the second, and loaded late: scripts have jobs, too, and seldom show one.
  local age = require("moondial.show.times").span(self.age // 1)
  return ("Job %d%s: %s%s, %s"):format(self.number, name, self.state, waits_for, age)
    .. (is_over and " ago" or "")
end

local function take(entry, await)
  local _ <close> = setmetatable({}, { __close = function()
    if shared.ended[entry.task.state] then forget(entry) end
  end })
  return await(entry.task)
end

--- Waits for a job, gives its result or raises its error, and forgets it. Ctrl-C ends the wait; the job goes on.
---     wait(1)
---@param job integer|string|moondial.Task its number, its name, or the Task that spawn gave
---@return any ... # what its function returned
function M.globals.wait(job)
  return take(find(job, "wait"), shared.Task.await)
end

--- Brings a job to the foreground: as `wait`, but Ctrl-C interrupts the job, as if it had been called here.
---     fg(1)
---@param job integer|string|moondial.Task its number, its name, or the Task that spawn gave
---@return any ... # what its function returned
function M.globals.fg(job)
  return take(find(job, "fg"), run.await_in_foreground)
end

--- Cancels a job; its end is told when it has come. What it waits for on the server goes on.
---     kill(1)
---@param job integer|string|moondial.Task its number, its name, or the Task that spawn gave
function M.globals.kill(job)
  find(job, "kill").task:cancel("killed")
end

--- Runs a script, or a chunk of one: what it spawns belongs to it, and it ends when all of it has ended.
---@param fn function
---@return any ... # what `fn` returns
function M.run_script(fn, ...)
  local _ <close> = setmetatable({}, { __close = function() script = nil end })
  return scopes.run_whole(function(scope) script = scope end, fn, ...)
end

--- How the jobs ended that ended since the last call: a line for each.
---@return string[]
function M.news()
  local lines = {}
  local list = untold
  untold = {}
  for _, entry in ipairs(list) do
    local task = entry.task
    if not entry.is_told then
      entry.is_told = true
      local text
      if task.state == shared.DONE then
        text = " is done" .. (task.on > 0 and "; wait(" .. entry.number .. ") gives what it returned" or "")
      elseif task.state == shared.CANCELLED then
        text = " was cancelled"
      else
        text = " failed: " .. errors.line(task[1])
      end
      lines[#lines + 1] = title(entry) .. text
    end
  end
  return lines
end

--- The jobs that have not ended, in words: "2 jobs run still: job 1, job 2".
---@return string? # nil when there are none
function M.alive()
  local names = {}
  for _, job in ipairs(M.globals.jobs()) do
    if not shared.ended[job.state] then names[#names + 1] = title(by_number[job.number]) end
  end
  if #names == 0 then return nil end
  if #names == 1 then return names[1] .. " runs still" end
  return ("%d jobs run still: %s%s"):format(#names, concat(names, ", ", 1, min(#names, most_named)),
    #names > most_named and ", …" or "")
end

--- The job that a task is, in words; nil for other tasks.
---@param task any
---@return string?
function M.title_of(task)
  local entry = by_task[task]
  return entry and title(entry)
end

return M
