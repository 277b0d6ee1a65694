--- Prints values for people: what the prompt shows.
--
-- Text is escaped, so that nothing a server sent drives the terminal. Tables are read raw: of the user's code only
-- `__tostring` and `__name` are looked at. What fits the width is on one line, the rest is indented.

local escape = require "moondial.escape"

local concat, sort = table.concat, table.sort
local ipairs, next, pcall, rawget, tonumber, tostring, type = ipairs, next, pcall, rawget, tonumber, tostring, type
local find, format, match = string.find, string.format, string.match
local getinfo, getmetatable = debug.getinfo, debug.getmetatable  -- not fooled by __metatable
local huge, math_type, utf8_len = math.huge, math.type, utf8.len
local quote, plain = escape.quote, escape.text

---@class moondial.inspect
local inspect = {}

---@class moondial.inspect.options
---@field width? integer    80 by default
---@field depth? integer    how deep tables are shown, 5 by default
---@field items? integer    how many entries of a table are shown, 100 by default
---@field source? fun(value: any): string?  the text for values of some kinds; what is shown can then be loaded
---@field palette? table<string, string>  escape sequences for "string", "number", "boolean", "nil", "key", "object",
---"special", and "reset"; no colours without

local indentation = "  "

local reserved = {}
for word in ([[and break do else elseif end false for function goto if in local nil not or repeat return then true
  until while]]):gmatch("%a+") do
  reserved[word] = true
end

-- A value is turned into a tree first: a leaf has `text` and `style`, a branch has `entries` of `key` and `value`.
-- `width` is what each takes on one line, so that laying out looks at every node once.

local function leaf(text, style)
  return { text = text, style = style, width = utf8_len(text) or #text }
end

-- The shortest text that reads back as the same float.
local function number_text(value)
  if math_type(value) == "integer" then
    return format("%d", value)
  elseif value ~= value then
    return "nan"
  elseif value == huge or value == -huge then
    return value > 0 and "math.huge" or "-math.huge"
  end
  for digits = 15, 17 do
    local text = format("%." .. digits .. "g", value)
    if tonumber(text) == value or digits == 17 then
      return find(text, "[.e]") and text or text .. ".0"
    end
  end
end

local function function_text(value)
  local declare = package.loaded["moondial.declare"]
  local declared = declare and declare.by_function[value]
  if declared then return format("function <%s>", declared.title) end
  local info = getinfo(value, "S")
  if info.what == "C" then
    return format("function: %p", value)
  end
  return format("function <%s:%d>", plain(info.short_src), info.linedefined)
end

-- What the object says of itself; nil if it says nothing.
local function own_text(value, metatable)
  local name = metatable and rawget(metatable, "__name")
  name = type(name) == "string" and plain(name) or nil
  if metatable and rawget(metatable, "__tostring") ~= nil then
    local ok, text = pcall(tostring, value)
    if ok then
      return plain(text), name
    end
    return format("<%s: error in __tostring: %s>", name or type(value), plain(tostring(text))), name
  end
  return nil, name
end

local type_order = { number = 1, string = 2, boolean = 3 }

local function before(a, b)
  local x, y = type(a), type(b)
  if x ~= y then
    local i, j = type_order[x] or 4, type_order[y] or 4
    if i ~= j then
      return i < j
    end
    return x < y
  elseif x == "number" or x == "string" then
    return a < b
  elseif x == "boolean" then
    return not a and b
  end
  return format("%p", a) < format("%p", b)
end

local build

local function key_node(key, depth, context)
  if type(key) == "string" and match(key, "^[%a_][%w_]*$") and not reserved[key] then
    return leaf(key, "key")
  end
  local inner = build(key, depth, context)
  return { key_of = inner, width = inner.width + 2 }
end

local function add(branch, key, value)
  local entry = { key = key, value = value, width = (key and key.width + 3 or 0) + value.width }
  branch.width = branch.width + entry.width + (#branch.entries > 0 and 2 or 0)
  branch.entries[#branch.entries + 1] = entry
end

local function table_node(value, name, depth, context)
  local prefix = name and not context.source and name .. " " or ""
  if next(value) == nil then
    return leaf(prefix .. "{}")
  elseif context.path[value] then
    return leaf(context.source and '"<cycle>"' or "<cycle>", "special")
  elseif depth >= context.depth then
    return leaf(prefix .. "{…}", "special")
  end
  context.path[value] = true
  local branch = { prefix = prefix, entries = {}, width = #prefix + 4 }
  local shown, length = 0, 0
  while rawget(value, length + 1) ~= nil do
    length = length + 1
    if shown < context.items then
      shown = shown + 1
      add(branch, nil, build(rawget(value, length), depth + 1, context))
    end
  end
  local keys = {}
  for key in next, value do
    if not (math_type(key) == "integer" and key >= 1 and key <= length) then
      keys[#keys + 1] = key
    end
  end
  sort(keys, before)
  for _, key in ipairs(keys) do
    if shown == context.items then
      break
    end
    shown = shown + 1
    add(branch, key_node(key, depth + 1, context), build(rawget(value, key), depth + 1, context))
  end
  local hidden = length + #keys - shown
  if hidden > 0 then
    add(branch, nil, leaf(format("… (+%d more)", hidden), "special"))
  end
  context.path[value] = nil
  return branch
end

function build(value, depth, context)
  local kind = type(value)
  local source = context.source and context.source(value)
  if source then
    return leaf(source, "object")
  end
  if kind == "string" then
    return leaf(quote(value), "string")
  elseif kind == "number" then
    return leaf(number_text(value), "number")
  elseif kind == "nil" or kind == "boolean" then
    return leaf(tostring(value), kind)
  end
  local text, name = nil, nil
  if not context.source then text, name = own_text(value, getmetatable(value)) end
  if text then
    return leaf(text, "object")
  elseif kind == "table" then
    return table_node(value, name, depth, context)
  elseif kind == "function" then
    return leaf(function_text(value), "object")
  end
  return leaf(format("%s: %p", name or kind, value), "object")
end

local function paint(node, palette)
  local colour = palette and node.style and palette[node.style]
  return colour and colour .. node.text .. (palette.reset or "\27[0m") or node.text
end

local lay_out

local function lay_out_entry(entry, indent, room, context, out)
  if entry.key then
    if entry.key.key_of then
      out[#out + 1] = "["
      lay_out(entry.key.key_of, indent, huge, context, out)
      out[#out + 1] = "]"
    else
      out[#out + 1] = paint(entry.key, context.palette)
    end
    out[#out + 1] = " = "
    room = room - entry.key.width - 3
  end
  lay_out(entry.value, indent, room, context, out)
end

-- `room` is what is left of the line.
function lay_out(node, indent, room, context, out)
  if node.text then
    out[#out + 1] = paint(node, context.palette)
    return
  end
  local is_flat = node.width <= room
  local inner = indent .. indentation
  out[#out + 1] = node.prefix .. (is_flat and "{ " or "{\n")
  for index, entry in ipairs(node.entries) do
    if is_flat then
      out[#out + 1] = index > 1 and ", " or ""
      lay_out_entry(entry, indent, huge, context, out)
    else
      out[#out + 1] = inner
      lay_out_entry(entry, inner, context.width - #inner - 1, context, out)
      out[#out + 1] = ",\n"
    end
  end
  out[#out + 1] = is_flat and " }" or indent .. "}"
end

--- The text for a value.
---@param value any
---@param options? moondial.inspect.options
---@return string lines without a line end after the last
function inspect.format(value, options)
  options = options or {}
  local context = { width = options.width or 80, depth = options.depth or 5, items = options.items or 100,
    source = options.source, palette = options.palette, path = {} }
  local out = {}
  lay_out(build(value, 0, context), "", context.width, context, out)
  return concat(out)
end

return inspect
