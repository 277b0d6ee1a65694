--- Completion at the prompt: what may stand in place of the word at the cursor.
--
-- It runs none of the user's code: variables and fields are looked up raw, and behind a call counts the type that is
-- declared. What only the server knows is asked for by a function that is given back, to be called in a task.

local arguments = require "moondial.completion.arguments"
local chunk = require "moondial.chunk"
local commands = require "moondial.commands"
local documents = require "moondial.documents"
local members = require "moondial.completion.members"
local places = require "moondial.completion.place"
local subjects = require "moondial.completion.subject"

local find, gsub, match, rep, sub = string.find, string.gsub, string.match, string.rep, string.sub
local ipairs, rawequal, rawget, require, sort = ipairs, rawequal, rawget, require, table.sort

---@class moondial.completion.candidate
---@field text string what is put in place of the word
---@field display? string what is shown of it, where that is not the text
---@field detail? string what it is, in a few words
---@field suffix? string what is put behind it when it is the only one

---@class moondial.completion.found
---@field first integer where the word begins; it ends at the cursor
---@field candidates moondial.completion.candidate[]
---@field later? fun(): moondial.completion.candidate[], integer? what the server knows beside them, and where the word
---  begins, if elsewhere; to be called in a task

---@class moondial.completion
local completion = {}

local function by_text(a, b) return a.text < b.text end

-- The commands that begin with a dot, and the words that may follow them.
local function of_commands(before, env)
  local name = match(before, "^%s*%.([%w_]*)$")
  local candidates = {}
  if name then
    for _, known in ipairs(commands.names()) do
      if sub(known, 1, #name) == name then
        local command = commands.of(known)
        candidates[#candidates + 1] = { text = known, suffix = command.form and " " or nil, detail = command.help }
      end
    end
    return { first = #before - #name + 1, candidates = candidates }
  end
  local command_name, word = match(before, "^%s*%.([%a_][%w_]*)%s+(%S*)$")
  local command = command_name and commands.of(command_name)
  if not command or not (command.values or command.completes) then
    return nil
  end
  for _, value in ipairs(command.values or {}) do
    if sub(value, 1, #word) == word then candidates[#candidates + 1] = { text = value, detail = command.help } end
  end
  local later = command.completes and require "moondial.completion.sources".of_command(command.completes, word, env)
  return { first = #before - #word + 1, candidates = candidates, later = later }
end

-- Of a command the rest may be Lua: its name becomes blanks, so that all stays in its place.
local function without_command(text)
  return (gsub(text, "^%s*%.%a[%w_]*", function(name) return rep(" ", #name) end))
end

local function of_names(values)
  local list = {}
  for index, name in ipairs(values) do
    list[index] = { text = name }
  end
  return list
end

-- What stands between quotes: the values of an enum, or what the server knows.
local function in_string(found, behind, env)
  local method, callee = arguments.method(found.call, env, found.tokens)
  if callee and callee.value ~= nil and rawequal(callee.value, rawget(env, "help")) then
    return { candidates = arguments.in_quotes(of_names(documents.names()), found, behind) }
  end
  local parameter = method and arguments.parameter(method, found.call)
  local result = { candidates = arguments.in_quotes(arguments.values(parameter), found, behind) }
  if parameter and parameter.completes then
    result.later = require "moondial.completion.sources".of(parameter.completes, found, behind, callee, env)
  end
  return result
end

-- A word that stands alone: a parameter's name, one of the values it takes, or a variable.
local function of_word(found, behind, env)
  local method = arguments.method(found.call, env, found.tokens)
  local candidates = {}
  if method and found.call.at_key and not find(behind, "^%s*=[^=]") then
    candidates = arguments.names(method, found.call, found.prefix)
  end
  if method and #candidates == 0 then
    candidates = arguments.literals(arguments.parameter(method, found.call), found.prefix)
  end
  if #candidates == 0 or found.prefix ~= "" then
    local variables = members.variables(env, found.tokens, found.prefix)
    table.move(variables, 1, #variables, #candidates + 1, candidates)
  end
  return { candidates = candidates }
end

local function of_member(found, env)
  local subject = subjects.upto(found.tokens, #found.tokens - 1, env)
  return { candidates = subject and members.of(subject, found.separator, found.prefix) or {} }
end

-- Behind a pipe there are words of the shell's.
local function in_shell(before)
  local word = match(before, "([^%s|<>&;]*)$")
  return { first = #before - #word + 1, candidates = {},
    later = require "moondial.completion.sources".of_command("file", word, {}) }
end

--- What may stand at the cursor.
---@param text string all that was entered
---@param cursor integer how many bytes of it stand in front of the cursor
---@param env table the globals
---@return moondial.completion.found
function completion.at(text, cursor, env)
  local of_command = of_commands(sub(text, 1, cursor), env)
  if of_command then
    return of_command
  elseif chunk.piped(sub(text, 1, cursor)) then
    return in_shell(sub(text, 1, cursor))
  end
  text = without_command(text)
  local behind = sub(text, cursor + 1)
  local found = places.at(text, cursor)
  local result
  if found.kind == "string" then
    result = in_string(found, behind, env)
  elseif found.kind == "member" then
    result = of_member(found, env)
  elseif found.kind == "name" then
    result = of_word(found, behind, env)
  else
    result = { candidates = {} }
  end
  result.first = found.first
  sort(result.candidates, by_text)
  if find(behind, "^%s*[({]") then
    for _, candidate in ipairs(result.candidates) do
      if candidate.suffix == "(" then candidate.suffix = nil end
    end
  end
  return result
end

return completion
