--- The prompt: reads an entry, evaluates it, prints what it gives.

local answers = require("moondial.completion.answers")
local chunk = require("moondial.chunk")
local errors = require("moondial.errors")
local escape = require("moondial.escape")
local guard = require("moondial.guard")
local jobs = require("moondial.jobs")
local native = require("moondial.native")
local preferences = require("moondial.preferences")
local prompt = require("moondial.prompt")
local scheduler = require("moondial.scheduler")
local server = require("moondial.server")
local settings = require("moondial.settings")

local find, match = string.find, string.match
local now, pack = require("moondial.scheduler.await").now, table.pack

local M = {}

-- The last nine results, newest first, as _1 … _9; _ is the newest.
local function remember(env, values)
  for position = 9, 2, -1 do env["_" .. position] = env["_" .. position - 1] end
  env._1, env._ = values[1], values[1]
end

-- Shows and remembers the values of an input; that io.write gives its file is for chains of calls.
local function show(env, values, command)
  if values.n == 1 and values[1] == io.stdout then return end
  remember(env, values)
  require("moondial.show").values(values, true, command)
end

-- An error in one line. Of a long text with several, such as that of a module that is not found, .bt shows the others.
local function line_of(e)
  local whole = errors.line(e)
  local text = #whole > native.terminal() and errors.is_error(e, "LuaError") and e.message
  local first = type(text) == "string" and match(text, "^([^\n]+)\n.")
  return first and escape.text(first) .. " … (.bt shows the rest)" or whole
end

-- Runs a compiled input and shows what it gives, to a command of the shell perhaps, or why it failed; tells whether it
-- was all right.
local function run_input(env, f, text, command)
  require("moondial.source").note(text)
  local progress = { began = now() }
  server.begin_entry()
  local ok, e = scheduler.run(function()
    local _ <close> = guard.entry()
    -- Without a name of ours, which tracebacks would tell.
    local values = pack(select(1, f)())
    progress.took = now() - progress.began
    -- In the same task: a __tostring may wait, and Ctrl-C has to stop it.
    if values.n > 0 then show(env, values, command) end
  end)
  io.stdout:flush()
  server.end_entry(ok, e)
  if settings.current.timing then
    io.stdout:write(("Time: %.1f ms\n"):format((progress.took or now() - progress.began) * 1000))
  end
  if ok then return true end
  env._err = e
  if errors.is_error(e, "Exit") then return false end
  if errors.is_error(e, "Interrupted") then
    io.stderr:write(e.message, "\n")
  else
    io.stderr:write(line_of(e), require("moondial.completion.suggest").of(e, text, env), "\n")
  end
  return false
end

-- Answers an entry that ends in question marks; tells whether it was one.
local function answer(env, text)
  local question = require("moondial.question")
  local marks, tokens = question.marks(text)
  if marks == 0 then return false end
  io.write(question.answer(tokens, marks, env), "\n")
  io.stdout:flush()
  return true
end

local function say_wrong(env, problem)
  env._err = errors.new("SyntaxError", problem, { traceback = false })
  io.stderr:write(escape.text(problem), "\n")
end

-- Evaluates an expression, and gives what it gives to a command of the shell.
local function run_piped(env, text, command)
  if command == "" then return say_wrong(env, "|> takes a command of the shell, as in h:describe() |> grep Status") end
  -- Without an expression, the last result.
  if not find(text, "%S") then text = "_" end
  local f, problem, is_expression = chunk.compile(text, "=prompt", env)
  if not f then return say_wrong(env, problem) end
  if not is_expression then
    return say_wrong(env, "|> takes an expression in front of it, or nothing for the last result")
  end
  run_input(env, f, text, command)
end

-- The words that leave other shells do so here, where they are no variables.
local function leaves(env, text)
  local word = match(text, "^%s*(%a+)%s*$") or match(text, "^%s*(%a+)%s*%(%s*%)%s*$")
  return (word == "exit" or word == "quit") and rawget(env, word) == nil
end

-- Evaluates an entry: one input, or several that were pasted together, up to the first that fails.
local function evaluate(env, text)
  if leaves(env, text) then text = ".exit" end
  if find(text, "^%s*%.%a") then
    -- Of a paste, a command is one line.
    local line, rest = match(text, "^%s*([^\n]*)\n?(.*)$")
    local entered
    local is_fine = run_input(env, function() entered = require("moondial.commands").run(line, env) end, line)
    if is_fine and entered then evaluate(env, entered) end
    if is_fine and find(rest, "%S") then evaluate(env, rest) end
    return
  end
  if find(text, "%?%s*$") and answer(env, text) then return end
  local piped, command = chunk.piped(text)
  if piped then return run_piped(env, piped, command) end
  local f, problem = chunk.compile(text, "=prompt", env)
  if f then
    run_input(env, f, text)
    return
  end
  local inputs, rest = chunk.split(text)
  for _, input in ipairs(inputs) do
    if not run_input(env, assert(chunk.compile(input, "=prompt", env)), input) then return end
  end
  if #inputs > 0 then
    if rest == "" then return end
    if find(rest, "^%s*%.%a") then return evaluate(env, rest) end
    problem = select(2, chunk.compile(rest, "=prompt", env))
  end
  say_wrong(env, problem)
end

-- At the prompt what is printed has mostly come from a server, and stays text. `io.write` writes bytes as they are.
local function print_harmless(...)
  local texts = pack(...)
  for index = 1, texts.n do texts[index] = escape.block(tostring(texts[index])) end
  io.write(table.concat(texts, "\t", 1, texts.n), "\n")
end

-- Above the prompt, if there is one.
local function tell_news()
  for _, line in ipairs(jobs.news()) do io.stderr:write(line, "\n") end
end

local function read()
  return answers.during(_G, function(scope)
    local entry = native.read(prompt.of(_G.client))
    -- Only now: the prompt does not wait for a server.
    scope:spawn("server", server.attend, _G)
    return scheduler.await(entry)
  end)
end

--- Serves the prompt until Ctrl-D or os.exit. Jobs run on meanwhile; leaving them takes a second Ctrl-D.
---@param options table the session's options
---@param exit_code fun(): integer? what os.exit asked for
---@return integer status
function M.run(options, exit_code)
  local env = _G
  local was_warned = false
  env.print = print_harmless
  preferences.take(options, env)
  if exit_code() then return exit_code() end
  guard.install()
  if settings.current.greeting then server.greet_later(options.web_address) end
  while true do
    tell_news()
    io.stdout:flush()
    io.stderr:flush()
    local _, text, why = scheduler.serve(tell_news, read)
    if exit_code() then return exit_code() end
    local alive = why == "eof" and jobs.alive()
    if alive and not was_warned then
      was_warned = true
      io.stderr:write(alive, "; Ctrl-D again cancels and leaves\n")
    elseif why == "eof" then
      return 0
    elseif text then
      was_warned = false
      evaluate(env, text)
      if exit_code() then return exit_code() end
    end
  end
end

return M
