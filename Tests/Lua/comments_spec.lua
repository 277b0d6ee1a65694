--- Doc comments are read as they are meant.

local comments = require "moondial.comments"
local spec = require "support.spec"

local equal = spec.equal

local function only(text)
  local entries = comments.parse(text)
  equal(#entries, 1, "entries")
  return entries[1]
end

spec.suite("comments", function(it)
  it("parts the first sentence from the rest", function()
    local entry = only "--- Waits for it, e.g. for ever.\n--- Raises nothing.\nlocal function f() end\n"
    equal(entry.text, "Waits for it, e.g. for ever. Raises nothing.")
    equal(only("--- One sentence\n--- on two lines.\nlocal function f() end").help, "One sentence on two lines.")
  end)

  it("finds what is defined, and where", function()
    local entries = comments.parse [[
--- The head of the file.

--- First.
function M.first(a, b, ...) end

--- Second.
function Type:second() end

--- Third.
  local function third(x) end

--- A call.
Type.__call = Type.second
-- Not a doc comment.
function M.silent() end
]]
    equal(#entries, 5)
    equal(entries[1].head, true)
    equal(entries[1].name, nil)
    equal({ entries[2].owner, entries[2].separator, entries[2].name, entries[2].line }, { "M", ".", "first", 4 })
    equal(entries[2].names, { "a", "b", "..." })
    equal({ entries[3].owner, entries[3].separator, entries[3].name }, { "Type", ":", "second" })
    equal({ entries[4].name, entries[4].names }, { "third", { "x" } })
    equal({ entries[5].owner, entries[5].name }, { "Type", "__call" })
  end)

  it("reads parameters with types that contain spaces", function()
    local entry = only [[
---@param fn fun(a: any, b: integer): any what to call
---@param options? {limit?: number, name: string} how
---  it is done
---@param text string|nil
function f(fn, options, text) end
]]
    equal(entry.parameters[1], { name = "fn", type = "fun(a: any, b: integer): any", help = "what to call" })
    equal(entry.parameters[2],
      { name = "options", type = "{limit?: number, name: string}", help = "how it is done", optional = true })
    equal(entry.parameters[3], { name = "text", type = "string|nil", help = "" })
  end)

  it("reads what is returned, its words behind a #", function()
    local entry = only "--- Gives.\n---@return any[] list # the results\n---@return string? second\nfunction f() end\n"
    equal(entry.result, "any[]")
    equal(entry.returns, "the results")
    equal(only("---@return boolean ok\nfunction f() end").returns, nil)
  end)

  it("reads examples, line by line", function()
    local entry = only "--- Does it.\n---     for i = 1, 2 do\n---       f(i)\n---     end\nfunction f(i) end\n"
    equal(entry.example, "for i = 1, 2 do\n  f(i)\nend")
    equal(entry.text, "Does it.")
  end)

  it("reads classes with their fields, but not the private ones", function()
    local entry = only [[
--- A thing.
---@class moondial.Thing
---@field size integer  how large
---@field name? string its name
---@field next string? where it goes on
---@field [1] string the first
---@field private secret any
local Thing = {}
]]
    equal({ entry.class, entry.help }, { "moondial.Thing", "A thing." })
    equal(entry.fields, {
      { name = "size", type = "integer", help = "how large" },
      { name = "name", type = "string", help = "its name", optional = true },
      { name = "next", type = "string", help = "where it goes on", optional = true },
      { name = "[1]", type = "string", help = "the first" },
    })
  end)

  it("marks what is for the package only", function()
    equal(only("--- Inner.\n---@package\nfunction f() end").hidden, true)
  end)

  it("takes lines that end as on Windows", function()
    equal(only("--- One.\r\nfunction f(a)\r\nend\r\n").names, { "a" })
  end)

  it("finds the comment of a function by where it is defined", function()
    local path = os.tmpname()
    local file = assert(io.open(path, "w"))
    file:write("local M = {}\n\n--- Adds.\n---@param a number\nfunction M.add(a) return a end\n",
      "function M.plain() end\nreturn M\n")
    file:close()
    local module = dofile(path)
    equal(comments.of(module.add).help, "Adds.")
    equal(comments.of(module.plain), nil)
    equal(comments.of(print), nil)
    os.remove(path)
    equal(comments.of(module.add), nil)
  end)
end)
