--- JSON text and Lua values: integers and floats stay apart, arrays stay arrays, null is `json.null` inside tables.

local declare = require("moondial.declare")
local errors = require("moondial.errors")
local native = require("moondial.native")

local array, object = native.metatable("JSONArray"), native.metatable("JSONObject")

local most_indent = 100

local function marked(metatable)
  return function(a) return setmetatable(a.values or {}, metatable) end
end

local values = { name = "values", type = "any", position = 1, help = "the table to mark; without: an empty one" }

local json = declare.module {
  name = "json",
  help = "JSON text and Lua values.",
  properties = {
    { name = "null", type = "any", help = "JSON's null inside tables, where nil would be a hole",
      value = native.json_null },
  },
  functions = {
    array = {
      help = "Marks a table as a JSON array, so that it stays one when it is empty.",
      rpc = false, verbatim = true,
      parameters = { values },
      returns = "the table",
      example = "json.encode(json.array{})  --> []",
      call = marked(array),
    },
    object = {
      help = "Marks a table as a JSON object, so that it stays one when it is empty.",
      rpc = false, verbatim = true,
      parameters = { values },
      returns = "the table",
      example = "json.encode(json.object{})  --> {}",
      call = marked(object),
    },
    decode = {
      help = "Gives the value that JSON text stands for.",
      rpc = false,
      parameters = { { name = "text", type = "string", position = 1, required = true, help = "the text" } },
      returns = "the value; null at the top is nil",
      raises = { "ValueError" },
      example = "json.decode(\"[1, 2.0, null]\")",
      call = function(a) return native.json_decode(a.text) end,
    },
    encode = {
      help = "Gives the JSON text of a value, its objects' keys in order.",
      rpc = false, verbatim = true,
      parameters = {
        { name = "value", type = "any", position = 1, help = "the value" },
        { name = "indent", type = "count", position = 2, help = "spaces per level; without: one line" },
      },
      returns = "the text",
      raises = { "ValueError" },
      example = "json.encode({ a = 1, b = { true, json.null } }, 2)",
      call = function(a)
        -- Where the host's memory ends, it ends the program.
        if a.indent and a.indent > most_indent then
          errors.raise("ValueError", ("json.encode: indent must be at most %d"):format(most_indent))
        end
        return native.json_encode(a.value, a.indent)
      end,
    },
  },
}

debug.setmetatable(json.null, { __name = "json.null", __tostring = function() return "null" end })

return json
