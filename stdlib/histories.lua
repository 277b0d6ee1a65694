--- The histories of the workflows that an iterator gives: what `map_histories` makes of it.

local declare = require("moondial.declare")
local errors = require("moondial.errors")
local native = require("moondial.native")
local scheduler = require("moondial.scheduler")
local waits = require("moondial.scheduler.waits")

local remove, setmetatable = table.remove, setmetatable

local M = {}

-- Workflows whose histories are fetched or were not asked for yet, in their order: each with `handle`, and `operation`
-- where one is under way.
local Histories = { __name = "Histories" }
Histories.__index = Histories

local fields = { event_filter_type = "enum", skip_archival = "boolean", concurrency = "count",
  rpc_metadata = "metadata", rpc_timeout = "duration" }

-- What a task waits for is read off this frame.
local function await_history(_call, ...)
  local _, operation = ...
  local history = scheduler.await(operation)
  return history
end
waits.add_caller(await_history)

local function release(self)
  for _, entry in ipairs(self.queue) do
    local operation = entry.operation
    entry.operation = nil
    if operation then scheduler.discard(operation) end
  end
end

-- No operation outlives its task. Another task may go on with the iterator, and fetches again what was under way.
local function own(self)
  if self.owned then return end
  self.owner, self.owned = scheduler.current(), scheduler.own(function()
    self.owned = nil
    release(self)
  end)
end

-- Begins to fetch as many histories as are to be under way at once.
local function fill(self)
  while not self.finished and #self.queue < self.concurrency do
    local execution = self.pages()
    if execution == nil then
      self.finished = true
    else
      local handle = native.workflow_handle(self.client, { workflow_id = execution.id, run_id = execution.run_id })
      self.queue[#self.queue + 1] = { handle = handle }
    end
  end
  own(self)
  for _, entry in ipairs(self.queue) do
    entry.operation = entry.operation or native.fetch_history(entry.handle, self.options)
  end
end

function Histories:__call()
  if self.closed then return nil end
  fill(self)
  local entry = remove(self.queue, 1)
  if not entry then
    self:close()
    return nil
  end
  return await_history(native.fetch_history, entry.handle, entry.operation)
end

--- Releases the calls that are under way; the iterator gives nothing more.
function Histories:close()
  self.closed = true
  release(self)
  self.queue = {}
  self.pages:close()
  if self.owned then
    scheduler.disown(self.owned, self.owner)
    self.owned, self.owner = nil, nil
  end
end
Histories.__close = Histories.close

function Histories:__tostring() return "Histories of " .. tostring(self.pages) end

--- Makes the iterator.
---@param pages moondial.Pages of executions
---@param client any
---@param options table? event_filter_type, skip_archival, concurrency, rpc_metadata, rpc_timeout
---@return any # iterator, nil, nil, closer: what a generic `for` takes
function M.new(pages, client, options)
  local checked = declare.record("map_histories", options or {}, fields)
  if checked.concurrency == 0 then errors.raise("ValueError", "map_histories: concurrency must be at least 1") end
  local histories = setmetatable({
    pages = pages, client = client, options = checked, concurrency = checked.concurrency or 4, queue = {},
  }, Histories)
  return histories, nil, nil, histories
end

return M
