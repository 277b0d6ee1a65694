--- Client: a namespace on a Temporal server.

local call = require("moondial.scheduler").call
local check = require("moondial.check")
local count = require("moondial.count")
local declare = require("moondial.declare")
local description = require("moondial.description")
local native = require("moondial.native")
local pages = require("moondial.pages")
local results = require("moondial.results")
local rpc = require("moondial.client.rpc")
local service = require("moondial.service")
local start_options = require("moondial.start_options")
require("moondial.update_handle")
require("moondial.workflow_handle")

local query = { name = "query", type = "query", position = 1, completes = "list_filter",
  help = "a list filter, as text or as a table such as { status = \"RUNNING\" }; without: all" }

local filters = [[
A table is given by name, as in client:list_workflows{ query = { status = "RUNNING", start_time = { since = "1h" } } }.
Its keys are the fields of a WorkflowExecution or search attributes. Their values are equal, or one of a list, or meet
all conditions of a table: not, before, after, since, at_least, at_most, prefix, and is_set = true or false. A time may
be text such as "1h": so long ago. All is quoted. The server cannot find text with double quotes or backslashes in it.]]

local function start(self, a)
  start_options.check(a)
  local result_type = results.type_of(a, a.workflow)
  local handle = call(native.start_workflow, self, a)
  native.notes(handle).result_type = result_type
  return handle
end

return declare.type {
  name = "Client",
  help = "A namespace on a Temporal server; it connects on its first call.",

  text = function(self)
    return ("Client(%q, namespace = %q)"):format(
      native.client_property(self, "address"), native.client_property(self, "namespace"))
  end,

  properties = {
    { name = "address", type = "string", help = "the server's host and port",
      get = function(self) return native.client_property(self, "address") end },
    { name = "namespace", type = "string", help = "the namespace of its calls",
      get = function(self) return native.client_property(self, "namespace") end },
    { name = "codec", type = "string", help = "what encodes and decodes payloads, in words; nil for nothing",
      get = function(self) return native.client_property(self, "codec") end },
    { name = "identity", type = "string", help = "who the server's histories say it was",
      get = function(self) return native.client_property(self, "identity") end },
    { name = "api_key", type = "string",
      help = "what later calls are authorized by, nil for nothing; it can be set, but not read",
      set = function(self, key)
        if key ~= nil then check.value("string", key, "Client", "api_key") end
        native.set_api_key(self, key)
      end },
    { name = "read_only", type = "boolean", help = "whether it refuses every call that changes the server's state",
      get = function(self) return native.client_property(self, "read_only") end },
    { name = "workflow_service", type = "Service", help = "every RPC of the workflow service by its snake_case name",
      get = function(self) return service.of(self, "workflow") end },
    { name = "operator_service", type = "Service", help = "every RPC of the operator service by its snake_case name",
      get = function(self) return service.of(self, "operator") end },
  },

  methods = {
    count_workflows = {
      help = "Counts the workflows that a query of the visibility store matches.",
      notes = filters,
      parameters = { query },
      returns = "a WorkflowExecutionCount: count, and groups, which are those of a query that says GROUP BY",
      example = "client:count_workflows(\"ExecutionStatus = 'Running'\").count",
      call = function(self, a) return count.new(call(native.count_workflows, self, a)) end,
    },

    execute_workflow = {
      help = "Starts a workflow and waits for its result.",
      parameters = start_options.parameters,
      arguments = true,
      returns = "the workflow's result",
      raises = { "WorkflowAlreadyStartedError", "WorkflowFailureError" },
      changes_state = true, destructive = start_options.replaces_a_run,
      example = [[
client:execute_workflow{ "Order", args = { items },
  id = "order-42", task_queue = "orders" }]],
      call = function(self, a)
        local handle = start(self, a)
        return handle:result{ rpc_metadata = a.rpc_metadata, rpc_timeout = a.rpc_timeout }
      end,
    },

    get_workflow_handle = {
      help = "Gives a handle to a workflow by its id; nothing is sent and nothing is checked.",
      rpc = false,
      parameters = {
        { name = "workflow_id", type = "string", position = 1, required = true, completes = "workflow_id",
          help = "the workflow id" },
        { name = "run_id", type = "string", help = "one run; without: the latest" },
        { name = "first_execution_run_id", type = "string", help = "the first run of the chain, to guard changes by" },
        { name = "result_type", type = "result_type", help = "what the result is to become" },
      },
      returns = "a WorkflowHandle",
      example = "local h = client:get_workflow_handle(\"order-42\")",
      call = function(self, a)
        local handle = native.workflow_handle(self, a)
        native.notes(handle).result_type = results.type_of(a)
        return handle
      end,
    },

    list_workflows = {
      help = "Iterates over the workflows that a query of the visibility store matches.",
      notes = filters,
      parameters = { query, table.unpack(rpc.page_parameters(1000)) },
      returns = "an iterator (Pages) of WorkflowExecution: id, run_id, status, workflow_type, start_time, …",
      example = "for w in client:list_workflows(\"WorkflowType = 'Order'\") do print(w.id) end",
      call = function(self, a)
        local namespace = native.client_property(self, "namespace")
        return pages.new {
          title = ("Workflows(%q)"):format(a.query or ""),
          limit = a.limit,
          next_page_token = a.next_page_token,
          map = function(info, position, page) return description.execution(info, namespace, page, position) end,
          fetches_ahead = a.limit == nil,
          count = function() return call(native.count_workflows, self, { query = a.query }).count end,
          of_executions = true,
          call = native.list_workflows,
          subject = self,
          start = function(token, limit)
            a.next_page_token = token
            if limit and limit < a.page_size then a.page_size = limit end
            return native.list_workflows(self, a)
          end,
        }
      end,
    },

    start_workflow = {
      help = "Starts a workflow.",
      notes = [[
The handle's result begins at the run that was started. With a start_signal, or with "USE_EXISTING", that may be one
that ran already. Its describe, query and signal act on the latest run of the id.]],
      parameters = start_options.parameters,
      arguments = true,
      returns = "a WorkflowHandle",
      raises = { "WorkflowAlreadyStartedError" },
      changes_state = true, destructive = start_options.replaces_a_run,
      example = [[
h = client:start_workflow{ "Order", args = { items },
  id = "order-42", task_queue = "orders" }]],
      call = start,
    },
  },

  more = {
    "moondial.client.archive", "moondial.client.async_activity", "moondial.client.batch", "moondial.client.clusters",
    "moondial.client.namespaces", "moondial.client.nexus_endpoints", "moondial.client.schedules",
    "moondial.client.search_attributes", "moondial.client.services", "moondial.client.task_queues",
    "moondial.client.update_with_start", "moondial.client.worker_deployments", "moondial.client.workers",
  },
}
