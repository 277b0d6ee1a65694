local spec = require "support.spec"
local filter = require "moondial.list_filter"

local equal = spec.equal

spec.suite("list filters", function(it)
  local function text(query) return filter.text(query) end

  local function refuses(kind, message, query)
    local e = spec.raises(filter.text, query)
    equal({ e.kind, e.message }, { kind, message })
  end

  it("take text as it is, and nothing for all", function()
    equal(text("WorkflowId = 'x' OR TRUE"), "WorkflowId = 'x' OR TRUE")
    equal(text(nil), nil)
    equal(text {}, "")
  end)

  it("compare fields of an execution and search attributes", function()
    equal(text { workflow_type = "Order", status = "RUNNING" },
      "ExecutionStatus = 'Running' AND WorkflowType = 'Order'")
    equal(text { CustomIntField = 5, CustomBoolField = true, CustomDoubleField = 0.5 },
      "CustomBoolField = true AND CustomDoubleField = 0.5 AND CustomIntField = 5")
    equal(text { parent_id = json.null }, "ParentWorkflowId IS NULL")
  end)

  it("know the fields of schedules", function()
    equal(filter.text({ id = { prefix = "it's" }, paused = true, CustomIntField = 5 }, filter.schedule_fields),
      "CustomIntField = 5 AND ScheduleId STARTS_WITH 'it''s' AND TemporalSchedulePaused = true")
  end)

  it("know statuses in every spelling", function()
    for _, name in ipairs { "TIMED_OUT", "TimedOut", "timedout", "timed_out" } do
      equal(text { status = name }, "ExecutionStatus = 'TimedOut'")
    end
    equal(text { status = { "FAILED", "TERMINATED" } }, "ExecutionStatus IN ('Failed', 'Terminated')")
    refuses("ValueError", "query.status: there is no status \"RUNING\"; did you mean 'RUNNING'?", { status = "RUNING" })
  end)

  it("quote whatever is in a text", function()
    equal(text { id = "it's" }, "WorkflowId = 'it''s'")
    equal(text { id = [[a\' OR WorkflowId != ']] }, [[WorkflowId = 'a\\'' OR WorkflowId != ''']])
    equal(text { id = { prefix = "50%_'\n" } }, "WorkflowId STARTS_WITH '50%_''\n'")
  end)

  it("have several conditions for one attribute", function()
    local at = temporal.timestamp("2026-11-23T12:00:00.5Z")
    equal(text { start_time = { since = at, before = "2026-11-24T00:00:00Z" } },
      "StartTime < '2026-11-24T00:00:00Z' AND StartTime >= '2026-11-23T12:00:00.500Z'")
    equal(text { close_time = { is_set = false } }, "CloseTime IS NULL")
    equal(text { CustomIntField = { at_least = 1, at_most = 9, ["not"] = 5, is_set = true } },
      "CustomIntField >= 1 AND CustomIntField <= 9 AND CustomIntField IS NOT NULL AND CustomIntField != 5")
  end)

  it("count back from now", function()
    local before = temporal.now() - 3600
    local found = temporal.timestamp(text { start_time = { since = "1h" } }:match("'(.*)'"))
    spec.truthy(found >= before and found <= temporal.now() - 3600)
    found = temporal.timestamp(text { start_time = { after = 60 } }:match("'(.*)'"))
    spec.truthy(found <= temporal.now() - 60)
  end)

  it("tell what they do not understand", function()
    refuses("TypeError", "query: '1' is not the name of an attribute", { "x" })
    refuses("TypeError", "query: 'a b' is not the name of an attribute", { ["a b"] = 1 })
    refuses("TypeError", "query.start_time: there is no condition 'sinc'; did you mean 'since'?",
      { start_time = { sinc = "1h" } })
    refuses("ValueError", "query.start_time.since must be a time, or how long ago that is, as in \"1h\"; not \"soon\"",
      { start_time = { since = "soon" } })
    refuses("ValueError", "query.id is empty: nothing would match", { id = {} })
    refuses("TypeError", "query.id must be text, a number, true or false, or a Timestamp, not function",
      { id = print })
    refuses("TypeError", "query.X must be text, a number, true or false, or a Timestamp, not number", { X = 0 / 0 })
    refuses("TypeError", "query.id[2] must be text, a number, true or false, or a Timestamp, not table",
      { id = { "a", {} } })
    refuses("TypeError", "query.id.is_set must be true or false, not string", { id = { is_set = "no" } })
  end)
end)
