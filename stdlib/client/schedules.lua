--- The methods of a client for schedules.

local call = require("moondial.scheduler").call
local description = require("moondial.schedule.description")
local escape = require("moondial.escape")
local native = require("moondial.native")
local pages = require("moondial.pages")
local rpc = require("moondial.client.rpc")
local writing = require("moondial.schedule.writing")
require("moondial.schedule_handle")

local query = { name = "query", type = "string", position = 1,
  help = "a list filter, as in \"TemporalSchedulePaused = true\"; without: all" }

local shape = [[
A schedule has the parts of the Python SDK's Schedule, by the same names. Durations are seconds or text such as "1h".
action: workflow, args, id, task_queue, execution_timeout, run_timeout, task_timeout, retry_policy, memo,
search_attributes, static_summary, static_details, priority, headers.
spec: intervals, a list of { every =, offset = }; calendars and skip, lists of { second =, minute =, hour =,
day_of_month =, month =, year =, day_of_week =, comment = }, whose fields are ranges such as 9, "9-17/2", "MON-FRI" or
{ start = 9, ["end"] = 17, step = 2 }, or lists of these; cron_expressions; start_at, end_at, jitter, time_zone_name.
policy: overlap, as in "BUFFER_ONE", without it "SKIP"; catchup_window, pause_on_failure.
state: note, paused, limited_actions, remaining_actions.
The schedule of a description can be given as it is.]]

return {
  count_schedules = {
    help = "Counts the schedules that a query of the visibility store matches.",
    parameters = { query },
    returns = "a table: count, and groups, which are those of a query that says GROUP BY",
    example = "client:count_schedules(\"TemporalSchedulePaused = true\").count",
    call = function(self, a) return call(native.count_schedules, self, a) end,
  },

  create_schedule = {
    help = "Creates a schedule, which starts a workflow at the times that it says.",
    notes = shape,
    parameters = {
      { name = "id", type = "string", position = 1, required = true, help = "the schedule's id" },
      { name = "schedule", type = "table", position = 2, required = true, fields = writing.fields,
        help = "what it starts and when: action, spec, policy, state" },
      { name = "trigger_immediately", type = "boolean", default = false, help = "whether to take one action at once" },
      { name = "backfill", type = "list",
        help = "ranges of time whose actions to take at once: a list of { start_at =, end_at =, overlap = }" },
      { name = "memo", type = "table", help = "values by name, to be shown and not searched" },
      { name = "search_attributes", type = "table", help = "values by name, for the lists of schedules" },
    },
    returns = "a ScheduleHandle",
    raises = { "ScheduleAlreadyRunningError" },
    changes_state = true, words = function(_, a) return "create_schedule of schedule " .. escape.quote(a.id) end,
    example = [[
s = client:create_schedule("report", {
  action = { workflow = "Report", args = { "sales" },
    id = "report", task_queue = "reports" },
  spec = { calendars = { { hour = 6, day_of_week = "MON-FRI" } } } })]],
    call = function(self, a)
      local where, origin = "Client:create_schedule", description.origin(a.schedule)
      a.schedule = writing.schedule(where, a.schedule, origin)
      a.basis = origin and origin.basis
      a.backfill = a.backfill and writing.backfill(where, a.backfill)
      return call(native.create_schedule, self, a)
    end,
  },

  get_schedule_handle = {
    help = "Gives a handle to a schedule by its id; nothing is sent and nothing is checked.",
    rpc = false,
    parameters = {
      { name = "id", type = "string", position = 1, required = true, completes = "schedule_id",
        help = "the schedule's id" },
    },
    returns = "a ScheduleHandle",
    example = "local s = client:get_schedule_handle(\"report\")",
    call = function(self, a) return native.schedule_handle(self, a) end,
  },

  list_schedules = {
    help = "Iterates over the schedules that a query of the visibility store matches.",
    notes = "A list follows what happens after a moment; a new schedule may not be there at once.",
    parameters = { query, table.unpack(rpc.page_parameters(1000)) },
    returns = "an iterator (Pages) of ScheduleListDescription: id, schedule, info, memo, search_attributes",
    example = "for s in client:list_schedules() do print(s.id, s.schedule.state.paused) end",
    call = function(self, a)
      return pages.new {
        title = ("Schedules(%q)"):format(a.query or ""),
        limit = a.limit,
        next_page_token = a.next_page_token,
        map = description.entry,
        fetches_ahead = a.limit == nil,
        call = native.list_schedules,
        subject = self,
        start = function(token, limit)
          a.next_page_token = token
          if limit and limit < a.page_size then a.page_size = limit end
          return native.list_schedules(self, a)
        end,
      }
    end,
  },
}
