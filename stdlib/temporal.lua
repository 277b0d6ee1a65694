--- The module `temporal`: connections, values that JSON has no form for, definitions, errors.

local declare = require("moondial.declare")
local definition = require("moondial.definition")
local errors = require("moondial.errors")
local native = require("moondial.native")
local timestamp = require("moondial.timestamp")
require("moondial.client")

--- Bytes that are sent as binary/plain: what `temporal.bytes` makes.
---@class moondial.Bytes
---@field [1] string the bytes

--- A payload as it is on the wire: what `temporal.payload` makes, `result_type = "raw"` asks for, and what stands in
--- for a value that cannot be decoded where it is shown.
---@class moondial.Payload
---@field metadata table<string, string> its metadata; `encoding` names the format
---@field data string its bytes

local Bytes, Payload = native.metatable("Bytes"), native.metatable("Payload")
function Bytes:__tostring() return ("temporal.bytes(%d bytes)"):format(#self[1]) end
function Payload:__tostring()
  return ("temporal.payload(%s, %d bytes)"):format(self.metadata.encoding or "no encoding", #self.data)
end

return declare.module {
  name = "temporal",
  help = "Connections, values, definitions and errors of Temporal.",
  properties = {
    { name = "version", type = "string", help = "Moondial's version", value = native.version },
  },
  functions = {
    arguments = {
      help = "Reads the command line of a script, by what it may have.",
      notes = [[
Each argument is a table: name, help, and where needed type ("string", "integer", "count", "number", "duration",
"boolean" or "json"), values, default, required. A name such as "--dry-run" is an option's, whose value is dry_run in
the result; others are words in their places, and the last with rest = true takes all that follow. --help explains all,
and a wrong command line ends the program with status 2.]],
      rpc = false, verbatim = true,
      parameters = {
        { name = "declaration", type = "table", position = 1, required = true,
          help = "a list of arguments; its help says what the script does" },
      },
      returns = "a table of the values by name",
      example = [[
local options = temporal.arguments {
  help = "Cancels what a filter matches.",
  { name = "filter", required = true, help = "a list filter" },
  { name = "--limit", type = "count", default = 20, help = "at once" },
}]],
      call = function(a) return require("moondial.arguments").of_script(a.declaration) end,
    },

    bytes = {
      help = "Marks a string as bytes: it is sent as binary/plain instead of as text.",
      rpc = false,
      parameters = { { name = "data", type = "string", position = 1, required = true, help = "the bytes" } },
      returns = "a value to pass as an argument",
      example = "h:signal(\"upload\", temporal.bytes(\"\\xff\\x00\"))",
      call = function(a) return setmetatable({ a.data }, Bytes) end,
    },

    connect = require("moondial.connect"),

    history_from_json = {
      help = "Reads a history from JSON: that of to_json, of the CLI's `workflow show -o json`, or of the Web UI.",
      rpc = false,
      parameters = {
        { name = "workflow_id", type = "string", position = 1, required = true,
          help = "the workflow id, which the text does not have" },
        { name = "text", type = "string", position = 2, required = true, help = "the JSON" },
      },
      returns = "a WorkflowHistory",
      raises = { "ValueError" },
      example = "local history = temporal.history_from_json(\"order-42\", io.read(\"a\"))",
      call = function(a) return native.history_from_json(a.workflow_id, a.text) end,
    },

    is_error = {
      help = "Whether a value is an error of a kind, with certain fields.",
      rpc = false, verbatim = true,
      parameters = {
        { name = "value", type = "any", position = 1, help = "what pcall caught" },
        { name = "kind", type = "string", position = 2, help = "as in \"RPCError\"; without: any error of Temporal's" },
        { name = "fields", type = "table", position = 3, help = "fields that must be equal" },
      },
      returns = "true or false",
      example = "temporal.is_error(e, \"RPCError\", { status = \"NOT_FOUND\" })",
      call = function(a) return errors.is_error(a.value, a.kind, a.fields) end,
    },

    now = {
      help = "Gives the present time.",
      rpc = false,
      returns = "a Timestamp",
      example = "temporal.now() - h:describe().start_time",
      call = function() return timestamp.now() end,
    },

    payload = {
      help = "Makes a payload that is sent as it is.",
      rpc = false,
      parameters = {
        { name = "metadata", type = "metadata", required = true, help = "its metadata; `encoding` names the format" },
        { name = "data", type = "string", default = "", help = "its bytes" },
      },
      returns = "a value to pass as an argument",
      example = "temporal.payload{ metadata = { encoding = \"json/plain\" }, data = \"[1]\" }",
      call = function(a) return setmetatable({ metadata = a.metadata, data = a.data }, Payload) end,
    },

    query_definition = definition.declaration("query"),
    signal_definition = definition.declaration("signal"),
    update_definition = definition.declaration("update"),
    workflow_definition = definition.declaration("workflow"),

    timestamp = {
      help = "Makes a time from RFC 3339 text.",
      rpc = false,
      parameters = {
        { name = "text", type = "string", position = 1, required = true, help = "as in 2026-11-23T12:00:00Z" },
      },
      returns = "a Timestamp",
      raises = { "ValueError" },
      example = "temporal.timestamp(\"2026-11-23T12:00:00Z\") < h:describe().start_time",
      call = function(a)
        local ok, time = pcall(timestamp.parse, a.text)
        if not ok then errors.raise("ValueError", (time:gsub("^[^:]*:%d+: ", ""))) end
        return time
      end,
    },
  },
}
