--- Where the cursor is: in a name, behind a point, in a string, and in which call's arguments.

local chain = require "moondial.completion.chain"
local lexer = require "moondial.chunk.lexer"

local find, match, sub = string.find, string.match, string.sub
local ipairs = ipairs

---@class moondial.completion.call
---@field callee integer the last token of what is called
---@field is_named boolean whether the cursor is in a table of named parameters
---@field is_options? boolean whether that table is the last argument of a call by position
---@field argument? integer which argument of the call that table is
---@field position integer which argument, or element of the table
---@field key? string the name in front of the "="
---@field at_key? boolean whether a name may begin where the cursor's word does
---@field names table<string, boolean> the parameters that the table has already
---@field path (string|integer)[] the keys of the tables within the parameter's; 1 for every element of a list

---@class moondial.completion.place
---@field kind "name"|"member"|"string"|"nothing"
---@field prefix string what there is of the word in front of the cursor; of a string its source text
---@field first integer where the word begins in the text
---@field tokens moondial.chunk.token[] those in front of the word
---@field separator? "."|":" of a member
---@field quote? string what the string begins with
---@field call? moondial.completion.call

---@class moondial.completion.place_reader
local place = {}

local opening = { ["("] = true, ["["] = true, ["{"] = true }
local closing = { [")"] = "(", ["]"] = "[", ["}"] = "{" }
local begins_block = { ["function"] = true, ["do"] = true, ["then"] = true, ["repeat"] = true }
local ends_block = { ["end"] = true, ["until"] = true, ["elseif"] = true }

local function new_frame(open, bracket)
  return { open = open, bracket = bracket, start = open + 1, position = 1, names = {} }
end

local function note_equals(tokens, frame, at)
  local behind = tokens[at + 1]
  local is_comparison = behind and behind.text == "=" and behind.first == tokens[at].last + 1
  if frame.bracket == "{" and at == frame.start + 1 and tokens[frame.start].kind == "name" and not is_comparison then
    frame.key = tokens[frame.start].text
    frame.names[frame.key] = true
  end
end

-- The brackets and blocks that are open behind the tokens, the outermost first.
local function open_frames(tokens)
  local stack = { new_frame(0) }
  for at, token in ipairs(tokens) do
    local top, text = stack[#stack], token.text
    if token.kind == "symbol" then
      if opening[text] then
        stack[#stack + 1] = new_frame(at, text)
      elseif closing[text] and top.bracket == closing[text] then
        stack[#stack] = nil
      elseif text == "," or text == ";" then
        top.position, top.start, top.key = top.position + 1, at + 1, nil
      elseif text == "=" then
        note_equals(tokens, top, at)
      end
    elseif token.kind == "name" then
      if begins_block[text] then
        stack[#stack + 1] = new_frame(at, "block")
      elseif ends_block[text] and top.bracket == "block" then
        stack[#stack] = nil
      end
    end
  end
  return stack
end

-- Adds the names that stand behind the cursor in the same table.
local function add_names_behind(names, text)
  local depth, tokens = 0, lexer.tokens(text)
  for at, token in ipairs(tokens) do
    if opening[token.text] then
      depth = depth + 1
    elseif closing[token.text] then
      depth = depth - 1
      if depth < 0 then
        return
      end
    elseif depth == 0 and token.text == "=" and tokens[at - 1] and tokens[at - 1].kind == "name"
      and (at == 2 or tokens[at - 2].text == "," or tokens[at - 2].text == ";") then
      names[tokens[at - 1].text] = true
    end
  end
end

-- The call whose arguments stand in the innermost bracket, if it is one.
local function call_of(tokens, stack)
  local frame = stack[#stack]
  local path = {}
  -- Tables as values of names, `{ retry_policy = { | } }`, and as elements, `{ { | } }`.
  local level = #stack
  while frame.bracket == "{" and stack[level - 1].bracket == "{" do
    local outer = stack[level - 1]
    local is_value, is_element = outer.key and tokens[frame.open - 1].text == "=", frame.open == outer.start
    if not is_value and not is_element then break end
    level = level - 1
    frame = outer
    table.insert(path, 1, is_value and outer.key or 1)
  end
  local inner, outer = stack[#stack], stack[level - 1]
  local call = { position = inner.position, key = inner.key, names = inner.names, path = path,
    at_key = inner.bracket == "{" and not inner.key and inner.start > #tokens }
  if frame.bracket == "(" and chain.ends(tokens, frame.open - 1) then
    call.callee, call.is_named = frame.open - 1, false
  elseif frame.bracket == "{" and chain.ends(tokens, frame.open - 1) then
    call.callee, call.is_named = frame.open - 1, true
  elseif frame.bracket == "{" and outer.bracket == "(" and frame.open == outer.start
    and chain.ends(tokens, outer.open - 1) then
    call.callee, call.is_named, call.is_options = outer.open - 1, true, outer.position > 1
    call.argument = outer.position
  else
    return nil
  end
  return call
end

local function string_place(text, tokens, stack)
  local token = tokens[#tokens]
  tokens[#tokens] = nil
  local quote = match(token.text, "^%[=*%[") or sub(token.text, 1, 1)
  local found = { kind = "string", quote = quote, first = token.first + #quote, tokens = tokens }
  found.prefix = sub(text, found.first)
  if chain.ends(tokens, #tokens) then
    found.call = { callee = #tokens, is_named = false, position = 1, names = {}, path = {} }
  else
    found.call = call_of(tokens, stack)
  end
  return found
end

--- Reads the place of the cursor.
---@param text string all that was entered
---@param cursor integer how many bytes of it stand in front of the cursor
---@return moondial.completion.place
function place.at(text, cursor)
  local before = sub(text, 1, cursor)
  local tokens, in_comment = lexer.tokens(before)
  local last = tokens[#tokens]
  if in_comment then
    return { kind = "nothing", prefix = "", first = cursor + 1, tokens = tokens }
  end
  if last and last.kind == "string" and last.is_open and last.last == cursor then
    tokens[#tokens] = nil
    local stack = open_frames(tokens)
    tokens[#tokens + 1] = last
    return string_place(before, tokens, stack)
  end
  local found = { kind = "name", prefix = "", first = cursor + 1, tokens = tokens }
  if last and last.kind == "name" and last.last == cursor then
    found.prefix, found.first = last.text, last.first
    tokens[#tokens] = nil
  elseif last and last.kind == "number" and last.last == cursor then
    found.kind = "nothing"
  end
  local separator = chain.separator(tokens, #tokens)
  if separator and chain.ends(tokens, #tokens - 1) then
    found.kind, found.separator = "member", separator
  elseif separator then
    found.kind = "nothing"
  end
  if found.kind ~= "nothing" then
    found.call = call_of(tokens, open_frames(tokens))
    if found.call and found.call.at_key and not find(text, "^[%w_]", cursor + 1) then
      add_names_behind(found.call.names, sub(text, cursor + 1))
    end
  end
  return found
end

return place
