--- The server behind the prompt: the greeting when it has answered, and a line when it does so no more.

local async = require("moondial.async")
local client_type = require("moondial.client")
local errors = require("moondial.errors")
local escape = require("moondial.escape")
local native = require("moondial.native")
local scheduler = require("moondial.scheduler")

---@class moondial.server
local server = {}

-- Seconds: how long the first answer may take before that is said, how long a later one, and how often it is asked.
local patience <const>, longest_answer <const>, interval <const> = 1, 5, 5

-- What is still to be told of the greeting; nil once it has been.
local greeting
-- The client that was asked last, and whether it is known that nobody answers.
local attended, is_lost

-- Whether an error is that of a server which does not answer.
local function is_silence(e)
  return errors.is_error(e, "TimeoutError") or errors.is_error(e, "ConnectError", { status = "UNAVAILABLE" })
    or errors.is_error(e, "ConnectError", { status = "DEADLINE_EXCEEDED" })
    or errors.is_error(e, "RPCError", { status = "UNAVAILABLE" })
end

local function ask(client, seconds)
  return pcall(async.timeout, seconds, scheduler.call, native.connect, client)
end

--- Which server a client talks to, in words.
---@param client any
---@param version? string what the server says it is
---@return string
function server.words(client, version)
  local address = escape.text(native.client_property(client, "address"))
  return version and ("Temporal %s at %s"):format(escape.text(version), address) or "Temporal at " .. address
end

-- The line with as much advice as there is room for.
local function greet(text)
  text = "Moondial " .. native.version .. text
  for _, advice in ipairs { " help() tells more, Ctrl-D leaves.", " help() tells more." } do
    if #text + #advice < native.terminal() then
      text = text .. advice
      break
    end
  end
  if greeting.web_address then text = text .. "\nIts Web UI is at " .. greeting.web_address .. "." end
  io.write(text .. "\n")
  io.flush()
  greeting = nil
end

-- What is wrong with the server, with the reason where it is known and there is room.
local function silence(client, e, columns)
  if not is_silence(e) then return errors.line(e) end
  local text = ("the server at %s does not answer"):format(escape.text(native.client_property(client, "address")))
  local reason = e.message:match("is lost: (.*)$") or e.message:match("^cannot connect to .-: (.*)$")
  local whole = text .. (reason and ": " .. escape.text(reason) or "")
  return #whole < columns and whole or text
end

--- Makes a client the global one, once its server and its namespace have answered.
---@param env table the globals
---@param client any
function server.take(env, client)
  local version = scheduler.call(native.connect, client)
  client.workflow_service:describe_namespace { namespace = client.namespace }
  env.client, attended, is_lost = client, client, false
  io.write(server.words(client, version), ", namespace ", escape.text(client.namespace), "\n")
end

--- Makes the first answer a greeting.
---@param web_address? string of a dev server of the session's own
function server.greet_later(web_address)
  greeting = { web_address = web_address }
end

--- Looks after the server of the global `client` until the entry is there that the prompt waits for. Says once that the
--- server does not answer; that it does again is no news.
---@param env table the globals
function server.attend(env)
  while true do
    local client = env.client
    if not client_type.is(client) then return end
    if client ~= attended then attended, is_lost = client, false end
    if not greeting then scheduler.sleep(interval) end
    local ok, answer = ask(client, greeting and patience or longest_answer)
    -- Here a cancellation ends it, which is no answer.
    scheduler.check()
    if ok and greeting then
      greet(", " .. server.words(client, answer) .. ".")
    elseif greeting then
      greet("; " .. silence(client, answer, native.terminal() - #"Moondial 0.0.0; ") .. ".")
    elseif not ok and not is_lost and is_silence(answer) then
      io.stderr:write(silence(client, answer, native.terminal()), "\n")
    end
    is_lost = not ok and is_silence(answer)
  end
end

--- An entry begins: while it waits for calls that are tried again and again, that is said, unless it is known.
function server.begin_entry() native.begin_entry(not is_lost) end

--- Takes note of how an entry ended: what its error says, or what was said before, need not be said again.
---@param ok boolean
---@param e any the error, where it was not
function server.end_entry(ok, e)
  local was_said = native.end_entry()
  if ok then return end
  is_lost = is_lost or was_said or is_silence(e) and not errors.is_error(e, "TimeoutError")
end

return server
