--- The events of a workflow's history.

local native = require("moondial.native")
local pages = require("moondial.pages")

local M = {}

--- Iterates over the events of a handle's run.
---@param handle any a WorkflowHandle
---@param a table the arguments of fetch_history_events
function M.events(handle, a)
  return pages.new {
    title = ("HistoryEvents(%q)"):format(native.handle_property(handle, "id")),
    next_page_token = a.next_page_token,
    -- A page of a history that is waited for may be long in coming: it is asked for when the loop gets there.
    fetches_ahead = not a.wait_new_event,
    list = "events",
    call = a.wait_new_event and native.history_page or native.fetch_history,
    subject = handle,
    start = function(token)
      a.next_page_token = token
      return native.history_page(handle, a)
    end,
  }
end

return M
