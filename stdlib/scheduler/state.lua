--- What the parts of the scheduler share: the running task, the class of tasks, the names of their states.
--
-- A task is a table that changes as it goes. `body` is its function, then its coroutine. `state` is nil while it runs
-- or is ready, else what it waits for or how it ended; `on` belongs to the state: the number of arguments before the
-- start, the operation's id, the queue, the number of results at the end. Tasks keep to eight fields as long as they
-- can: a hundred thousand of them may sleep at once.

--- A function that runs beside others; a Scope spawns it.
---@class moondial.Task
---@field name string|integer  the name it was given, or its number
local Task = { __name = "Task" }
Task.__index = Task

---@class moondial.scheduler.state
---@field current? moondial.Task  the task that runs; not to be had from coroutine.running, as users nest coroutines
---@field abandoning? any  set while coroutines are closed by force: what they await raises this
local state = { Task = Task }

state.START = "start"
state.OPERATION = "operation"
state.CANCELLING = "operation being cancelled"
state.SLEEP = "sleep"
state.TASK = "a task"
state.SCOPE = "tasks of a scope"
state.CLOSING = "tasks being cancelled"
state.DONE = "done"
state.FAILED = "failed"
state.CANCELLED = "cancelled"

--- The states in which a task has ended.
state.ended = { [state.DONE] = true, [state.FAILED] = true, [state.CANCELLED] = true }

--- The states that a cancellation does not end.
state.deaf = { [state.START] = true, [state.CANCELLING] = true, [state.CLOSING] = true, [state.DONE] = true,
  [state.FAILED] = true, [state.CANCELLED] = true }

return state
