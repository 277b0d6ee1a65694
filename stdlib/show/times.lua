--- Texts for points in time and for spans.

local timestamp = require "moondial.timestamp"

local floor, format = math.floor, string.format

---@class moondial.show.times
local times = {}

--- A span in the two units that matter.
---@param seconds number
---@return string such as "12ms", "1.5s", "2m5s", "3h12m", "4d2h"
function times.span(seconds)
  if seconds < 0 then
    return "-" .. times.span(-seconds)
  elseif seconds < 0.9995 then
    local milliseconds = seconds * 1000
    return seconds == 0 and "0s" or milliseconds < 1 and "<1ms" or format("%.0fms", milliseconds)
  elseif seconds < 59.95 then
    return (format("%.1f", seconds):gsub("%.0$", "")) .. "s"
  end
  local whole = floor(seconds + 0.5)
  local units = { { 86400, "d" }, { 3600, "h" }, { 60, "m" }, { 1, "s" } }
  for index = 1, 3 do
    local size, below = units[index][1], units[index + 1]
    if whole >= size then
      local rest = whole % size // below[1]
      return whole // size .. units[index][2] .. (rest > 0 and rest .. below[2] or "")
    end
  end
  return whole .. "s"
end

--- How long ago, or how soon.
---@param time moondial.Timestamp
---@param now? moondial.Timestamp
---@return string
function times.relative(time, now)
  local seconds = (now or timestamp.now()) - time
  -- The server's clock and this one differ.
  if seconds < 1 and seconds > -1 then
    return "now"
  end
  return seconds > 0 and times.span(floor(seconds)) .. " ago" or "in " .. times.span(floor(-seconds))
end

--- A point in time by the setting: ISO 8601 in UTC, to the second, or relative to now.
---@param time any what is no Timestamp gives no text
---@param context table its `times`
---@return string
function times.text(time, context)
  if getmetatable(time) ~= timestamp.Timestamp then
    return ""
  elseif context.times == "relative" then
    return times.relative(time)
  end
  return time:format("%Y-%m-%dT%H:%M:%SZ")
end

--- The time of day, to the millisecond.
---@param time moondial.Timestamp
---@return string
function times.clock(time)
  return time:format("%H:%M:%S") .. format(".%03d", time.nanos // 1000000)
end

--- The day.
---@param time moondial.Timestamp
---@return string
function times.day(time) return time:format("%Y-%m-%d") end

return times
