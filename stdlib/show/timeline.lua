--- Timelines: the events of a history, line by line, with the time, the time since the event before, and what matters.

local brief = require "moondial.show.brief"
local events = require "moondial.show.events"
local failure = require "moondial.show.failure"
local times = require "moondial.show.times"
local width = require "moondial.show.width"

local ipairs, max, tostring = ipairs, math.max, tostring
local concat = table.concat

---@class moondial.show.timeline
local timeline = {}

--- A timeline that takes event after event.
---@class moondial.show.Timeline
local Timeline = {}
Timeline.__index = Timeline

-- Narrower terminals have no room for the time of day, and even narrower ones none for the gap.
local with_times, with_gaps = 60, 34
-- What matters stands behind the event's name where there is room for so much of it, otherwise below.
local room_below = 30

--- Begins a timeline.
---@param context table width, paint, times
---@param put fun(line: string)
---@param count? integer how many events there will be, where that is known
---@return moondial.show.Timeline
function timeline.new(context, put, count)
  return setmetatable({
    context = context, put = put, named = {}, id_width = max(3, #tostring(count or 0)),
  }, Timeline)
end

local function right(text, columns) return width.fill(text, columns) .. text end

local function gap_text(seconds)
  local text = times.span(seconds)
  return (seconds < 0.001 and "" or "+") .. text
end

-- What stands in front of the event's name.
function Timeline:lead(e)
  local context, time = self.context, e.event_time
  local out = { right(tostring(e.event_id), self.id_width) }
  if context.width >= with_times then
    out[#out + 1] = context.times == "relative" and right(times.span(time - self.first), 7) or times.clock(time)
  end
  if context.width >= with_gaps then
    out[#out + 1] = right(self.last and gap_text(time - self.last) or "", 7)
  end
  return concat(out, "  ") .. "  "
end

-- A line for the day, before the first event of each.
function Timeline:mark_day(time)
  local day = times.day(time)
  if self.context.times ~= "relative" and day ~= self.day then
    self.day = day
    self.put(self.context.paint("faint", day .. " UTC"))
  end
end

--- Shows an event.
---@param e table a HistoryEvent by its field names
function Timeline:event(e)
  local context, put, paint = self.context, self.put, self.context.paint
  self.first = self.first or e.event_time
  self:mark_day(e.event_time)
  local lead = self:lead(e)
  self.last = e.event_time
  local style = events.style(e.event_type) or "object"
  local titles = width.wrap(events.title(e.event_type), max(4, context.width - #lead))
  local text = concat(events.texts(e, self.named), ", ")
  local room = context.width - #lead - #titles[1] - 2
  local indent = context.width - #lead >= room_below and (" "):rep(#lead) or "    "
  local line = paint("faint", lead) .. paint(style, titles[1])
  if text ~= "" and #titles == 1 and width.of(text) <= room then
    put(line .. "  " .. text)
  else
    put(line)
    for index = 2, #titles do put((" "):rep(#lead) .. paint(style, titles[index])) end
    if text ~= "" then
      for _, part in ipairs(width.wrap(text, max(2, context.width - #indent))) do put(indent .. part) end
    end
  end
  self:failure(events.failure(e), indent)
end

--- Shows a failure below its event.
---@param f table?
---@param indent string
function Timeline:failure(f, indent)
  for _, link in ipairs(f and failure.chain(f) or {}) do
    local style, lead = link.is_root and "root" or "bad", indent
    for _, part in ipairs(width.wrap(link.text, max(2, self.context.width - #indent), 2)) do
      self.put(lead .. self.context.paint(style, part))
      lead = indent .. "  "
    end
  end
end

--- Says whose events follow.
---@param workflow_id string
---@param run_id string?
---@param note string?
function Timeline:heading(workflow_id, run_id, note)
  local context = self.context
  local rest = (run_id and "  run " .. brief.text(run_id) or "") .. (note and "  " .. note or "")
  local id = width.cut(brief.text(workflow_id), context.width)
  local room = context.width - width.of(id)
  self.put(context.paint("label", id) .. context.paint("faint", room > 3 and width.cut(rest, room) or ""))
end

return timeline
