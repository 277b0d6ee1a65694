--- Names that were probably meant, for an error of Lua's own about a name that stands for nothing.

local chain = require "moondial.completion.chain"
local errors = require "moondial.errors"
local lexer = require "moondial.chunk.lexer"
local members = require "moondial.completion.members"
local native = require "moondial.native"
local subjects = require "moondial.completion.subject"

local ipairs, type = ipairs, type
local match = string.match

---@class moondial.completion.suggest
local suggest = {}

local function names(candidates, into)
  for _, candidate in ipairs(candidates) do
    into[#into + 1] = candidate.text
  end
  return into
end

-- What the text says of fields with a name: those of what it stands behind.
local function siblings(name, tokens, env)
  local found = {}
  for at, token in ipairs(tokens) do
    local separator = token.text == name and chain.separator(tokens, at - 1)
    local subject = separator and subjects.upto(tokens, at - 2, env)
    if subject then
      names(members.of(subject, separator, ""), found)
    end
  end
  return found
end

--- The variable that was probably meant by a name.
---@param name string
---@param env table the globals
---@return string?
function suggest.variable(name, env)
  return native.nearest(name, names(members.variables(env, {}, ""), {}))
end

--- What to add to an error's line: "; did you mean 'client'?", or nothing.
---@param e any the error
---@param text string the entry
---@param env table the globals
---@return string
function suggest.of(e, text, env)
  local message = errors.is_error(e, "LuaError") and e.message or e
  if type(message) ~= "string" then
    return ""
  end
  local kind, name = match(message, "^prompt:%d+: attempt to .- a nil value %((%a+) '([%a_][%w_]*)'%)$")
  local nearest
  if kind == "global" then
    nearest = suggest.variable(name, env)
  elseif kind == "field" or kind == "method" then
    nearest = native.nearest(name, siblings(name, lexer.tokens(text), env))
  end
  return nearest and ("; did you mean '%s'?"):format(nearest) or ""
end

return suggest
