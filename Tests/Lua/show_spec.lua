local brief = require "moondial.show.brief"
local card = require "moondial.show.card"
local description = require "moondial.show.description"
local failure = require "moondial.show.failure"
local records = require "moondial.show.records"
local spec = require "support.spec"
local style = require "moondial.show.style"
local tables = require "moondial.show.table"
local timeline = require "moondial.show.timeline"
local times = require "moondial.show.times"
local timestamp = require "moondial.timestamp"
local width = require "moondial.show.width"

local contains, equal, lacks, truthy = spec.contains, spec.equal, spec.lacks, spec.truthy

local function context(columns, options)
  local c = { width = columns, paint = style.plain, times = "iso", expanded = "auto", output = "text" }
  for name, value in pairs(options or {}) do c[name] = value end
  return c
end

-- The lines that `lay_out` puts.
local function lines_of(lay_out)
  local lines = {}
  lay_out(function(line) lines[#lines + 1] = line end)
  return lines
end

local function at(seconds) return timestamp.new(1700000000) + seconds end

spec.suite("show: columns of text", function(it)
  it("counts wide characters twice and combining ones not at all", function()
    equal({ width.of("abc"), width.of("日本"), width.of("e\u{301}"), width.of("ü"), width.of("😀"), width.of("") },
      { 3, 4, 1, 1, 2, 0 })
    equal({ width.of("한국"), width.of("👩\u{200D}🚀"), width.of("ﾊﾝｶｸ"), width.of("ＡＢ") }, { 4, 4, 4, 4 })
  end)

  it("cuts and fills by columns", function()
    equal({ width.cut("abcdef", 6), width.cut("abcdef", 5), width.cut("日本語", 5), width.cut("日本語", 4) },
      { "abcdef", "abcd…", "日本…", "日…" })
    equal({ width.fill("日本", 6), width.fill("abc", 3) }, { "  ", "" })
  end)

  it("wraps at blanks, and where there are none anywhere", function()
    equal(width.wrap("one two three", 8), { "one two", "three" })
    equal(width.wrap("abcdefgh", 3), { "abc", "def", "gh" })
    equal(width.wrap("日本語日本語", 5), { "日本", "語日", "本語" })
    equal(width.wrap("日", 1), { "日" })
    equal(width.wrap("", 5), { "" })
  end)

  it("never gives a line that is too long", function()
    local seed = 20261123
    math.randomseed(seed)
    local alphabet = { "a", "b", " ", "日", "e\u{301}", "😀", "-" }
    for _ = 1, 500 do
      local parts = {}
      for index = 1, math.random(0, 40) do parts[index] = alphabet[math.random(#alphabet)] end
      local text, columns = table.concat(parts), math.random(2, 20)
      for _, line in ipairs(width.wrap(text, columns)) do
        truthy(width.of(line) <= columns, ("seed %d: %q in %d"):format(seed, line, columns))
      end
      truthy(width.of(width.cut(text, columns)) <= columns, "seed " .. seed .. ": cut")
    end
  end)
end)

spec.suite("show: times", function(it)
  it("says spans in the two units that matter", function()
    local texts = {}
    for _, seconds in ipairs { 0, 0.0004, 0.012, 0.9999, 1.5, 59.96, 125, 3600, 11520, 86400, 360000, -2 } do
      texts[#texts + 1] = times.span(seconds)
    end
    equal(texts, { "0s", "<1ms", "12ms", "1s", "1.5s", "1m", "2m5s", "1h", "3h12m", "1d", "4d4h", "-2s" })
  end)

  it("says points in time by the setting", function()
    equal(times.text(at(0.5), { times = "iso" }), "2023-11-14T22:13:20Z")
    equal({ times.relative(at(0), at(90)), times.relative(at(90), at(0)), times.relative(at(0), at(0)) },
      { "1m30s ago", "in 1m30s", "now" })
    equal(times.text(nil, { times = "iso" }), "")
  end)
end)

spec.suite("show: values in brief", function(it)
  it("cuts long ones and says how much is missing", function()
    equal(brief.value("abc"), '"abc"')
    equal(brief.value(("x"):rep(2000), 10), '"xxxxxxxxxx"…(+2 KiB)')
    equal(brief.value(("ü"):rep(10), 5):sub(-14), "…(+16 bytes)")
    contains(brief.value({ ("x"):rep(300) }), "…(+")
    equal(brief.list({ 1, "two", { 3 } }), '1, "two", { 3 }')
  end)

  it("leaves no control character", function()
    for _, text in ipairs { brief.value("\27[2J"), brief.text("\27]0;x\7"), brief.text("\u{9B}31m"), brief.text("a\nb"),
      brief.list({ "\u{202E}" }), brief.text({ "\27" }) } do
      truthy(not text:find("[\0-\31\127]") and not text:find("\u{9B}") and not text:find("\u{202E}"), text)
    end
  end)
end)

spec.suite("show: failures", function(it)
  local root = { message = "no funds", application_failure_info = { type = "Declined", details = { 7 } } }
  local chain = { message = "Activity task failed", cause = root,
    activity_failure_info = { activity_type = { name = "charge" } } }

  it("mark what began it", function()
    equal(failure.chain(chain), {
      { text = "ActivityError: Activity task failed (charge)", is_root = false },
      { text = "root cause: Declined: no funds, details 7", is_root = true },
    })
    equal(failure.chain(root), { { text = "failure: Declined: no funds, details 7", is_root = true } })
    equal(failure.root(chain), root)
  end)

  it("end where a chain goes in a circle", function()
    local circle = { message = "again" }
    circle.cause = circle
    truthy(#failure.chain(circle) <= 32, "they end")
  end)
end)

spec.suite("show: cards", function(it)
  local function lay_out(columns)
    local c = card.new()
    c:row("Id", "order-42")
    c:row("Status", "RUNNING", "running", "(since long)")
    c:row("Nothing", nil)
    c:list("Pending", { { text = "charge  started" }, { text = "attempt 3", indent = 1 } })
    c:list("None", {})
    return lines_of(function(put) c:lay_out(context(columns), put) end)
  end

  it("align their labels", function()
    equal(lay_out(60), { "Id      order-42", "Status  RUNNING  (since long)", "Pending", "  charge  started",
      "    attempt 3" })
  end)

  it("put values below labels where there is little room", function()
    equal(lay_out(20), { "Id", "  order-42", "Status", "  RUNNING", "  (since long)", "Pending", "  charge  started",
      "    attempt 3" })
  end)

  it("go on with a value that has no label where the one before ended", function()
    local c = card.new()
    c:row("When", "every 1h")
    c:row("", "at 06:00")
    equal(lines_of(function(put) c:lay_out(context(20), put) end), { "When", "  every 1h", "  at 06:00" })
    equal(lines_of(function(put) c:lay_out(context(60), put) end), { "When  every 1h", "      at 06:00" })
  end)

  it("indent the rest of a line that is too long", function()
    local c = card.new()
    c:list("Memo", { { text = "customer = { name = \"Luna\", city = \"Oslo\" }" }, { text = "n = 1" } })
    equal(lines_of(function(put) c:lay_out(context(30), put) end), { "Memo",
      "  customer = { name = \"Luna\",", "    city = \"Oslo\" }", "  n = 1" })
  end)
end)

spec.suite("show: tables", function(it)
  local people = { { name = "Grüße", count = 1, at = at(0) }, { name = "日本語", count = 12, at = at(60) } }

  local function lay_out(list, columns, options)
    local c = context(columns, options)
    return lines_of(function(put) tables.lay_out(records.columns(list, c), list, c, put) end)
  end

  it("align columns by what is seen, numbers to the right", function()
    equal(lay_out(people, 60), {
      "name    at                    count",
      "Grüße   2023-11-14T22:13:20Z      1",
      "日本語  2023-11-14T22:14:20Z     12",
    })
  end)

  it("cut the widest column where they do not fit", function()
    local list = { { id = ("i"):rep(40), n = 1 }, { id = "short", n = 2 } }
    equal(lay_out(list, 30), { "id                           n", ("i"):rep(26) .. "…  1",
      "short                        2" })
  end)

  it("become cards where even that is too wide, or by the setting", function()
    local list = { { id = ("i"):rep(40), n = 1 }, { id = "short", n = 2 } }
    equal(lay_out(list, 60, { expanded = true }), { "── 1 of 2 ──", "id  " .. ("i"):rep(40), "n   1", "",
      "── 2 of 2 ──", "id  short", "n   2" })
    equal(lay_out(people, 20)[1], "── 1 of 2 ──")
    for _, line in ipairs(lay_out(people, 20, { expanded = false })) do truthy(width.of(line) <= 20, line) end
  end)

  it("are not for lists of anything else", function()
    local c = context(80)
    equal(records.columns({ { a = 1 } }, c), nil)
    equal(records.columns({ { 1 }, { 2 } }, c), nil)
    equal(records.columns({ { a = 1 }, { b = 1, c = 2, d = 3 } }, c), nil)
    equal(records.columns({ { a = 1 }, "text" }, c), nil)
    equal(records.columns({ { a = 1 }, setmetatable({ a = 2 }, { __tostring = error }) }, c), nil)
    equal({ records.is_list({}), records.is_list({ 1, x = 2 }), records.is_list({ 1, 2 }), records.is_list("x") },
      { false, false, true, false })
  end)

  it("touch no metamethod of a record", function()
    local function trap() error("touched") end
    local list = {}
    for index = 1, 2 do list[index] = setmetatable({ a = index }, { __index = trap, __pairs = trap, __len = trap }) end
    equal(lay_out(list, 40), { "a", "1", "2" })
  end)

  it("take optional columns as far as there is room", function()
    local w = { id = "order-42", run_id = ("r"):rep(36), status = "RUNNING", workflow_type = "Order", task_queue = "q",
      start_time = at(0) }
    local function heading(columns)
      local c = context(columns)
      return lines_of(function(put) tables.lay_out(records.columns({ w }, c), { w }, c, put) end)[1]
    end
    lacks(heading(50), "Task queue")
    contains(heading(80), "Task queue")
    lacks(heading(80), "Run id")
    contains(heading(120), "Run id")
  end)
end)

local function event(id, kind, seconds, attributes)
  return { event_id = id, event_type = kind, event_time = at(seconds),
    [kind:lower() .. "_event_attributes"] = attributes }
end

spec.suite("show: timelines", function(it)
  local history = {
    event(1, "WORKFLOW_EXECUTION_STARTED", 0, { workflow_type = { name = "Order" }, input = { "a", 1 },
      task_queue = { name = "orders" } }),
    event(2, "ACTIVITY_TASK_SCHEDULED", 1, { activity_type = { name = "charge" }, input = { 42 } }),
    event(3, "ACTIVITY_TASK_STARTED", 1.5, { scheduled_event_id = 2, attempt = 2 }),
    event(4, "ACTIVITY_TASK_FAILED", 3, { scheduled_event_id = 2, retry_state = "MAXIMUM_ATTEMPTS_REACHED",
      failure = { message = "no", application_failure_info = { type = "Declined" } } }),
    event(5, "TIMER_STARTED", 4, { timer_id = "t", start_to_fire_timeout = 86400 }),
    event(6, "TIMER_FIRED", 86404, { timer_id = "t", started_event_id = 5 }),
    event(7, "WORKFLOW_EXECUTION_COMPLETED", 86404, { result = { { done = true } } }),
    event(8, "SOMETHING_NEW", 86404, { b = 2, a = "x", t = {} }),
  }

  local function lay_out(columns, options)
    return lines_of(function(put)
      local line = timeline.new(context(columns, options), put)
      for _, e in ipairs(history) do line:event(e) end
    end)
  end

  it("tell time, gap and what matters", function()
    equal(lay_out(100), {
      "2023-11-14 UTC",
      '  1  22:13:20.000           WorkflowExecutionStarted  Order("a", 1), on orders',
      "  2  22:13:21.000      +1s  ActivityTaskScheduled  charge(42)",
      "  3  22:13:21.500   +500ms  ActivityTaskStarted  charge, attempt 2",
      "  4  22:13:23.000    +1.5s  ActivityTaskFailed  charge, retry: maximum attempts reached",
      "                            failure: Declined: no",
      "  5  22:13:24.000      +1s  TimerStarted  after 1d, timer t",
      "2023-11-15 UTC",
      "  6  22:13:24.000      +1d  TimerFired  after 1d, timer t",
      "  7  22:13:24.000       0s  WorkflowExecutionCompleted  result { done = true }",
      '  8  22:13:24.000       0s  SomethingNew  a "x", b 2',
    })
  end)

  it("tell the time since the start by the setting", function()
    equal(lay_out(100, { times = "relative" })[4], "  4       3s    +1.5s  ActivityTaskFailed  charge, "
      .. "retry: maximum attempts reached")
  end)

  it("fit narrow terminals", function()
    for _, columns in ipairs { 20, 40, 59, 60, 80 } do
      for _, line in ipairs(lay_out(columns)) do truthy(width.of(line) <= columns, columns .. ": " .. line) end
    end
    equal(lay_out(20)[2], "  1  WorkflowExecuti")
  end)
end)

spec.suite("show: what a server says", function(it)
  -- Every text that a server sends, hostile; what is not escaped would show.
  local evil = "\27[2J\u{9B}31m\u{202E}\r\n\7"

  local function check(lines)
    truthy(#lines > 0, "lines")
    for _, line in ipairs(lines) do
      truthy(not line:find("[\0-\31\127]") and not line:find("\u{9B}") and not line:find("\u{202E}"), line)
    end
  end

  it("does not drive the terminal from a card", function()
    local w = { id = evil, run_id = evil, workflow_type = evil, status = evil, task_queue = evil, start_time = at(0),
      parent_id = evil, parent_run_id = evil, memo = { [evil] = evil }, search_attributes = { [evil] = { evil } },
      static_summary = evil, static_details = evil, history_length = 1, raw = {
        workflow_extended_info = { pause_info = { reason = evil } },
        pending_activities = { { activity_id = evil, activity_type = { name = evil }, state = "STARTED", attempt = 1,
          heartbeat_details = { evil }, last_worker_identity = evil, last_failure = { message = evil,
          application_failure_info = { type = evil } } } },
        pending_children = { { workflow_id = evil, run_id = evil, workflow_type_name = evil } },
        pending_nexus_operations = { { service = evil, operation = evil, endpoint = evil, blocked_reason = evil } },
        callbacks = { { callback = { nexus = { url = evil } }, blocked_reason = evil } },
        pending_workflow_task = { state = "STARTED", attempt = 1 },
      } }
    check(lines_of(function(put) description.lay_out(w, context(80), put) end))
  end)

  it("does not drive the terminal from a table", function()
    local w = { id = evil, run_id = evil, workflow_type = evil, status = evil, task_queue = evil, start_time = at(0) }
    for _, columns in ipairs { 20, 200 } do
      local c = context(columns)
      check(lines_of(function(put) tables.lay_out(records.columns({ w }, c), { w }, c, put) end))
    end
  end)

  it("does not drive the terminal from a timeline", function()
    local execution = { workflow_id = evil, run_id = evil }
    local f = { message = evil, application_failure_info = { type = evil, details = { evil } } }
    local attributes = { workflow_type = { name = evil }, input = { evil }, task_queue = { name = evil },
      result = { evil }, details = { evil }, reason = evil, cause = evil, identity = evil, signal_name = evil,
      workflow_execution = execution, workflow_id = evil, timer_id = evil, marker_name = evil,
      activity_type = { name = evil }, failure = f,
      new_execution_run_id = evil, continued_execution_run_id = evil, retry_state = "TIMEOUT", service = evil,
      operation = evil, endpoint = evil, scheduled_event_id = 1, started_event_id = 1, accepted_event_id = 1,
      accepted_request = { input = { name = evil, args = { evil } } }, outcome = { success = { evil } } }
    local lines = lines_of(function(put)
      local line = timeline.new(context(80), put)
      line:heading(evil, evil)
      for id, kind in ipairs { "WORKFLOW_EXECUTION_STARTED", "WORKFLOW_EXECUTION_COMPLETED",
        "WORKFLOW_EXECUTION_FAILED", "WORKFLOW_EXECUTION_SIGNALED", "WORKFLOW_EXECUTION_TERMINATED",
        "WORKFLOW_EXECUTION_UPDATE_ACCEPTED",
        "WORKFLOW_EXECUTION_UPDATE_COMPLETED", "ACTIVITY_TASK_SCHEDULED", "ACTIVITY_TASK_COMPLETED", "TIMER_STARTED",
        "MARKER_RECORDED", "START_CHILD_WORKFLOW_EXECUTION_INITIATED", "CHILD_WORKFLOW_EXECUTION_STARTED",
        "SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED", "NEXUS_OPERATION_SCHEDULED", "WORKFLOW_TASK_FAILED",
        "REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED", "SOMETHING_NEW" } do
        line:event(event(id, kind, id, attributes))
      end
    end)
    check(lines)
  end)
end)
