--- The file docs/moondial.d.lua: names and types for editors, in LuaCATS.

local documents = require("moondial.documents")

local concat = table.concat

local M = {}

local head = [[
---@meta

-- Made by scripts/generate-reference: names and types of Moondial's session for the Lua language server, whose setting
-- `workspace.library` takes this file.
]]

local globals = [[

--- The session's client.
---@type moondial.Client
client = nil

--- Prints the help for a value, or for the name of one; without, an overview.
---@param value? any
function help(value) end
]]

-- The types of parameters in declarations, which are the names of checks in stdlib/check.lua.
local types = {
  any = "any", boolean = "boolean", choice = "string", choices = "string|string[]", count = "integer",
  definition = "moondial.Definition",
  duration = "number|string", enum = "string", ["function"] = "function", integer = "integer", list = "any[]",
  metadata = "table<string, string>", operation = "moondial.WithStartWorkflowOperation",
  name = "string|moondial.Definition", number = "number",
  query = "string|table", result_type = "string|table|function", schedule_query = "string|table",
  Service = "moondial.Service", string = "string",
  switch = "boolean|table", table = "table", texts = "string|string[]", time = "moondial.Timestamp|string",
  workflow_handle = "moondial.WorkflowHandle",
}

local function type_of(parameter, is_declared)
  if parameter.values and parameter.type ~= "choices" then
    local text = "\"" .. concat(parameter.values, "\"|\"") .. "\""
    return parameter.type == "list" and "(" .. text .. ")[]" or text
  end
  if not is_declared then return parameter.type end
  return assert(types[parameter.type], parameter.type)
end

local is_class = {}
for _, document in ipairs(documents.list) do is_class[document.name] = true end

local function result_of(method)
  local result = method.result
  if not result then return nil end
  return is_class[result] and "moondial." .. result or result
end

-- The table of a call by name, as a class of its own.
local function add_arguments(out, method, class)
  out[#out + 1] = "\n---@class " .. class
  for _, parameter in ipairs(method.parameters) do
    local kind = type_of(parameter, true)
    if parameter.position then
      out[#out + 1] = ("---@field [%d]? %s %s"):format(parameter.position, kind, parameter.help)
    end
    local is_needed = parameter.required and not parameter.position
    out[#out + 1] = ("---@field %s%s %s %s"):format(parameter.name, is_needed and "" or "?", kind, parameter.help)
  end
end

local function add_declared(out, method, path)
  local declaration = method.declared
  local class = "moondial." .. method.title:gsub(":", ".") .. ".arguments"
  local result, returns = result_of(method), ""
  local has_named = not declaration.verbatim and #method.parameters > 0
  local has_options = #declaration.positional > 0 and #method.parameters > #declaration.positional
  if has_named or has_options then add_arguments(out, method, class) end
  out[#out + 1] = "\n--- " .. method.help
  local names = {}
  local is_named_only = has_named and not method.forms[2]
  if is_named_only then
    names[1] = "arguments"
    out[#out + 1] = "---@param arguments " .. class
  else
    for _, parameter in ipairs(declaration.positional) do
      names[#names + 1] = parameter.name
      out[#out + 1] = ("---@param %s%s %s %s"):format(parameter.name, parameter.required and "" or "?",
        type_of(parameter, true), parameter.help)
    end
    if declaration.arguments then
      names[#names + 1] = "..."
      out[#out + 1] = "---@param ... any the arguments for the workflow"
    elseif has_options then
      names[#names + 1] = "options"
      out[#out + 1] = "---@param options? " .. class
    end
  end
  if result then
    returns = ": " .. result
    out[#out + 1] = "---@return " .. result
  elseif method.returns then
    returns = ": any"
    out[#out + 1] = "---@return any # " .. method.returns
  end
  if has_named and not is_named_only then
    local receiver = path:find(":", 1, true) and ("self: moondial.%s, "):format(declaration.owner.name) or ""
    local mark = #names == 0 and "?" or ""
    out[#out + 1] = ("---@overload fun(%sarguments%s: %s)%s"):format(receiver, mark, class, returns)
  end
  out[#out + 1] = ("function %s(%s) end"):format(path, concat(names, ", "))
end

local function add_commented(out, method, path)
  out[#out + 1] = "\n--- " .. method.text
  for _, parameter in ipairs(method.parameters) do
    out[#out + 1] = ("---@param %s%s %s %s"):format(parameter.name, parameter.optional and "?" or "",
      type_of(parameter, false), parameter.help)
  end
  if method.result then
    out[#out + 1] = ("---@return %s%s"):format(method.result, method.returns and " # " .. method.returns or "")
  end
  out[#out + 1] = ("function %s(%s) end"):format(path, concat(method.names, ", "))
end

local function add_document(out, document)
  local name = document.name
  if not document.is_global then out[#out + 1] = "\n--- " .. document.help end
  if not document.is_module then
    out[#out + 1] = ("---@class moondial.%s%s"):format(name, document.base and ": moondial." .. document.base or "")
  end
  for _, property in ipairs(document.properties) do
    local kind = document.class and property.type or type_of(property, true)
    -- A property of a declared type may be nil, and its help then says so.
    local is_optional = property.optional or not document.class and property.help:find("nil", 1, true)
    out[#out + 1] = ("---@field %s%s %s %s"):format(property.name, is_optional and "?" or "", kind, property.help)
  end
  if (document.is_module or #document.methods > 0) and not document.is_global then
    out[#out + 1] = document.is_module and name .. " = {}" or ("local %s = {}"):format(name)
  end
  for _, method in ipairs(document.methods) do
    if not method.name:find("^__") then
      local path = (document.is_global and "" or name .. (document.is_module and "." or ":")) .. method.name
      local add = method.declared and add_declared or add_commented
      add(out, method, path)
    end
  end
end

--- The whole file.
---@return string
function M.text()
  local out = { (head:gsub("\n$", "")) }
  for _, document in ipairs(documents.list) do add_document(out, document) end
  out[#out + 1] = (globals:gsub("\n$", ""))
  return concat(out, "\n") .. "\n"
end

return M
