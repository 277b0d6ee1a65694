--- Points in time: seconds since 1970 in UTC and nanoseconds, as Temporal has them.

local date, time = os.date, os.time
local error, floor, getmetatable, math_type = error, math.floor, getmetatable, math.type
local setmetatable, tointeger, tonumber, tostring, type = setmetatable, math.tointeger, tonumber, tostring, type
local format, gsub, match, rep = string.format, string.gsub, string.match, string.rep

--- A point in time, to the nanosecond. Times compare with ==, < and <=; in JSON a time is its text.
---@class moondial.Timestamp
---@field seconds integer  since 1970-01-01T00:00:00Z, before it negative
---@field nanos integer    0 to 999999999, always added
local Timestamp = { __name = "Timestamp" }
Timestamp.__index = Timestamp

---@class moondial.timestamp
local timestamp = { Timestamp = Timestamp }

local billion = 1000000000

local function make(seconds, nanos)
  return setmetatable({ seconds = seconds, nanos = nanos }, Timestamp)
end

local function is_timestamp(value)
  return getmetatable(value) == Timestamp
end

--- A point in time.
---@param seconds integer since 1970 in UTC
---@param nanos? integer may be negative or a second and more
---@return moondial.Timestamp
function timestamp.new(seconds, nanos)
  nanos = nanos or 0
  if math_type(tointeger(seconds)) ~= "integer" or math_type(tointeger(nanos)) ~= "integer" then
    error("bad timestamp: whole seconds and nanoseconds expected", 2)
  end
  seconds, nanos = tointeger(seconds), tointeger(nanos)
  return make(seconds + nanos // billion, nanos % billion)
end

--- The clock behind `now`: returns seconds and nanoseconds. A program that has a finer one than os.time puts it here.
---@return integer seconds
---@return integer? nanos
function timestamp.clock()
  return time(), 0
end

--- The present.
---@return moondial.Timestamp
function timestamp.now()
  return timestamp.new(timestamp.clock())
end

-- Days since 1970 of a date, and back, in the proleptic Gregorian calendar; eras of 400 years that begin in March.
-- Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil and civil_from_days.
local function days_from_civil(year, month, day)
  year = month <= 2 and year - 1 or year
  local era = year // 400
  local year_of_era = year - era * 400
  local day_of_year = (153 * (month + (month > 2 and -3 or 9)) + 2) // 5 + day - 1
  return era * 146097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719468
end

local function civil_from_days(days)
  days = days + 719468
  local era = days // 146097
  local day_of_era = days - era * 146097
  local year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
  local day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
  local shifted = (5 * day_of_year + 2) // 153
  local month = shifted + (shifted < 10 and 3 or -9)
  return year_of_era + era * 400 + (month <= 2 and 1 or 0), month, day_of_year - (153 * shifted + 2) // 5 + 1
end

local function days_in_month(year, month)
  if month == 12 then
    return 31
  end
  return days_from_civil(year, month + 1, 1) - days_from_civil(year, month, 1)
end

local function fail(text, why)
  error(format("bad timestamp '%s': %s; RFC 3339 is expected, such as 2024-01-31T12:00:00Z", tostring(text), why), 3)
end

--- Reads a time as RFC 3339 writes it, with any offset. Digits behind the nanoseconds are dropped.
---@param text string
---@return moondial.Timestamp
function timestamp.parse(text)
  if type(text) ~= "string" then
    fail(text, "it is no text")
  end
  local y, mo, d, h, mi, s, tail = match(text, "^(%d%d%d%d)%-(%d%d)%-(%d%d)[Tt ](%d%d):(%d%d):(%d%d)(.*)$")
  if not y then
    fail(text, "it is not a date and a time")
  end
  local fraction, zone = match(tail, "^%.(%d+)(.+)$")
  zone = zone or tail
  local offset = 0
  if zone ~= "Z" and zone ~= "z" then
    local sign, hours, minutes = match(zone, "^([+-])(%d%d):(%d%d)$")
    if not sign or tonumber(hours) > 23 or tonumber(minutes) > 59 then
      fail(text, zone == "" and "the offset is missing" or "its offset is not Z or +hh:mm")
    end
    offset = (tonumber(hours) * 60 + tonumber(minutes)) * (sign == "-" and -60 or 60)
  end
  y, mo, d, h, mi, s = tonumber(y), tonumber(mo), tonumber(d), tonumber(h), tonumber(mi), tonumber(s)
  -- A leap second, 60, is the first of the next minute, as in POSIX time.
  if mo < 1 or mo > 12 or d < 1 or d > days_in_month(y, mo) or h > 23 or mi > 59 or s > 60 then
    fail(text, "there is no such time")
  end
  local nanos = fraction and tonumber((fraction .. rep("0", 9)):sub(1, 9), 10) or 0
  return make(days_from_civil(y, mo, d) * 86400 + h * 3600 + mi * 60 + s - offset, nanos)
end

--- ISO 8601 in UTC, with as many digits of the second, in threes, as it needs.
function Timestamp:__tostring()
  local days, rest = self.seconds // 86400, self.seconds % 86400
  local year, month, day = civil_from_days(days)
  local fraction = self.nanos == 0 and "" or gsub(gsub(format(".%09d", self.nanos), "000$", ""), "000$", "")
  return format("%04d-%02d-%02dT%02d:%02d:%02d%sZ", year, month, day, rest // 3600, rest // 60 % 60, rest % 60,
    fraction)
end

--- The time in UTC by a format of os.date; without one, as tostring has it.
---     d.start_time:format("%H:%M:%S")
---@param how? string such as "%H:%M"
---@return string # the text
function Timestamp:format(how)
  if how == nil then
    return tostring(self)
  end
  return date("!" .. gsub(how, "^!", ""), self.seconds) --[[@as string]]
end

local function compare(a, b)
  if not is_timestamp(a) or not is_timestamp(b) then
    error("a Timestamp can only be compared with a Timestamp", 3)
  end
  return a.seconds ~= b.seconds and a.seconds - b.seconds or a.nanos - b.nanos
end

function Timestamp.__eq(a, b)
  return is_timestamp(a) and is_timestamp(b) and a.seconds == b.seconds and a.nanos == b.nanos
end

function Timestamp.__lt(a, b)
  return compare(a, b) < 0
end

function Timestamp.__le(a, b)
  return compare(a, b) <= 0
end

local function shift(self, seconds, sign)
  if type(seconds) ~= "number" or seconds ~= seconds or seconds - seconds ~= 0 then
    error("a number of seconds expected, got " .. tostring(seconds), 3)
  end
  local whole = floor(seconds)
  if not tointeger(whole) then error("so many seconds are out of range: " .. tostring(seconds), 3) end
  local nanos = floor((seconds - whole) * billion + 0.5)
  return timestamp.new(self.seconds + sign * tointeger(whole), self.nanos + sign * nanos)
end

--- A later point in time, by seconds.
---     d.start_time + 3600
function Timestamp.__add(a, b)
  if is_timestamp(a) then
    return shift(a, b, 1)
  end
  return shift(b, a, 1)
end

--- The seconds between two points in time; or an earlier point, by seconds.
---     d.close_time - d.start_time
function Timestamp.__sub(a, b)
  if is_timestamp(b) then
    if not is_timestamp(a) then
      error("a Timestamp cannot be taken from a " .. type(a), 2)
    end
    return (a.seconds - b.seconds) + (a.nanos - b.nanos) / billion
  end
  return shift(a, b, -1)
end

return timestamp
