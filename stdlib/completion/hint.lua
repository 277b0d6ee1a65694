--- Hints: how the call is written in whose arguments the cursor is, in one line.

local arguments = require "moondial.completion.arguments"
local members = require "moondial.completion.members"
local places = require "moondial.completion.place"

local concat, ipairs, type = table.concat, ipairs, type
local match = string.match

---@class moondial.completion.hint
local hint = {}

local function name_of(method)
  return match(method.title, "[%w_]+$")
end

-- The parameters of a call by name that can still be given: those with a place by their names, the others with "=".
local function named(parameters, call)
  local parts = {}
  for _, parameter in ipairs(parameters) do
    local is_positional = parameter.position
    if is_positional and not call.is_options and parameter.position >= call.position then
      parts[#parts + 1] = parameter.name
    elseif not is_positional and (not call.names[parameter.name] or call.key == parameter.name) then
      parts[#parts + 1] = parameter.name .. "="
    end
  end
  return "{ " .. concat(parts, ", ") .. " }"
end

local function positional(method)
  local parts = {}
  if not method.declared then
    return match(method.forms[1], "[({].*[)}]$") or "()"
  end
  for index, parameter in ipairs(method.declared.positional) do parts[index] = parameter.name end
  if method.declared.arguments then
    parts[#parts + 1] = "…"
  elseif #parts > 0 and #method.parameters > #parts then
    parts[#parts + 1] = named(method.parameters, { is_options = true, names = {}, position = 1 })
  end
  return "(" .. concat(parts, ", ") .. ")"
end

local function form(method, call)
  if call.is_named and (method.declared and not method.declared.verbatim or method.request) then
    return named(method.parameters, call)
  elseif not method.declared or method.declared.verbatim then
    return positional(method)
  elseif #method.declared.positional == 0 and #method.parameters > 0 then
    return named(method.parameters, { names = {}, position = 1 })
  end
  return positional(method)
end

--- The hint for a place, or nil where there is none.
---@param text string all that was entered
---@param cursor integer how many bytes of it stand in front of the cursor
---@param env table the globals
---@return string?
function hint.at(text, cursor, env)
  local found = places.at(text, cursor)
  local call = found.call
  local method, callee = arguments.method(call, env, found.tokens)
  if not method then
    local f = callee and callee.value
    local signature = type(f) == "function" and members.signature(f)
    return signature and found.tokens[call.callee].text .. signature or nil
  end
  local parameter = arguments.parameter(method, call)
  if call.key then
    return parameter and ("%s: %s"):format(parameter.name, parameter.help) or nil
  elseif #call.path > 0 then
    return #arguments.list(method, call) > 0 and named(arguments.list(method, call), call) or nil
  end
  local line = name_of(method) .. form(method, call)
  return parameter and not call.at_key and ("%s   %s: %s"):format(line, parameter.name, parameter.help) or line
end

return hint
