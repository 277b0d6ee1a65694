--- Questions at the prompt: `x?` tells what x is and how it is used, `x??` shows its source, too. Nothing is run.

local chain = require "moondial.completion.chain"
local documents = require "moondial.documents"
local escape = require "moondial.escape"
local help = require "moondial.help"
local lexer = require "moondial.chunk.lexer"
local members = require "moondial.completion.members"
local source = require "moondial.source"
local subjects = require "moondial.completion.subject"
local suggest = require "moondial.completion.suggest"

local concat, find, rep, sort = table.concat, string.find, string.rep, table.sort
local ipairs, max, min, type = ipairs, math.max, math.min, type

---@class moondial.question
local question = {}

-- Fields beyond these are only counted.
local most_fields = 20

--- Whether an entry ends in question marks that are no part of a string or a comment, and the tokens in front of them.
---@param text string
---@return integer marks
---@return moondial.chunk.token[] tokens
function question.marks(text)
  local tokens, in_comment = lexer.tokens(text)
  local marks = 0
  while not in_comment and tokens[#tokens] and tokens[#tokens].text == "?" do
    tokens[#tokens] = nil
    marks = marks + 1
  end
  return marks, tokens
end

local function describe_table(value, name)
  local fields = members.of({ value = value }, ".", "")
  sort(fields, function(a, b) return a.text < b.text end)
  local out = { ("%s: a table with %d named fields"):format(name, #fields) }
  local column = 0
  for index = 1, min(#fields, most_fields) do column = max(column, min(22, #fields[index].text)) end
  for index = 1, min(#fields, most_fields) do
    local field = fields[index]
    out[#out + 1] = "  " .. field.text .. rep(" ", column + 2 - #field.text) .. field.detail
  end
  if #fields > most_fields then out[#out + 1] = ("  … and %d more"):format(#fields - most_fields) end
  return concat(out, "\n")
end

local function describe_value(value, name)
  if type(value) == "function" then
    local signature = members.signature(value)
    return name .. (signature or "(…)") .. (signature and ": a function" or ": a function of Lua's, written in C")
  elseif type(value) == "table" then
    return describe_table(value, name)
  end
  return name .. ": a " .. type(value)
end

local function describe(subject, name)
  if subject.method then
    return help.method(subject.method)
  elseif subject.property then
    return help.text(subject.property)
  elseif subjects.document(subject) then
    return help.text(subject.value == nil and subject.document.name or subject.value)
  elseif subject.value ~= nil then
    return describe_value(subject.value, name)
  end
end

local function source_of(subject)
  local method = subject.method
  local f = method and method.declared and method.declared.call or subject.value
  if type(f) ~= "function" then
    return nil
  end
  local place, text = source.of(f)
  if not place then
    return nil
  elseif find(place, "^moondial/") then
    return "Defined in Moondial's own library: " .. place
  end
  return "Defined at " .. escape.text(place) .. (text and ":\n" .. escape.block(text) or "; its text is not known")
end

-- What to say of a name that stands for nothing: help knows types and errors by theirs.
local function describe_nothing(name, env)
  if find(name, "^[%a_][%w_]*$") and not documents.of(name) and not documents.error_kind(name) then
    local nearest = suggest.variable(name, env)
    if nearest then return ("%s is nil; did you mean '%s'?"):format(name, nearest) end
  end
  return help.text(name)
end

--- The answer to an entry that ends in question marks.
---@param tokens moondial.chunk.token[] what stands in front of them
---@param marks integer
---@param env table the globals
---@return string
function question.answer(tokens, marks, env)
  if #tokens == 0 then return help.text() end
  local parts = {}
  for index, token in ipairs(tokens) do parts[index] = token.text end
  local name = concat(parts)
  local steps = chain.upto(tokens, #tokens)
  local subject = steps and subjects.of(steps, env, tokens)
  local answer = subject and describe(subject, name) or not subject and describe_nothing(name, env)
    or escape.text(name) .. ": nothing is known of it before it is called"
  local text = marks > 1 and subject and source_of(subject)
  return text and answer .. "\n\n" .. text or answer
end

return question
