--- Answers what the line editor asks while an entry is typed.

local async = require "moondial.async"
local native = require "moondial.native"
local scheduler = require "moondial.scheduler"

local move, pcall, require = table.move, pcall, require

---@class moondial.completion.answers
local answers = {}

-- Asks the server, too. What the user typed on meanwhile is another question.
local function answer_later(request, found)
  local ok, more, first = pcall(found.later)
  scheduler.check()
  local candidates = found.candidates
  if ok then move(more, 1, #more, #candidates + 1, candidates) end
  pcall(native.answer_completion, request, ok and first or found.first, candidates)
end

-- Answers one question; gives the task that goes on with it, if there is one. A fault of completion's own, or a text
-- that is not UTF-8, is no answer: it must not end the prompt.
local function answer(scope, env, kind, text, cursor, request)
  if kind == "hint" then
    local ok, hint = pcall(require "moondial.completion.hint".at, text, cursor, env)
    native.answer_hint(text, cursor, ok and hint or nil)
    return nil
  end
  local ok, found = pcall(require "moondial.completion".at, text, cursor, env)
  if ok and found.later then
    return scope:spawn("completion", answer_later, request, found)
  elseif ok then
    pcall(native.answer_completion, request, found.first, found.candidates)
  end
end

local function answer_all(scope, env)
  local asking
  while true do
    local kind, text, cursor, request = scheduler.call(native.next_question)
    if not kind then
      return
    end
    if asking and kind == "completion" then asking:cancel() end
    asking = answer(scope, env, kind, text, cursor, request) or asking
  end
end

--- Calls a function that reads an entry, and answers meanwhile. Nothing that was asked outlives the read.
---@param env table the globals
---@param read fun(scope: moondial.Scope): any ... gets the scope of what goes on meanwhile
---@return any ... # what the function returned
function answers.during(env, read)
  return async.scope(function(scope)
    scope:spawn("answers", answer_all, scope, env)
    local results = table.pack(read(scope))
    scope:cancel("the entry is there")
    return table.unpack(results, 1, results.n)
  end)
end

return answers
