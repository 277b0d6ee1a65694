local spec = require "support.spec"
local live = require "support.live"

local equal, truthy, raises, is_json = spec.equal, spec.truthy, live.raises, live.is_json

live.suite("raw services", function(it)
  local service = client.workflow_service
  local namespace = client.namespace

  it("have every RPC by its snake_case name", function()
    local info = service:describe_namespace { namespace = namespace }
    equal({ info.namespace_info.name, info.namespace_info.state }, { namespace, "REGISTERED" })
    truthy(info.config.workflow_execution_retention_ttl > 0)
    truthy(service:get_system_info().capabilities.supports_schedules)
    truthy(service:get_system_info {}.server_version:match("^%d+%.%d+"))
    local attributes = client.operator_service:list_search_attributes { namespace = namespace }
    equal(attributes.custom_attributes.CustomIntField, "INT")
    equal({ tostring(service), tostring(client.operator_service) }, { 'Service("workflow")', 'Service("operator")' })
  end)

  it("suggest the RPC that was meant", function()
    local e = raises("AttributeError", "", function() return service.descrbe_namespace end)
    equal(e.message, "temporal.api.workflowservice.v1.WorkflowService has no RPC 'descrbe_namespace'; "
      .. "did you mean 'describe_namespace'?")
    raises("AttributeError", "did you mean 'list_search_attributes'", function()
      return client.operator_service.list_search_atributes
    end)
    raises("AttributeError", "has no RPC 'frobnicate'", function() return service.frobnicate end)
  end)

  it("name the path of a field that is wrong, before anything is sent", function()
    local nowhere = live.nowhere.workflow_service
    local function refused(part, request)
      raises("TypeError", "start_workflow_execution: " .. part, nowhere.start_workflow_execution, nowhere, request)
    end
    refused("namespce: StartWorkflowExecutionRequest has no such field; did you mean 'namespace'?", { namespce = "d" })
    refused("workflow_type.nme: WorkflowType has no such field; did you mean 'name'?",
      { workflow_type = { nme = "x" } })
    refused("workflow_type.name: expected a string, got an integer", { workflow_type = { name = 1 } })
    refused("workflow_type: expected a table for WorkflowType, got a string", { workflow_type = "Echo" })
    refused("workflow_id_reuse_policy: WorkflowIdReusePolicy has no value 'REJECT'",
      { workflow_id_reuse_policy = "REJECT" })
    refused("workflow_run_timeout: '1q' is not a duration", { workflow_run_timeout = "1q" })
    refused("retry_policy.maximum_attempts", { retry_policy = { maximum_attempts = 1 << 40 } })
    refused("links[2]", { links = { {}, 5 } })
    refused("links: expected a list", { links = { a = 1 } })
    refused("links[1]: a list cannot hold null", { links = { json.null } })
    refused("input.payloads[2].x", { input = { payloads = { 1, { x = print } } } })
    refused("input.payloads: expected a list, got a list with nothing at [2]", { input = { payloads = { 1, nil, 3 } } })
    refused("input.payloads[2].x", { input = { 1, { x = print } } })
    refused("input: expected a table for Payloads, got an integer", { input = 1 })
    refused("header.fields: expected a table for a map, got a list", { header = { fields = { "x" } } })
    refused("expected a table for StartWorkflowExecutionRequest, got a list", { "default" })
    refused("task_queue.kind: expected a value of TaskQueueKind, got an empty table", { task_queue = { kind = {} } })
    refused("links[2].workflow_event.event_ref.event_id: 'x' is not an integer",
      { links = { {}, { workflow_event = { event_ref = { event_id = "x" } } } } })
    refused("workflow_id_reuse_policy: WorkflowIdReusePolicy has no value 'WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICAT'; "
      .. "did you mean 'WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE'?",
      { workflow_id_reuse_policy = "WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICAT" })
    refused("workflow_execution_timeout: 1 seconds and -1 nanoseconds are out of range",
      { workflow_execution_timeout = { seconds = 1, nanos = -1 } })
    local e = spec.raises(nowhere.start_workflow_execution, nowhere,
      { links = { { workflow_event = {}, batch_job = {} } } })
    truthy(e.message:match("links%[1%]%.[%w_]+: only one of '[%w_]+' and '[%w_]+' may be given$"))
    local twice = spec.raises(nowhere.start_workflow_execution, nowhere, { workflow_id = "a", workflowId = "b" })
    truthy(twice.message:match("given twice$"))
    refused("workflow_id: the string is not valid UTF-8", { workflow_id = "\xff" })
    raises("TypeError", "describe_namespace takes one table", nowhere.describe_namespace, nowhere, "default")
    raises("TypeError", "describe_namespace takes one table", nowhere.describe_namespace, nowhere, {}, {})
    raises("TypeError", "call it with a colon", nowhere.describe_namespace, { namespace = "default" })
  end)

  it("take plain values for payloads, and give them", function()
    local id = live.id("raw")
    local started = service:start_workflow_execution {
      namespace = namespace, workflow_id = id, workflow_type = { name = "Echo" },
      task_queue = { name = live.task_queue }, request_id = id, workflow_run_timeout = "1m30s",
      input = { payloads = { 1, 1.0, "two", { a = json.array {} }, json.null, temporal.bytes("b") } },
      memo = { fields = { m = { 1 } } }, workflow_id_reuse_policy = "REJECT_DUPLICATE",
    }
    equal(started.started, true)
    local h = client:get_workflow_handle(id)
    is_json(h:result(), '[1,1.0,"two",{"a":[]},null,[98]]')
    local d = service:describe_workflow_execution { namespace = namespace, execution = { workflow_id = id } }
    equal(d.workflow_execution_info.execution.run_id, started.run_id)
    equal(d.workflow_execution_info.status, "COMPLETED")
    equal(d.execution_config.workflow_run_timeout, 90.0)
    is_json(d.workflow_execution_info.memo.fields, '{"m":[1]}')
    truthy(d.workflow_execution_info.close_time > d.workflow_execution_info.start_time)
    -- As an event gives it, and as a list of one's own.
    local again = id .. "-again"
    service:start_workflow_execution {
      namespace = namespace, workflow_id = again, workflow_type = { name = "Echo" },
      task_queue = { name = live.task_queue }, request_id = again,
      input = live.first_event(h).workflow_execution_started_event_attributes.input,
    }
    is_json(client:get_workflow_handle(again):result(), '[1,1.0,"two",{"a":[]},null,"b"]')
  end)

  it("take and give times, tokens and parts of other responses", function()
    local h = live.start("ManyEvents", 600)
    h:result()
    local request = { namespace = namespace, execution = h:describe().raw.workflow_execution_info.execution,
      maximum_page_size = 10 }
    local first = service:get_workflow_execution_history(request)
    equal(type(first.next_page_token), "string")
    request.next_page_token = first.next_page_token
    equal(service:get_workflow_execution_history(request).history.events[1].event_id, #first.history.events + 1)
    local open = live.start("Sleep")
    local filter = { earliest_time = open:describe().start_time, latest_time = "2100-01-01T00:00:00Z" }
    live.wait_until(function()
      return #(service:list_open_workflow_executions { namespace = namespace, start_time_filter = filter,
        execution_filter = { workflow_id = open.id } }.executions or {}) == 1
    end)
    filter.earliest_time = filter.earliest_time + 1
    equal(service:list_open_workflow_executions { namespace = namespace, start_time_filter = filter,
      execution_filter = { workflow_id = open.id } }.executions, nil)
    filter.earliest_time = "yesterday"
    raises("TypeError", "start_time_filter.earliest_time: 'yesterday' is not a time",
      service.list_open_workflow_executions, service, { start_time_filter = filter })
  end)

  it("take enums by short and full names, and by number", function()
    local h = live.start("Echo")
    h:result()
    for _, filter in ipairs { "CLOSE_EVENT", "HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT", 2 } do
      local page = service:get_workflow_execution_history { namespace = namespace, execution = { workflow_id = h.id },
        history_event_filter_type = filter }
      equal(#page.history.events, 1)
    end
  end)

  it("show an enum's number that they do not know", function()
    local id = live.id("raw")
    service:start_workflow_execution { namespace = namespace, workflow_id = id, workflow_type = { name = "Sleep" },
      task_queue = { name = live.task_queue, kind = 77 }, request_id = id }
    local h = client:get_workflow_handle(id)
    local event = live.first_event(h)
    equal(event.event_type, "WORKFLOW_EXECUTION_STARTED")
    equal(event.workflow_execution_started_event_attributes.task_queue.kind, "UNKNOWN(77)")
    h:terminate()
  end)

  it("take metadata and a deadline", function()
    local e = raises("RPCError", "", service.query_workflow, service, { namespace = namespace,
      execution = { workflow_id = live.start_unattended().id }, query = { query_type = "q" }, rpc_timeout = "50ms" })
    equal(e.status, "DEADLINE_EXCEEDED")
    equal(service:describe_namespace { namespace = namespace, rpc_metadata = { ["x-some"] = "thing" },
      rpc_timeout = 10 }.namespace_info.name, namespace)
    raises("TypeError", "rpc_metadata must be a table", service.describe_namespace, service, { rpc_metadata = 1 })
    raises("ValueError", "bad duration", service.describe_namespace, service, { rpc_timeout = "x" })
  end)

  it("raise what the server says, with its details", function()
    local e = raises("RPCError", "NOT_FOUND: Namespace nons is not found.", service.describe_namespace, service,
      { namespace = "nons" })
    equal(e.status, "NOT_FOUND")
    equal(e.details,
      json.array { { type_name = "temporal.api.errordetails.v1.NamespaceNotFoundFailure", namespace = "nons" } })
    truthy(#e.raw_grpc_status > 20)
    e = raises("RPCError", "INVALID_ARGUMENT", service.start_workflow_execution, service, { namespace = namespace })
    equal(e.details, json.array {})
  end)
end)
