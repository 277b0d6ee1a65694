--- The page docs/reference.md.

local declare = require("moondial.declare")
local documents = require("moondial.documents")

local concat = table.concat

local M = {}

local head = [[
# Reference

*Made by `scripts/generate-reference` from what the program itself shows as help: change it there.*

At the prompt, `help("WorkflowHandle:query")` shows the same, and so does `help(h.query)`. [The guide](guide.md) tells
how it all goes together. The Lua language server knows the names and types when its setting `workspace.library`
has [moondial.d.lua](moondial.d.lua).
]]

local parameters_head = [[
## Parameters

Where a function is shown in two forms, the first takes its arguments by position and the second one table: `[1]` and so
on are those with a position, which can be given by name as well. A call whose first argument is a plain table is of the
second form. Where only the second is shown, parameters that have no position are required.

Methods that say so take these as well:

| parameter | type | |
|---|---|---|
| `args` | list | the arguments for the workflow; `n`, where it has one, is their count |
| `arg` | any | a single argument, instead of `args` |
| `rpc_metadata` | metadata | headers for every RPC of the call; they win over the client's |
| `rpc_timeout` | duration | the time that one RPC may take, per attempt: 30 seconds, or 70 for a long poll |

| type | values |
|---|---|
| name | text, or a Definition of the right kind |
| definition | a Definition of the right kind |
| duration | seconds, or text such as `"1m30s"` and `"500ms"` |
| time | a Timestamp, or text such as `"2026-01-31T12:00:00Z"` |
| count, integer | a whole number; a count is not negative |
| enum | one of the names that are listed, or its full name in the API |
| list | a table with the keys 1 to n |
| metadata | a table of text by name |
| query | a list filter: text, or a table of conditions by attribute |
| schedule_query | the same for schedules, with the fields `id` and `paused` |
| switch | `true`, `false`, or a table of settings |
| result_type | a type's name, a metatable, or a function: see [Values](guide.md#values) |
]]

-- Where a heading is linked to, as GitHub does it.
local function anchor(title) return (title:lower():gsub("[^%w%- _]", ""):gsub(" ", "-")) end

local function cell(text) return (text:gsub("|", "\\|")) end

local function type_of(variable)
  return "`" .. variable.type:gsub("moondial%.", "") .. "`"
end

local function add_table(out, list, heading)
  if #list == 0 then return end
  out[#out + 1] = ("\n| %s | type | |\n|---|---|---|"):format(heading)
  for _, row in ipairs(list) do
    out[#out + 1] = ("| `%s` | %s | %s |"):format(row.name, cell(row.type), cell(row.help))
  end
end

local function parameter_row(parameter)
  local notes = {}
  if parameter.required then notes[#notes + 1] = "required" end
  if parameter.optional then notes[#notes + 1] = "optional" end
  if parameter.default ~= nil and parameter.default ~= "" then
    local is_text = type(parameter.default) == "string"
    notes[#notes + 1] = ("default `" .. (is_text and "%q" or "%s") .. "`"):format(tostring(parameter.default))
  end
  local help = parameter.help .. (#notes > 0 and " (" .. concat(notes, ", ") .. ")" or "")
  if parameter.values then help = help .. ": `\"" .. concat(parameter.values, "\"`, `\"") .. "\"`" end
  return { name = parameter.name, type = type_of(parameter), help = help }
end

local function add_code(out, lines) out[#out + 1] = "\n```lua\n" .. lines .. "\n```" end

local function add_parameters(out, method)
  local list, others = {}, {}
  for _, parameter in ipairs(method.parameters) do
    if declare.common_parameters[parameter] then
      others[#others + 1] = "`" .. parameter.name .. "`"
    else
      list[#list + 1] = parameter_row(parameter)
    end
  end
  add_table(out, list, "parameter")
  if #others > 0 then
    out[#out + 1] = ("\n%s: see [Parameters](#parameters)."):format(concat(others, ", "))
  end
end

local function add_method(out, method)
  out[#out + 1] = "\n### " .. (method.name:find("^__") and "`" .. method.title .. "`" or method.title)
  if not method.name:find("^__") then add_code(out, concat(method.forms, "\n")) end
  out[#out + 1] = "\n" .. method.text
  if method.notes then out[#out + 1] = "\n" .. method.notes end
  add_parameters(out, method)
  local notes = {}
  notes[1] = method.gives
  if #method.raises > 0 then notes[#notes + 1] = "Raises " .. concat(method.raises, ", ") .. "." end
  if method.changes_state then notes[#notes + 1] = "Changes the server's state." end
  if #notes > 0 then out[#out + 1] = "\n" .. concat(notes, " ") end
  if method.example then add_code(out, method.example) end
end

local function rows(fields)
  local list = {}
  for i, field in ipairs(fields) do
    local help = field.help .. (field.optional and not field.help:find("nil", 1, true) and "; or nil" or "")
    list[i] = { name = field.name, type = type_of(field), help = help }
  end
  return list
end

local function add_document(out, document)
  out[#out + 1] = ("\n## %s\n\n%s"):format(document.name, document.help)
  if document.notes then out[#out + 1] = "\n" .. document.notes end
  if document.example then add_code(out, document.example) end
  add_table(out, rows(document.properties), "field")
  for _, method in ipairs(document.methods) do add_method(out, method) end
end

local function add_errors(out)
  out[#out + 1] = "\n## Kinds of errors\n\nThe fields are those that a kind has beside those of every [Error](#error). "
    .. "Any method can\nraise TypeError and ValueError before it sends anything."
  for _, group in ipairs(documents.errors) do
    out[#out + 1] = ("\n### %s\n\n| kind | | fields |\n|---|---|---|"):format(group.title)
    for _, error_kind in ipairs(group) do
      local fields = {}
      for i, field in ipairs(error_kind.fields or {}) do
        fields[i] = ("`%s`: %s"):format(field.name, field.help)
      end
      out[#out + 1] = ("| %s | %s | %s |"):format(error_kind.kind, cell(error_kind.help), cell(concat(fields, "<br>")))
    end
    if group[1].failure then
      out[#out + 1] = "\nAll of these have the following fields as well."
      add_table(out, rows(documents.errors.failure_fields), "field")
    end
  end
end

local function add_contents(out)
  local links = {}
  for i, document in ipairs(documents.list) do
    links[i] = ("[%s](#%s)"):format(document.name, anchor(document.name))
  end
  links[#links + 1] = "[Kinds of errors](#kinds-of-errors)"
  out[#out + 1] = "\n" .. concat(links, " · ") .. "\n"
end

--- The whole page.
---@return string
function M.text()
  local out = { (head:gsub("\n$", "")) }
  add_contents(out)
  out[#out + 1] = (parameters_head:gsub("\n$", ""))
  for _, document in ipairs(documents.list) do add_document(out, document) end
  add_errors(out)
  return concat(out, "\n") .. "\n"
end

return M
