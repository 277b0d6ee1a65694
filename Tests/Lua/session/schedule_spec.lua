local spec = require "support.spec"
local ranges = require "moondial.schedule.ranges"
local reading = require "moondial.schedule.reading"
local words = require "moondial.schedule.words"
local writing = require "moondial.schedule.writing"

local equal = spec.equal

local fields = {}
for _, field in ipairs(ranges.fields) do fields[field.name] = field end

local function json_of(value) return json.encode(value) end

spec.suite("ranges of calendars", function(it)
  local function read(name, value)
    local texts = {}
    for index, range in ipairs(ranges.read("where", name, value, fields[name])) do
      texts[index] = ("%d-%d/%d"):format(range.start, range["end"], range.step)
    end
    return table.concat(texts, " ")
  end

  local function refuses(kind, message, name, value)
    local e = spec.raises(ranges.read, "where", name, value, fields[name])
    equal({ e.kind, e.message }, { kind, message })
  end

  it("come from numbers, text, tables and lists of these", function()
    equal(read("hour", 9), "9-9/1")
    equal(read("hour", 9.0), "9-9/1")
    equal(read("hour", { 9, 17 }), "9-9/1 17-17/1")
    equal(read("hour", { { 9, 17 } }), "9-17/1")
    equal(read("hour", { start = 9, ["end"] = 17, step = 2 }), "9-17/2")
    equal(read("hour", { { start = 9 }, "12-14", 20 }), "9-9/1 12-14/1 20-20/1")
    equal(read("hour", "9-17/2, 20"), "9-17/2 20-20/1")
    equal(read("minute", "*/15"), "0-59/15")
    equal(read("minute", "30/10"), "30-59/10")
    equal(read("hour", {}), "")
  end)

  it("know the names of months and days", function()
    equal(read("day_of_week", "MON-FRI"), "1-5/1")
    equal(read("day_of_week", { "Sunday", "sat" }), "0-0/1 6-6/1")
    equal(read("month", "jan,OCT-DEC"), "1-1/1 10-12/1")
  end)

  it("have the defaults of the SDK", function()
    equal({ read("second"), read("minute"), read("hour") }, { "0-0/1", "0-0/1", "0-0/1" })
    equal({ read("day_of_month"), read("month"), read("day_of_week"), read("year") },
      { "1-31/1", "1-12/1", "0-6/1", "" })
    equal(read("year", "*"), "")
    equal(read("hour", { { 9, 3, 0 } }), "9-9/1")
  end)

  it("tell what is wrong with them", function()
    local advice = [[ is no range; write one as in 9, "9-17", "9-17/2" or "*"]]
    for _, text in ipairs { "x", "9-", "9-3", "-1", "9/x", "mon", "1-2-3", "9..17" } do
      refuses("ValueError", "where: hour: '" .. text .. "'" .. advice, "hour", text)
    end
    refuses("TypeError", "where: hour must be a whole number of at least 0, not -1", "hour", -1)
    refuses("TypeError", "where: hour must be a whole number, not true", "hour", true)
    refuses("TypeError", "where: hour[2] needs start", "hour", { 1, { step = 2 } })
    refuses("TypeError", "where: hour[1] has no field 'stpe'; did you mean 'step'?", "hour",
      { { start = 1, stpe = 2 } })
  end)
end)

spec.suite("the times of a schedule in words", function(it)
  local function calendar(given)
    local written = writing.schedule("where", {
      action = { workflow = "W", id = "i", task_queue = "q" }, spec = { calendars = { given } },
    })
    return words.calendar(reading.spec(written.spec).calendars[1])
  end

  it("are short for what is usual", function()
    equal(calendar {}, "at 00:00")
    equal(calendar { hour = 6, minute = 30, day_of_week = "MON-FRI" }, "at 06:30 on Mon-Fri")
    equal(calendar { hour = 6, second = 5, day_of_month = 1 }, "at 06:00:05 on day 1")
    equal(calendar { hour = "*" }, "at minute 0 of every hour")
    equal(calendar { hour = "*", minute = "*" }, "every minute")
    equal(calendar { hour = "*", minute = "*", second = "*" }, "every second of every minute")
    equal(calendar { hour = "*", minute = "*/15" }, "at minute 0-59/15 of every hour")
  end)

  it("tell the rest by ranges", function()
    equal(calendar { hour = "9-17/2,20", month = { "jan-mar", 12 }, year = 2030, comment = "busy" },
      "at minute 0 of hour 9-17/2,20 in Jan-Mar,Dec of 2030 (busy)")
    equal(calendar { minute = "*", hour = 9 }, "every minute of hour 9")
    equal(words.interval { every = 5400.0, offset = 300.0 }, "every 1h30m, 5m later")
    equal(words.spec {
      intervals = { { every = 60 } }, calendars = {}, cron_expressions = { "@daily" },
      skip = reading.spec { exclude_structured_calendar = { { hour = { { start = 1, ["end"] = 1 } },
        minute = { {} }, second = { {} }, day_of_week = { { ["end"] = 6 } },
        day_of_month = { { start = 1, ["end"] = 31 } }, month = { { start = 1, ["end"] = 12 } } } } }.skip,
    }, { "every 1m", "@daily", "but not at 01:00" })
  end)
end)

spec.suite("schedules written as they were read", function(it)
  local kept = {
    spec = { interval = { { interval = 60.0 } }, timezone_name = "Asia/Tokyo", timezone_data = "tz" },
    action = { start_workflow = { workflow_id = "i", workflow_type = { name = "W" }, cron_schedule = "never",
      task_queue = { name = "q", kind = "NORMAL" } } },
    policies = { overlap_policy = "UNKNOWN(9)", keep_original_workflow_id = true },
    state = { notes = "n" },
  }
  local function change(f)
    local schedule = reading.schedule(kept)
    f(schedule)
    return writing.schedule("where", schedule, { kept = kept, decoded = kept })
  end

  it("keep what has no name", function()
    local written = change(function(s) s.state.note = "m" end)
    equal(json_of(written.policies),
      '{"keep_original_workflow_id":true,"overlap_policy":"UNKNOWN(9)","pause_on_failure":false}')
    equal({ written.state.notes, written.spec.timezone_data, written.action.start_workflow.cron_schedule },
      { "m", "tz", "never" })
    equal(written.action.start_workflow.task_queue, { name = "q", kind = "NORMAL" })
  end)

  it("let go of what belonged to something else", function()
    local written = change(function(s)
      s.spec.time_zone_name = "Europe/Berlin"
      s.action.task_queue = "r"
    end)
    equal({ written.spec.timezone_name, written.spec.timezone_data }, { "Europe/Berlin" })
    equal(written.action.start_workflow.task_queue, { name = "r" })
  end)

  it("leave an action of another kind as it is", function()
    local other = { action = { unknown_fields = { { number = 2, value = "x" } } } }
    local schedule = reading.schedule(other)
    equal(json_of(schedule.action), "{}")
    equal(writing.schedule("where", schedule, { kept = other, decoded = other }).action, other.action)
  end)
end)
