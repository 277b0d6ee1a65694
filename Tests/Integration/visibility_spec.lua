local spec = require "support.spec"
local live = require "support.live"

local equal, truthy, raises, is_json = spec.equal, spec.truthy, live.raises, live.is_json

-- What the store shows comes later than what it tells of.
local function wait_for_count(query, count)
  live.wait_until(function() return client:count_workflows(query).count == count end)
end

local function ids_of(...)
  local ids = {}
  for workflow in ... do
    truthy(not ids[workflow.id], "given twice: " .. workflow.id)
    ids[#ids + 1], ids[workflow.id] = workflow.id, true
  end
  return ids
end

live.suite("list_workflows, count_workflows", function(it)
  local prefix = live.id("listed")
  local query = ("WorkflowId STARTS_WITH '%s'"):format(prefix)
  local completed = query .. " AND ExecutionStatus = 'Completed'"
  local running = live.start { "Mailbox", id = prefix .. "-running" }
  local numbers = {}
  for index = 1, 12 do numbers[index] = index end
  async.map(numbers, function(index) live.execute { "Echo", id = ("%s-%02d"):format(prefix, index) } end)
  wait_for_count(completed, 12)
  -- A record is written anew after the first workflow task, which adds the worker's build, and is away for a moment.
  wait_for_count(query .. " AND BuildIds = 'unversioned'", 13)

  it("counts", function()
    equal(client:count_workflows(query).count, 13)
    equal(client:count_workflows { query = query, rpc_timeout = 5 }.count, 13)
    truthy(client:count_workflows().count >= 13)
  end)

  it("counts by groups", function()
    local groups = {}
    for _, group in ipairs(client:count_workflows(query .. " GROUP BY ExecutionStatus").groups) do
      groups[group.group_values[1]] = group.count
    end
    equal(groups, { Running = 1, Completed = 12 })
  end)

  it("gives each workflow once, across pages", function()
    equal(#ids_of(client:list_workflows(query)), 13)
    equal(#ids_of(client:list_workflows(query, { page_size = 5 })), 13)
    equal(#ids_of(client:list_workflows { query, page_size = 13 }), 13)
    equal(#ids_of(client:list_workflows { query = query, page_size = 1 }), 13)
    equal(#ids_of(client:list_workflows("WorkflowId = 'none'")), 0)
  end)

  it("gives no more than the limit, within a page and across pages", function()
    equal(#ids_of(client:list_workflows(query, { limit = 3 })), 3)
    equal(#ids_of(client:list_workflows { query, limit = 7, page_size = 5 }), 7)
    equal(#ids_of(client:list_workflows { query, limit = 10, page_size = 5 }), 10)
    equal(#ids_of(client:list_workflows { query, limit = 100, page_size = 5 }), 13)
    equal(client:list_workflows { query, limit = 0 }(), nil)
  end)

  it("asks for no more than the limit", function()
    local list = client:list_workflows { query, limit = 7, page_size = 5 }
    for _ = 1, 6 do list() end
    equal(#list.current_page, 2)
    list:close()
  end)

  it("goes on where another iterator stopped", function()
    local list = client:list_workflows(query, { page_size = 5 })
    local seen = {}
    for index = 1, 5 do seen[index] = list().id end
    local rest = client:list_workflows { query, page_size = 5, next_page_token = list.next_page_token }
    list:close()
    local others = ids_of(rest)
    equal(#others, 8)
    for _, id in ipairs(seen) do truthy(not others[id]) end
  end)

  it("gives the fields of the Python SDK", function()
    local first = client:list_workflows { query .. (" AND WorkflowId = '%s-01'"):format(prefix), limit = 1 }()
    equal({ first.id, first.status, first.workflow_type, first.task_queue },
      { prefix .. "-01", "COMPLETED", "Echo", live.task_queue })
    equal(#first.run_id, 36)
    truthy(first.history_length >= 5)
    truthy(first.start_time < first.close_time and first.close_time - first.start_time < 60)
    equal({ first.memo, first.root_id }, { {}, first.id })
    local still_running = client:list_workflows { query .. " AND ExecutionStatus = 'Running'", limit = 1 }
    local w = still_running()
    equal({ w.id, w.status, w.close_time }, { running.id, "RUNNING" })
  end)

  it("sends nothing before the first step, and raises what the server says there", function()
    local list = client:list_workflows("Nope = 1")
    equal(live.is_in_flight(), false)
    equal(raises("RPCError", "invalid search attribute: Nope", list).status, "INVALID_ARGUMENT")
    raises("RPCError", "INVALID_ARGUMENT", client.count_workflows, client, "not a query at all")
    raises("ConnectError", "", live.nowhere:list_workflows("x"))
  end)

  it("take a table for a filter", function()
    local of_these = { prefix = prefix }
    equal(client:count_workflows { query = { id = of_these, start_time = { since = "1h" } } }.count, 13)
    equal(client:count_workflows { query = { id = of_these, start_time = { before = "1h" } } }.count, 0)
    equal(client:count_workflows { query = { id = of_these, status = { "COMPLETED", "RUNNING" } } }.count, 13)
    equal(ids_of(client:list_workflows { query = { id = { prefix .. "-01", "it's" } } })[1], prefix .. "-01")
    equal(client:count_workflows { query = { id = [[x\' OR WorkflowId STARTS_WITH ']] .. prefix } }.count, 0)
    raises("TypeError", "query must be text, not 5", client.count_workflows, client, 5)
  end)

  it("releases what it fetches ahead on break", function()
    local kept
    for w in client:list_workflows(query, { page_size = 2 }) do
      kept = function() return w end
      if kept().id then break end
    end
    equal(live.is_in_flight(), false)
    equal(tostring(client:list_workflows("x = 1")), 'Workflows("x = 1")')
  end)

  it("finds search attributes, by their types", function()
    local id = live.id("found")
    local h = live.start { "Described", args = { "d" }, id = id }
    local by_attribute = ("CustomIntField = 42 AND CustomKeywordField = 'from-workflow' AND WorkflowId = '%s'")
      :format(id)
    wait_for_count(by_attribute, 1)
    local w = client:list_workflows { by_attribute, limit = 1 }()
    equal({ w.search_attributes.CustomIntField, w.search_attributes.CustomKeywordField }, { 42, "from-workflow" })
    is_json(w.memo, '{"from_workflow":[1,2,3]}')
    h:signal("finish")
  end)
end)
