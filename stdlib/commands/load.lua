local chunk = require "moondial.chunk"
local errors = require "moondial.errors"

return {
  name = "load", form = ".load FILE",
  help = "Runs a file as if it were entered: its top-level locals live on.",
  completes = "file",
  run = function(argument, env)
    if argument == "" then errors.raise("CommandError", ".load takes the name of a file") end
    local file, problem = io.open(argument, "rb")
    if not file then errors.raise("CommandError", ("cannot open the file %s"):format(problem)) end
    local text
    text, problem = file:read("a")
    file:close()
    if not text then errors.raise("CommandError", ("cannot read the file %s: %s"):format(argument, problem)) end
    text = text:gsub("^\xef\xbb\xbf", ""):gsub("^#", "--#", 1)
    local f
    f, problem = load(chunk.rewrite(text), "@" .. argument, "t", env)
    if not f then errors.raise("SyntaxError", problem, { traceback = false }) end
    f()
  end,
}
