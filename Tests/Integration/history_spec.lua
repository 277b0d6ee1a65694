local spec = require "support.spec"
local live = require "support.live"

local equal, truthy, raises = spec.equal, spec.truthy, live.raises

-- A closed workflow with a history of so many events.
local function with_events(count)
  local handle = live.start("ManyEvents", count)
  handle:result()
  return handle
end

local function ids_of(...)
  local ids = {}
  for event in ... do
    ids[#ids + 1] = event.event_id
  end
  return ids
end

local function sequence(first, last)
  local list = {}
  for id = first, last do list[#list + 1] = id end
  return list
end

local function settle()
  live.wait_until(function() return not live.is_in_flight() end)
end

live.suite("fetch_history_events", function(it)
  it("gives all events in order, by their fields' names", function()
    local h = live.start("Echo", 1, "two")
    h:result()
    local types = {}
    for event in h:fetch_history_events() do
      types[#types + 1] = event.event_type
      if event.event_id == 1 then
        local started = event.workflow_execution_started_event_attributes
        equal(started.workflow_type.name, "Echo")
        equal({ started.input[1], started.input[2] }, { 1, "two" })
        equal(started.original_execution_run_id, h.result_run_id)
        equal(getmetatable(event.event_time).__name, "Timestamp")
      end
    end
    equal(types, { "WORKFLOW_EXECUTION_STARTED", "WORKFLOW_TASK_SCHEDULED", "WORKFLOW_TASK_STARTED",
      "WORKFLOW_TASK_COMPLETED", "WORKFLOW_EXECUTION_COMPLETED" })
  end)

  it("goes through more than a thousand events, in several pages", function()
    local h = with_events(1100)
    equal(ids_of(h:fetch_history_events()), sequence(1, 1100))
    local pages, events = 0, h:fetch_history_events { page_size = 10 }
    local page
    for event in events do
      if events.current_page ~= page then
        page = events.current_page
        pages = pages + 1
        equal(page[1].event_id, event.event_id)
      end
    end
    truthy(pages >= 4, pages .. " pages")
  end)

  it("sends nothing before the first step", function()
    local missing = client:get_workflow_handle(live.id("missing"))
    local events = missing:fetch_history_events()
    equal(live.is_in_flight(), false)
    equal({ events.next_page_token, events.current_page }, {})
    local e = raises("RPCError", "workflow not found for ID: " .. missing.id, events)
    equal(e.status, "NOT_FOUND")
    raises("RPCError", "NOT_FOUND", function()
      for _ in missing:fetch_history_events { wait_new_event = true } do error("an event of nothing") end
    end)
    raises("ConnectError", "127.0.0.1:1", live.nowhere:get_workflow_handle("any"):fetch_history_events())
  end)

  it("fetches one page ahead at most", function()
    local h = with_events(1100)
    local events = h:fetch_history_events { page_size = 10 }
    equal(events().event_id, 1)
    local first, token = events.current_page, events.next_page_token
    settle()
    equal(rawequal(events.current_page, first), true)
    equal(events.next_page_token, token)
    equal(live.is_in_flight(), false)
    -- The page is there: to go on into it sends for the one behind it, and waits for nothing.
    for _ = 2, #first do events() end
    equal(events().event_id, #first + 1)
    equal(live.is_in_flight(), true)
    events:close()
    equal(live.is_in_flight(), false)
    equal(events(), nil)
  end)

  it("goes on where another iterator stopped", function()
    local h = with_events(600)
    local events = h:fetch_history_events { page_size = 10 }
    events()
    local seen, token = #events.current_page, events.next_page_token
    equal(type(token), "string")
    events:close()
    equal(ids_of(h:fetch_history_events { page_size = 10, next_page_token = token }), sequence(seen + 1, 600))
    for _ in events do error("it was closed") end
    raises("RPCError", "INVALID_ARGUMENT", h:fetch_history_events { next_page_token = "no token" })
  end)

  it("can be shared by several tasks, each event being one's", function()
    local events = with_events(1100):fetch_history_events { page_size = 10 }
    local ids = {}
    async.map(sequence(1, 5), function()
      for event in events do
        ids[#ids + 1] = event.event_id
        async.checkpoint()
      end
    end)
    table.sort(ids)
    equal(ids, sequence(1, 1100))
  end)

  it("gives only the close event, if asked for", function()
    local h = with_events(300)
    for _, filter in ipairs { "CLOSE_EVENT", "close_event", "HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT" } do
      equal(ids_of(h:fetch_history_events { event_filter_type = filter }), { 300 })
    end
    equal(#ids_of(h:fetch_history_events { event_filter_type = "ALL_EVENT", skip_archival = true }), 300)
  end)

  it("waits for new events until the run has closed", function()
    local h = live.start("Mailbox")
    local types = {}
    async.scope(function(scope)
      scope:spawn(function()
        for event in h:fetch_history_events { wait_new_event = true } do types[#types + 1] = event.event_type end
      end)
      live.wait_until(function() return #types > 0 end)
      h:signal("put", 1)
      live.wait_until(function() return table.concat(types, " "):find("SIGNALED") end)
      h:signal("finish")
    end)
    equal(types[#types], "WORKFLOW_EXECUTION_COMPLETED")
    equal(#ids_of(h:fetch_history_events()), #types)
  end)

  it("waits for the close event, and not for that of the next run", function()
    local h = live.start("Mailbox")
    async.scope(function(scope)
      local close = scope:spawn(function()
        local closing
        for event in h:fetch_history_events { wait_new_event = true, event_filter_type = "CLOSE_EVENT" } do
          closing = event
        end
        return closing
      end)
      h:signal("finish")
      equal(close:await().event_type, "WORKFLOW_EXECUTION_COMPLETED")
    end)
    local continued = live.start("ContinueAsNew", 1)
    continued:result()
    local first = client:get_workflow_handle(continued.id, { run_id = continued.result_run_id })
    local last
    for event in first:fetch_history_events { wait_new_event = true } do last = event end
    equal(last.event_type, "WORKFLOW_EXECUTION_CONTINUED_AS_NEW")
  end)

  it("stops waiting when its task is cancelled", function()
    local h = live.start("Mailbox")
    raises("TimeoutError", "", async.timeout, 0.1, function()
      for _ in h:fetch_history_events { wait_new_event = true } do async.checkpoint() end
    end)
  end)
end)

live.suite("leaving a loop over events", function(it)
  local kept

  it("by break releases the call", function()
    local h = with_events(600)
    for event in h:fetch_history_events { page_size = 5 } do
      if event.event_id == 2 then break end
    end
    equal(live.is_in_flight(), false)
    for event in h:fetch_history_events { wait_new_event = true } do
      if event.event_id == 1 then break end
    end
    equal(live.is_in_flight(), false)
  end)

  it("by break releases it where the loop variable was captured", function()
    local h = with_events(600)
    local function first_event()
      for event in h:fetch_history_events { page_size = 5 } do
        kept = function() return event.event_id end
        if kept() == 1 then break end
      end
      -- What takes the place of the loop's hidden variables must not be taken for them.
      local a, b, c, d = 1, 2, 3, live.is_in_flight()
      return a + b + c, d
    end
    equal({ first_event() }, { 6, false })
    equal(kept(), 1)
  end)

  it("by return, goto or an error releases it", function()
    local h = with_events(600)
    local function by_return()
      for event in h:fetch_history_events { page_size = 5 } do
        kept = function() return event end
        if event.event_id == 1 then return live.is_in_flight() end
      end
    end
    equal(by_return(), true)
    equal(live.is_in_flight(), false)
    for event in h:fetch_history_events { page_size = 5 } do
      kept = function() return event end
      if event.event_id == 1 then goto out end
    end
    ::out::
    equal(live.is_in_flight(), false)
    equal(select(2, pcall(function()
      for event in h:fetch_history_events { page_size = 5 } do error(event.event_id, 0) end
    end)), 1)
    equal(live.is_in_flight(), false)
  end)

  it("of a task that ends releases what it fetches ahead, and others can go on with it", function()
    local h = with_events(600)
    local events = h:fetch_history_events { page_size = 5 }
    async.scope(function(scope)
      equal(scope:spawn(function() return events().event_id end):await(), 1)
    end)
    equal(live.is_in_flight(), false)
    equal(ids_of(events), sequence(2, 600))
  end)

  it("in a coroutine that is dropped is released by its task", function()
    local h = with_events(600)
    async.scope(function(scope)
      scope:spawn(function()
        local next_event = coroutine.wrap(function()
          for event in h:fetch_history_events { page_size = 5 } do coroutine.yield(event.event_id) end
        end)
        equal(next_event(), 1)
      end)
    end)
    equal(live.is_in_flight(), false)
  end)
end)
