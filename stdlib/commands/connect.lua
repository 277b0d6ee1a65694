local errors = require "moondial.errors"
local server = require "moondial.server"
local temporal = require "moondial.temporal"

local function wrong()
  errors.raise("CommandError", ".connect takes HOST:PORT and perhaps a namespace, or the name of a profile")
end

return {
  name = "connect", form = ".connect HOST:PORT [NAMESPACE]",
  help = "Makes a client of another server the global one, if it answers; .connect PROFILE takes a profile's.",
  completes = "profile",
  run = function(argument, env)
    local place, namespace = argument:match("^(%S+)%s*(%S*)$")
    if not place then wrong() end
    if place:find(":", 1, true) then
      if namespace == "" then namespace = nil end
      return server.take(env, temporal.connect { place, namespace = namespace, lazy = true })
    end
    if namespace ~= "" then wrong() end
    return server.take(env, temporal.connect { profile = place, lazy = true })
  end,
}
