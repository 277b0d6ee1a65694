local chunk = require "moondial.chunk"
local duration = require "moondial.duration"
local errors = require "moondial.errors"
local escape = require "moondial.escape"

return {
  name = "watch", form = ".watch SECONDS EXPR",
  help = "Evaluates and shows again and again, until Ctrl-C.",
  run = function(argument, env)
    local time, text = argument:match("^(%S+)%s+(.+)$")
    local seconds = time and duration.try(tonumber(time) or time)
    if not seconds or seconds <= 0 then
      errors.raise("CommandError", ".watch takes a time and an expression, as in .watch 2 h:describe()")
    end
    local f, problem = chunk.compile(text, "=prompt", env)
    if not f then errors.raise("SyntaxError", problem, { traceback = false }) end
    require("moondial.watch").watch(seconds, f, ("every %s: %s"):format(time, escape.text(text)))
  end,
}
