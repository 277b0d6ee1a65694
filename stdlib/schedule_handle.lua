--- ScheduleHandle: one schedule, by its id.

local call = require("moondial.scheduler").call
local declare = require("moondial.declare")
local description = require("moondial.schedule.description")
local errors = require("moondial.errors")
local escape = require("moondial.escape")
local json = require("moondial.json")
local native = require("moondial.native")
local writing = require("moondial.schedule.writing")

local huge, type = math.huge, type

local overlap = { name = "overlap", type = "enum", values = writing.overlap_policies,
  help = "what to do when an action runs already; without: what the schedule says" }

local function ends_others(a)
  return a.overlap == "CANCEL_OTHER" or a.overlap == "TERMINATE_OTHER"
end

local function describe(self, a)
  local raw, kept, basis, message = call(native.describe_schedule, self, a)
  return description.new(native.schedule_property(self, "id"), raw, kept, basis, message)
end

-- The words for a change, where somebody is asked about it.
local function words(what)
  return function(self)
    return ("%s of schedule %s"):format(what, escape.quote(native.schedule_property(self, "id")))
  end
end

-- What an update gave back: the schedule, or { schedule =, search_attributes = }.
local function parts_of(result)
  if type(result) ~= "table" then
    errors.raise("TypeError",
      "ScheduleHandle:update: the updater must return the schedule, or nil to leave it, not " .. type(result))
  end
  if result.schedule == nil then return result, nil end
  local parts = declare.record("the updater's result", result, { schedule = "table", search_attributes = "table" })
  return parts.schedule, parts.search_attributes
end

-- Of servers up to 1.32: the scheduler keeps one patch, and a task of its workflow may begin with two.
local one_at_a_time = [[
The server takes up one pause, unpause, trigger or backfill at a time. Of two that come together it may drop the first,
and says nothing. A describe in between waits until the first is taken up.]]

return declare.type {
  name = "ScheduleHandle",
  help = "One schedule, by its id.",
  notes = "A handle never changes, and nothing tells whether there is such a schedule until a method asks the server.",

  text = function(self) return ("ScheduleHandle(%q)"):format(native.schedule_property(self, "id")) end,
  client_of = function(self) return native.schedule_property(self, "client") end,

  properties = {
    { name = "id", type = "string", help = "the schedule's id",
      get = function(self) return native.schedule_property(self, "id") end },
  },

  methods = {
    backfill = {
      help = "Takes the actions of a range of time, or of several, as if it passed right now.",
      notes = one_at_a_time,
      parameters = {
        { name = "start_at", type = "time", help = "the beginning of the range, which is not part of it" },
        { name = "end_at", type = "time", help = "the end of the range" },
        overlap,
        { name = "backfill", type = "list", help = "several ranges: a list of { start_at =, end_at =, overlap = }" },
      },
      changes_state = true, destructive = ends_others, words = words("backfill"),
      example = [[
s:backfill{ start_at = "2026-01-01T00:00:00Z",
  end_at = "2026-01-02T00:00:00Z", overlap = "ALLOW_ALL" }]],
      call = function(self, a)
        local where = "ScheduleHandle:backfill"
        local ranges = a.backfill and writing.backfill(where, a.backfill) or {}
        if a.start_at or a.end_at then
          if not (a.start_at and a.end_at) then
            errors.raise("ValueError", where .. " needs both start_at and end_at")
          end
          ranges[#ranges + 1] = { start_at = a.start_at, end_at = a.end_at, overlap = a.overlap }
        end
        a.backfill = ranges
        return call(native.backfill_schedule, self, a)
      end,
    },

    delete = {
      help = "Deletes the schedule; the workflows that it has started go on.",
      changes_state = true, destructive = true, words = words("delete"),
      example = "s:delete()",
      call = function(self, a) return call(native.delete_schedule, self, a) end,
    },

    describe = {
      help = "Describes the schedule: what it starts and when, what it has done and does next.",
      returns = "a ScheduleDescription: id, schedule, info, memo, search_attributes; raw has all the server sent",
      example = "s:describe().info.next_action_times[1]",
      call = describe,
    },

    matching_times = {
      help = "Tells at which times of a range the schedule takes actions, were it not paused.",
      parameters = {
        { name = "start_at", type = "time", position = 1, required = true, help = "the beginning of the range" },
        { name = "end_at", type = "time", position = 2, required = true, help = "the end of the range" },
      },
      returns = "a list of Timestamps",
      example = "s:matching_times(\"2026-01-01T00:00:00Z\", \"2026-01-02T00:00:00Z\")",
      call = function(self, a) return call(native.schedule_matching_times, self, a).start_time or json.array {} end,
    },

    pause = {
      help = "Pauses the schedule: it takes no action by itself until it is unpaused.",
      notes = one_at_a_time,
      parameters = {
        { name = "note", type = "string", position = 1, help = "why; without: \"Paused via Moondial\"" },
      },
      changes_state = true, words = words("pause"),
      example = "s:pause(\"until the database is back\")",
      call = function(self, a) return call(native.pause_schedule, self, a) end,
    },

    trigger = {
      help = "Takes one action at once, also when the schedule is paused.",
      notes = one_at_a_time,
      parameters = { overlap },
      changes_state = true, destructive = ends_others, words = words("trigger"),
      example = "s:trigger{ overlap = \"ALLOW_ALL\" }",
      call = function(self, a) return call(native.trigger_schedule, self, a) end,
    },

    unpause = {
      help = "Lets the schedule go on; what it missed is not made up for.",
      notes = one_at_a_time,
      parameters = {
        { name = "note", type = "string", position = 1, help = "why; without: \"Unpaused via Moondial\"" },
      },
      changes_state = true, words = words("unpause"),
      example = "s:unpause(\"the database is back\")",
      call = function(self, a) return call(native.unpause_schedule, self, a) end,
    },

    update = {
      help = "Reads the schedule, lets a function change it, and writes it back unless somebody else has changed it.",
      notes = [[
The function gets { description = … } and returns description.schedule as it is to be, or { schedule =,
search_attributes = }, or nil to leave it. It is called again, with the schedule as it is then, when somebody else has
changed it since it was read; ten times at most. What it does not touch stays as it is, also what is newer than this
program: the arguments' payloads, the memo, the parts of a schedule that it leaves out.]],
      parameters = {
        { name = "updater", type = "function", position = 1, required = true,
          help = "function(input): the schedule to write, from input.description.schedule" },
      },
      returns = "true or false: whether anything was written",
      raises = { "ScheduleUpdateConflictError" },
      changes_state = true, words = words("update"),
      example = [[
s:update(function(input)
  local schedule = input.description.schedule
  schedule.spec.intervals = { { every = "2h" } }
  return schedule
end)]],
      call = function(self, a)
        for attempt = 1, huge do
          -- A payload that a codec left as it is would be encoded once more.
          a.is_sent_back = true
          local current = describe(self, a)
          local origin = description.origin(current.schedule)
          local result = a.updater { description = current }
          if result == nil then return false end
          if not origin.basis then
            errors.raise("ValueError", "the schedule has a text with a NUL in it, and cannot be written back")
          end
          local schedule, attributes = parts_of(result)
          local is_written = call(native.update_schedule, self, {
            schedule = writing.schedule("ScheduleHandle:update", schedule, origin), basis = origin.basis,
            search_attributes = attributes, attempt = attempt,
            rpc_metadata = a.rpc_metadata, rpc_timeout = a.rpc_timeout,
          })
          if is_written then return true end
        end
      end,
    },
  },
}
