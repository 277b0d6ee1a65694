local chunk = require "moondial.chunk"
local errors = require "moondial.errors"
local native = require "moondial.native"
local scheduler = require "moondial.scheduler"

-- A line of a script that does nothing but to give a value is none: what the prompt shows, a script prints.
local function as_statement(entry)
  if load(chunk.rewrite(entry), "=entry", "t", {}) then return entry end
  return load("return " .. entry, "=entry", "t", {}) and "show(" .. entry .. ")" or nil
end

return {
  name = "save", form = ".save FILE",
  help = "Writes the entries of this session to a new file, as a script; commands and secrets are left out.",
  run = function(argument)
    if argument == "" then errors.raise("CommandError", ".save takes the name of a file") end
    local lines = {}
    for _, entry in ipairs(scheduler.call(native.history, true)) do
      lines[#lines + 1] = as_statement(entry)
    end
    local present = io.open(argument)
    if present then
      present:close()
      errors.raise("CommandError", ("there is a file '%s' already"):format(argument))
    end
    local file, problem = io.open(argument, "w")
    if not file then errors.raise("CommandError", ("cannot write the file %s"):format(problem)) end
    local _ <close> = file
    file:write(table.concat(lines, "\n"), #lines > 0 and "\n" or "")
    io.write(("%d %s\n"):format(#lines, #lines == 1 and "entry" or "entries"))
  end,
}
