--- Help: what `documents` knows of a value, as lines for a terminal.

local documents = require("moondial.documents")
local errors = require("moondial.errors")
local escape = require("moondial.escape")
local layout = require("moondial.help.layout")
local native = require("moondial.native")

local concat, gmatch, match = table.concat, string.gmatch, string.match
local paragraph, rows, wrap = layout.paragraph, layout.rows, layout.wrap

local M = {}

local overview = [[
Workflows are objects whose methods wait for the server by themselves:

  h = client:get_workflow_handle("order-42")   a handle to a workflow
  h:describe().status                          what the server knows of it
  h:query("status")                            ask the workflow itself
  h:signal("approve", "Luna")                  tell it something
  h:result()                                   wait for its result
  for w in client:list_workflows("WorkflowType = 'Order'") do
    print(w.id, w.status)
  end

  spawn(h.result, h)                           a job; see jobs(), wait(1), fg(1)

Any call takes a table of named parameters, too:

  h:query{ "status", rpc_timeout = "2s" }

_ is the last result, _err the last error; a local at the prompt lives on.
A history shows as a timeline, a list as a table; follow(h) shows the events
as they come. x |> less gives x to a command of the shell. .help lists the
commands, such as .output json or .watch 2 _.

h.query? tells of anything by its name, and h.query?? shows its source, too.
help(x) tells more of a client, a handle, a method (h.query), a module
(temporal, async, json), an error (_err), or a name ("WorkflowHandle:signal").
help("types") lists all that there is.]]

local function quoted(values)
  local list = {}
  for i, value in ipairs(values) do list[i] = ("%q"):format(value) end
  return concat(list, ", ")
end

-- What a parameter is, with what is to be known of it in brackets.
local function describe(parameter)
  local notes = {}
  if parameter.required then notes[#notes + 1] = "required" end
  if parameter.optional then notes[#notes + 1] = "optional" end
  if parameter.type == "duration" or parameter.type == "boolean" then notes[#notes + 1] = parameter.type end
  if parameter.values then notes[#notes + 1] = quoted(parameter.values) end
  if parameter.default ~= nil and parameter.default ~= "" then
    local is_text = type(parameter.default) == "string"
    notes[#notes + 1] = "default " .. (is_text and "%q" or "%s"):format(tostring(parameter.default))
  end
  return parameter.help .. (#notes > 0 and " (" .. concat(notes, "; ") .. ")" or "")
end

local function add_example(out, example)
  if not example then return end
  out[#out + 1] = ""
  for line in gmatch(example, "[^\n]+") do out[#out + 1] = "  " .. line end
end

local function add_method(out, method)
  for _, form in ipairs(method.forms) do wrap(out, form, "", "    ") end
  paragraph(out, method.text)
  if method.notes then paragraph(out, method.notes) end
  local list = {}
  for _, parameter in ipairs(method.parameters) do list[#list + 1] = { parameter.name, describe(parameter) } end
  rows(out, list)
  if method.gives or #method.raises > 0 or method.changes_state then out[#out + 1] = "" end
  if method.gives then wrap(out, method.gives, "  ", "  ") end
  if #method.raises > 0 then wrap(out, "Raises " .. concat(method.raises, ", ") .. ".", "  ", "  ") end
  if method.changes_state then wrap(out, "Changes the server's state.", "  ", "  ") end
  add_example(out, method.example)
end

local function fields(list)
  local out = {}
  for i, field in ipairs(list) do out[i] = { field.name, field.help } end
  return out
end

local function add_document(out, document)
  wrap(out, ("%s: %s"):format(document.name, document.help), "", "  ")
  if document.base then
    rows(out, fields(documents.of(document.base).properties))
  end
  rows(out, fields(document.properties))
  local list, first = {}, nil
  for _, method in ipairs(document.methods) do
    local is_operator = match(method.name, "^__")
    list[#list + 1] = { is_operator and method.title or method.name, method.help }
    first = first or not is_operator and method.title or nil
  end
  rows(out, list)
  if document.notes then paragraph(out, document.notes) end
  add_example(out, document.example)
  if first then
    out[#out + 1] = ""
    wrap(out, ("help(%q) tells more of one."):format(first), "", "")
  end
end

local function add_error_kind(out, error_kind)
  wrap(out, error_kind.kind .. ": " .. error_kind.help, "", "  ")
  rows(out, fields(documents.fields_of(error_kind)))
end

-- An error value: what it says, then its kind and those of its causes.
local function add_error(out, e)
  wrap(out, tostring(e), "", "  ")
  local seen = {}
  while errors.is_error(e) and not seen[e.kind] do
    seen[e.kind] = true
    local error_kind = documents.error_kind(e.kind)
    if error_kind then
      out[#out + 1] = ""
      add_error_kind(out, error_kind)
    end
    e = e.cause
  end
  out[#out + 1] = ""
  wrap(out, "Every error has a kind and a message, and often a cause; help(\"Error\") tells more.", "", "")
end

local function add_types(out)
  local modules, types, error_kinds = {}, {}, {}
  for _, document in ipairs(documents.list) do
    local list = document.is_module and modules or types
    list[#list + 1] = { document.name, match(document.help, "^(.-%.)%s") or document.help }
  end
  for _, group in ipairs(documents.errors) do
    for _, error_kind in ipairs(group) do error_kinds[#error_kinds + 1] = error_kind.kind end
  end
  rows(out, modules)
  rows(out, types)
  paragraph(out, "Kinds of errors: " .. concat(error_kinds, ", ") .. ".")
  table.remove(out, 1)
end

local function add_property(out, name)
  local owner, field = match(name, "^(%w+)%.([%w_]+)$")
  local document = owner and documents.of(owner)
  while document do
    for _, property in ipairs(document.properties) do
      if property.name == field then
        wrap(out, ("%s: %s"):format(name, property.help), "", "  ")
        return true
      end
    end
    document = document.base and documents.of(document.base)
  end
  return false
end

-- What has a method of that name; where it is one alone, the help for it.
local function add_methods(out, name)
  local found = {}
  for _, document in ipairs(documents.list) do
    for _, method in ipairs(document.methods) do
      if method.name == name then found[#found + 1] = method end
    end
  end
  if #found == 1 then
    add_method(out, found[1])
  elseif #found > 1 then
    for index, method in ipairs(found) do found[index] = { method.title, method.help } end
    rows(out, found)
    table.remove(out, 1)
  end
  return #found > 0
end

-- What was not found: for text, perhaps with the name that was meant.
local function add_nothing(out, value)
  local what, hint = "this " .. type(value), ""
  if type(value) == "string" then
    what = escape.quote(value)
    local names = documents.names()
    for _, document in ipairs(documents.list) do
      for _, method in ipairs(document.methods) do names[#names + 1] = method.name end
    end
    local nearest = native.nearest(value, names)
    hint = nearest and (" Did you mean %q?"):format(nearest) or ""
  end
  wrap(out, ("There is no help for %s.%s help() gives an overview."):format(what, hint), "", "")
end

--- The help for a method or function.
---@param method table its document
---@return string
function M.method(method)
  local out = {}
  add_method(out, method)
  return concat(out, "\n")
end

--- The help for a value, as lines that fit the terminal.
---@param value any a client, a handle, a method, a module, an error, or the name of one; nothing for an overview
---@return string
function M.text(value)
  if value == nil or rawequal(value, _G.help) then return overview end
  local out = {}
  local method = (type(value) == "function" or type(value) == "string") and documents.method(value)
  local document = not method and not errors.is_error(value) and documents.of(value)
  local error_kind = type(value) == "string" and documents.error_kind(value)
  if method then
    add_method(out, method)
  elseif document then
    add_document(out, document)
  elseif error_kind then
    add_error_kind(out, error_kind)
  elseif errors.is_error(value) then
    add_error(out, value)
  elseif value == "types" then
    add_types(out)
  elseif type(value) ~= "string" or not (add_property(out, value) or add_methods(out, value)) then
    add_nothing(out, value)
  end
  return concat(out, "\n")
end

--- Prints the help for a value.
---@param value any see `text`
function M.show(value)
  print(M.text(value))
end

return M
