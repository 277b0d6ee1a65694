--- Doc comments: what stands above the functions and classes of Lua source, so that it need not be written twice.
--
-- A doc comment is a block of lines that begin with three dashes. Its text is prose; lines of it that are indented by
-- four spaces or more are the example. Of LuaCATS' tags, @class, @field, @param, @return and @package are read, and
-- each may go on in lines that are indented. The words for what is returned stand behind a #. What is @package, and a
-- @field that is private, is nobody else's.

local find, gsub, match, sub = string.find, string.gsub, string.match, string.sub
local concat = table.concat

---@class moondial.comments
local comments = {}

-- Parts a tag into the type at its beginning, which may contain spaces within brackets, and the rest.
local function split_type(text)
  local depth, at = 0, 1
  while at <= #text do
    local character = sub(text, at, at)
    if find(character, "[%(%[{<]") then
      depth = depth + 1
    elseif find(character, "[%)%]}>]") then
      depth = depth - 1
    elseif character == " " and depth == 0 and not find(sub(text, 1, at - 1), "[:|,]$") then
      break
    end
    at = at + 1
  end
  return sub(text, 1, at - 1), match(text, "^%s*(.-)%s*$", at)
end

-- The fields of a @param or @field.
local function variable(text)
  local name, optional, rest = match(text, "^([%w_.%[%]]+)(%??)%s*(.*)$")
  local kind, help = split_type(rest)
  return { name = name, type = (gsub(kind, "%?$", "")), help = help,
    optional = optional == "?" or find(kind, "%?$") ~= nil or nil }
end

local tags = {}

function tags.class(entry, text)
  entry.class = match(text, "^[%w_.]+")
end

function tags.field(entry, text)
  if not find(text, "^private ") then entry.fields[#entry.fields + 1] = variable(text) end
end

function tags.param(entry, text)
  entry.parameters[#entry.parameters + 1] = variable(text)
end

tags["return"] = function(entry, text)
  local kind, rest = split_type(text)
  entry.result = entry.result or kind
  entry.returns = entry.returns or match(rest, "#%s*(.+)$")
end

function tags.package(entry)
  entry.hidden = true
end

-- Reads the lines of one doc comment, without their dashes.
local function read_block(lines)
  local entry = { fields = {}, parameters = {} }
  local prose, example, tag = {}, {}, nil
  local function close()
    if tag and tags[tag.name] then tags[tag.name](entry, concat(tag.lines, " ")) end
    tag = nil
  end
  for _, line in ipairs(lines) do
    local name, text = match(line, "^@(%w+)%s*(.*)$")
    if name then
      close()
      tag = { name = name, lines = { text } }
    elseif tag and find(line, "^  ") then
      tag.lines[#tag.lines + 1] = match(line, "^%s*(.-)%s*$")
    else
      close()
      if find(line, "^     ") then
        example[#example + 1] = sub(line, 6)
      else
        prose[#prose + 1] = match(line, "^ ?(.-)%s*$")
      end
    end
  end
  close()
  entry.text = concat(prose, " ")
  entry.help = match(entry.text, "^(.-%.)%s") or entry.text
  if #example > 0 then entry.example = concat(example, "\n") end
  return entry
end

-- What a line of code defines: its owner and name, and the names of its parameters; nil where it defines nothing.
local function definition(line)
  local path, list = match(line, "^%s*function%s+([%w_.:]+)%s*(%b())")
  if not path then path, list = match(line, "^%s*local%s+function%s+([%w_]+)%s*(%b())") end
  if not path then path = match(line, "^([%w_]+%.__%w+)%s*=") end
  if not path then return nil end
  local names = {}
  for name in string.gmatch(list or "", "[%w_.]+") do names[#names + 1] = name end
  local owner, separator, name = match(path, "^(.-)([.:])([%w_]+)$")
  return { owner = owner, separator = separator, name = name or path, names = names }
end

--- Finds the doc comments of a source text.
---@param text string Lua source
---@return table[] # a list of functions and classes: text, help, example, parameters, result, returns, fields, class,
---  and for functions owner, separator, name, names and line; the comment at the head of the file has head = true
function comments.parse(text)
  local entries, block, number = {}, {}, 0
  for line in string.gmatch(gsub(text, "\r\n", "\n") .. "\n", "(.-)\n") do
    number = number + 1
    local comment = match(line, "^%s*%-%-%-([^%-].*)$") or match(line, "^%s*%-%-%-$") and ""
    if comment then
      block[#block + 1] = comment
    elseif #block > 0 then
      local entry = read_block(block)
      entry.head = number - #block == 1 or nil
      for key, value in pairs(definition(line) or {}) do entry[key] = value end
      entry.line = number
      entries[#entries + 1] = entry
      block = {}
    end
  end
  return entries
end

local parsed = {}

--- The doc comments of one of Moondial's own modules.
---@param module string as in "async.scope"
---@return table[] entries
function comments.of_module(module)
  if not parsed[module] then
    parsed[module] = comments.parse(require("moondial.native").comments(module) or "")
  end
  return parsed[module]
end

-- The doc comments of the file or module that a chunk's name tells of.
local function of_chunk(name)
  local module = match(name, "^=moondial/(.+)$")
  if module then return comments.of_module((gsub(gsub(module, "%.lua$", ""), "/", "."))) end
  local file = match(name, "^@") and io.open(sub(name, 2), "r")
  if not file then return {} end
  local text = file:read("a")
  file:close()
  return comments.parse(text or "")
end

--- The doc comment of a function, from its source.
---@param f function
---@return table? entry
function comments.of(f)
  local info = debug.getinfo(f, "S")
  if info.what == "C" then return nil end
  for _, entry in ipairs(of_chunk(info.source)) do
    if entry.name and entry.line == info.linedefined then return entry end
  end
  return nil
end

return comments
