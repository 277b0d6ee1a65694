--- The methods of Client for batch operations, which the server does to many workflows by itself.

local call = require("moondial.scheduler").call
local async = require("moondial.async")
local batch_operation = require("moondial.batch_operation")
local declare = require("moondial.declare")
local errors = require("moondial.errors")
local escape = require("moondial.escape")
local native = require("moondial.native")
local operations = require("moondial.batch.operations")
local rpc = require("moondial.client.rpc")

local pcall, rawget, type = pcall, rawget, type

local function property(client, name) return native.client_property(client, name) end

-- Of a handle, an execution, an id, or a table with an id: the id and the run.
local function execution_of(item, position)
  local id, run_id = item, nil
  if declare.types.WorkflowHandle.is(item) then
    id, run_id = native.handle_property(item, "id"), native.handle_property(item, "run_id")
  elseif type(item) == "table" then
    id, run_id = rawget(item, "workflow_id") or rawget(item, "id"), rawget(item, "run_id")
  end
  if type(id) ~= "string" or run_id ~= nil and type(run_id) ~= "string" then
    errors.raise("TypeError", ("executions[%d] must be a workflow id, a WorkflowHandle or a table with workflow_id "
      .. "and run_id"):format(position))
  end
  return id, run_id
end

-- Neither or both would be a batch over nothing, or over what nobody meant.
local function fill_targets(request, a)
  if (a.query == nil) == (a.executions == nil) then
    errors.raise("ValueError", "Client:start_batch_operation needs either query or executions")
  end
  request.visibility_query = a.query
  if not a.executions then return end
  if a.executions.n == 0 then errors.raise("ValueError", "Client:start_batch_operation: executions is empty") end
  local is_for_activities, list = operations.is_for_activities(a.operation), {}
  for index = 1, a.executions.n do
    local id, run_id = execution_of(a.executions[index], index)
    list[index] = is_for_activities and { type = "ACTIVITY", business_id = id, run_id = run_id }
      or { workflow_id = id, run_id = run_id }
  end
  request[is_for_activities and "target_executions" or "executions"] = list
end

local seconds_to_count = 3

-- What is asked about in production. A store that is slow to count must not keep anybody from going on.
local function words(self, a)
  local many
  if a.query then
    local ok, counted = pcall(async.timeout, seconds_to_count, call, native.count_workflows, self, { query = a.query })
    many = (ok and "about %d workflows" or "workflows (nobody knows how many)"):format(ok and counted.count)
      .. " that match " .. escape.quote(a.query)
  else
    local count = a.executions and a.executions.n or 0
    many = ("%d execution%s"):format(count, count == 1 and "" or "s")
  end
  return ("a batch that does %s to %s"):format(escape.text(a.operation), many)
end

local by_operation = [[
What is done to each is one of these, with what it takes:

  signal              signal, args
  cancel, delete
  terminate           args: details for the history
  reset               type or build_id; reapply_exclude, current_run_only
  update_options      versioning_override, priority
  unpause_activities  activity_type, reset_attempts,
                      reset_heartbeat, jitter
  reset_activities    the same, keep_paused, restore_original_options
  update_activity_options
                      activity_type, activity_options or
                      restore_original_options
  cancel_activities, terminate_activities, delete_activities
                      activities that no workflow runs

The server does it by itself, and goes on when this program ends. By default a namespace has one batch at a time.]]

return {
  start_batch_operation = {
    help = "Starts a batch operation: the server does something to each workflow that a query matches.",
    notes = by_operation,
    parameters = {
      { name = "operation", type = "enum", position = 1, required = true, values = operations.names,
        help = "what is done to each" },
      { name = "query", type = "query", completes = "list_filter",
        help = "a list filter, as text or as a table: the workflows, as they are when it runs" },
      { name = "executions", type = "list",
        help = "instead of a query: a list of ids, handles or executions, 1,000 at most" },
      { name = "reason", type = "string", help = "why, for those who look at the batch; without: who asked for it" },
      { name = "job_id", type = "string", help = "its id; a random one without" },
      { name = "max_operations_per_second", type = "number", help = "how fast; without: as the server is set" },
      { name = "signal", type = "name", help = "the signal's name or definition" },
      { name = "args", type = "list", help = "the signal's arguments, or the details of a termination" },
      { name = "type", type = "enum", help = "of a reset: where to",
        values = operations.reset_types },
      { name = "build_id", type = "string", help = "of a reset: before the first task that this build processed" },
      { name = "reapply_exclude", type = "list",
        help = "of a reset: what not to apply again: \"SIGNAL\", \"UPDATE\", \"NEXUS\", \"CANCEL_REQUEST\", \"ALL\"" },
      { name = "current_run_only", type = "boolean", help = "of a reset: not to a run before the current one" },
      { name = "versioning_override", type = "table",
        help = "one of pinned = { deployment_name =, build_id = }, one_time = the same, and auto_upgrade = true; "
          .. "{} takes one away" },
      { name = "priority", type = "table", help = "priority_key, fairness_key, fairness_weight" },
      { name = "activity_type", type = "string", help = "activities of one type; without: all" },
      { name = "reset_attempts", type = "boolean", help = "count their attempts from 1 again" },
      { name = "reset_heartbeat", type = "boolean", help = "forget their heartbeat details" },
      { name = "keep_paused", type = "boolean", help = "leave paused what is paused" },
      { name = "jitter", type = "duration", help = "spread them over so much time" },
      { name = "restore_original_options", type = "boolean", help = "back to what the workflow gave them" },
      { name = "activity_options", type = "table", help = "task_queue, heartbeat_timeout, start_to_close_timeout, "
        .. "schedule_to_close_timeout, schedule_to_start_timeout, start_delay, retry_policy, priority" },
    },
    returns = "a BatchOperationHandle",
    changes_state = true,
    destructive = function(a) return operations.is_destructive(a.operation) end,
    words = words,
    example = [[
local b = client:start_batch_operation{ "terminate",
  query = { workflow_type = "Order", status = "RUNNING" },
  reason = "recalled" }]],
    call = function(self, a)
      a.operation = operations.named(a.operation)
      local identity = property(self, "identity")
      local request = {
        namespace = property(self, "namespace"), job_id = a.job_id or native.uuid(),
        reason = a.reason or "Requested from Moondial by " .. identity,
        max_operations_per_second = a.max_operations_per_second,
      }
      fill_targets(request, a)
      operations.fill(request, a, identity)
      rpc.call(self, "workflow", "start_batch_operation", request, a)
      return batch_operation.handle(self, request.job_id)
    end,
  },

  get_batch_operation_handle = {
    help = "Gives a handle to a batch operation by its id; nothing is sent and nothing is checked.",
    rpc = false,
    parameters = { { name = "job_id", type = "string", position = 1, required = true, completes = "batch_operation",
      help = "the batch operation's id" } },
    returns = "a BatchOperationHandle",
    example = "client:get_batch_operation_handle(\"c9d6a8b7-…\"):describe()",
    call = function(self, a) return batch_operation.handle(self, a.job_id) end,
  },

  list_batch_operations = {
    help = "Iterates over the batch operations of the namespace, the latest first.",
    parameters = rpc.page_parameters(100),
    returns = "an iterator (Pages) of BatchOperation: job_id, operation_type, state, start_time, close_time",
    example = "for b in client:list_batch_operations() do print(b.job_id, b.state) end",
    call = function(self, a)
      return rpc.pages(self, "workflow", "list_batch_operations", { namespace = rpc.namespace(self, a) }, a,
        { title = "BatchOperations()", list = "operation_info", map = batch_operation.listed })
    end,
  },
}
