--- Follows a workflow: its events as they come, across its runs, and those of its children.

local async = require("moondial.async")
local declare = require("moondial.declare")
local errors = require("moondial.errors")
local escape = require("moondial.escape")
local events = require("moondial.show.events")
local inspect = require("moondial.inspect")
local literal = require("moondial.show.literal")
local native = require("moondial.native")
local plain = require("moondial.show.plain")
local show = require("moondial.show")
local timeline = require("moondial.show.timeline")

local M = {}

local function put(line)
  io.write(line, "\n")
  io.flush()
end

-- How each event is written: a function of a workflow's id, the run, and the event.
local function writer(context)
  if context.output == "json" or context.output == "jsonl" then
    return function(id, run_id, e) put(plain.encode { workflow_id = id, run_id = run_id, event = e }) end
  elseif context.output == "lua" then
    return function(id, run_id, e)
      local options = { width = context.width, depth = 32, source = literal.of }
      put(inspect.format({ workflow_id = id, run_id = run_id, event = e }, options))
    end
  end
  local lines, last = {}, nil
  return function(id, run_id, e, note)
    local line = lines[run_id]
    if not line then
      line = timeline.new(context, put)
      lines[run_id] = line
    end
    -- Several speak in turn: each says who it is.
    if last ~= run_id then line:heading(id, run_id, note) end
    last = run_id
    line:event(e)
  end
end

-- A child may be in another namespace, or gone already. That is said where it does not mix with the events.
local function follow_child(follow, id, ...)
  local ok, e = pcall(follow, id, ...)
  if ok then return end
  if not errors.is_error(e, "RPCError", { status = "NOT_FOUND" }) then error(e, 0) end
  io.stderr:write("moondial: cannot follow ", escape.text(id), ": ", errors.line(e), "\n")
end

local function run_of(e, run_id)
  return run_id or events.attributes(e).original_execution_run_id or ""
end

--- Follows a workflow until it and the children that are followed have closed.
---@param handle any a WorkflowHandle
---@param a table depth, output, times
function M.follow(handle, a)
  if not declare.types.WorkflowHandle.is(handle) then
    errors.raise("TypeError", "follow takes a WorkflowHandle, as in follow(client:get_workflow_handle(\"order-42\"))")
  end
  local context = show.context(a)
  local write = writer(context)
  local is_json = context.output == "json" or context.output == "jsonl"
  async.scope(function(scope)
    local function follow_runs(id, run_id, depth, note)
      repeat
        local run = native.handle_of(handle, id, run_id or "")
        local next_run
        local events_of_run, state, first, closer = run:fetch_history_events { wait_new_event = true }
        for e in events_of_run, state, first, closer do
          run_id = run_of(e, run_id)
          write(id, run_id, is_json and events_of_run:json(e) or e, note)
          next_run = events.next_run(e)
          local child = depth > 0 and e.event_type == "CHILD_WORKFLOW_EXECUTION_STARTED" and events.attributes(e)
          if child then
            local execution = child.workflow_execution
            scope:spawn(follow_child, follow_runs, execution.workflow_id, execution.run_id, depth - 1,
              "child of " .. escape.text(id))
          end
        end
        run_id = next_run
      until not next_run
    end
    follow_runs(handle.id, handle.run_id or handle.result_run_id, a.depth)
  end)
end

return M
