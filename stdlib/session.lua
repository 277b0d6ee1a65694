--- The session: makes the globals that scripts see, and runs chunks, a script and the prompt.
---
--- This chunk is the first that the program runs, with the scheduler's host and the native functions; it returns
--- `main(options)`, which returns the exit status.

local host, native = ...

package.loaded["moondial.native"] = native

-- First, for other modules keep what they load code by.
require("moondial.mend").install(_G)
local errors = require("moondial.errors")
local scheduler = require("moondial.scheduler")

native.adopt_metatable("Error", errors.Error)
local timestamp = require("moondial.timestamp")
timestamp.clock = native.clock
native.adopt_metatable("Timestamp", timestamp.Timestamp)
-- Without a __name: these are shown as the plain tables that they are to Lua.
native.adopt_metatable("JSONArray", {})
native.adopt_metatable("JSONObject", {})
host.request_mark = native.metatable("CodecRequest")
host.on_interrupt(scheduler.interruption)

-- A script that catches the error of a Ctrl-C has been interrupted all the same.
local was_interrupted = false
local take_interrupts = host.interrupted
function host.interrupted()
  local came = take_interrupts()
  was_interrupted = was_interrupted or came
  return came
end

scheduler.attach(host)
scheduler.install()

local status = { success = 0, failure = 1, unreachable = 3, interrupted = 130, deadlock = 70 }
local by_kind = {
  ConnectError = status.unreachable,
  DeadlockError = status.deadlock,
}

local jobs = require("moondial.jobs")
local now = require("moondial.scheduler.await").now
local region = require("moondial.async.region")

local exit_code

local globals = _G

local patience = 5

-- As in stock Lua nothing of the caller runs after it, neither what a pcall around it would do nor <close> variables;
-- those do when `close` is true. All other tasks are cancelled and waited for.
local function set_exit()
  globals.os.exit = function(code, close)
    if code == nil or code == true then code = status.success elseif code == false then code = status.failure end
    code = math.tointeger(code) or error("bad argument #1 to 'exit' (a status expected)", 2)
    if not close then
      scheduler.quiesce(patience)
      native.exit(code)
    end
    exit_code = code
    scheduler.exit(code, patience)
  end
end

-- Where `require` looks: the script's folder, this project's modules, the user's library; then Lua's own places.
local function set_path(folder)
  local data = os.getenv("XDG_DATA_HOME")
  if not data or data == "" then data = (os.getenv("HOME") or "") .. "/.local/share" end
  local folders = { folder, "./lua_modules", "./lua_modules/share/lua/5.4", data .. "/moondial/lua" }
  local patterns = {}
  for i, path in ipairs(folders) do patterns[i] = path .. "/?.lua;" .. path .. "/?/init.lua" end
  package.path = table.concat(patterns, ";") .. ";" .. package.path
end

local function set_globals()
  globals.client = native.session_client()
  globals.temporal = require("moondial.temporal")
  globals.async = require("moondial.async")
  globals.json = require("moondial.json")
  for name, f in pairs(require("moondial.globals")) do globals[name] = f end
  for name, f in pairs(require("moondial.jobs").globals) do globals[name] = f end
  -- Help is long, and most runs do not need it.
  globals.help = setmetatable({}, {
    __call = function(_, ...) return require("moondial.help").show(...) end,
    __tostring = function() return "Type help() for an overview, help(x) for anything, as in help(client)." end,
  })
end

-- Where the prompt comes afterwards, top-level locals live on in it.
local function for_session(text, options)
  return options.interactive and require("moondial.chunk").rewrite(text) or text
end

-- A script's text as a function, or nil and one sentence.
local function compile(text, name, title, options)
  text = text:gsub("^\xef\xbb\xbf", "")
  if text:sub(1, 1) == "#" then text = "--" .. text end
  if text:sub(1, 1024):find("\0", 1, true) or text:sub(1, 1) == "\27" then
    return nil, ("%s is a binary file, not a Lua script"):format(title)
  end
  return load(for_session(text, options), name, "t")
end

local function read_script(path)
  local file, problem = io.open(path, "rb")
  if not file then
    local advice = path:find("^[%w.-]+:%d+$") and ("; --address %s names a server"):format(path) or ""
    return nil, ("cannot open the script %s%s"):format(problem, advice)
  end
  local text
  text, problem = file:read("a")
  file:close()
  if not text then return nil, ("cannot read the script %s: %s"):format(path, problem) end
  return text
end

-- Says what went wrong: in a sentence or a report, or as a line of JSON where results are JSON.
local function complain(text, e)
  local output = require("moondial.settings").current.output
  if output == "json" or output == "jsonl" then
    io.stderr:write(require("moondial.show.plain").encode { error = e }, "\n")
  else
    io.stderr:write("moondial: ", text, "\n")
  end
end

-- When --command-timeout is over, and the error that tells so.
local deadline, overdue

-- Runs it within the time that is left.
local function run_in_time(f, ...)
  local _ <close> = deadline and region.enter("a script", { expired = overdue }, deadline - now())
  return jobs.run_script(f, ...)
end

-- Runs a script or a chunk as the foreground's task; reports what it raises, and returns the status.
local function run(f, ...)
  was_interrupted = false
  local ok, e = scheduler.run(run_in_time, f, ...)
  io.stdout:flush()
  host.interrupted()
  if errors.is_error(e, "Exit") then return e.code end
  local is_interrupt = errors.is_error(e, "Interrupted")
  if is_interrupt or ok and was_interrupted then
    local interrupt = is_interrupt and e or errors.new("Interrupted", "interrupted")
    complain(interrupt.message, interrupt)
    return status.interrupted
  end
  if ok then return exit_code or status.success end
  complain(errors.report(e), e)
  return type(e) == "table" and by_kind[e.kind] or status.failure
end

local function refuse(problem)
  complain(require("moondial.escape").text(problem), errors.new("SyntaxError", problem))
  return status.failure
end

-- With an output mode a piece of Lua may be an expression, and what it gives is shown.
local function compile_chunk(text, name, options)
  if not options.output then
    local chunk, problem = load(for_session(text, options), name, "t")
    -- Whoever comes from another shell enters an expression.
    local is_expression = not chunk and load("return " .. text, name, "t")
    return chunk, is_expression and problem .. "; with -o text, what an expression gives is printed" or problem
  end
  local chunk, problem = require("moondial.chunk").expression(text, name)
  if not chunk then chunk, problem = load(for_session(text, options), name, "t") end
  if not chunk then return nil, problem end
  return function()
    -- Without a name of ours, which tracebacks would tell.
    local values = table.pack(select(1, chunk)())
    if values.n > 0 then require("moondial.show").values(values) end
  end
end

local function run_chunks(options)
  for index, text in ipairs(options.chunks) do
    local chunk, problem = compile_chunk(text, ("=-e #%d"):format(index), options)
    if not chunk then return refuse(problem) end
    local result = run(chunk)
    if result ~= status.success or exit_code then return result end
  end
  return status.success
end

local function run_script(options)
  local text, problem, name
  if options.standard_input then
    text, name = io.read("a") or "", "=stdin"
  else
    text, problem = read_script(options.script)
    name = "@" .. options.script
  end
  if not text then return refuse(problem) end
  local chunk
  chunk, problem = compile(text, name, options.script or "stdin", options)
  if not chunk then return refuse(problem) end
  if options.script_position == 0 then return run(chunk) end
  return run(chunk, table.unpack(options.command, options.script_position + 2))
end

return function(options)
  local script = options.script or options.standard_input
  set_exit()
  require("moondial.interrupts").install()
  set_path(options.script and options.script:match("^(.*)/[^/]*$") or ".")
  set_globals()
  if options.output then require("moondial.settings").set("output", options.output) end
  -- As in stock Lua: the whole command line, with the script at 0, or the program where there is no script.
  globals.arg = table.move(options.command, 1, #options.command, -options.script_position, {})

  if options.command_timeout then
    deadline = now() + options.command_timeout
    overdue = errors.new("TimeoutError", ("the command was not done within %g s"):format(options.command_timeout))
  end
  local result = run_chunks(options)
  if result == status.success and script and not exit_code then result = run_script(options) end
  if options.interactive and not exit_code then
    result = require("moondial.repl").run(options, function() return exit_code end)
  end
  scheduler.shutdown(patience)
  return result
end
