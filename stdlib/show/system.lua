--- The card and the columns of what a server can.

local brief = require "moondial.show.brief"
local card = require "moondial.show.card"
local column = require "moondial.show.column"

---@class moondial.show.system
local M = {}

--- The card of a SystemInfo.
---@param system moondial.SystemInfo
---@param context table
---@param put fun(line: string)
function M.lay_out(system, context, put)
  local c = card.new()
  c:row("Server", brief.text(system.server_version))
  c:values("Capabilities", system.capabilities)
  c:lay_out(context, put)
end

--- The columns of servers.
---@return moondial.show.Column[]
function M.columns() return { column.field("Server", "server_version") } end

return M
