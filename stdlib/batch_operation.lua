--- BatchOperationHandle and BatchOperation: what the server does to many workflows by itself, and how far it is.

local async = require("moondial.async")
local declare = require("moondial.declare")
local escape = require("moondial.escape")
local native = require("moondial.native")
local record = require("moondial.record")
local region = require("moondial.async.region")
local rpc = require("moondial.client.rpc")

local M = {}

--- How a batch operation stands: what `describe` gives; what lists give has no counts, reason and query.
---@class moondial.BatchOperation
---@field job_id string its id
---@field operation_type string what it does, as in "TERMINATE_WORKFLOW"
---@field state string "RUNNING", "COMPLETED" or "FAILED"; one that was stopped has failed, too
---@field start_time moondial.Timestamp when it was started
---@field close_time? moondial.Timestamp when it ended
---@field total_operation_count? integer how many workflows it is for, as far as it knows
---@field complete_operation_count? integer how many it is done with
---@field failure_operation_count? integer how many it could not do it to
---@field identity? string who started it
---@field reason? string why
---@field query? string the list filter of its workflows
---@field executions? table[] those that were named, where there is no query
---@field raw table all that the server sent: BatchOperationInfo or DescribeBatchOperationResponse, by its field names
local BatchOperation = record.class("BatchOperation", {
  "job_id", "operation_type", "state", "start_time", "close_time", "total_operation_count", "complete_operation_count",
  "failure_operation_count", "identity", "reason", "query", "executions",
}, "batch_operation")

local function batch_operation(raw, ...)
  return record.new(BatchOperation, {
    job_id = raw.job_id, operation_type = raw.operation_type, state = raw.state, start_time = raw.start_time,
    close_time = raw.close_time, identity = raw.identity, reason = raw.reason, query = raw.query,
    executions = raw.executions,
  }, raw, ...)
end

--- One of a list.
---@param raw table a BatchOperationInfo
---@param position integer where it is
---@param page any the message that has it
---@return moondial.BatchOperation
function M.listed(raw, position, page) return batch_operation(raw, page, "operation_info", position) end

-- In the array part, where a script does not meet them.
local function client_of(handle) return rawget(handle, 1) end
local function id_of(handle) return rawget(handle, 2) end

local function request(handle, fields)
  fields.namespace, fields.job_id = native.client_property(client_of(handle), "namespace"), id_of(handle)
  return fields
end

local function describe(handle, a)
  local raw, response = rpc.call(client_of(handle), "workflow", "describe_batch_operation", request(handle, {}), a)
  local operation = batch_operation(raw, response)
  operation.total_operation_count = raw.total_operation_count or 0
  operation.complete_operation_count = raw.complete_operation_count or 0
  operation.failure_operation_count = raw.failure_operation_count or 0
  return operation
end

-- Seconds between two looks at it: at first often, as most are small.
local first_interval, longest_interval, growth = 0.1, 5, 1.5

local function wait(handle, a)
  local bar <close> = require("moondial.show.progress").new("batch " .. escape.text(id_of(handle)))
  local interval = first_interval
  while true do
    local operation = describe(handle, a)
    local total = operation.total_operation_count
    bar:set(operation.complete_operation_count + operation.failure_operation_count, total > 0 and total or nil,
      operation.failure_operation_count)
    bar:draw()
    if operation.state ~= "RUNNING" then return operation end
    async.sleep(interval)
    interval = math.min(interval * growth, longest_interval)
  end
end

local handle_type = declare.type {
  name = "BatchOperationHandle",
  help = "A batch operation: something that the server does to many workflows by itself.",
  metatable = { __name = "BatchOperationHandle" },
  client_of = client_of,

  text = function(self) return ("BatchOperationHandle(%q)"):format(id_of(self)) end,

  properties = { { name = "job_id", type = "string", help = "the batch operation's id", get = id_of } },

  methods = {
    describe = {
      help = "Describes the batch operation: what it does, and how far it is.",
      returns = "a BatchOperation: state, total_operation_count, complete_operation_count, failure_operation_count, …",
      example = "b:describe().complete_operation_count",
      call = describe,
    },

    result = {
      help = "Waits for the batch operation to end and describes it then; on a terminal it shows how far it is.",
      notes = [[
It raises nothing for workflows that it could not do it to: see failure_operation_count. The server does not tell which
they are. It asks at growing intervals, every five seconds in the end.]],
      parameters = { { name = "timeout", type = "duration",
        help = "how long to wait at most, by this program's clock; the batch operation goes on" } },
      returns = "a BatchOperation: state, complete_operation_count, failure_operation_count, …",
      raises = { "TimeoutError" },
      example = "print(b:result().failure_operation_count)",
      call = function(self, a)
        return region.within("BatchOperationHandle:result", a.timeout,
          ("batch operation '%s' has not ended"):format(id_of(self)), wait, self, a)
      end,
    },

    stop = {
      help = "Ends the batch operation; what it has done already stays done.",
      parameters = { { name = "reason", type = "string", position = 1, required = true, help = "why" } },
      changes_state = true,
      words = function(self) return "stop of batch " .. escape.quote(id_of(self)) end,
      example = "b:stop(\"the wrong query\")",
      call = function(self, a)
        local client = client_of(self)
        rpc.call(client, "workflow", "stop_batch_operation",
          request(self, { reason = a.reason, identity = native.client_property(client, "identity") }), a)
      end,
    },
  },
}

--- A handle to a batch operation.
---@param client any
---@param job_id string
---@return any
function M.handle(client, job_id) return setmetatable({ client, job_id }, handle_type.metatable) end

return M
