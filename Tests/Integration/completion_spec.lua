--- Completion by what the server knows.

local async = require "async"
local await = require "moondial.scheduler.await"
local completion = require "moondial.completion"
local live = require "support.live"
local server = require "moondial.completion.server"
local spec = require "support.spec"

local contains, equal, truthy = spec.contains, spec.equal, spec.truthy

-- What the server is asked, at the end of a text.
local function ask(text, env)
  local found = completion.at(text, #text, env or _G)
  truthy(found.later, text)
  local candidates, first = found.later()
  return candidates, first or found.first
end

-- The same when the server has answered in time: an answer that is late gives nothing, and that is kept for a while.
local function ask_until_answered(text, env)
  local candidates, at
  live.wait_until(function()
    candidates, at = ask(text, env)
    return #candidates > 0
  end)
  return candidates, at
end

local function joined(candidates)
  local out = {}
  for index, candidate in ipairs(candidates) do out[index] = candidate.text .. (candidate.suffix or "") end
  return table.concat(out, ";")
end

local function texts(text, env) return joined((ask(text, env))) end

local function answer(text, env) return joined((ask_until_answered(text, env))) end

-- Nothing is kept for a client that is new.
local function new_client() return temporal.connect { client.address, namespace = client.namespace } end

live.suite("completion from the server", function(it)
  local prefix = live.id("complete")
  local first = live.start { "Mailbox", id = prefix .. "-one" }
  local second = live.start { "Mailbox", id = prefix .. "-\"two'" }
  live.wait_until(function()
    return client:count_workflows(("WorkflowId STARTS_WITH '%s'"):format(prefix)).count == 2
  end)
  local function env_of(more)
    local env = { client = new_client() }
    for name, value in pairs(more or {}) do env[name] = value end
    return env
  end

  it("gives workflow ids by their beginning, as they stand in quotes", function()
    local env = env_of()
    equal(answer(('client:get_workflow_handle("%s-o'):format(prefix), env), prefix .. '-one"')
    local candidates, at = ask_until_answered(('client:get_workflow_handle("%s'):format(prefix), env)
    equal({ #candidates, at }, { 2, #'client:get_workflow_handle("' + 1 })
    equal({ candidates[1].text, candidates[1].display }, { prefix .. "-\\\"two'", prefix .. "-\"two'" })
    equal(candidates[2].detail, "Mailbox, RUNNING")
    equal(texts(("client:get_workflow_handle{ workflow_id = '%s-\\\""):format(prefix), env), "")
  end)

  it("gives types and task queues", function()
    local env = env_of()
    contains(answer('client:start_workflow{ "', env), 'Mailbox"')
    equal(answer('client:execute_workflow{ "Mailb', env), 'Mailbox"')
    equal(answer(('client:start_workflow{ "W", task_queue = "%s'):format(live.task_queue), env), live.task_queue .. '"')
  end)

  it("gives the activities of a workflow that have not ended", function()
    local h = live.start("RunActivity", "completed_elsewhere", json.array {})
    live.wait_until(function()
      local activity = h:describe().pending_activities[1]
      return activity and activity.state == "STARTED"
    end)
    local candidates = ask_until_answered('h:pause_activity("', env_of { h = h })
    equal({ #candidates, candidates[1].text, candidates[1].detail },
      { 1, "elsewhere", "completed_elsewhere, STARTED" })
  end)

  it("gives namespaces", function()
    local namespace = client.namespace
    equal(answer(('temporal.connect("x", { namespace = "%s'):format(namespace), { client = new_client(),
      temporal = temporal }), namespace .. '"')
  end)

  it("gives what a server is operated by", function()
    local name = live.id("completed")
    client:create_worker_deployment(name)
    client:create_nexus_endpoint(name, { target_url = "http://localhost/x" })
    local function are_given()
      local env = env_of()
      return texts(('client:describe_worker_deployment("%s'):format(name), env) == name .. '"'
        and texts(('client:get_nexus_endpoint("%s'):format(name), env) == name .. '"'
    end
    live.wait_until(are_given)
    client:delete_nexus_endpoint(name)
    client:delete_worker_deployment(name)
    equal(answer('client:describe_namespace("temporal-s', env_of()), 'temporal-system"')
    contains(answer('client:remove_search_attributes("Custom', env_of()), 'CustomIntField";')
    equal(answer(('client:describe_task_queue("%s'):format(live.task_queue), env_of()), live.task_queue .. '"')
  end)

  it("gives the queries, signals and updates of the workflow", function()
    local env = env_of { h = first, other = second }
    contains(answer('h:query("', env), 'contents";')
    equal(answer('h:query("fail', env), 'failing_query"')
    equal(texts('h:query("__', env), "")
    contains(answer('h:signal{ "', env), 'release"')
    equal(answer('h:signal{ "rel', env), 'release"')
    equal(answer('h:start_update{ "app', env), 'append";append_slowly"')
    equal(answer("other:execute_update('fail", env), "failing_update'")
    equal(answer(('client:get_workflow_handle("%s-one"):query("c'):format(prefix), env), 'contents"')
  end)

  it("gives the parts of a list filter", function()
    local env = env_of()
    equal(answer('client:list_workflows("WorkflowT', env), "WorkflowType ")
    equal(answer('client:list_workflows("CustomKeywordF', env), "CustomKeywordField ")
    equal(answer('client:list_workflows("CustomBoolField = ', env), "false ;true ")
    equal(answer("client:list_workflows(\"WorkflowType = 'Mailb", env), "Mailbox'")
    equal(answer("client:count_workflows{ query = 'ExecutionStatus = \"Run", env), 'Running"')
    equal(answer(("client:list_workflows(\"WorkflowId = '%s-o"):format(prefix), env), prefix .. "-one'")
    local _, at = ask_until_answered("client:list_workflows(\"TaskQueue IS ", env)
    equal(at, #"client:list_workflows(\"TaskQueue IS " + 1)
    -- Each filter that it makes is one for the server.
    for _, status in pairs(require "moondial.list_filter".statuses) do
      truthy(client:count_workflows(("ExecutionStatus = '%s'"):format(status)).count >= 0)
    end
    for _, attribute in ipairs(require "moondial.completion.filter".attributes) do
      truthy(client:count_workflows(attribute[1] .. " IS NOT NULL").count >= 0)
    end
  end)

  it("is kept for a while", function()
    -- Five seconds, in which a server with much to do may not come to store another one.
    live.wait_until(function()
      local env, began = env_of(), await.now()
      local before = answer('client:get_workflow_handle("' .. prefix, env)
      local another = live.start { "Mailbox", id = live.id(prefix .. "-zzz") }
      live.wait_until(function()
        return client:count_workflows(("WorkflowId = '%s'"):format(another.id)).count == 1
      end)
      local after = texts('client:get_workflow_handle("' .. prefix, env)
      if await.now() - began >= 5 then return false end
      equal(after, before)
      contains(answer('client:get_workflow_handle("' .. prefix, env_of()), another.id)
      return true
    end)
  end)
end)

live.suite("completion without an answer", function(it)
  it("gives nothing where there is no server", function()
    local env = { client = live.nowhere, h = live.nowhere:get_workflow_handle("x"), temporal = temporal }
    for _, text in ipairs { 'client:get_workflow_handle("', 'client:start_workflow{ "', 'h:query("',
      'temporal.connect{ namespace = "', 'client:describe_worker_deployment("', 'client:get_nexus_endpoint("' } do
      equal(texts(text, env), "", text)
    end
    -- What every server has needs none.
    equal(texts('client:list_workflows("WorkflowT', env), "WorkflowType ")
  end)

  it("gives nothing when nobody answers in time, and leaves no call behind", function()
    local h = live.start_unattended()
    equal(texts('h:query("', { client = client, h = h }), "")
    equal(live.is_in_flight(), false)
  end)

  it("ends with the task that asked, and keeps nothing then", function()
    local h = live.start_unattended()
    local client_of_this = new_client()
    async.scope(function(scope)
      local task = scope:spawn(function() return server.messages(client_of_this, h, "query") end)
      live.wait_until(live.is_in_flight)
      task:cancel("the user typed on")
      local e = spec.raises(task.await, task)
      truthy(temporal.is_error(e, "CancelledError"), tostring(e))
    end)
    equal(live.is_in_flight(), false)
  end)
end)
