local errors = require "moondial.errors"

return {
  name = "bt",
  help = "Shows the last error in full: its causes, and where it was raised.",
  run = function(_, env)
    if env._err == nil then errors.raise("CommandError", "there has been no error") end
    io.write(errors.report(env._err), "\n")
  end,
}
