--- What the methods of a client are made of that are no more than an RPC or two.

local call = require("moondial.scheduler").call
local errors = require("moondial.errors")
local native = require("moondial.native")
local pages = require("moondial.pages")

---@class moondial.client.rpc
local M = {}

local function options_of(a) return { rpc_metadata = a.rpc_metadata, rpc_timeout = a.rpc_timeout } end

--- The namespace that a call is about.
---@param client any
---@param a table the call's arguments
---@return string
function M.namespace(client, a) return a.namespace or native.client_property(client, "namespace") end

--- Calls an RPC.
---@param client any
---@param service "workflow"|"operator"|"health"
---@param name string of the RPC, in snake_case
---@param request table by the API's field names
---@param a table the call's arguments: rpc_metadata, rpc_timeout
---@return table response
---@return any message that it was made of
function M.call(client, service, name, request, a)
  return call(native.call_service, client, service, name, request, options_of(a))
end

--- Refuses a change by a client that only reads, before anything is read for it.
---@param client any
---@param name string of the RPC
function M.check_may_change(client, name)
  if native.client_property(client, "read_only") then
    errors.raise("ReadOnlyError", ("this client is read-only, and %s changes the server's state"):format(name))
  end
end

--- An iterator over what an RPC lists.
---@param client any
---@param service "workflow"|"operator"
---@param name string of the RPC, in snake_case
---@param request table
---@param a table the call's arguments; of them page_size, limit and next_page_token, too
---@param options {title: string, list: string, map: fun(item: table, position: integer, message: any): any} `list`: the
---  field of the response that has the items
---@return moondial.Pages # iterator, nil, nil, closer
function M.pages(client, service, name, request, a, options)
  local page_size = a.page_size
  return pages.new {
    title = options.title,
    limit = a.limit,
    next_page_token = a.next_page_token,
    map = options.map,
    fetches_ahead = a.limit == nil,
    call = native.call_service,
    subject = client,
    of_executions = options.list == "executions",
    read = function(response, message) return response[options.list] or {}, response.next_page_token, message end,
    start = function(token, limit)
      request.next_page_token = token
      request.page_size = page_size and limit and limit < page_size and limit or page_size
      return native.call_service(client, service, name, request, options_of(a))
    end,
  }
end

--- The parameters of an iterator.
---@param page_size integer? how many items a page has if nothing is said; without: as many as the server likes
---@return table[]
function M.page_parameters(page_size)
  return {
    { name = "limit", type = "count", help = "how many at most" },
    { name = "page_size", type = "count", default = page_size, help = "how many per page" },
    { name = "next_page_token", type = "string", help = "where to begin: another iterator's next_page_token" },
  }
end

return M
