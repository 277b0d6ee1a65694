--- How far the lines of an input are indented: two spaces for each line above that has opened a block or a bracket.

local lexer = require "moondial.chunk.lexer"

local find, gsub, sub = string.find, string.gsub, string.sub
local ipairs = ipairs

---@class moondial.chunk.indentation
local indentation = {}

--- Spaces.
indentation.step = 2

local opens = {
  ["do"] = true, ["then"] = true, ["else"] = true, ["function"] = true, ["repeat"] = true,
  ["("] = true, ["["] = true, ["{"] = true,
}
local closes = {
  ["end"] = true, ["until"] = true, ["else"] = true, ["elseif"] = true, [")"] = true, ["]"] = true, ["}"] = true,
}

-- What is opened on one line together is one step.
local function depth(lines)
  local count, last = 0, nil
  for _, line in ipairs(lines) do
    if line ~= last then count, last = count + 1, line end
  end
  return count * indentation.step
end

-- The same, for what stands on a line: what was opened on that line does not indent it.
local function depth_of(lines, line)
  local above = {}
  for _, opened in ipairs(lines) do
    if opened < line then above[#above + 1] = opened end
  end
  return depth(above)
end

--- The indentation of the line that follows a text, and of the text's last line, if that begins by closing something.
---@param source string
---@return integer next
---@return integer? own nil where the last line begins in another way, or within a text or a comment
---@return boolean in_text whether the next line begins there, where blanks would count
function indentation.of(source)
  -- The newline ends a comment that is not a long one.
  local tokens, in_comment = lexer.tokens(source .. "\n")
  local last = tokens[#tokens]
  if in_comment or last and last.is_open and find(last.text, "^%[") then
    return 0, nil, true
  end
  local lines, line, at, own = {}, 1, 1, nil
  local last_line = select(2, gsub(source, "\n", "\n")) + 1
  -- Whether all tokens of the line so far have closed something.
  local is_closing = true
  for _, token in ipairs(tokens) do
    local _, newlines = gsub(sub(source, at, token.first - 1), "\n", "\n")
    if newlines > 0 then is_closing = true end
    line, at = line + newlines, token.first
    local is_code = token.kind == "name" or token.kind == "symbol"
    if is_code and closes[token.text] then
      local opened = lines[#lines]
      lines[#lines] = nil
      if is_closing and line == last_line and opened then own = depth_of(lines, opened) end
    else
      is_closing = false
    end
    if is_code and opens[token.text] then lines[#lines + 1] = line end
  end
  return depth(lines), own, false
end

return indentation
