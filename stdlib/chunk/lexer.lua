--- Splits Lua source into tokens: enough of Lua's lexer to know what is code and what is text or comment.

local byte, find, sub = string.byte, string.find, string.sub

---@class moondial.chunk.token
---@field kind "name"|"number"|"string"|"symbol"
---@field text string
---@field first integer its place in the source
---@field last integer
---@field is_open? boolean of a string: whether its end is missing

---@class moondial.chunk.lexer
local lexer = {}

--- The words that are no names.
---@type table<string, boolean>
lexer.keywords = {}
for word in string.gmatch([[and break do else elseif end false for function goto if in local nil not or repeat return
  then true until while]], "%a+") do
  lexer.keywords[word] = true
end

-- The end of a long bracket that begins here with "[", "=" any times, "[", and whether it is missing; nil if none does.
local function long_bracket_end(source, at)
  local _, last, level = find(source, "^%[(=*)%[", at)
  if not last then
    return nil
  end
  local _, stop = find(source, "]" .. level .. "]", last + 1, true)
  return stop or #source, not stop
end

-- The closing quote, or the end of the line and true if it is missing.
local function short_string_end(source, at)
  local quote = sub(source, at, at)
  local index = at + 1
  while index <= #source do
    local character = sub(source, index, index)
    if character == quote then
      return index
    elseif character == "\n" then
      return index - 1, true
    elseif character == "\\" then
      local _, skipped = find(source, "^z%s*", index + 1)
      index = skipped or index + 1
    end
    index = index + 1
  end
  return #source, true
end

-- The end of a comment, and whether it goes on behind the source.
local function comment_end(source, at)
  local long, is_open = long_bracket_end(source, at + 2)
  if long then
    return long, is_open
  end
  local stop = find(source, "\n", at, true)
  return stop or #source, not stop
end

local function next_token(source, at)
  local _, last = find(source, "^[%a_][%w_]*", at)
  if last then
    return "name", last
  end
  _, last = find(source, "^%.?%d[%w_.]*", at)
  if last then
    -- The sign of an exponent belongs to the number.
    while find(source, "^[eEpP][+-]%d", last) do
      _, last = find(source, "^[+-][%w_.]*", last + 1)
    end
    return "number", last
  end
  local first = byte(source, at)
  if first == 34 or first == 39 then
    return "string", short_string_end(source, at)
  end
  local is_open
  last, is_open = long_bracket_end(source, at)
  if last then
    return "string", last, is_open
  end
  return "symbol", at
end

--- The tokens of a source text, in order. Symbols of several characters come as several tokens.
---@param source string
---@return moondial.chunk.token[]
---@return boolean in_comment whether the source ends within a comment
function lexer.tokens(source)
  local tokens, at, in_comment = {}, 1, false
  while true do
    local _, blank = find(source, "^%s+", at)
    at = blank and blank + 1 or at
    if at > #source then
      return tokens, in_comment
    elseif find(source, "^%-%-", at) then
      at, in_comment = comment_end(source, at)
    else
      local kind, last, is_open = next_token(source, at)
      tokens[#tokens + 1] =
        { kind = kind, text = sub(source, at, last), first = at, last = last, is_open = is_open or nil }
      at = last
    end
    at = at + 1
  end
end

return lexer
