--- The arguments of a script: what its command line may have, declared once, read, checked and explained by `--help`.

local check = require("moondial.check")
local errors = require("moondial.errors")
local json = require("moondial.json")
local layout = require("moondial.help.layout")
local native = require("moondial.native")

local find, gsub, match, sub, upper = string.find, string.gsub, string.match, string.sub, string.upper
local concat, ipairs, pcall, tonumber, type = table.concat, ipairs, pcall, tonumber, type

---@class moondial.arguments
local M = {}

--- One argument. A name with dashes in front is an option's, and any other stands for a word in its place.
---@class moondial.arguments.argument
---@field name string as in "filter" or "--limit"
---@field help string
---@field type? "string"|"integer"|"count"|"number"|"duration"|"boolean"|"json" without: string; a boolean is an option
---  that takes no value
---@field values? string[] the words that it may be
---@field default? any
---@field required? boolean
---@field rest? boolean of the last word: takes all that follow, in a list

local types = {
  string = true, integer = true, count = true, number = true, duration = true, boolean = true, json = true,
}

local function is_option(argument) return sub(argument.name, 1, 2) == "--" end

-- Its key among the values: "dry_run" of "--dry-run".
local function key_of(argument) return (gsub(gsub(argument.name, "^%-%-", ""), "-", "_")) end

-- Raised for what is wrong with the command line, and not with the declaration.
local Mistake = {}

local function mistake(text) error(setmetatable({ message = text }, Mistake), 0) end

-- What the declaration must be, for whoever writes it.
local function check_declaration(declaration)
  for index, argument in ipairs(declaration) do
    check.value("table", argument, "arguments", ("[%d]"):format(index))
    check.value("string", argument.name, "arguments", ("[%d].name"):format(index))
    check.value("string", argument.help, "arguments", argument.name .. ".help")
    if not types[argument.type or "string"] then
      errors.raise("ValueError", ("arguments: %s.type must be one of %s"):format(argument.name,
        "string, integer, count, number, duration, boolean, json"))
    elseif argument.type == "boolean" and not is_option(argument) then
      errors.raise("ValueError", ("arguments: %s is a boolean, which only an option can be"):format(argument.name))
    end
  end
end

-- The value of a word, in the form that the script gets.
local function value_of(argument, word)
  local kind = argument.type or "string"
  local value = word
  if kind == "json" then
    local ok, decoded = pcall(json.decode, word)
    if not ok then mistake(("%s must be JSON, not '%s'"):format(argument.name, word)) end
    value = decoded
  elseif kind == "duration" then
    local ok, seconds = pcall(check.value, kind, tonumber(word) or word, "", argument.name)
    if not ok then mistake((gsub(seconds.message, "^: ", ""))) end
    value = seconds
  elseif kind ~= "string" then
    local ok, number = pcall(check.value, kind, tonumber(word), "", argument.name)
    if not ok then
      mistake(("%s must be a %snumber%s, not '%s'"):format(argument.name, kind == "number" and "" or "whole ",
        kind == "count" and " of at least 0" or "", word))
    end
    value = number
  end
  if argument.values then
    for _, known in ipairs(argument.values) do
      if known == word then return value end
    end
    local nearest = native.nearest(word, argument.values)
    mistake(("%s must be one of %s, not '%s'%s"):format(argument.name, concat(argument.values, ", "), word,
      nearest and ("; did you mean '%s'?"):format(nearest) or ""))
  end
  return value
end

local function option_of(declaration, name)
  local names = { "--help" }
  for _, argument in ipairs(declaration) do
    if argument.name == name then return argument end
    if is_option(argument) then names[#names + 1] = argument.name end
  end
  local nearest = native.nearest(name, names)
  mistake(("there is no option %s%s"):format(name, nearest and ("; did you mean %s?"):format(nearest) or ""))
end

-- Reads an option and its value; gives the index of the next word.
local function read_option(declaration, words, index, values)
  local name, value = match(words[index], "^(%-%-[^=]+)=(.*)$")
  local argument = option_of(declaration, name or words[index])
  if argument.type == "boolean" then
    if value then mistake(argument.name .. " takes no value") end
    values[key_of(argument)] = true
    return index + 1
  elseif not value then
    index = index + 1
    value = words[index]
    if not value then mistake(argument.name .. " takes a value") end
  end
  values[key_of(argument)] = value_of(argument, value)
  return index + 1
end

local function places(declaration)
  local list = {}
  for _, argument in ipairs(declaration) do
    if not is_option(argument) then list[#list + 1] = argument end
  end
  return list
end

-- Puts the words that are no options into their places.
local function take_words(declaration, words, values)
  local list, taken = places(declaration), 0
  for _, argument in ipairs(list) do
    if argument.rest then
      local rest = {}
      for index = taken + 1, #words do rest[#rest + 1] = value_of(argument, words[index]) end
      rest.n, taken = #words - taken, #words
      values[key_of(argument)] = rest
    elseif words[taken + 1] then
      taken = taken + 1
      values[key_of(argument)] = value_of(argument, words[taken])
    end
  end
  if words[taken + 1] then mistake(("there is no place for '%s'"):format(words[taken + 1])) end
end

--- Reads the words of a command line.
---@param declaration moondial.arguments.argument[]
---@param words string[]
---@return table<string, any>? values by name; nil where help is asked for. What is wrong with the words is raised as a
---  table with a message.
function M.read(declaration, words)
  check_declaration(declaration)
  local values, plain, index, only_words = {}, {}, 1, false
  while words[index] do
    local word = words[index]
    if only_words or not find(word, "^%-") or word == "-" or tonumber(word) then
      plain[#plain + 1] = word
      index = index + 1
    elseif word == "--" then
      only_words, index = true, index + 1
    elseif word == "--help" or word == "-h" then
      return nil
    else
      index = read_option(declaration, words, index, values)
    end
  end
  take_words(declaration, plain, values)
  for _, argument in ipairs(declaration) do
    local key = key_of(argument)
    if values[key] == nil then values[key] = argument.default end
    local is_missing = values[key] == nil or argument.rest and values[key].n == 0
    if argument.required and is_missing then mistake(argument.name .. " is missing") end
    if argument.type == "boolean" and values[key] == nil then values[key] = false end
  end
  return values
end

local function placeholder(argument)
  return upper(argument.type and argument.type ~= "string" and argument.type or (gsub(argument.name, "^%-%-", "")))
end

local function form_of(argument)
  if not is_option(argument) then return upper(argument.name) .. (argument.rest and " …" or "") end
  return argument.name .. (argument.type == "boolean" and "" or " " .. placeholder(argument))
end

--- The help of a script.
---@param declaration moondial.arguments.argument[] with `help`, what the script does
---@param script string its name
---@return string
function M.help(declaration, script)
  local usage, rows = { "usage: " .. script }, {}
  for _, argument in ipairs(declaration) do
    local form = form_of(argument)
    -- Not to be broken between the lines.
    usage[#usage + 1] = (gsub(argument.required and form or "[" .. form .. "]", " ", "\1"))
    local default = argument.default
    if type(default) == "table" then default = json.encode(default) end
    local has_default = default ~= nil and default ~= ""
    rows[#rows + 1] = { form, argument.help .. (argument.values and ": " .. concat(argument.values, ", ") or "")
      .. (has_default and (" (without: %s)"):format(tostring(default)) or "") }
  end
  local out = {}
  layout.wrap(out, concat(usage, " "), "", "    ")
  for index, line in ipairs(out) do out[index] = gsub(line, "\1", " ") end
  if declaration.help then layout.paragraph(out, declaration.help) end
  layout.rows(out, rows)
  return concat(out, "\n")
end

--- Reads the script's own command line. Explains it and ends the program where that is asked for, and ends it with
--- status 2 where the command line is wrong.
---@param declaration moondial.arguments.argument[]
---@return table<string, any>
function M.of_script(declaration)
  local script = match(_G.arg and _G.arg[0] or "script", "[^/]+$")
  local ok, values = pcall(M.read, declaration, _G.arg or {})
  if ok and values then return values end
  if ok then
    print(M.help(declaration, script))
    os.exit(0)
  elseif getmetatable(values) ~= Mistake then
    error(values, 0)
  end
  io.stderr:write(("%s: %s\n%s --help tells more\n"):format(script, values.message, script))
  return os.exit(2)
end

return M
