--- The names there are: variables, and the fields and methods of what is known.

local documents = require "moondial.documents"
local lexer = require "moondial.chunk.lexer"
local native = require "moondial.native"
local subjects = require "moondial.completion.subject"

local find, sub = string.find, string.sub
local getinfo, getlocal = debug.getinfo, debug.getlocal
local concat, ipairs, next, pairs, type = table.concat, ipairs, next, pairs, type

---@class moondial.completion.members
local members = {}

-- Of a table that is larger, what is found so far is as good as all.
local most_visited = 20000

--- How a Lua function is called: "(a, b, ...)"; nil for one in C, whose parameters have no names.
---@param f function
---@return string?
function members.signature(f)
  local info, names = getinfo(f, "Su"), {}
  if info.what == "C" then
    return nil
  end
  for index = 1, info.nparams do
    names[index] = getlocal(f, index)
  end
  if info.isvararg then
    names[#names + 1] = "..."
  end
  return "(" .. concat(names, ", ") .. ")"
end

--- What a value is, in a few words.
---@param value any
---@return string
function members.describe(value)
  local kind = type(value)
  if kind == "function" then
    local method = documents.method(value)
    return method and method.help or "function" .. (members.signature(value) or "")
  elseif kind == "table" or kind == "userdata" then
    local document = documents.of(value)
    return document and (document.is_module and document.help or document.name) or kind
  end
  return kind
end

-- A list, and what adds names to it, none twice; what is called gets its bracket.
local function adder(prefix)
  local list, seen = {}, {}
  return list, function(name, detail, is_called, is_hidden)
    if not seen[name] and sub(name, 1, #prefix) == prefix and not (is_hidden and prefix == "") then
      seen[name] = true
      list[#list + 1] = { text = name, detail = detail, suffix = is_called and "(" or nil }
    end
  end
end

local function is_identifier(key)
  return type(key) == "string" and find(key, "^[%a_][%w_]*$") ~= nil and not lexer.keywords[key]
end

-- Adds the keys of tables as they are.
local function add_raw(add, value, wants_functions)
  subjects.each_table(value, function(fields)
    local visited = 0
    for key, field in next, fields do
      visited = visited + 1
      if visited > most_visited then
        return nil
      elseif is_identifier(key) and (not wants_functions or type(field) == "function") then
        add(key, members.describe(field), type(field) == "function", sub(key, 1, 1) == "_")
      end
    end
  end)
end

local function add_documented(add, document, wants_methods)
  if wants_methods or document.is_module then
    for _, method in ipairs(document.methods) do
      if sub(method.name, 1, 2) ~= "__" then
        add(method.name, method.help, true)
      end
    end
  end
  if not wants_methods then
    for _, property in ipairs(subjects.properties(document)) do
      if is_identifier(property.name) then
        add(property.name, property.help)
      end
    end
  end
end

-- The fields that an error of its kind has.
local function add_error_fields(add, e)
  local error_kind = type(e) == "table" and documents.error_kind(rawget(e, "kind"))
  for _, field in ipairs(error_kind and documents.fields_of(error_kind) or {}) do
    add(field.name, field.help)
  end
end

--- The fields of something, behind ".", or its methods, behind ":".
---@param of moondial.completion.subject
---@param separator "."|":"
---@param prefix string
---@return moondial.completion.candidate[]
function members.of(of, separator, prefix)
  local list, add = adder(prefix)
  local document = subjects.document(of)
  if document and document.name == "Service" then
    local client, service = subjects.service(of)
    for _, name in ipairs(separator == ":" and native.service_methods(client, service or "workflow") or {}) do
      add(name, "an RPC of the service", true)
    end
  elseif document then
    add_documented(add, document, separator == ":" and not document.is_module)
    if document.name == "Error" then
      add_error_fields(add, of.value)
    end
    if #list == 0 and separator == "." and prefix ~= "" then
      -- A method as a value: `help(h.query)`.
      add_documented(add, document, true)
    end
  end
  if not document or document.is_module then
    add_raw(add, of.value, separator == ":")
  end
  return list
end

-- The names that the text itself declares: local variables, functions and their parameters.
local function add_declared(add, tokens)
  local is_list = false
  for at, token in ipairs(tokens) do
    local before = tokens[at - 1]
    local word = before and before.text
    if token.kind ~= "name" or lexer.keywords[token.text] then
      is_list = is_list and token.text == ","
    elseif word == "local" or word == "for" or word == "function" or is_list and word == "," then
      is_list = true
      add(token.text, "local")
    end
  end
end

-- The parameters of the functions that the text declares.
local function add_parameters(add, tokens)
  for at, token in ipairs(tokens) do
    if token.text == "function" then
      local index = at + 1
      while tokens[index] and tokens[index].text ~= "(" do
        index = index + 1
      end
      index = index + 1
      while tokens[index] and tokens[index].kind == "name" do
        add(tokens[index].text, "parameter")
        index = index + 2
      end
    end
  end
end

--- The variables that can be named, and Lua's keywords.
---@param env table the globals
---@param tokens moondial.chunk.token[] what stands in front
---@param prefix string
---@return moondial.completion.candidate[]
function members.variables(env, tokens, prefix)
  local list, add = adder(prefix)
  add_declared(add, tokens)
  add_parameters(add, tokens)
  add_raw(add, env, false)
  if prefix ~= "" then
    for keyword in pairs(lexer.keywords) do
      add(keyword, "keyword")
    end
  end
  return list
end

return members
