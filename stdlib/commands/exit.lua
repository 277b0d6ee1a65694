local errors = require "moondial.errors"

return {
  name = "exit", form = ".exit [STATUS]",
  help = "Leaves, as Ctrl-D does.",
  run = function(argument)
    local status = argument == "" and 0 or math.tointeger(tonumber(argument))
    if not status then errors.raise("CommandError", ".exit takes a status, which is a number") end
    os.exit(status, true)
  end,
}
