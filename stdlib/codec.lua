--- Codecs: what `temporal.connect` takes for them, and those written in Lua.
--
-- The work of a codec written in Lua is asked for by an operation, in the middle of it: `host.take` brings a request,
-- the coroutine that awaits the operation does the work, and then awaits another operation for the rest. So the codec
-- may itself suspend, and its errors are raised by the call.

local await = require("moondial.scheduler.await")
local check = require("moondial.check")
local coroutines = require("moondial.scheduler.coroutines")
local declare = require("moondial.declare")
local errors = require("moondial.errors")
local native = require("moondial.native")
local shared = require("moondial.scheduler.state")

local cancellation = require("moondial.scheduler.cancel").cancellation
local co_running = coroutine.running
local error, getmetatable, ipairs, pcall, setmetatable = error, getmetatable, ipairs, pcall, setmetatable
local type, xpcall = type, xpcall

local M = {}

--- A codec written in Lua: what `temporal.codec` makes, for `temporal.connect`.
---@class moondial.Codec
---@field name string what errors call it
---@field encode fun(payloads: moondial.Payload[]): moondial.Payload[] encodes what is sent
---@field decode fun(payloads: moondial.Payload[]): moondial.Payload[] decodes what comes
local Codec = { __name = "Codec" }
Codec.__index = Codec
function Codec:__tostring() return ("temporal.codec(%q)"):format(self.name) end

-- Those that clients use, by their numbers; a client lives on in its handles, so they are kept.
local codecs, numbers = {}, {}

local remote = { endpoint = "string", auth = "string", headers = "metadata", timeout = "duration",
  server_root_ca_cert = "string" }

local function setting(value)
  if getmetatable(value) == Codec then
    if not numbers[value] then
      codecs[#codecs + 1] = value
      numbers[value] = #codecs
    end
    return { number = numbers[value], name = value.name }
  end
  if check.value("table", value, "temporal.connect", "codec").encode or value.decode then
    errors.raise("TypeError",
      "temporal.connect: temporal.codec makes a codec of functions: codec = temporal.codec{ encode = …, decode = … }")
  end
  value = declare.record("codec", value, remote)
  if not value.endpoint then
    errors.raise("TypeError", "temporal.connect: codec needs an endpoint, or to be made by temporal.codec")
  end
  return value
end

--- The codecs that `temporal.connect` was given, in the form that the host reads.
---@param given any a codec, or a list of them
---@return table[]
function M.settings(given)
  if getmetatable(given) == Codec or type(given) == "table" and given[1] == nil then return { setting(given) } end
  local list = {}
  for index, value in ipairs(check.value("list", given, "temporal.connect", "codec")) do
    list[index] = setting(value)
  end
  return list
end

-- What remains of an operation after the codec raised an error: where that is the end of it, it ends with that error.
local function finish(failure, text, trace, ok, ...)
  if ok then return ... end
  local e = ...
  if not errors.is_error(e, "CodecError", { message = text }) then error(e, 0) end
  errors.note(failure, trace)
  error(failure, 0)
end

-- One function, so that a list which is none is an error of the codec's, too.
local function work(request, codec, direction, payloads)
  return native.answer_codec(request, codec[direction](payloads))
end

function await.answer(request, number, direction, payloads)
  local codec = codecs[number]
  local trace
  local ok, operation = xpcall(work, function(e)
    trace = coroutines.traceback(co_running())
    return e
  end, request, codec, direction, payloads)
  if ok then return await.operation(operation) end
  local failure = operation
  -- Of a call that was given up nothing is decoded, and nothing has to be said of that.
  if shared.current and cancellation(shared.current) then native.drop_codec(request) end
  local text = codec.name .. ": " .. errors.line(failure)
  return finish(failure, text, trace, pcall(await.operation, native.fail_codec(request, text)))
end

await.drop_request = native.drop_codec

--- The declaration of `temporal.codec`.
M.declaration = {
  help = "Makes a codec of two functions, for temporal.connect{ codec = … }.",
  notes = [[
Each is given a list of payloads, all of one message, and returns as many in the same order. They may suspend. Decode
gives back a payload that the codec did not encode as it is.]],
  rpc = false,
  parameters = {
    { name = "encode", type = "function", required = true, help = "makes what is sent of payloads" },
    { name = "decode", type = "function", required = true, help = "makes payloads of what came" },
    { name = "name", type = "string", default = "the codec in Lua", help = "what errors call it" },
  },
  returns = "a Codec",
  example = [[
local codec = temporal.codec{ encode = seal, decode = unseal }
client = temporal.connect{ codec = codec }]],
  call = function(a) return setmetatable({ name = a.name, encode = a.encode, decode = a.decode }, Codec) end,
}

return M
