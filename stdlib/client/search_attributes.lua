--- The search attributes of a namespace.

local declare = require("moondial.declare")
local errors = require("moondial.errors")
local escape = require("moondial.escape")
local record = require("moondial.record")
local rpc = require("moondial.client.rpc")

--- The search attributes of a namespace, each with its type: "BOOL", "DATETIME", "DOUBLE", "INT", "KEYWORD",
--- "KEYWORD_LIST" or "TEXT".
---@class moondial.SearchAttributes
---@field custom_attributes table<string, string> those that somebody added, by name
---@field system_attributes table<string, string> those of the server, by name
---@field raw table all that the server sent: a ListSearchAttributesResponse by its field names
local SearchAttributes = record.class("SearchAttributes", { "custom_attributes", "system_attributes" },
  "search_attributes")

-- The names of the types as the CLI and the Web UI write them, beside those of the API.
local types = {
  Bool = "BOOL", Datetime = "DATETIME", Double = "DOUBLE", Int = "INT", Keyword = "KEYWORD",
  KeywordList = "KEYWORD_LIST", Text = "TEXT",
}
local known = {}
for name, api_name in pairs(types) do known[name], known[api_name] = api_name, api_name end

local function checked(attributes)
  local request = {}
  for name, kind in pairs(attributes) do
    local api_name = type(kind) == "string" and known[kind:gsub("^INDEXED_VALUE_TYPE_", "")]
    if type(name) ~= "string" then
      errors.raise("TypeError", "search_attributes must be types by name, as in { OrderId = \"Keyword\" }")
    elseif not api_name then
      errors.raise("ValueError", ("search_attributes.%s: there is no type %s%s"):format(name,
        escape.quote(tostring(kind)), declare.suggestion(kind, declare.names_of(types))))
    end
    request[name] = api_name
  end
  if next(request) == nil then errors.raise("ValueError", "search_attributes is empty") end
  return request
end

local namespace = { name = "namespace", type = "string", completes = "namespace", help = "without: the client's" }

local function subject(a)
  local names = a.names or declare.names_of(a.search_attributes)
  return (#names == 1 and "search attribute " or "search attributes ") .. table.concat(names, ", ")
end

return {
  add_search_attributes = {
    help = "Adds search attributes to a namespace.",
    notes = "One that is there already with the same type is left as it is; with another type it is an error.",
    parameters = {
      { name = "search_attributes", type = "table", required = true,
        help = "their types by name: Bool, Datetime, Double, Int, Keyword, KeywordList or Text" },
      namespace,
    },
    changes_state = true, subject = subject,
    example = "client:add_search_attributes{ search_attributes = { OrderId = \"Keyword\" } }",
    call = function(self, a)
      rpc.call(self, "operator", "add_search_attributes",
        { namespace = rpc.namespace(self, a), search_attributes = checked(a.search_attributes) }, a)
    end,
  },

  list_search_attributes = {
    help = "Lists the search attributes of a namespace.",
    parameters = { namespace },
    returns = "a SearchAttributes: custom_attributes and system_attributes, the types by name",
    example = "client:list_search_attributes().custom_attributes",
    call = function(self, a)
      local raw, response = rpc.call(self, "operator", "list_search_attributes",
        { namespace = rpc.namespace(self, a) }, a)
      return record.new(SearchAttributes, { custom_attributes = raw.custom_attributes or {},
        system_attributes = raw.system_attributes or {} }, raw, response)
    end,
  },

  remove_search_attributes = {
    help = "Removes search attributes from a namespace; workflows that have them lose them for lists.",
    parameters = {
      { name = "names", type = "texts", position = 1, required = true, completes = "search_attribute",
        help = "a name, or a list of names" },
      namespace,
    },
    changes_state = true, destructive = true, subject = subject,
    example = "client:remove_search_attributes(\"OrderId\")",
    call = function(self, a)
      rpc.call(self, "operator", "remove_search_attributes",
        { namespace = rpc.namespace(self, a), search_attributes = a.names }, a)
    end,
  },
}
