--- What `describe` and `list_workflows` give: the fields of the Python SDK's WorkflowExecution by the same names, and
--- beside them what else the server says.

local json = require("moondial.json")
local record = require("moondial.record")

local M = {}

local names = {
  "id", "run_id", "namespace", "workflow_type", "status", "task_queue", "start_time", "execution_time", "close_time",
  "execution_duration", "history_length", "history_size_bytes", "state_transition_count", "parent_id", "parent_run_id",
  "root_id", "root_run_id", "first_run_id", "memo", "search_attributes", "priority", "versioning_info",
  "worker_deployment_name",
}

local names_of_a_description = {
  "static_summary", "static_details", "pending_activities", "pending_children", "pending_nexus_operations",
  "pending_workflow_task", "callbacks", "reset_points", "execution_config", "extended_info", table.unpack(names),
}

local WorkflowExecution = record.class("WorkflowExecution", names)
local WorkflowDescription = record.class("WorkflowDescription", names_of_a_description)

--- A workflow execution as `list_workflows` gives it. What the server did not say is nil; lists do not have it all.
---@class moondial.WorkflowExecution
---@field id string the workflow id
---@field run_id string the run
---@field namespace string the namespace it is in
---@field workflow_type string the name of its type
---@field status string "RUNNING", "COMPLETED", "FAILED", "CANCELED", "TERMINATED", "CONTINUED_AS_NEW", "TIMED_OUT" or
---  "PAUSED"
---@field task_queue string the task queue of its workers
---@field start_time moondial.Timestamp when it was started
---@field execution_time moondial.Timestamp when its first workflow task was due
---@field close_time? moondial.Timestamp when it closed
---@field execution_duration? number the seconds it took, once it has closed
---@field history_length integer how many events its history has; in lists only of a closed one
---@field history_size_bytes? integer how large its history is
---@field state_transition_count? integer how often its state has changed
---@field parent_id? string the workflow that started it as a child
---@field parent_run_id? string that workflow's run
---@field root_id string the workflow at the top of all parents
---@field root_run_id string that workflow's run
---@field first_run_id? string the first run of its chain
---@field memo table<string, any> the values of its memo by name
---@field search_attributes table<string, any> its search attributes by name, each by its type
---@field priority? table its place among the tasks of its queue: priority_key, fairness_key, fairness_weight
---@field versioning_info? table how its workers are versioned: behavior, deployment_version, versioning_override, …
---@field worker_deployment_name? string the deployment of the workers that last ran it
---@field raw table all that the server sent: a WorkflowExecutionInfo by its field names

-- The fields that a list and a description have in common.
local function fill(fields, info, namespace)
  local execution = info.execution or {}
  local parent, root = info.parent_execution or {}, info.root_execution or {}
  fields.id = execution.workflow_id
  fields.run_id = execution.run_id
  fields.namespace = namespace
  fields.workflow_type = info.type and info.type.name
  fields.status = info.status
  fields.task_queue = info.task_queue
  fields.start_time = info.start_time
  fields.execution_time = info.execution_time
  fields.close_time = info.close_time
  fields.execution_duration = info.execution_duration
  fields.history_length = info.history_length
  fields.history_size_bytes = info.history_size_bytes
  fields.state_transition_count = info.state_transition_count
  fields.parent_id = parent.workflow_id
  fields.parent_run_id = parent.run_id
  fields.root_id = root.workflow_id
  fields.root_run_id = root.run_id
  fields.first_run_id = info.first_run_id
  fields.memo = info.memo and info.memo.fields or {}
  fields.search_attributes = info.search_attributes and info.search_attributes.indexed_fields or {}
  fields.priority = info.priority
  fields.versioning_info = info.versioning_info
  fields.worker_deployment_name = info.worker_deployment_name
  return fields
end

--- An execution from a `WorkflowExecutionInfo`.
---@param info table
---@param namespace string
---@param page any the message with the list that it is in
---@param position integer where in that
---@return moondial.WorkflowExecution
function M.execution(info, namespace, page, position)
  return record.new(WorkflowExecution, fill({}, info, namespace), info, page, "executions", position)
end

--- What `describe` gives. It has all that a WorkflowExecution has, and more. Failures in it are error values, as those
--- that are raised, with their causes; payloads are the values they carry.
---@class moondial.WorkflowDescription
---@field static_summary? string one line for the Web UI
---@field static_details? string some text for the Web UI
---@field pending_activities table[] what runs or waits to be tried again: activity_id, activity_type, state, attempt,
---  maximum_attempts, last_failure, heartbeat_details, next_attempt_schedule_time, …
---@field pending_children table[] children that have not closed: workflow_id, run_id, workflow_type_name, initiated_id,
---  parent_close_policy
---@field pending_nexus_operations table[] operations that have not ended: endpoint, service, operation, state, attempt,
---  last_attempt_failure, …
---@field pending_workflow_task? table the workflow task that is due: state, attempt, scheduled_time, started_time, …
---@field callbacks table[] what is called when it closes: callback, trigger, state, attempt, last_attempt_failure, …
---@field reset_points table[] where it can be reset to: run_id, first_workflow_task_completed_id, build_id, …
---@field execution_config? table what it was started with: the timeouts, task_queue, user_metadata
---@field extended_info? table when it expires, cancel_requested, pause_info, reset_run_id, request_id_infos, …
---@field raw table all that the server sent: a DescribeWorkflowExecutionResponse by its field names

--- A description from a `DescribeWorkflowExecutionResponse`.
---@param namespace string
---@param raw table
---@param failing? table those lists of `raw` that may have failures in them, with error values for those
---@param response any the message
---@return moondial.WorkflowDescription
function M.new(namespace, raw, failing, response)
  failing = failing or {}
  local info = raw.workflow_execution_info or {}
  local metadata = raw.execution_config and raw.execution_config.user_metadata or {}
  local description = fill({
    static_summary = metadata.summary,
    static_details = metadata.details,
    pending_activities = failing.pending_activities or json.array {},
    pending_children = raw.pending_children or json.array {},
    pending_nexus_operations = failing.pending_nexus_operations or json.array {},
    pending_workflow_task = raw.pending_workflow_task,
    callbacks = failing.callbacks or json.array {},
    reset_points = info.auto_reset_points and info.auto_reset_points.points or json.array {},
    execution_config = raw.execution_config,
    extended_info = raw.workflow_extended_info,
  }, info, namespace)
  return record.new(WorkflowDescription, description, raw, response)
end

return M
