--- The scheduler: tasks on Lua coroutines, driven by a host that completes operations.
--
-- Host contract
-- =============
-- The embedding program gives these functions in one table: `scheduler.attach(host)`, once, before anything runs.
-- All are plain: none of them yields, none calls back into Lua. All are called on the thread that owns the VM.
-- Only `take` may raise.
--
--   host.now()                → monotonic seconds, a number with a fraction.
--   host.wait(timeout, into)  → count. Blocks the thread until at least one completion is there, `timeout` seconds
--                               have passed, or an interrupt has arrived. `timeout` nil: no limit; 0: only look.
--                               Writes the ids of the operations that completed since the last call to into[1] …
--                               into[count], by raw sets, and leaves what lies behind as it is: the table is
--                               reused. Each id is reported exactly once. Returning early with 0 is allowed.
--   host.take(id)             → the values of the completed operation, or raises its error. Called exactly once for
--                               each reported id, under pcall, in the coroutine that awaits it; what it brings is
--                               dropped if the task was cancelled. Then the id is free again. An error value needs
--                               no traceback: it gets that of the coroutine here.
--                               May bring `host.request_mark` first: the operation is to go on when Lua code has done
--                               something. The other values are for `await.answer`, which starts what it goes on as.
--   host.cancel(id)           asks the operation to stop. The completion still arrives through `wait`, with a value
--                               if it was faster, with an error otherwise. May be called again for the same id;
--                               never after the id was reported.
--   host.cancel_all()         the same for all operations that were started and not yet reported.
--   host.in_flight()          → how many operations were started and not yet reported by `wait`.
--   host.interrupted()        → whether a Ctrl-C came since the last call. Asked after every `wait`. Code that runs is
--                               stopped by the host, which raises what `scheduler.interruption(count)` gives, if it is
--                               not nil; `count` is how many came since.
--   host.resume(co, ...)      optional: `coroutine.resume` that also records the running lua_State, so that a signal
--                               handler knows which one to set its hook on. Used for every resume, tasks' and users'.
--
-- Operations are started by bound functions elsewhere, which return the operation's id: a positive integer, not in use
-- for another operation until taken. `scheduler.await(id)` suspends the current task until the completion and returns
-- `host.take(id)`. The completion may be reported before anyone awaits it. Every started operation must be awaited.
-- A binding is best written `return scheduler.call(raw_start, …)`: it starts nothing in a task already cancelled.
--
-- Module names and chunk names
-- ============================
-- The modules in this folder know each other as `require "moondial.<path>"`: "moondial.scheduler" is scheduler.lua,
-- "moondial.scheduler.timers" is scheduler/timers.lua. The program puts them into package.preload or package.searchers,
-- with chunk names "=moondial/<path>.lua": frames of such chunks are hidden in tracebacks.
-- The names leave the plain ones ("inspect", "errors") to the user's own modules.
--
-- What a script can break
-- =======================
-- A loop that never awaits keeps every other task from running; so does an await where Lua cannot suspend (inside
-- table.sort, string.gsub, __tostring, …), for as long as it takes. A coroutine that is dropped while suspended is
-- never unwound: its <close> variables are not closed; what it opened is closed with its task, if it was owned.

local await = require "moondial.scheduler.await"
local cancel = require "moondial.scheduler.cancel"
local coroutines = require "moondial.scheduler.coroutines"
local ending = require "moondial.scheduler.ending"
local new_require = require "moondial.scheduler.require"
local roots = require "moondial.scheduler.roots"
local run = require "moondial.scheduler.run"
local shared = require "moondial.scheduler.state"
local tasks = require "moondial.scheduler.tasks"
local waits = require "moondial.scheduler.waits"
require "moondial.scheduler.task"

local check, operation = cancel.check, await.operation

---@class moondial.scheduler
local scheduler = {
  await = operation,
  check = check,
  discard = await.discard,
  disown = tasks.disown,
  exit = run.exit,
  interruption = run.interruption,
  own = tasks.own,
  quiesce = ending.quiesce,
  run = run.run,
  serve = run.serve,
  shutdown = ending.shutdown,
  sleep = await.sleep,
}

--- Takes over the host's functions. Once, before anything runs.
---@param host table see the contract above
function scheduler.attach(host)
  await.attach(host)
  cancel.attach(host)
  tasks.attach(host)
end

local function results(...)
  return ...
end

--- Starts an operation and awaits it; starts nothing in a task that has been cancelled.
---@param start fun(...): integer
---@return any ...
function scheduler.call(start, ...)
  check()
  -- No tail call: what the task waits for is read off this frame.
  return results(operation(start(...)))
end
waits.add_caller(scheduler.call)

--- Creates a root task, which belongs to no scope. It runs while `run`, `serve` or `shutdown` does.
---@param name string?
---@param fn function
---@return moondial.Task
function scheduler.start(name, fn, ...)
  return roots.start(name, nil, fn, ...)
end

--- The running task, nil outside of tasks.
---@return moondial.Task?
function scheduler.current()
  return shared.current
end

--- Replaces what keeps awaits from passing, the functions of `coroutine` and `require`, and the `pcall` that would lose
--- the traceback of an error value.
---@param env? table the globals; by default _G
function scheduler.install(env)
  env = env or _G
  env.pcall = tasks.pcall
  coroutines.install(env.coroutine)
  env.require = new_require(env.package)
end

return scheduler
