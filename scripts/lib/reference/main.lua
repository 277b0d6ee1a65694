--- Writes the files that are made from the program's own documents: main.lua ROOT [--check]

local editor = require("editor")
local markdown = require("markdown")

local root, option = arg[1], arg[2]
if not root or option and option ~= "--check" then
  io.stderr:write("usage: scripts/generate-reference [--check]\n")
  os.exit(2)
end

local function read(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read("a")
  file:close()
  return text
end

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  assert(file:write(text))
  assert(file:close())
end

local outdated = 0
for _, made in ipairs { { "docs/reference.md", markdown.text() }, { "docs/moondial.d.lua", editor.text() } } do
  local path, text = root .. "/" .. made[1], made[2]
  if option == "--check" then
    if read(path) ~= text then
      outdated = outdated + 1
      io.stderr:write(made[1], " is not up to date; run scripts/generate-reference\n")
    end
  else
    write(path, text)
  end
end
os.exit(outdated == 0 and 0 or 1)
