--- What Go writes times and spans as: the `temporal` CLI makes some of its JSON by Go's rules, and not by those of
--- protocol buffers.

local format, gsub = string.format, string.gsub

---@class moondial.client.go_json
local M = {}

--- A time, without the zeros that end its fraction.
---@param time any a Timestamp, or its text
---@param without string? what stands for none
---@return string?
function M.time(time, without)
  if time == nil then return without end
  return (gsub(gsub(tostring(time), "(%.%d-)0+Z$", "%1Z"), "%.Z$", "Z"))
end

--- A span.
---@param seconds number
---@return string such as "0s", "12.5ms", "1h2m3.5s"
function M.span(seconds)
  if seconds == 0 then return "0s" end
  if seconds < 1 then return format("%.9g", seconds * 1000) .. "ms" end
  local hours, minutes = seconds // 3600, seconds % 3600 // 60
  local lead = hours > 0 and format("%dh%dm", hours, minutes) or minutes > 0 and format("%dm", minutes) or ""
  return lead .. format("%.9g", seconds % 60) .. "s"
end

return M
