--- Failures: the chain from what failed to what began it.

local brief = require "moondial.show.brief"

local ipairs = ipairs

---@class moondial.show.failure
local failure = {}

-- A chain longer than this is a cycle or a joke.
local longest_chain = 32

local function type_name(info) return info and info.name end

-- What kind of failure it is, by the field that it has; and what that field adds.
local kinds = {
  { "application_failure_info", function(info) return info.type or "ApplicationError", info.non_retryable and
    "not to be retried" end },
  { "activity_failure_info", function(info) return "ActivityError", type_name(info.activity_type) end },
  { "child_workflow_execution_failure_info", function(info) return "ChildWorkflowError", type_name(info.workflow_type),
    info.workflow_execution and info.workflow_execution.workflow_id end },
  { "timeout_failure_info", function(info) return "TimeoutError", info.timeout_type end },
  { "canceled_failure_info", function() return "CanceledError" end },
  { "terminated_failure_info", function() return "TerminatedError" end },
  { "server_failure_info", function(info) return "ServerError", info.non_retryable and "not to be retried" end },
  { "reset_workflow_failure_info", function() return "ResetWorkflowError" end },
  { "nexus_operation_execution_failure_info", function(info) return "NexusOperationError", info.endpoint,
    info.operation end },
  { "nexus_handler_failure_info", function(info) return "NexusHandlerError", info.type end },
}

local function notes_text(...)
  local list = {}
  for index = 1, select("#", ...) do
    local note = select(index, ...)
    if note and note ~= "" then list[#list + 1] = brief.text(note, 80) end
  end
  return #list > 0 and " (" .. table.concat(list, ", ") .. ")" or ""
end

--- One failure, without its cause, on one line.
---@param f table a Failure by its field names
---@return string
function failure.line(f)
  local function text(kind, ...)
    local message = brief.text(f.message, 400)
    local details = f.application_failure_info and brief.list(f.application_failure_info.details) or ""
    return brief.text(kind, 80) .. (message ~= "" and ": " .. message or "") .. notes_text(...)
      .. (details ~= "" and ", details " .. details or "")
  end
  for _, kind in ipairs(kinds) do
    local info = f[kind[1]]
    if info then return text(kind[2](info)) end
  end
  return text("Failure")
end

--- A failure and its causes, one on each line; the last is marked as what began it.
---@param f table a Failure by its field names
---@return {text: string, is_root: boolean}[]
function failure.chain(f)
  local lines = {}
  for _ = 1, longest_chain do
    local is_root = f.cause == nil
    local lead = #lines == 0 and (is_root and "failure: " or "") or is_root and "root cause: " or "caused by: "
    lines[#lines + 1] = { text = lead .. failure.line(f), is_root = is_root }
    if is_root then break end
    f = f.cause
  end
  return lines
end

--- What began it.
---@param f table a Failure by its field names
---@return table
function failure.root(f)
  for _ = 1, longest_chain do
    if f.cause == nil then break end
    f = f.cause
  end
  return f
end

return failure
