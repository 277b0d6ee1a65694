local spec = require "support.spec"
local live = require "support.live"

local equal, truthy, raises = spec.equal, spec.truthy, live.raises

live.suite("services of the server", function(it)
  local admin_name = "temporal.server.api.adminservice.v1.AdminService"
  local admin = client:service(admin_name)

  it("are called by types that the server tells", function()
    equal(tostring(admin), ('Service("%s")'):format(admin_name))
    local cluster = admin:describe_cluster {}
    equal(cluster.server_version, client.workflow_service:get_cluster_info().server_version)
    truthy(cluster.membership_info.current_host.identity)
    local h = live.start("Echo", { a = 1 })
    h:result()
    local state = admin:describe_mutable_state { namespace = client.namespace,
      execution = { workflow_id = h.id, run_id = h.result_run_id } }.database_mutable_state
    equal(state.execution_info.workflow_type_name, "Echo")
    equal({ state.execution_state.state, state.execution_state.status }, { "COMPLETED", "COMPLETED" })
    equal(state.execution_state.start_time, h:describe().start_time)
  end)

  it("check what they are given", function()
    raises("TypeError", "describe_mutable_state: execution.workflow: WorkflowExecution has no such field",
      admin.describe_mutable_state, admin, { execution = { workflow = "x" } })
    raises("TypeError", "describe_mutable_state: namespac: DescribeMutableStateRequest has no such field; "
      .. "did you mean 'namespace'?", admin.describe_mutable_state, admin, { namespac = "x" })
    raises("AttributeError", admin_name .. " has no RPC 'descrbe_cluster'; did you mean 'describe_cluster'?",
      function() return admin.descrbe_cluster end)
    raises("TypeError", ('call it with a colon: client:service("%s"):describe_cluster{…}'):format(admin_name),
      admin.describe_cluster, {})
    raises("AttributeError", "has no service 'AdminService'; did you mean '" .. admin_name .. "'?",
      client.service, client, "AdminService")
    local e = raises("RPCError", "NOT_FOUND", admin.describe_mutable_state, admin,
      { namespace = client.namespace, execution = { workflow_id = live.id("none") } })
    equal(e.status, "NOT_FOUND")
  end)

  it("are those of gRPC, too", function()
    local health = client:service("grpc.health.v1.Health")
    equal(health:check { service = "temporal.api.workflowservice.v1.WorkflowService" }.status, "SERVING")
    raises("ValueError", "Watch is a stream of messages", health.watch, health, {})
    local reflection = client:service("grpc.reflection.v1.ServerReflection")
    raises("ValueError", "is a stream of messages", reflection.server_reflection_info, reflection, {})
  end)

  it("are asked for by a client that only reads, and refused what changes something", function()
    local reader = temporal.connect { client.address, namespace = client.namespace, read_only = true }
    local only_reads = reader:service(admin_name)
    equal(only_reads:describe_cluster().cluster_name, admin:describe_cluster().cluster_name)
    raises("ReadOnlyError", "DeleteWorkflowExecution changes the server's state", only_reads.delete_workflow_execution,
      only_reads, { namespace = client.namespace })
  end)

  it("end their question with the task that asks it", function()
    local e = raises("TimeoutError", "", async.timeout, 0, function()
      return temporal.connect(client.address):service(admin_name)
    end)
    truthy(e)
  end)
end)
