--- What `describe` and `list_workflows` give: the fields of the Python SDK's WorkflowExecution, by the same names.

local M = {}

local function values(fields)
  return fields or {}
end

--- A workflow execution as `list_workflows` gives it; a plain table. What the server did not say is nil.
---@class moondial.WorkflowExecution
---@field id string the workflow id
---@field run_id string the run
---@field workflow_type string the name of its type
---@field status string "RUNNING", "COMPLETED", "FAILED", "CANCELED", "TERMINATED", "CONTINUED_AS_NEW", "TIMED_OUT" or
---  "PAUSED"
---@field task_queue string the task queue of its workers
---@field start_time moondial.Timestamp when it was started
---@field execution_time moondial.Timestamp when its first workflow task was due
---@field close_time? moondial.Timestamp when it closed
---@field history_length integer how many events its history has; in lists only of a closed one
---@field parent_id? string the workflow that started it as a child
---@field parent_run_id? string that workflow's run
---@field root_id string the workflow at the top of all parents
---@field root_run_id string that workflow's run
---@field memo table<string, any> the values of its memo by name
---@field search_attributes table<string, any> its search attributes by name

--- An execution from a `WorkflowExecutionInfo`.
---@param info table
---@return moondial.WorkflowExecution
function M.execution(info)
  local execution = info.execution or {}
  local parent, root = info.parent_execution or {}, info.root_execution or {}
  return {
    id = execution.workflow_id,
    run_id = execution.run_id,
    workflow_type = info.type and info.type.name,
    status = info.status,
    task_queue = info.task_queue,
    start_time = info.start_time,
    execution_time = info.execution_time,
    close_time = info.close_time,
    history_length = info.history_length,
    parent_id = parent.workflow_id,
    parent_run_id = parent.run_id,
    root_id = root.workflow_id,
    root_run_id = root.run_id,
    memo = values(info.memo and info.memo.fields),
    search_attributes = values(info.search_attributes and info.search_attributes.indexed_fields),
  }
end

--- What `describe` gives; a plain table. It has all that a WorkflowExecution has, and more.
---@class moondial.WorkflowDescription
---@field static_summary? string one line for the Web UI
---@field static_details? string some text for the Web UI
---@field raw table all that the server sent: a DescribeWorkflowExecutionResponse by its field names

--- A description from a `DescribeWorkflowExecutionResponse`.
---@param raw table
---@return moondial.WorkflowDescription
function M.new(raw)
  local description = M.execution(raw.workflow_execution_info or {})
  local metadata = raw.execution_config and raw.execution_config.user_metadata or {}
  description.static_summary = metadata.summary
  description.static_details = metadata.details
  -- Beside the fields and not among them: whoever looks at a description is not shown everything twice.
  return setmetatable(description, { __name = "WorkflowDescription", __index = { raw = raw } })
end

return M
