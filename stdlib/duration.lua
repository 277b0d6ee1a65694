--- Durations: seconds as a number, or text as Go and Temporal's tools write it.

local errors = require "moondial.errors"

local huge, tointeger, tonumber = math.huge, math.tointeger, tonumber
local tostring, type = tostring, type
local format, match, sub = string.format, string.match, string.sub

---@class moondial.duration
local duration = {}

-- The micro sign and the Greek letter mu are both in use.
local per_second = { ns = 1000000000, us = 1000000, ["\u{B5}s"] = 1000000, ["\u{3BC}s"] = 1000000, ms = 1000 }
local seconds_of = { s = 1, m = 60, h = 3600, d = 86400 }

local function fail(text, why)
  return nil, format("bad duration '%s': %s; write seconds as a number, or text such as \"1m30s\", \"500ms\", \"1.5h\"",
    text, why)
end

local function parse_text(text)
  local sign, rest = match(text, "^%s*([+-]?)(.-)%s*$")
  if rest == "" then
    return fail(text, "it is empty")
  elseif rest == "0" then
    return 0
  end
  local total, at = 0, 1
  while at <= #rest do
    local number, unit = match(rest, "^(%d*%.?%d*)([^%d%.%s]*)", at)
    local amount = tonumber(number, 10) or tonumber(number)
    if not amount then
      return fail(text, "a number is missing before '" .. sub(rest, at) .. "'")
    elseif unit == "" then
      return fail(text, "the unit is missing after '" .. number .. "'")
    elseif not seconds_of[unit] and not per_second[unit] then
      return fail(text, "unknown unit '" .. unit .. "' (there are ns, us, ms, s, m, h, d)")
    end
    -- Dividing brings 7ns as near to its value as a float can be; multiplying by 1e-9 does not.
    total = total + (per_second[unit] and amount / per_second[unit] or amount * seconds_of[unit])
    at = at + #number + #unit
  end
  total = sign == "-" and -total or total
  return tointeger(total) or total
end

--- The seconds of a duration, or nil and what is wrong with it.
---@param value number|string
---@return number?
---@return string? message
function duration.try(value)
  if type(value) == "string" then
    return parse_text(value)
  elseif type(value) ~= "number" then
    return nil, "bad duration: seconds or text such as \"1m30s\" expected, got " .. type(value)
  elseif value ~= value or value == huge or value == -huge then
    return nil, "bad duration: " .. tostring(value)
  end
  return value
end

--- The seconds of a duration; raises what is wrong with it.
---@param value number|string
---@return number
function duration.parse(value)
  local seconds, message = duration.try(value)
  if not seconds then
    errors.raise("ValueError", message)
  end
  return seconds
end

return duration
