--- The times of a schedule in words.

local times = require("moondial.show.times")

local concat, format, ipairs, match = table.concat, string.format, ipairs, string.match

local M = {}

local day_names = { [0] = "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", [7] = "Sun" }
local month_names = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" }

local function range_text(range, names)
  local function name(number) return names and names[number] or format("%d", number) end
  local text = name(range.start)
  if range["end"] > range.start then text = text .. "-" .. name(range["end"]) end
  return range.step > 1 and range["end"] > range.start and text .. "/" .. format("%d", range.step) or text
end

local function ranges_text(ranges, names)
  local texts = {}
  for index, range in ipairs(ranges) do texts[index] = range_text(range, names) end
  return concat(texts, ",")
end

-- The only value of a field; nil where there are several.
local function only(ranges)
  local range = ranges[1]
  return #ranges == 1 and range["end"] <= range.start and range.start or nil
end

local function is_all(ranges, first, last)
  local range = ranges[1]
  return #ranges == 1 and range.start == first and range["end"] == last and range.step == 1
end

local function time_of_day(calendar)
  local hour, minute, second = only(calendar.hour), only(calendar.minute), only(calendar.second)
  if hour and minute and second then
    return format("at %02d:%02d", hour, minute) .. (second > 0 and format(":%02d", second) or "")
  end
  local parts = {}
  if second ~= 0 then
    parts[1] = is_all(calendar.second, 0, 59) and "every second" or "second " .. ranges_text(calendar.second)
  end
  if is_all(calendar.minute, 0, 59) then
    parts[#parts + 1] = "every minute"
  else
    parts[#parts + 1] = "minute " .. ranges_text(calendar.minute)
  end
  if not is_all(calendar.hour, 0, 23) then
    parts[#parts + 1] = "hour " .. ranges_text(calendar.hour)
  elseif not is_all(calendar.minute, 0, 59) then
    parts[#parts + 1] = "every hour"
  end
  local text = concat(parts, " of ")
  return match(text, "^every") and text or "at " .. text
end

--- A calendar.
---@param calendar table as a description has it
---@return string such as "at 06:00 on Mon-Fri"
function M.calendar(calendar)
  local parts = { time_of_day(calendar) }
  if not is_all(calendar.day_of_week, 0, 6) then parts[2] = "on " .. ranges_text(calendar.day_of_week, day_names) end
  if not is_all(calendar.day_of_month, 1, 31) then
    parts[#parts + 1] = "on day " .. ranges_text(calendar.day_of_month)
  end
  if not is_all(calendar.month, 1, 12) then parts[#parts + 1] = "in " .. ranges_text(calendar.month, month_names) end
  if #calendar.year > 0 then parts[#parts + 1] = "of " .. ranges_text(calendar.year) end
  if calendar.comment then parts[#parts + 1] = "(" .. calendar.comment .. ")" end
  return concat(parts, " ")
end

--- An interval.
---@param interval table as a description has it
---@return string such as "every 1h, 5m later"
function M.interval(interval)
  local text = "every " .. times.span(interval.every)
  return interval.offset and interval.offset > 0 and text .. ", " .. times.span(interval.offset) .. " later" or text
end

--- The times of a spec, each in words.
---@param spec table as a description has it
---@return string[]
function M.spec(spec)
  local texts = {}
  for _, interval in ipairs(spec.intervals) do texts[#texts + 1] = M.interval(interval) end
  for _, calendar in ipairs(spec.calendars) do texts[#texts + 1] = M.calendar(calendar) end
  for _, cron in ipairs(spec.cron_expressions) do texts[#texts + 1] = cron end
  for _, calendar in ipairs(spec.skip) do texts[#texts + 1] = "but not " .. M.calendar(calendar) end
  return texts
end

return M
