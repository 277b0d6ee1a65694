--- What an expression stands for, as far as that is known without running any of it.
--
-- Variables and plain fields are looked up raw. Behind the first call, and in the host's own objects, what is known is
-- the declared type. No metamethod is called: of a metatable only an `__index` that is a table is followed.

local chain = require "moondial.completion.chain"
local documents = require "moondial.documents"
local native = require "moondial.native"

local gsub, match = string.gsub, string.match
local ipairs, rawget, type = ipairs, rawget, type
local getmetatable = debug.getmetatable  -- not fooled by __metatable

---@class moondial.completion.subject
---@field value any what it is; nil where only the type is known
---@field document? table its type's document
---@field method? table the document of the method or function that it is
---@field owner? moondial.completion.subject what that is a method of
---@field property? string the name of the property that it is, as in "Client.namespace"
---@field service? string of a Service: "workflow", "operator" or the full name
---@field client? any of a Service: its client, where there is one already
---@field elements? string the type of what a list or an iterator gives
---@field made_by? table of the result of a call: its step, the call's owner and method, and the tokens

---@class moondial.completion.subjects
local subject = {}

-- A chain of tables that is longer than this is a cycle.
local longest_inheritance = 20

--- Calls visit(table) for a value, if it is a table, and for what its lookups fall back on, until it returns something.
---@param value any
---@param visit fun(fields: table): any
---@return any
function subject.each_table(value, visit)
  for _ = 1, longest_inheritance do
    if type(value) == "table" then
      local found = visit(value)
      if found ~= nil then
        return found
      end
    end
    local metatable = getmetatable(value)
    value = metatable and rawget(metatable, "__index")
    if type(value) ~= "table" then
      return nil
    end
  end
end

--- The document of a value's type; nil where it has none.
---@param of moondial.completion.subject
---@return table?
function subject.document(of)
  -- A string would be taken for the name of a document.
  if not of.document and (type(of.value) == "table" or type(of.value) == "userdata") then
    of.document = documents.of(of.value)
  end
  return of.document
end

-- What is known of something by its declared type: "string", "moondial.Task?", "WorkflowHandle", "moondial.Job[]".
local function of_type(kind)
  local name = kind and match(gsub(kind, "^moondial%.", ""), "^[%w_]+")
  if not name then
    return nil
  elseif match(kind, "%[%]%??$") then
    return { elements = name }
  elseif name == "string" then
    return { value = "" }
  end
  local document = documents.of(name)
  return document and { document = document }
end

--- The properties of a type, those of its base first.
---@param document table
---@return table[]
function subject.properties(document)
  local properties = {}
  local base = document.base and documents.of(document.base)
  for _, list in ipairs { base and base.properties or {}, document.properties } do
    for _, property in ipairs(list) do
      properties[#properties + 1] = property
    end
  end
  return properties
end

--- The entry of a list that has a name.
---@param list table[]
---@param name any
---@return table?
function subject.named(list, name)
  for _, entry in ipairs(list) do
    if entry.name == name then
      return entry
    end
  end
end

-- What a function is, as far as it is documented.
local function of_value(value, owner)
  local method = type(value) == "function" and documents.method(value) or nil
  return { value = value, method = method, owner = method and owner }
end

--- The client and the name of a raw service, each as far as it is known.
---@param of moondial.completion.subject
---@return any client
---@return string? service
function subject.service(of)
  if type(of.value) == "table" then
    return rawget(of.value, "client"), rawget(of.value, "service")
  end
  local made_by, owner = of.made_by, of.owner
  if made_by then
    owner = made_by.owner
    local name = subject.first_argument(made_by)
    return owner and owner.value, type(name) == "string" and name or nil
  end
  return owner and owner.value, of.service
end

-- What a field or method of something is.
local function member(of, name)
  local document = subject.document(of)
  local value = subject.each_table(of.value, function(fields)
    return rawget(fields, name)
  end)
  if document and document.name == "Service" then
    local client, service = subject.service(of)
    return service and native.service_method(client, service, name)
      and { owner = of.owner or of, method = documents.rpc(client, service, name) } or nil
  elseif document then
    local method = subject.named(document.methods, name)
    if method then
      return { method = method, owner = of, value = value }
    end
    local property = subject.named(subject.properties(document), name)
    if property and value == nil then
      local found = of_type(property.type) or {}
      found.property = document.name .. "." .. name
      if property.type == "Service" then
        found.service, found.owner = match(name, "^[^_]+"), of
      end
      return found
    end
  end
  if value ~= nil then
    return of_value(value, of)
  end
end

-- "an iterator (Pages) of WorkflowExecution: id, …": what a loop gets to see.
local function elements_of(method)
  return match(method.returns or "", "^an iterator %(Pages%) of (%u%w+)")
end

local function result(of, step, tokens)
  local method = of.method
  if not method then
    return nil
  end
  local found = of_type(method.result)
  if found then
    found.elements = found.elements or elements_of(method)
    found.made_by = { step = step, owner = of.owner, method = method, tokens = tokens }
  end
  return found
end

local function constant(token)
  if token and (token.kind == "string" or token.kind == "number") then
    -- A lone string or number: nothing that runs.
    local read = load("return " .. token.text, "=constant", "t", {})
    return read and read()
  end
end

--- The value of a token that is a string or a number.
---@param token moondial.chunk.token?
---@return string|number?
subject.constant = constant

--- The first argument of the call that something was made by, where it is written out.
---@param made_by {step: moondial.completion.step, tokens: moondial.chunk.token[]}
---@return string|number?
function subject.first_argument(made_by)
  local first = made_by.tokens[made_by.step.first]
  return constant(first.kind == "string" and first or made_by.tokens[made_by.step.first + 1])
end

-- The steps of what a name was given in the text so far: `local h = …`, `for w in … do`.
local function given_in(tokens, name)
  for at = #tokens - 1, 2, -1 do
    if tokens[at - 1].text == name and tokens[at - 1].kind == "name" and not chain.separator(tokens, at - 2) then
      local following = tokens[at + 1]
      if tokens[at].text == "=" and following.text ~= "=" then
        return chain.from(tokens, at + 1), at, false
      elseif tokens[at].text == "in" then
        return chain.from(tokens, at + 1), at, true
      end
    end
  end
end

local walk

local function of_name(name, env, tokens)
  local steps, at, is_loop = given_in(tokens, name)
  if steps then
    -- What it was given stands in front of the name: `h = h` says nothing.
    local found = walk(steps, env, table.move(tokens, 1, at - 2, 1, {}), tokens)
    if not is_loop or not found then
      return found
    end
    return found.elements and of_type(found.elements)
  end
  local value = rawget(env, name)
  return value ~= nil and of_value(value) or nil
end

function walk(steps, env, tokens, all)
  local found
  for _, step in ipairs(steps) do
    if step.name then
      found = of_name(step.name, env, tokens)
    elseif step.is_text then
      found = { value = "" }
    elseif step.is_call then
      found = result(found, step, all)
    elseif step.index ~= nil then
      local key = step.index and constant(step.index)
      local element = key ~= nil and subject.each_table(found.value, function(fields) return rawget(fields, key) end)
      found = element and of_value(element) or found.elements and of_type(found.elements)
    else
      found = member(found, step.field or step.method)
    end
    if not found then
      return nil
    end
  end
  return found
end

--- What steps lead to.
---@param steps moondial.completion.step[]
---@param env table the globals
---@param tokens moondial.chunk.token[] those that the steps were read from
---@return moondial.completion.subject?
function subject.of(steps, env, tokens)
  return walk(steps, env, tokens, tokens)
end

--- What the expression stands for that ends with a token.
---@param tokens moondial.chunk.token[]
---@param last integer
---@param env table the globals
---@return moondial.completion.subject?
function subject.upto(tokens, last, env)
  local steps = chain.upto(tokens, last)
  return steps and subject.of(steps, env, tokens)
end

return subject
