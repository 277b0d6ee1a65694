local spec = require "support.spec"
local live = require "support.live"

local contains, equal, truthy, raises = spec.contains, spec.equal, spec.truthy, live.raises

-- Lines as the prompt shows a value.
local function shown(value, output)
  local lines = {}
  local show = require "moondial.show"
  show.lay_out(value, show.context { output = output or "text", width = 100 },
    function(line) lines[#lines + 1] = line end)
  return table.concat(lines, "\n")
end

local function json_of(value) return json.decode(shown(value, "json")) end

live.suite("namespaces", function(it)
  local name = live.id("namespace")

  it("are created, described, changed and deleted", function()
    client:create_namespace(name, { retention = "48h", description = "first", data = { team = "a" } })
    local n = client:describe_namespace(name)
    equal({ n.name, n.state, n.retention, n.description, n.data }, { name, "REGISTERED", 172800.0, "first",
      { team = "a" } })
    equal(n.raw.config.history_archival_state, "DISABLED")
    equal(client:update_namespace(name, { owner_email = "a@b", data = { tier = "1" } }).description, "first")
    n = client:describe_namespace(name)
    equal({ n.owner_email, n.retention, n.data }, { "a@b", 172800.0, { team = "a", tier = "1" } })
    contains(shown(n), "Retention    2d")
    local gone = client:delete_namespace(name).deleted_namespace
    contains(gone, name .. "-deleted-")
    raises("RPCError", "NOT_FOUND", client.describe_namespace, client, name)
  end)

  it("are listed, each once, in a table", function()
    local names = {}
    for n in client:list_namespaces { page_size = 1 } do
      truthy(not names[n.name], "given twice: " .. n.name)
      names[n.name] = n.state
    end
    equal(names["temporal-system"], "REGISTERED")
    contains(shown((client:list_namespaces())), "temporal-system  REGISTERED  7d")
    equal(json_of((client:list_namespaces { limit = 1 }))[1].config.historyArchivalState, "ARCHIVAL_STATE_DISABLED")
  end)

  it("complain of names that there are not", function()
    raises("AttributeError", "NamespaceDescription has no field 'retentoin'; did you mean 'retention'?",
      function() return client:describe_namespace().retentoin end)
    local states = "history_archival_state must be one of \"ENABLED\", \"DISABLED\", not \"on\""
    raises("ValueError", states, client.create_namespace, client, { name, history_archival_state = "on" })
  end)
end)

live.suite("search attributes", function(it)
  it("are added and removed", function()
    local name = "Spec" .. live.id():gsub("%W", "")
    client:add_search_attributes { search_attributes = { [name] = "KeywordList" } }
    live.wait_until(function() return client:list_search_attributes().custom_attributes[name] end)
    equal(client:list_search_attributes().custom_attributes[name], "KEYWORD_LIST")
    contains(shown(client:list_search_attributes()), "KEYWORD_LIST  the namespace")
    client:remove_search_attributes(name)
    live.wait_until(function() return not client:list_search_attributes().custom_attributes[name] end)
  end)

  it("have types that are checked before anything is sent", function()
    local nowhere = live.nowhere
    raises("ValueError", "search_attributes.A: there is no type \"Keywrd\"; did you mean 'Keyword'?",
      nowhere.add_search_attributes, nowhere, { search_attributes = { A = "Keywrd" } })
    raises("ValueError", "search_attributes is empty", nowhere.add_search_attributes, nowhere,
      { search_attributes = {} })
  end)
end)

live.suite("task queues", function(it)
  it("tell who polls them and what waits", function()
    local queue = client:describe_task_queue(live.task_queue)
    equal({ queue.name, queue.backlog, #queue.stats }, { live.task_queue, 0, 2 })
    truthy(#queue.pollers >= 2, "workflows and activities are polled for")
    local lonely = live.start_unattended()
    local name = lonely:describe().task_queue
    live.wait_until(function() return client:describe_task_queue(name).backlog == 1 end)
    queue = client:describe_task_queue(name, { task_queue_types = "workflow" })
    equal({ queue.backlog, #queue.pollers, #queue.stats, queue.stats[1].task_queue_type }, { 1, 0, 1, "WORKFLOW" })
    truthy(queue.stats[1].approximate_backlog_age >= 0, "an age")
    contains(shown(queue), "Pollers     none")
    contains(shown { queue, queue }, "Task queue")
    equal(json_of(queue).stats[1].approximateBacklogCount, 1)
    equal(json_of(queue).pollers, json.null)
  end)

  it("have settings, each of which can be taken back", function()
    local name = live.id("queue")
    equal(client:get_task_queue_config(name, "ACTIVITY"), nil)
    client:update_task_queue_config(name, "ACTIVITY", { queue_rate_limit = 4, queue_rate_limit_reason = "why",
      fairness_weight_overrides = { a = 2 } })
    local config
    -- Partitions of the task queue learn of it after a moment.
    live.wait_until(function()
      config = client:get_task_queue_config(name, "ACTIVITY")
      return config and config.queue_rate_limit.rate_limit
    end)
    equal(config.queue_rate_limit.rate_limit.requests_per_second, 4.0)
    equal({ config.queue_rate_limit.metadata.reason, config.fairness_weight_overrides }, { "why", { a = 2.0 } })
    client:update_task_queue_config(name, "ACTIVITY", { queue_rate_limit = false,
      fairness_weight_overrides = { a = false } })
    live.wait_until(function()
      config = client:get_task_queue_config(name, "ACTIVITY")
      return not config.queue_rate_limit.rate_limit
    end)
    equal({ config.queue_rate_limit.rate_limit, config.fairness_weight_overrides }, {})
    raises("TypeError", "queue_rate_limit must be a number, or false, not string",
      client.update_task_queue_config, client, name, "ACTIVITY", { queue_rate_limit = "fast" })
  end)
end)

live.suite("worker deployments", function(it)
  it("have versions that are made current and ramped", function()
    local name = live.id("deployment")
    client:create_worker_deployment(name)
    live.wait_until(function() return pcall(client.describe_worker_deployment, client, name) end)
    client:set_worker_deployment_current_version { name, "1.0", allow_no_pollers = true }
    client:set_worker_deployment_ramping_version { name, "2.0", percentage = 25, allow_no_pollers = true }
    local d = client:describe_worker_deployment(name)
    equal({ d.current_build_id, d.ramping_build_id, d.ramping_percentage }, { "1.0", "2.0", 25.0 })
    contains(shown(d), "Ramping version  2.0 (25 %)")
    client:set_worker_deployment_ramping_version { name, delete = true }
    equal(client:describe_worker_deployment(name).ramping_build_id, nil)
    client:update_worker_deployment_version_metadata(name, "1.0", { metadata = { commit = "4c38abf" } })
    local version = client:describe_worker_deployment_version(name, "1.0")
    equal({ version.status, version.metadata }, { "CURRENT", { commit = "4c38abf" } })
    contains(shown(version), 'commit = "4c38abf"')
    raises("RPCError", "FAILED_PRECONDITION", client.delete_worker_deployment_version, client, name, "1.0")
  end)
end)

live.suite("the server", function(it)
  it("says what it is", function()
    local info = client:get_system_info()
    equal(client:describe_cluster().server_version, info.server_version)
    truthy(info.capabilities.supports_schedules, "it has schedules")
    equal(client:check_health(), true)
    raises("RPCError", "NOT_FOUND", client.check_health, client, "no.such.Service")
    equal(client:list_clusters()().cluster_name, "active")
    contains(shown(client:describe_cluster()), "Persistence")
    contains(shown((client:list_clusters())), "Connected")
  end)

  it("has Nexus endpoints", function()
    local name = live.id("endpoint")
    local e = client:create_nexus_endpoint(name,
      { target_namespace = "default", target_task_queue = "q", description = "what for" })
    equal({ e.name, e.version, e.description, e.target_task_queue }, { name, 1, "what for", "q" })
    e = client:update_nexus_endpoint(name, { target_url = "http://localhost/x" })
    equal({ e.version, e.description, e.target_url, e.target_namespace }, { 2, "what for", "http://localhost/x", nil })
    contains(shown(client:get_nexus_endpoint(name)), "Target       http://localhost/x")
    client:delete_nexus_endpoint(name)
    raises("ValueError", "", client.get_nexus_endpoint, client, name)
    raises("TypeError", "", client.create_nexus_endpoint, client, name)
  end)

  it("is left alone by a client that only reads", function()
    local reader = temporal.connect { client.address, read_only = true }
    equal(reader:describe_namespace().name, "default")
    for _, change in ipairs {
      function() reader:create_namespace("x") end, function() reader:delete_namespace("x") end,
      function() reader:remove_search_attributes("x") end,
      function() reader:update_task_queue_config("x", "ACTIVITY", { queue_rate_limit = 1 }) end,
      function() reader:create_worker_deployment("x") end,
      function() reader:create_nexus_endpoint("x", { target_url = "http://x" }) end,
    } do
      raises("ReadOnlyError", "", change)
    end
  end)

  it("has no archive of what lists say, and says so", function()
    raises("RPCError", "Cluster is not configured for visibility archival.", (client:list_archived_workflows()))
  end)
end)

live.suite("map_histories", function(it)
  local prefix = live.id("histories")
  local query = ("WorkflowId STARTS_WITH '%s'"):format(prefix)
  async.map({ 1, 2, 3, 4, 5 }, function(index) live.execute { "Echo", args = { index }, id = prefix .. index } end)
  live.wait_until(function() return client:count_workflows(query).count == 5 end)

  it("gives the histories in the order of the list, however many are fetched at once", function()
    local ids = {}
    for w in client:list_workflows(query) do ids[#ids + 1] = w.id end
    for _, concurrency in ipairs { 1, 2, 50 } do
      local found = {}
      for h in client:list_workflows { query, page_size = 2 }:map_histories { concurrency = concurrency } do
        found[#found + 1] = h.workflow_id
        equal(#h.events, 5)
      end
      equal(found, ids)
    end
  end)

  it("is lazy, and lets go of what is under way", function()
    local histories <close> = live.nowhere:list_workflows():map_histories()
    contains(tostring(histories), "Histories of Workflows")
    local taken <close> = client:list_workflows(query):map_histories { concurrency = 3 }
    taken()
    local all = client:list_workflows(query):map_histories()
    local first = async.scope(function(scope) return scope:spawn(function() return all().workflow_id end):await() end)
    -- What the task had under way ended with it; another goes on.
    local rest = {}
    for h in all do rest[#rest + 1] = h.workflow_id end
    equal(#rest, 4)
    truthy(not table.concat(rest, " "):find(first, 1, true), "each once")
  end)

  it("is for workflows, and knows its options", function()
    raises("TypeError", "", function() return client:list_namespaces():map_histories() end)
    raises("TypeError", "map_histories has no field 'concurency'; did you mean 'concurrency'?",
      function() return client:list_workflows():map_histories { concurency = 2 } end)
    raises("ValueError", "", function() return client:list_workflows():map_histories { concurrency = 0 } end)
  end)
end)
