local client_type = require "moondial.client"
local errors = require "moondial.errors"
local native = require "moondial.native"
local server = require "moondial.server"

return {
  name = "use", form = ".use NAMESPACE",
  help = "Makes a client of another namespace of the same server the global one, if there is that namespace.",
  completes = "namespace",
  run = function(argument, env)
    if not argument:find("^%S+$") then errors.raise("CommandError", ".use takes a namespace") end
    if not client_type.is(env.client) then errors.raise("CommandError", "the global client is none: .connect first") end
    server.take(env, native.client_in(env.client, argument))
  end,
}
