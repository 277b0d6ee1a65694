--- Suffixed expressions, such as `client:get_workflow_handle("order-42").id`, as steps to walk along. Nothing is
--- evaluated.

local lexer = require "moondial.chunk.lexer"

---@class moondial.completion.step
---@field name? string a variable: the first step of most
---@field field? string what stands behind a point
---@field method? string what stands behind a colon
---@field index? moondial.chunk.token a constant in brackets; false for any other index
---@field is_call? boolean a call, whose arguments are the tokens from `first` to `last`, brackets included
---@field is_text? boolean a string literal
---@field first? integer
---@field last? integer

---@class moondial.completion.chain
local chain = {}

local opening = { ["("] = ")", ["["] = "]", ["{"] = "}" }
local closing = { [")"] = true, ["]"] = true, ["}"] = true }
local keywords = lexer.keywords

local function is_name(token)
  return token ~= nil and token.kind == "name" and not keywords[token.text]
end

-- Whether a call or an index may stand behind this token.
local function ends_expression(token)
  return token ~= nil and (is_name(token) or token.kind == "string" or token.kind == "symbol" and closing[token.text])
end

--- The "." or ":" at a token, if it is that and no part of "..", "..." or "::".
---@param tokens moondial.chunk.token[]
---@param at integer
---@return string?
function chain.separator(tokens, at)
  local token = tokens[at]
  if not token or token.kind ~= "symbol" or token.text ~= "." and token.text ~= ":" then
    return nil
  end
  local before, behind = tokens[at - 1], tokens[at + 1]
  if before and before.text == token.text and before.last + 1 == token.first
    or behind and behind.text == token.text and token.last + 1 == behind.first then
    return nil
  end
  return token.text
end

-- The place of the bracket that belongs to the one at `at`: of those in `own` more are opened, and of those in `other`
-- closed, on the way to the last token to look at.
local function matching(tokens, at, last, step, own, other)
  local depth = 0
  for index = at, last, step do
    local token = tokens[index]
    if token.kind == "symbol" and own[token.text] then
      depth = depth + 1
    elseif token.kind == "symbol" and other[token.text] then
      depth = depth - 1
      if depth == 0 then
        return index
      end
    end
  end
end

local function matching_before(tokens, at) return matching(tokens, at, 1, -1, closing, opening) end

local function matching_behind(tokens, at) return matching(tokens, at, #tokens, 1, opening, closing) end

-- Where the suffixed expression begins that ends with a token; nil where none does.
local function start_of(tokens, last)
  local at = last
  while true do
    local token = tokens[at]
    if is_name(token) then
      if not chain.separator(tokens, at - 1) then
        return at
      end
      at = at - 2
    elseif token and token.kind == "string" then
      if not ends_expression(tokens[at - 1]) then
        return at
      end
      at = at - 1
    elseif token and token.kind == "symbol" and closing[token.text] then
      local open = matching_before(tokens, at)
      if open and ends_expression(tokens[open - 1]) then
        at = open - 1
      elseif open and token.text == ")" then
        return open
      else
        return nil
      end
    else
      return nil
    end
  end
end

--- Reads a suffixed expression from its first token on, as far as it goes.
---@param tokens moondial.chunk.token[]
---@param first integer
---@param limit? integer the last token that may belong to it
---@return moondial.completion.step[]? steps nil where none begins there
---@return integer last its last token
function chain.from(tokens, first, limit)
  local token, at = tokens[first], first
  local steps
  if is_name(token) then
    steps = { { name = token.text } }
  elseif token and token.kind == "string" then
    steps = { { is_text = true } }
  elseif token and token.text == "(" then
    local close = matching_behind(tokens, first)
    local inner, last = chain.from(tokens, first + 1)
    if not inner or last + 1 ~= close then
      return nil, first
    end
    steps, at = inner, close
  else
    return nil, first
  end
  while at < (limit or #tokens) do
    local following, behind = tokens[at + 1], tokens[at + 2]
    local separator = chain.separator(tokens, at + 1)
    if separator and is_name(behind) then
      steps[#steps + 1] = { [separator == "." and "field" or "method"] = behind.text }
      at = at + 2
    elseif following and following.kind == "string" then
      steps[#steps + 1] = { is_call = true, first = at + 1, last = at + 1 }
      at = at + 1
    elseif following and following.kind == "symbol" and opening[following.text] then
      local close = matching_behind(tokens, at + 1)
      if not close then
        return steps, at
      elseif following.text == "[" then
        local is_constant = close == at + 3 and (behind.kind == "string" or behind.kind == "number")
        steps[#steps + 1] = { index = is_constant and behind }
      else
        steps[#steps + 1] = { is_call = true, first = at + 1, last = close }
      end
      at = close
    else
      return steps, at
    end
  end
  return steps, at
end

--- Reads the suffixed expression that ends with a token.
---@param tokens moondial.chunk.token[]
---@param last integer
---@return moondial.completion.step[]?
function chain.upto(tokens, last)
  local first = start_of(tokens, last)
  if not first then
    return nil
  end
  local steps, reached = chain.from(tokens, first, last)
  return reached == last and steps or nil
end

--- Whether a suffixed expression ends with a token, so that a bracket behind it begins a call.
---@param tokens moondial.chunk.token[]
---@param at integer
---@return boolean
function chain.ends(tokens, at)
  return ends_expression(tokens[at])
end

return chain
