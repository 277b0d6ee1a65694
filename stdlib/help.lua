--- Help, from the declarations.

local declare = require("moondial.declare")

local M = {}

local overview = [[
Workflows are objects whose methods wait for the server by themselves:

  h = client:get_workflow_handle("order-42")   a handle to a workflow
  h:describe().status                          what the server knows of it
  h:query("status")                            ask the workflow itself
  h:signal("approve", "Luna")                  tell it something
  h:result()                                   wait for its result
  for w in client:list_workflows("WorkflowType = 'Order'") do print(w.id, w.status) end

Any call takes a table of named parameters, too: h:query{ "status", rpc_timeout = "2s" }.
_ is the last result, _err the last error; a local at the prompt lives on.

help(client), help(h), help(h.query), help(temporal), help(json), help(async) tell the rest.]]

local function sorted(map)
  local names = {}
  for name in pairs(map) do names[#names + 1] = name end
  table.sort(names)
  return names
end

local function pad(text, width) return text .. (" "):rep(width - #text) end

--- The help for one method, as lines.
---@param method table its declaration
---@return string[]
function M.method(method)
  local lines = { declare.signature(method), "", "  " .. method.help }
  local function add(text) lines[#lines + 1] = text end
  if #method.parameters > 0 then
    add("")
    for _, parameter in ipairs(method.parameters) do
      local notes = {}
      if parameter.required then notes[#notes + 1] = "required" end
      if parameter.default ~= nil then notes[#notes + 1] = ("default %s"):format(
        type(parameter.default) == "string" and ("%q"):format(parameter.default) or tostring(parameter.default)) end
      add(("  %s %s%s"):format(pad(parameter.name, 22), parameter.help,
        #notes > 0 and " (" .. table.concat(notes, ", ") .. ")" or ""))
    end
  end
  add("")
  if method.returns then add("  Gives " .. method.returns .. ".") end
  local raises = table.move(method.raises or {}, 1, #(method.raises or {}), 1, {})
  if method.rpc ~= false then raises[#raises + 1] = "RPCError" end
  if #raises > 0 then add("  Raises " .. table.concat(raises, ", ") .. ".") end
  if method.changes_state then add("  Changes the server's state.") end
  if method.example then add("  Example: " .. method.example) end
  return lines
end

--- The help for a type or module, as lines.
---@param declaration table
---@return string[]
function M.type(declaration)
  local lines = { declaration.name .. ": " .. declaration.help }
  if declaration.properties then
    lines[#lines + 1] = ""
    for _, property in ipairs(declaration.properties) do
      lines[#lines + 1] = "  " .. pad(property.name, 24) .. property.help
    end
  end
  lines[#lines + 1] = ""
  local methods = declaration.methods or declaration.functions
  for _, name in ipairs(sorted(methods)) do
    lines[#lines + 1] = "  " .. pad(name, 24) .. methods[name].help
  end
  return lines
end

local function find(value)
  if value == nil then return { overview } end
  if declare.by_function[value] then return M.method(declare.by_function[value]) end
  for _, declaration in pairs(declare.types) do
    if declaration.bound == value or declaration.is and declaration.is(value) or declaration.name == value then
      return M.type(declaration)
    end
    if type(value) == "string" then
      local name = value:match("^" .. declaration.name .. "[.:](.+)$")
      local method = name and (declaration.methods or declaration.functions)[name]
      if method then return M.method(method) end
    end
  end
  return { "There is no help for this " .. type(value) .. ". help() gives an overview." }
end

--- Prints the help for a value: a handle, a client, a method, a module, or the name of one.
---@param value any
function M.show(value)
  print(table.concat(find(value), "\n"))
end

return M
