--- What `describe` and `list_workflows` give: the fields of the Python SDK's WorkflowExecution, by the same names.

local M = {}

local function values(fields)
  return fields or {}
end

--- An execution from a `WorkflowExecutionInfo`.
---@param info table
---@return table
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

--- A description from a `DescribeWorkflowExecutionResponse`.
---@param raw table
---@return table
function M.new(raw)
  local description = M.execution(raw.workflow_execution_info or {})
  local metadata = raw.execution_config and raw.execution_config.user_metadata or {}
  description.static_summary = metadata.summary
  description.static_details = metadata.details
  description.raw = raw
  return description
end

return M
