--- The source text of functions, where it is known: in files, and in what was entered at the prompt.

local chunk = require "moondial.chunk"

local dump, getinfo = string.dump, debug.getinfo
local concat, find, gmatch, match, sub = table.concat, string.find, string.gmatch, string.match, string.sub
local open, remove = io.open, table.remove

---@class moondial.source
local source = {}

-- The entries of the session that define functions, the newest last.
local entries, most_entries = {}, 200

--- Keeps an entry of the prompt, as its functions may be asked for.
---@param text string
function source.note(text)
  if find(text, "function", 1, true) then
    entries[#entries + 1] = text
    if #entries > most_entries then
      remove(entries, 1)
    end
  end
end

local function lines(text, first, last)
  local out, number = {}, 0
  for line in gmatch(text .. "\n", "(.-)\r?\n") do
    number = number + 1
    if number >= first and number <= last then
      out[#out + 1] = line
    end
  end
  return concat(out, "\n")
end

-- What string.dump puts in front of a function's code: signature, version and format, check bytes, three sizes, an
-- integer, a float, and the count of upvalues.
local header = 4 + 2 + 6 + 3 + 8 + 8 + 1

-- The code of a function stands within that of the chunk that defines it, as no other does.
local function defines(text, code)
  local compiled = chunk.compile(text, "=prompt", {})
  return compiled and find(dump(compiled, true), code, 1, true) ~= nil
end

local function of_prompt(f, first, last)
  local code = sub(dump(f, true), header + 1)
  for index = #entries, 1, -1 do
    if defines(entries[index], code) then
      return lines(entries[index], first, last)
    end
  end
end

--- Where a function is defined, and its text.
---@param f function
---@return string? place as in "tools.lua:12"; nil for one that is written in C
---@return string? text nil where it is not known
function source.of(f)
  local info = getinfo(f, "S")
  if info.what == "C" then
    return nil
  end
  local place = ("%s:%d"):format(info.short_src, info.linedefined)
  if info.source == "=prompt" then
    return place, of_prompt(f, info.linedefined, info.lastlinedefined)
  end
  local file = match(info.source, "^@") and open(sub(info.source, 2), "r")
  if not file then
    return place
  end
  local text = file:read("a")
  file:close()
  return place, text and lines(text, info.linedefined, info.lastlinedefined)
end

return source
