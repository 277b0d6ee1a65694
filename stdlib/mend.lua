--- Loads Lua code without a fault of the compiler of Lua 5.4.0 to 5.4.4.
--
-- A `break` out of a generic `for` in whose body a local is captured by a closure jumps past the end of the loop: its
-- closing value is not closed, and stays in the list of those to be closed. When the function returns, Lua calls
-- `__close` of whatever then is in that place of the stack: "attempt to call a nil value (metamethod 'close')". Our
-- iterators give the loop a closing value, so that `break` releases a call; a script must not fail for it.
--
-- The fault is one operand: `leaveblock` (lparser.c) makes the label of `break` while the four hidden variables of the
-- loop still count, so that the CLOSE behind the loop begins above them (fixed in 5.4.5). As every generic `for` is
-- followed by a CLOSE of its first hidden variable, one that begins four higher is the fault and nothing else. It is
-- put right in what `string.dump` gives, whose format is that of ldump.c.

local byte, dump, sub, unpack_at = string.byte, string.dump, string.sub, string.unpack
local getinfo, getupvalue, upvaluejoin = debug.getinfo, debug.getupvalue, debug.upvaluejoin
local assert, error, ipairs, load, loadfile, pairs = assert, error, ipairs, load, loadfile, pairs
local select, string_pack, type = select, string.pack, type
local concat, pack, sort, unpack = table.concat, table.pack, table.sort, table.unpack

---@class moondial.mend
local mend = {}

-- Signature, version 5.4, format 0, check bytes, sizes of an instruction, an integer and a float, and one of each.
local header = "\27Lua\x54\0\x19\x93\r\n\x1a\n\4\8\8" .. string.pack("=i8d", 0x5678, 370.5)

-- lopcodes.h: the opcode is in the lower 7 bits, operand A in the 8 above.
local CLOSE, TFORLOOP = 54, 77
local hidden_variables = 4

local constant_sizes = { [0x03] = 8, [0x13] = 8 }
local string_constants = { [0x04] = true, [0x14] = true }

-- Seven bits to a byte, the highest first; the last byte has its top bit set.
local function read_size(code, at)
  local size = 0
  while true do
    local b = byte(code, at)
    at = at + 1
    size = size << 7 | b & 0x7F
    if b >= 0x80 then
      return size, at
    end
  end
end

local function skip_string(code, at)
  local size
  size, at = read_size(code, at)
  return size == 0 and at or at + size - 1
end

local function skip_constants(code, at)
  local count
  count, at = read_size(code, at)
  for _ = 1, count do
    local tag = byte(code, at)
    at = at + 1
    if string_constants[tag] then
      at = skip_string(code, at)
    else
      at = at + (constant_sizes[tag] or 0)
    end
  end
  return at
end

local function skip_debug_information(code, at)
  local count
  count, at = read_size(code, at)
  at = at + count
  count, at = read_size(code, at)
  for _ = 1, 2 * count do
    at = select(2, read_size(code, at))
  end
  count, at = read_size(code, at)
  for _ = 1, count do
    at = skip_string(code, at)
    at = select(2, read_size(code, at))
    at = select(2, read_size(code, at))
  end
  count, at = read_size(code, at)
  for _ = 1, count do
    at = skip_string(code, at)
  end
  return at
end

-- Notes the right instruction by the place of each wrong one.
local function scan_instructions(code, at, found)
  local count
  count, at = read_size(code, at)
  local base
  for _ = 1, count do
    local instruction = unpack_at("=I4", code, at)
    local operation, a = instruction & 0x7F, instruction >> 7 & 0xFF
    if operation == CLOSE and base and a == base + hidden_variables then
      found[at] = string_pack("=I4", instruction & ~(0xFF << 7) | base << 7)
    end
    base = operation == TFORLOOP and a or nil
    at = at + 4
  end
  return at
end

local function scan_function(code, at, found)
  at = skip_string(code, at)
  at = select(2, read_size(code, at))
  at = select(2, read_size(code, at))
  at = scan_instructions(code, at + 3, found)
  at = skip_constants(code, at)
  local count
  count, at = read_size(code, at)
  at = at + 3 * count
  count, at = read_size(code, at)
  for _ = 1, count do
    at = scan_function(code, at, found)
  end
  return skip_debug_information(code, at)
end

--- What is wrong in a dumped function: the right instruction by the place of each wrong one.
---@param code string
---@return table<integer, string>
function mend.faults(code)
  local found = {}
  if sub(code, 1, #header) == header then
    assert(scan_function(code, #header + 2, found) == #code + 1)
  end
  return found
end

--- Gives a function that has just been loaded, or one with the same code, put right.
---@param f function
---@return function
function mend.mended(f)
  if getinfo(f, "S").what == "C" then
    return f
  end
  local code = dump(f)
  local places = {}
  local faults = mend.faults(code)
  for place in pairs(faults) do
    places[#places + 1] = place
  end
  if #places == 0 then
    return f
  end
  sort(places)
  local pieces, copied = {}, 1
  for _, place in ipairs(places) do
    pieces[#pieces + 1] = sub(code, copied, place - 1)
    pieces[#pieces + 1] = faults[place]
    copied = place + 4
  end
  pieces[#pieces + 1] = sub(code, copied)
  local right = assert(load(concat(pieces), nil, "b"))
  local index = 1
  while getupvalue(f, index) do
    upvaluejoin(right, index, f, index)
    index = index + 1
  end
  return right
end

local mended = mend.mended

local function mended_result(f, ...)
  if f then
    return mended(f), ...
  end
  return f, ...
end

--- Replaces what loads Lua code: `load`, `loadfile`, `dofile`, and the searcher for Lua files.
---@param env table the globals
function mend.install(env)
  -- What Lua reads in pieces, from a function or standard input, is mended as well: what counts is what came of it.
  function env.load(...)
    return mended_result(load(...))
  end

  function env.loadfile(...)
    return mended_result(loadfile(...))
  end

  function env.dofile(...)
    local f, message = env.loadfile((...))
    if not f then
      error(message, 0)
    end
    return f()
  end

  -- The stock searchers are those of package.preload, Lua files, C libraries and their submodules.
  local searchers = env.package.searchers
  local lua_searcher = #searchers - 2
  local search = searchers[lua_searcher]
  searchers[lua_searcher] = function(name)
    local results = pack(search(name))
    if type(results[1]) == "function" then
      results[1] = mended(results[1])
    end
    return unpack(results, 1, results.n)
  end
end

return mend
