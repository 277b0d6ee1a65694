local chunk = require "moondial.chunk"
local errors = require "moondial.errors"
local native = require "moondial.native"
local scheduler = require "moondial.scheduler"

local function is_lua(text) return load(text, "=entry", "t", {}) ~= nil end

local function is_one(entry) return is_lua(entry) or is_lua("return " .. entry) end

-- An entry as statements that others can follow; nil where it is no Lua, as commands are none. What was a result is one
-- again, for the entries that go on with it.
local function as_statements(entry)
  if is_lua("_ = " .. entry) then return "_ = " .. entry end
  if not is_lua(entry) then return nil end
  -- A return ends a chunk.
  return is_lua(entry .. "\nlocal x") and entry or "_ = (function()\n" .. entry .. "\nend)()"
end

return {
  name = "save", form = ".save FILE",
  help = "Writes the entries of this session to a new file, as a script; commands and secrets are left out.",
  completes = "file",
  run = function(argument)
    if argument == "" then errors.raise("CommandError", ".save takes the name of a file") end
    local lines = {}
    for _, entry in ipairs(scheduler.call(native.history, true)) do
      -- Several may have been pasted together.
      for _, input in ipairs(is_one(entry) and { entry } or (chunk.split(entry))) do
        lines[#lines + 1] = as_statements(input)
      end
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
