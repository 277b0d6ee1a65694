--- What matters of each type of event, in a few words.

local brief = require "moondial.show.brief"
local times = require "moondial.show.times"

local find, gsub, lower, sub, upper = string.find, string.gsub, string.lower, string.sub, string.upper
local ipairs, next, pairs, type = ipairs, next, pairs, type
local concat, sort = table.concat, table.sort

---@class moondial.show.events
local events = {}

--- The name of a type as the API's documents write it.
---@param event_type string such as "TIMER_FIRED"
---@return string such as "TimerFired"
function events.title(event_type)
  return (gsub(gsub(lower(brief.text(event_type)), "^%l", upper), "_(%w)", upper))
end

--- The attributes of an event.
---@param e table
---@return table
function events.attributes(e) return e[lower(e.event_type) .. "_event_attributes"] or {} end

local function name_of(value) return value and value.name and brief.text(value.name, 100) end

-- A call as one would write it.
local function call(name, arguments) return (name or "?") .. "(" .. brief.list(arguments) .. ")" end

-- A label and a text, where there is one.
local function with(label, text)
  if text == nil or text == "" then return nil end
  return label .. " " .. text
end

local function span(label, seconds) return seconds and seconds > 0 and with(label, times.span(seconds)) or nil end

local function run(label, id) return id and id ~= "" and with(label, brief.text(id)) or nil end

local function result(payloads) return payloads and #payloads > 0 and "result " .. brief.list(payloads) or nil end

local function details(payloads) return payloads and #payloads > 0 and "details " .. brief.list(payloads) or nil end

local function attempt(a) return a.attempt and a.attempt > 1 and "attempt " .. a.attempt or nil end

local function words(enumeration)
  return enumeration and gsub(lower(brief.text(enumeration)), "_", " ") or nil
end

-- Why it is not tried again, where there was a policy that could have wanted it.
local function retry(a)
  return a.retry_state and a.retry_state ~= "RETRY_POLICY_NOT_SET" and with("retry:", (words(a.retry_state))) or nil
end

local function reason(text) return text and text ~= "" and "reason " .. brief.value(text) or nil end

local function of_target(a) return a.workflow_execution and brief.text(a.workflow_execution.workflow_id) end

-- Names and values, such as those of a memo.
local function values(fields)
  local names, texts = {}, {}
  for name in pairs(fields or {}) do names[#names + 1] = name end
  sort(names)
  for index, name in ipairs(names) do texts[index] = brief.text(name) .. " = " .. brief.value(fields[name]) end
  return concat(texts, ", ")
end

local function child(a) return name_of(a.workflow_type), of_target(a) end

-- By the event's type: function(attributes, named, id) → texts, nil where there is nothing to say. `named` has what
-- other events of the history are about, by their ids.
local describe = {}

function describe.WORKFLOW_EXECUTION_STARTED(a)
  return call(name_of(a.workflow_type), a.input), with("on", name_of(a.task_queue)), attempt(a),
    run("continues run", a.continued_execution_run_id), span("first task after", a.first_workflow_task_backoff)
end
function describe.WORKFLOW_EXECUTION_COMPLETED(a)
  return result(a.result) or "no result", run("next run", a.new_execution_run_id)
end
function describe.WORKFLOW_EXECUTION_FAILED(a)
  return retry(a), run("next run", a.new_execution_run_id)
end
describe.WORKFLOW_EXECUTION_TIMED_OUT = describe.WORKFLOW_EXECUTION_FAILED
function describe.WORKFLOW_EXECUTION_CONTINUED_AS_NEW(a)
  return call(name_of(a.workflow_type), a.input), run("next run", a.new_execution_run_id)
end
function describe.WORKFLOW_EXECUTION_CANCELED(a) return details(a.details) end
function describe.WORKFLOW_EXECUTION_TERMINATED(a)
  return reason(a.reason), details(a.details), with("by", brief.text(a.identity))
end
function describe.WORKFLOW_EXECUTION_CANCEL_REQUESTED(a) return reason(a.cause), with("by", brief.text(a.identity)) end
function describe.WORKFLOW_EXECUTION_SIGNALED(a)
  return call(brief.text(a.signal_name, 100), a.input), with("by", brief.text(a.identity))
end
function describe.WORKFLOW_EXECUTION_PAUSED(a) return reason(a.reason), with("by", brief.text(a.identity)) end
describe.WORKFLOW_EXECUTION_UNPAUSED = describe.WORKFLOW_EXECUTION_PAUSED

function describe.WORKFLOW_EXECUTION_UPDATE_ACCEPTED(a, named, id)
  local input = a.accepted_request and a.accepted_request.input or {}
  named[id] = brief.text(input.name, 100)
  return call(named[id], input.args)
end
function describe.WORKFLOW_EXECUTION_UPDATE_COMPLETED(a, named)
  return named[a.accepted_event_id], a.outcome and result(a.outcome.success)
end
function describe.WORKFLOW_EXECUTION_UPDATE_REJECTED(a)
  local input = a.rejected_request and a.rejected_request.input or {}
  return call(brief.text(input.name, 100), input.args)
end
function describe.WORKFLOW_EXECUTION_UPDATE_ADMITTED(a)
  local input = a.request and a.request.input or {}
  return call(brief.text(input.name, 100), input.args)
end

function describe.WORKFLOW_TASK_SCHEDULED(a) return attempt(a) end
function describe.WORKFLOW_TASK_STARTED(a) return with("by", brief.text(a.identity)) end
function describe.WORKFLOW_TASK_COMPLETED() end
function describe.WORKFLOW_TASK_TIMED_OUT(a) return (words(a.timeout_type)) end
function describe.WORKFLOW_TASK_FAILED(a) return (words(a.cause)) end

function describe.ACTIVITY_TASK_SCHEDULED(a, named, id)
  named[id] = name_of(a.activity_type)
  return call(named[id], a.input)
end
function describe.ACTIVITY_TASK_STARTED(a, named) return named[a.scheduled_event_id], attempt(a) end
function describe.ACTIVITY_TASK_COMPLETED(a, named) return named[a.scheduled_event_id], result(a.result) end
function describe.ACTIVITY_TASK_FAILED(a, named)
  return named[a.scheduled_event_id], retry(a)
end
describe.ACTIVITY_TASK_TIMED_OUT = describe.ACTIVITY_TASK_FAILED
function describe.ACTIVITY_TASK_CANCELED(a, named) return named[a.scheduled_event_id], details(a.details) end
describe.ACTIVITY_TASK_CANCEL_REQUESTED = describe.ACTIVITY_TASK_CANCELED

function describe.TIMER_STARTED(a, named, id)
  named[id] = span("after", a.start_to_fire_timeout) or "at once"
  return named[id], with("timer", brief.text(a.timer_id))
end
function describe.TIMER_FIRED(a, named) return named[a.started_event_id], with("timer", brief.text(a.timer_id)) end
describe.TIMER_CANCELED = describe.TIMER_FIRED

function describe.MARKER_RECORDED(a) return brief.text(a.marker_name), values(a.details) end

function describe.START_CHILD_WORKFLOW_EXECUTION_INITIATED(a)
  return call(name_of(a.workflow_type), a.input), brief.text(a.workflow_id)
end
function describe.START_CHILD_WORKFLOW_EXECUTION_FAILED(a)
  return name_of(a.workflow_type), brief.text(a.workflow_id), (words(a.cause))
end
function describe.CHILD_WORKFLOW_EXECUTION_STARTED(a)
  return name_of(a.workflow_type), of_target(a), a.workflow_execution and run("run", a.workflow_execution.run_id)
end
function describe.CHILD_WORKFLOW_EXECUTION_COMPLETED(a)
  local name, id = child(a)
  return name, id, result(a.result)
end
describe.CHILD_WORKFLOW_EXECUTION_FAILED = child
describe.CHILD_WORKFLOW_EXECUTION_TIMED_OUT = child
describe.CHILD_WORKFLOW_EXECUTION_CANCELED = child
describe.CHILD_WORKFLOW_EXECUTION_TERMINATED = child

function describe.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED(a)
  return call(brief.text(a.signal_name, 100), a.input), with("to", of_target(a))
end
function describe.EXTERNAL_WORKFLOW_EXECUTION_SIGNALED(a) return of_target(a) end
function describe.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED(a)
  return of_target(a), (words(a.cause))
end
function describe.REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED(a) return of_target(a), reason(a.reason) end
describe.EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED = describe.EXTERNAL_WORKFLOW_EXECUTION_SIGNALED
describe.REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED = describe.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED

function describe.UPSERT_WORKFLOW_SEARCH_ATTRIBUTES(a)
  return values(a.search_attributes and a.search_attributes.indexed_fields)
end
function describe.WORKFLOW_PROPERTIES_MODIFIED(a)
  return with("memo", values(a.upserted_memo and a.upserted_memo.fields))
end

function describe.NEXUS_OPERATION_SCHEDULED(a, named, id)
  named[id] = brief.text(a.service) .. "." .. brief.text(a.operation)
  return call(named[id], a.input ~= nil and { a.input } or nil), with("at", brief.text(a.endpoint))
end
function describe.NEXUS_OPERATION_STARTED(a, named) return named[a.scheduled_event_id] end
function describe.NEXUS_OPERATION_COMPLETED(a, named)
  return named[a.scheduled_event_id], a.result ~= nil and "result " .. brief.value(a.result) or nil
end
describe.NEXUS_OPERATION_FAILED = describe.NEXUS_OPERATION_STARTED
describe.NEXUS_OPERATION_CANCELED = describe.NEXUS_OPERATION_STARTED
describe.NEXUS_OPERATION_TIMED_OUT = describe.NEXUS_OPERATION_STARTED
describe.NEXUS_OPERATION_CANCEL_REQUESTED = describe.NEXUS_OPERATION_STARTED

-- Of a type that is newer than this: what is plain in it, up to three.
local function anything(a)
  local names, texts = {}, {}
  for name, value in next, a do
    if type(name) == "string" and type(value) ~= "table" then names[#names + 1] = name end
  end
  sort(names)
  for index = 1, math.min(3, #names) do
    texts[index] = brief.text(names[index]) .. " " .. brief.value(a[names[index]], 80)
  end
  return table.unpack(texts)
end

--- What matters of an event, as texts. Events are to be given in their order.
---@param e table
---@param named table<integer, string> what events before it were about; this one's is added
---@return string[]
function events.texts(e, named)
  local f = describe[e.event_type] or anything
  local found = table.pack(f(events.attributes(e), named, e.event_id))
  local texts = {}
  for index = 1, found.n do
    local text = found[index]
    if text and text ~= "" then texts[#texts + 1] = text end
  end
  return texts
end

--- The failure that an event tells of.
---@param e table
---@return table?
function events.failure(e)
  local a = events.attributes(e)
  return a.failure or a.last_failure or a.outcome and a.outcome.failure
end

--- The run that goes on where this event ends one, for a workflow that continues, is retried or scheduled.
---@param e table
---@return string?
function events.next_run(e)
  local id = events.attributes(e).new_execution_run_id
  return id ~= "" and id or nil
end

local closing = {
  COMPLETED = "good", FAILED = "bad", TIMED_OUT = "bad", TERMINATED = "bad", CANCELED = "doubtful",
  CONTINUED_AS_NEW = "faint",
}

--- The style for an event's name.
---@param event_type string
---@return string?
function events.style(event_type)
  local ending = event_type:match("^WORKFLOW_EXECUTION_([%u_]+)$")
  if ending and closing[ending] then return closing[ending] end
  for _, ending_word in ipairs { "_FAILED$", "_TIMED_OUT$", "_TERMINATED$", "_REJECTED$" } do
    if find(event_type, ending_word) then return "bad" end
  end
  if sub(event_type, 1, 14) == "WORKFLOW_TASK_" then return "faint" end
  return nil
end

return events
