local spec = require "support.spec"
local live = require "support.live"

local equal, truthy, raises, is_json = spec.equal, spec.truthy, live.raises, live.is_json

local HOURLY = { intervals = { { every = "1h" } } }

-- A schedule of the check's own, which is deleted when the function ends.
local function with_schedule(parts, f)
  local id = live.id("schedule")
  local schedule = {
    action = { workflow = "Echo", args = { "x" }, id = id, task_queue = live.task_queue },
    spec = HOURLY,
  }
  for part, value in pairs(parts) do schedule[part] = value end
  local handle = client:create_schedule(id, schedule)
  local _ <close> = setmetatable({}, { __close = function() handle:delete() end })
  f(handle, schedule)
end

local function note_of(handle) return handle:describe().schedule.state.note end

live.suite("create_schedule and describe", function(it)
  it("give the schedule back by the fields of the SDK", function()
    with_schedule({ state = { note = "n", paused = true }, policy = { overlap = "buffer_one" } }, function(s)
      equal(tostring(s), ('ScheduleHandle("%s")'):format(s.id))
      local d = s:describe()
      equal({ d.id, d.schedule.state.note, d.schedule.state.paused }, { s.id, "n", true })
      equal({ d.schedule.policy.overlap, d.schedule.action.workflow }, { "BUFFER_ONE", "Echo" })
      is_json({ d.schedule.action.args, d.schedule.spec.intervals }, '[["x"],[{"every":3600.0}]]')
      is_json(d.schedule.spec.calendars, "[]")
      equal({ d.info.num_actions, #d.info.next_action_times, d.info.last_updated_at }, { 0, 10 })
      truthy(d.info.created_at <= temporal.now() + 60 and d.raw.schedule.state.paused)
      raises("AttributeError", "ScheduleDescription has no field 'shedule'; did you mean 'schedule'?",
        function() return d.shedule end)
    end)
  end)

  it("take one table, too", function()
    local id = live.id("schedule")
    local s = client:create_schedule { id, trigger_immediately = true, memo = { a = 1 },
      schedule = { action = { workflow = "Echo", id = id, task_queue = live.task_queue }, spec = {} } }
    live.wait_until(function() return s:describe().info.num_actions == 1 end)
    local d = s:describe()
    is_json({ d.memo, d.schedule.spec.intervals }, '[{"a":1},[]]')
    local action = d.info.recent_actions[1]
    truthy(action.action.workflow_id:find(id, 1, true) == 1 and #action.action.first_execution_run_id == 36)
    truthy(action.scheduled_at <= action.started_at + 1)
    s:delete()
    equal(raises("RPCError", "", s.describe, s).status, "NOT_FOUND")
  end)

  it("raise when there is one already", function()
    with_schedule({}, function(s, schedule)
      raises("ScheduleAlreadyRunningError", "Schedule already running", client.create_schedule, client, s.id, schedule)
    end)
  end)

  it("check every field before anything is sent", function()
    local function fails(kind, text, schedule, options)
      raises(kind, text, live.nowhere.create_schedule, live.nowhere, "id", schedule, options)
    end
    local function with(action, rest)
      local schedule = { action = { workflow = "W", id = "i", task_queue = "q" }, spec = {} }
      for name, value in pairs(action) do schedule.action[name] = value end
      for name, value in pairs(rest or {}) do schedule[name] = value end
      return schedule
    end
    fails("TypeError", "schedule has no field 'acton'; did you mean 'action'?", { acton = {} })
    fails("ValueError", "schedule needs spec", { action = {} })
    fails("ValueError", "schedule.action needs id: the workflow id", { action = { workflow = "W" }, spec = {} })
    fails("TypeError", "schedule.action.workflow must be a name or a definition, not 5", with { workflow = 5 })
    fails("TypeError", "schedule.action.args[2].x: JSON cannot hold a function", with { args = { 1, { x = print } } })
    fails("TypeError", "schedule.action.memo.m: JSON cannot hold", with { memo = { m = print } })
    fails("TypeError", "schedule.action.retry_policy has no field 'attempts'", with { retry_policy = { attempts = 1 } })
    fails("ValueError", "schedule.action.run_timeout: bad duration '1x'", with { run_timeout = "1x" })
    fails("TypeError", "schedule.spec.intervals[1] has no field 'evry'; did you mean 'every'?",
      with({}, { spec = { intervals = { { evry = 1 } } } }))
    fails("ValueError", "schedule.spec.intervals[2] needs every",
      with({}, { spec = { intervals = { { every = 1 }, {} } } }))
    fails("TypeError", "schedule.spec.calendars[1] has no field 'hours'; did you mean 'hour'?",
      with({}, { spec = { calendars = { { hours = 1 } } } }))
    fails("ValueError", "schedule.spec.skip[1].hour: '9-x' is no range",
      with({}, { spec = { skip = { { hour = "9-x" } } } }))
    fails("TypeError", "schedule.spec.calendars[1].hour[1] has no field 'stop'",
      with({}, { spec = { calendars = { { hour = { { start = 1, stop = 2 } } } } } }))
    fails("TypeError", "schedule.spec.cron_expressions[1] must be text, not 5",
      with({}, { spec = { cron_expressions = { 5 } } }))
    fails("ValueError", "schedule.spec.start_at: bad timestamp 'soon'", with({}, { spec = { start_at = "soon" } }))
    fails("ValueError", "schedule.policy.overlap: there is no overlap policy 'SKP'; did you mean 'SKIP'?",
      with({}, { policy = { overlap = "SKP" } }))
    fails("TypeError", "schedule.state.paused must be true or false", with({}, { state = { paused = "yes" } }))
    fails("ValueError", "Must set limited actions to true", with({}, { state = { remaining_actions = 1 } }))
    fails("ValueError", "backfill[1] needs end_at", with {}, { backfill = { { start_at = "2026-01-01T00:00:00Z" } } })
  end)

  it("take a schedule that was described", function()
    with_schedule({
      spec = { cron_expressions = { "30 5 * * MON" }, calendars = { { hour = { 9, 17 } } }, jitter = 3,
        start_at = temporal.timestamp("2030-01-01T00:00:00.000000001Z") },
      state = { note = "n", limited_actions = true, remaining_actions = 5 },
    }, function(s)
      local schedule = s:describe().schedule
      local copy = client:create_schedule(s.id .. "-copy", schedule)
      equal(copy:describe().schedule, schedule)
      copy:delete()
    end)
  end)
end)

live.suite("an update of a schedule", function(it)
  it("changes what the function changes, and nothing else", function()
    with_schedule({ state = { note = "before" } }, function(s)
      local before = s:describe().schedule
      equal(s:update(function(input)
        input.description.schedule.spec.intervals = { { every = "2h", offset = "5m" } }
        return input.description.schedule
      end), true)
      local after = s:describe().schedule
      is_json(after.spec.intervals, '[{"every":7200.0,"offset":300.0}]')
      after.spec = before.spec
      equal(after, before)
    end)
  end)

  it("writes nothing when the function gives nothing, and raises what it raises", function()
    with_schedule({}, function(s)
      local token = s:describe().raw.conflict_token
      equal(s:update(function() return nil end), false)
      equal(spec.raises(s.update, s, function() error({ "mine" }) end), { "mine" })
      raises("TypeError", "must return the schedule, or nil to leave it, not boolean", s.update, s,
        function() return true end)
      raises("TypeError", "schedule has no field 'pause'", s.update, s, function() return { pause = true } end)
      equal(s:describe().raw.conflict_token, token)
    end)
  end)

  it("keeps the parts that it is not given", function()
    with_schedule({ state = { note = "kept", paused = true }, policy = { overlap = "ALLOW_ALL" } }, function(s)
      s:update(function() return { spec = { intervals = { { every = "3h" } } } } end)
      local schedule = s:describe().schedule
      equal({ schedule.state.note, schedule.state.paused, schedule.policy.overlap }, { "kept", true, "ALLOW_ALL" })
      is_json({ schedule.spec.intervals, schedule.action.args }, '[[{"every":10800.0}],["x"]]')
    end)
  end)

  it("is repeated when somebody else has changed the schedule since it was read", function()
    with_schedule({ state = { note = "before" } }, function(s)
      local other, calls = client:get_schedule_handle(s.id), {}
      s:update(function(input)
        local schedule = input.description.schedule
        calls[#calls + 1] = { schedule.state.note, schedule.state.paused }
        if #calls == 1 then other:pause("by somebody else") end
        schedule.spec.jitter = 7
        return schedule
      end)
      equal(calls, { { "before", false }, { "by somebody else", true } })
      local schedule = s:describe().schedule
      equal({ schedule.state.note, schedule.state.paused, schedule.spec.jitter }, { "by somebody else", true, 7.0 })
    end)
  end)

  it("is repeated when somebody else has changed the same field", function()
    with_schedule({ state = { note = "a" } }, function(s)
      local other, calls = client:get_schedule_handle(s.id), 0
      s:update(function(input)
        calls = calls + 1
        if calls <= 2 then other:pause("b" .. calls) end
        input.description.schedule.state.note = input.description.schedule.state.note .. "+c"
        return input.description.schedule
      end)
      equal({ calls, note_of(s) }, { 3, "b2+c" })
    end)
  end)

  it("is given up when that happens each time", function()
    with_schedule({}, function(s)
      local other, calls = client:get_schedule_handle(s.id), 0
      local e = raises("ScheduleUpdateConflictError", "each of the 10 times", s.update, s, function(input)
        calls = calls + 1
        other:pause("call " .. calls)
        input.description.schedule.spec.jitter = 7
        return input.description.schedule
      end)
      equal({ calls, e.attempts, e.schedule_id, note_of(s) }, { 10, 10, s.id, "call 10" })
    end)
  end)

  it("loses none of several at once", function()
    with_schedule({}, function(s)
      async.map({ "a", "b", "c", "d" }, function(name)
        client:get_schedule_handle(s.id):update(function(input)
          local action = input.description.schedule.action
          action.memo = action.memo or {}
          action.memo[name] = true
          return input.description.schedule
        end)
      end)
      equal(s:describe().schedule.action.memo, { a = true, b = true, c = true, d = true })
    end)
  end)

  it("may wait for something in between", function()
    with_schedule({}, function(s)
      s:update(function(input)
        async.sleep(0.01)
        input.description.schedule.state.note = live.execute("Echo", "from a workflow")[1]
        return input.description.schedule
      end)
      equal(note_of(s), "from a workflow")
    end)
  end)

  it("keeps what has no name here", function()
    local id = live.id("schedule")
    client.workflow_service:create_schedule {
      namespace = client.namespace, schedule_id = id, request_id = id,
      schedule = {
        spec = { interval = { { interval = "1h" } } },
        action = { start_workflow = {
          workflow_id = id, workflow_type = { name = "Echo" }, task_queue = { name = live.task_queue },
          versioning_override = { auto_upgrade = true },
          input = { payloads = {
            temporal.payload { metadata = { encoding = "json/plain", own = "x" }, data = "[1,  2]" } } },
        } },
        policies = { keep_original_workflow_id = true },
      },
    }
    local s = client:get_schedule_handle(id)
    s:update(function(input)
      input.description.schedule.state.note = "changed"
      input.description.schedule.action.static_summary = "new"
      return input.description.schedule
    end)
    local raw = s:describe().raw.schedule
    local start = raw.action.start_workflow
    equal({ raw.policies.keep_original_workflow_id, start.versioning_override.auto_upgrade, raw.state.notes },
      { true, true, "changed" })
    is_json({ start.input, start.user_metadata }, '[[[1,2]],{"summary":"new"}]')
    s:delete()
  end)
end)

live.suite("a schedule's other methods", function(it)
  it("pause and unpause it, with a note", function()
    with_schedule({}, function(s)
      s:pause()
      equal({ s:describe().schedule.state.paused, note_of(s) }, { true, "Paused via Moondial" })
      s:unpause { note = "go on" }
      equal({ s:describe().schedule.state.paused, note_of(s) }, { false, "go on" })
    end)
  end)

  it("trigger it, and take the actions of the past", function()
    with_schedule({}, function(s)
      s:trigger { overlap = "ALLOW_ALL" }
      -- Together with the backfill, the server might drop it.
      live.wait_until(function() return s:describe().info.num_actions == 1 end)
      s:backfill { start_at = "2026-01-01T00:00:01Z", end_at = "2026-01-01T02:30:00Z", overlap = "ALLOW_ALL" }
      live.wait_until(function() return s:describe().info.num_actions == 3 end)
      raises("ValueError", "needs both start_at and end_at", s.backfill, s, { start_at = "2026-01-01T00:00:00Z" })
      raises("ValueError", "overlap must be one of", s.trigger, s, { overlap = "SOMETIMES" })
    end)
  end)

  it("tell its times", function()
    local mornings = { calendars = { { hour = 6, day_of_week = "MON" } }, time_zone_name = "Europe/Berlin" }
    with_schedule({ spec = mornings }, function(s)
      local times = s:matching_times("2026-06-01T00:00:00Z", temporal.timestamp("2026-06-15T00:00:00Z"))
      is_json(times, '["2026-06-01T04:00:00Z","2026-06-08T04:00:00Z"]')
      is_json(s:matching_times("2026-06-02T00:00:00Z", "2026-06-03T00:00:00Z"), "[]")
      raises("TypeError", "matching_times needs end_at", s.matching_times, s, "2026-06-02T00:00:00Z")
    end)
  end)

  it("change nothing where the client is to read only", function()
    with_schedule({}, function(s, schedule)
      local reader = temporal.connect { client.address, namespace = client.namespace, read_only = true }
      local handle = reader:get_schedule_handle(s.id)
      equal(handle:describe().id, s.id)
      for _, name in ipairs { "pause", "unpause", "trigger", "delete" } do
        raises("ReadOnlyError", "", handle[name], handle)
      end
      raises("ReadOnlyError", "", handle.update, handle, function(input) return input.description.schedule end)
      raises("ReadOnlyError", "", reader.create_schedule, reader, "id", schedule)
    end)
  end)
end)

live.suite("list_schedules and count_schedules", function(it)
  local keyword, handles = live.id("listed"), {}
  for index = 1, 5 do
    handles[index] = client:create_schedule(("%s-%d"):format(keyword, index),
      { action = { workflow = "Echo", id = keyword, task_queue = live.task_queue }, spec = HOURLY,
        state = { paused = index == 1 } },
      { search_attributes = { CustomKeywordField = keyword } })
  end
  local query = ("CustomKeywordField = '%s'"):format(keyword)
  live.wait_until(function() return client:count_schedules(query).count == 5 end)
  local function count(...)
    local seen = {}
    for s in ... do seen[s.id] = true end
    local n = 0
    for _ in pairs(seen) do n = n + 1 end
    return n
  end

  it("give each schedule once, across pages, up to a limit", function()
    equal(count(client:list_schedules(query)), 5)
    equal(count(client:list_schedules { query, page_size = 2 }), 5)
    equal(count(client:list_schedules(query, { limit = 3, page_size = 2 })), 3)
    equal(client:list_schedules("CustomKeywordField = 'nobody'")(), nil)
    equal(tostring(client:list_schedules(query)), ("Schedules(%q)"):format(query))
  end)

  it("give what a list knows", function()
    local first = client:list_schedules { query .. " AND TemporalSchedulePaused = true", limit = 1 }()
    equal({ first.id, first.schedule.action.workflow, first.schedule.state.paused }, { keyword .. "-1", "Echo", true })
    equal(first.search_attributes.CustomKeywordField, keyword)
    is_json(first.schedule.spec.intervals, '[{"every":3600.0}]')
    truthy(#first.info.next_action_times > 0)
    equal(raises("RPCError", "", client:list_schedules("Nowhere = 1")).status, "INVALID_ARGUMENT")
  end)

  it("are completed by their ids", function()
    local completion = require "moondial.completion"
    local text = ('client:get_schedule_handle("%s-3'):format(keyword)
    local candidate
    -- Tab does not wait for long, and keeps what it got by the client.
    live.wait_until(function()
      local new_client = temporal.connect { client.address, namespace = client.namespace }
      candidate = completion.at(text, #text, { client = new_client }).later()[1]
      return candidate
    end)
    equal({ candidate.text, candidate.detail }, { keyword .. "-3", "Echo" })
  end)

  for _, handle in ipairs(handles) do handle:delete() end
end)
