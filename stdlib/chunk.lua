--- Chunks of the prompt: compiled as an expression or as statements, with top-level locals that live on.
--
-- A `local` at the top level of an input becomes an assignment to the environment, so that the next input sees it.
-- Blocks and functions keep theirs, and so do variables with an attribute: <close> must close, <const> be constant.
-- Only the word `local` is taken out, or ` = nil` put in: the lines stay the lines the user wrote.

local indentation = require "moondial.chunk.indentation"
local lexer = require "moondial.chunk.lexer"

local concat = table.concat
local find, match, sub = string.find, string.match, string.sub
local ipairs, load = ipairs, load

---@class moondial.chunk
local chunk = {}

local opens = { ["do"] = true, ["then"] = true, ["function"] = true, ["repeat"] = true }
local closes = { ["end"] = true, ["until"] = true, ["elseif"] = true }

-- Reads `name {, name}` from token `at` on: the names, the token behind them, and whether one has an attribute.
local function names_from(tokens, at)
  local names = {}
  while tokens[at] and tokens[at].kind == "name" do
    names[#names + 1] = tokens[at].text
    local following = tokens[at + 1]
    if following and following.text == "<" then
      return names, at + 1, true
    elseif not following or following.text ~= "," then
      return names, at + 1, false
    end
    at = at + 2
  end
  return nil, at, false
end

--- Rewrites the top-level locals of a source text.
---@param source string
---@return string
function chunk.rewrite(source)
  local tokens = lexer.tokens(source)
  local out, copied, depth = {}, 1, 0
  -- Names that stay local in this input: assigning to them would not make them live on.
  local kept = { _ENV = true }

  local function copy_to(last)
    out[#out + 1] = sub(source, copied, last)
    copied = last + 1
  end

  local function rewrite_local(at)
    local following = tokens[at + 1]
    if following and following.text == "function" then
      local name = tokens[at + 2]
      if name and not kept[name.text] then
        copy_to(tokens[at].first - 1)
        copied = following.first
      end
      return
    end
    local names, behind, has_attribute = names_from(tokens, at + 1)
    local stays = has_attribute or not names
    for _, name in ipairs(names or {}) do
      stays = stays or kept[name]
    end
    if stays then
      -- All names of the statement, those behind an attribute too.
      local index = at + 1
      while tokens[index] and tokens[index].kind == "name" do
        kept[tokens[index].text] = true
        index = index + 1
        if tokens[index] and tokens[index].text == "<" then
          index = index + 3
        end
        if not tokens[index] or tokens[index].text ~= "," then
          break
        end
        index = index + 1
      end
      return
    end
    copy_to(tokens[at].first - 1)
    copied = tokens[at + 1].first
    if not tokens[behind] or tokens[behind].text ~= "=" then
      copy_to(tokens[behind - 1].last)
      out[#out + 1] = " = nil"
    end
  end

  for at, token in ipairs(tokens) do
    if token.kind == "name" then
      if token.text == "local" and depth == 0 then
        rewrite_local(at)
      elseif opens[token.text] then
        depth = depth + 1
      elseif closes[token.text] then
        depth = depth - 1
      end
    end
  end
  copy_to(#source)
  return concat(out)
end

--- Compiles an expression as a function of its values. The variable keeps it from being a tail call, which would leave
--- no place of the user's for the errors of what is called, as of `error("no order", 2)`.
---@param source string
---@param name string the chunk name
---@param env? table
---@return function?
---@return string? message
function chunk.expression(source, name, env)
  return load("local moondial_entry <close> = nil return " .. source, name, "t", env or _G)
end

local function compile(source, name, env)
  -- As in stock Lua, an expression may have an "=" in front.
  local bare = match(source, "^%s*=(.*)$")
  local expression, expression_message = chunk.expression(bare or source, name, env)
  if expression then
    return expression, nil, true
  elseif bare then
    return nil, expression_message, expression_message
  end
  local statements, message = load(chunk.rewrite(source), name, "t", env)
  if statements then
    return statements, nil, false
  end
  return nil, message, expression_message
end

--- Compiles an input: as an expression, if it is one, or as statements with top-level locals rewritten.
---@param source string
---@param name string the chunk name, such as "=stdin"
---@param env table
---@return function? chunk returns the values of the expression
---@return string? message
---@return boolean? is_expression
function chunk.compile(source, name, env)
  local compiled, message, is_expression = compile(source, name, env)
  if compiled then
    return compiled, nil, is_expression
  end
  return nil, message
end

local function ends_early(message)
  return find(message, "near <eof>$") ~= nil
end

local function state_of(source)
  local compiled, message, expression_message = compile(source, "=stdin", {})
  if compiled then
    return "complete"
  elseif find(message, "unfinished string near <eof>$") then
    -- A string in quotes cannot go on in the next line, unless the line end itself is escaped.
    if find(source, "\\$") or find(source, "\\z%s*$") or find(source, "\\\r?\n$") then
      return "incomplete"
    end
    return "invalid", message
  elseif ends_early(message) or ends_early(expression_message --[[@as string]]) then
    return "incomplete", message
  end
  return "invalid", message
end

-- Each line of an input is another attempt to compile it, so that long ones are not looked for.
local longest_input = 40

--- Parts a text into inputs as if each of its lines were typed: a line that completes an input ends it.
---@param source string
---@return string[] inputs complete ones
---@return string rest what is left, from an input on that is not complete after forty lines
function chunk.split(source)
  local inputs, start, at, lines = {}, 1, 1, 0
  while at <= #source and lines < longest_input do
    local stop = find(source, "\n", at, true) or #source + 1
    local text = sub(source, start, stop - 1)
    lines, at = lines + 1, stop + 1
    if not find(text, "%S") then
      start, lines = at, 0
    elseif state_of(text) == "complete" then
      inputs[#inputs + 1], start, lines = text, at, 0
    end
  end
  return inputs, sub(source, start)
end

--- Parts an input that pipes its values into a command of the shell: `client:list_workflows() |> jq .id`. Lua has no
--- such operator, so that the first one outside of strings and comments is ours.
---@param source string
---@return string? expression nil where there is no pipe
---@return string? command
function chunk.piped(source)
  local at = find(source, "|>", 1, true) and 1
  for _, token in ipairs(at and lexer.tokens(source) or {}) do
    if token.text == ">" and at == token.first then
      return sub(source, 1, at - 2), (match(source, "^%s*(.-)%s*$", at + 1))
    end
    at = token.text == "|" and token.last + 1
  end
end

--- Whether an input can be run, needs more lines, or cannot become valid by any. Several inputs in a text, as they are
--- pasted, count as one.
---@param source string
---@return "complete"|"incomplete"|"invalid"
function chunk.is_complete(source)
  -- The prompt's commands are a line, whatever is in it.
  if find(source, "^%s*%.%a") then
    return "complete"
  end
  local piped = chunk.piped(source)
  if piped then
    return state_of(piped) == "complete" and "complete" or "invalid"
  end
  local state = state_of(source)
  if state ~= "complete" and find(source, "\n", 1, true) then
    local inputs, rest = chunk.split(source)
    if #inputs > 0 then
      state = rest == "" and "complete" or state_of(rest)
    end
  end
  return state
end

--- How far the line is indented that follows an incomplete input, and the input's last line if that begins by closing a
--- block or a bracket.
---@param source string
---@return integer next
---@return integer? own
function chunk.indentation(source)
  local next, own, in_text = indentation.of(source)
  -- A statement that goes on without a bracket.
  return next == 0 and not in_text and indentation.step or next, own
end

return chunk
