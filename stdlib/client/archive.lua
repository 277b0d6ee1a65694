--- Workflows that the server has moved to its archive.

local description = require("moondial.description")
local escape = require("moondial.escape")
local native = require("moondial.native")
local rpc = require("moondial.client.rpc")

return {
  list_archived_workflows = {
    help = "Iterates over the workflows in the server's archive that a query matches.",
    notes = [[
What a query may be depends on where the archive is: mostly text such as CloseTime >= '2026-01-01T00:00:00Z'. A server
without an archive of what lists say answers with an RPCError.]],
    parameters = {
      { name = "query", type = "query", position = 1, completes = "list_filter",
        help = "a list filter, as text or as a table; without: all" },
      table.unpack(rpc.page_parameters(1000)),
    },
    returns = "an iterator (Pages) of WorkflowExecution: id, run_id, status, workflow_type, start_time, …",
    example = "for w in client:list_archived_workflows() do print(w.id) end",
    call = function(self, a)
      local namespace = native.client_property(self, "namespace")
      local request = { namespace = namespace, query = a.query }
      return rpc.pages(self, "workflow", "list_archived_workflow_executions", request, a, {
        title = ("ArchivedWorkflows(%s)"):format(escape.quote(a.query or "")), list = "executions",
        map = function(info, position, page) return description.execution(info, namespace, page, position) end,
      })
    end,
  },
}
