--- Functions that are global in every session.

local check = require("moondial.check")
local declare = require("moondial.declare")

return declare.module {
  name = "globals",
  help = "Functions for the prompt and for scripts, which need no module in front of their names.",
  is_global = true,
  functions = {
    follow = {
      help = "Shows a workflow's history as it goes on, with the runs that it continues as, until it has closed.",
      rpc = false,
      parameters = {
        { name = "handle", type = "any", position = 1, required = true, help = "a WorkflowHandle" },
        { name = "depth", type = "count", default = 0, help = "how many levels of child workflows to follow, too" },
        { name = "output", type = "enum", help = "text; json and jsonl give a line for each event",
          values = { "text", "json", "jsonl", "lua" } },
        { name = "times", type = "enum", help = "the time of day, or the time since the start",
          values = { "iso", "relative" } },
      },
      example = "follow(h, { depth = 1 })",
      call = function(a) return require("moondial.follow").follow(a.handle, a) end,
    },

    show = {
      help = "Prints a value as the prompt shows it: a description as a card, a list as a table, a history as events.",
      rpc = false, verbatim = true,
      parameters = {
        { name = "value", type = "any", position = 1, help = "the value" },
        { name = "output", type = "enum", help = "without: what .output or the option -o says",
          values = { "text", "json", "jsonl", "lua" } },
        { name = "width", type = "count", help = "columns; without: the terminal's, or 80" },
        { name = "times", type = "enum", help = "times in UTC, or relative to now", values = { "iso", "relative" } },
        { name = "expanded", type = "boolean", help = "a card for each record of a list; without: if it is too wide" },
        { name = "columns", type = "list",
          help = "which fields of a list's records, as in { \"id\", \"memo.customer\" }" },
      },
      example = [[
show(h:fetch_history(), { times = "relative" })
show(client:list_workflows(), { columns = { "id", "memo.customer" } })]],
      call = function(a)
        for index, path in ipairs(a.columns or {}) do
          check.value("string", path, "show", ("columns[%d]"):format(index))
        end
        return require("moondial.show").value(a.value, a)
      end,
    },

    watch = {
      help = "Calls a function and shows what it gives, again and again, until Ctrl-C.",
      rpc = false,
      parameters = {
        { name = "every", type = "duration", position = 1, required = true, help = "the time between two calls" },
        { name = "call", type = "function", position = 2, required = true, help = "what to call" },
      },
      example = "watch(2, function() return h:describe() end)",
      call = function(a)
        return require("moondial.watch").watch(a.every, a.call, ("every %gs"):format(a.every))
      end,
    },
  },
}
