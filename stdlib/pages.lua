--- Lazy iterators over pages: nothing is sent before the first step, one page at most is fetched ahead, and the call
--- that fetches it is released when the loop ends early.

local errors = require("moondial.errors")
local native = require("moondial.native")
local new_semaphore = require("moondial.async.semaphore")
local scheduler = require("moondial.scheduler")
local waits = require("moondial.scheduler.waits")

local setmetatable, rawget = setmetatable, rawget

local M = {}

--- What `list_workflows` and `fetch_history_events` give: an iterator for a generic `for` that fetches page by page.
--- Nothing is sent before the first step; leaving the loop releases the call that is under way.
---     for w in client:list_workflows() do print(w.id) end
---@class moondial.Pages
---@field next_page_token string? where the page after the current one begins; nil before the first and after the last
---@field current_page any[]? the items of the current page, as the server sent them
local Pages = { __name = "Pages" }

local function refuse()
  errors.raise("TypeError", "this is an iterator, not a list: loop over it with `for item in …`")
end
Pages.__len, Pages.__pairs = refuse, refuse

function Pages.__index(_, key)
  if type(key) == "number" then
    refuse()
  end
  return Pages[key]
end

-- What a task waits for is read off this frame.
local function await_page(_call, ...)
  local _, operation = ...
  local items, token, message = scheduler.await(operation)
  return items, token, message
end
waits.add_caller(await_page)

--- Fetches the next page, and makes it the current one.
---     while pages:fetch_next_page() do print(#pages.current_page) end
---@return boolean # whether there was one
function Pages:fetch_next_page()
  local operation = rawget(self, "ahead")
  if not operation then
    if self.finished then return false end
    operation = self.start(self.next_page_token, self.left)
  end
  self.ahead = nil
  local items, token, message = await_page(self.call, self.subject, operation)
  if self.closed then return false end
  if self.read then items, token, message = self.read(items, token) end
  self.current_page, self.position, self.next_page_token, self.message = items, 0, token, message
  self.finished = token == nil
  return true
end

local function release(self)
  local operation = self.ahead
  if operation then
    self.ahead = nil
    scheduler.discard(operation)
  end
end

-- The page after this one is fetched while the loop works on this one. No operation outlives its task, so the task owns
-- it; another task may go on with the iterator, and fetches the page again.
local function fetch_ahead(self)
  if self.fetches_ahead and not self.finished and not self.ahead then
    if not self.owned then
      self.owner, self.owned = scheduler.current(), scheduler.own(function()
        self.owned = nil
        release(self)
      end)
    end
    self.ahead = self.start(self.next_page_token)
  end
end

-- Of the tasks that share an iterator one fetches, and the others wait for its page.
local function turn_page(self)
  local page = self.current_page
  local _ <close> = self.turn:acquire()
  return self.current_page ~= page or self:fetch_next_page()
end

function Pages:__call()
  while self.left ~= 0 do
    local position = self.position + 1
    local item = self.current_page and self.current_page[position]
    if item ~= nil then
      self.position = position
      if position == 1 then fetch_ahead(self) end
      if self.left then self.left = self.left - 1 end
      local map = self.map
      return map and map(item, position, self.message) or item
    end
    if not turn_page(self) then
      self:close()
      return nil
    end
  end
end

--- Releases the call that fetches ahead; the iterator gives nothing more.
---     pages:close()
function Pages:close()
  self.closed, self.finished, self.current_page = true, true, nil
  release(self)
  if self.owned then
    scheduler.disown(self.owned, self.owner)
    self.owned, self.owner = nil, nil
  end
end
Pages.__close = Pages.close

--- Goes on to the histories of the workflows: an iterator over WorkflowHistory, in the order of the workflows.
---
--- Nothing is sent before the first step.
---     for h in client:list_workflows():map_histories() do print(h) end
---@param options? table event_filter_type, which is "ALL_EVENT" or "CLOSE_EVENT", skip_archival, concurrency, which is
---  how many are fetched at once (4 without), rpc_metadata and rpc_timeout
---@return any # an iterator over WorkflowHistory
function Pages:map_histories(options)
  if not self.of_executions then
    errors.raise("TypeError", "map_histories is for workflows, as in client:list_workflows():map_histories()")
  end
  return require("moondial.histories").new(self, self.subject, options)
end

--- What is left of the current page, which is fetched where there is none yet. The iterator stays where it is.
---@package
---@return any[] items
---@return boolean has_more whether there is more behind it
function Pages:peek()
  if not self.current_page and not self.finished then turn_page(self) end
  local page, map, items = self.current_page or {}, self.map, {}
  for position = self.position + 1, #page do
    if #items == self.left then break end
    items[#items + 1] = map and map(page[position], position, self.message) or page[position]
  end
  return items, not self.finished and #items ~= self.left
end

--- What is shown as JSON for the item that was given last.
---@package
---@param item any that item
---@return any
function Pages:json(item)
  if self.map or not self.message then return item end
  return native.message_json(self.message, self.list, self.position)
end

--- Passes over what is left of the current page, and makes the next one the current.
---@package
function Pages:pass_page()
  if self.left then self.left = self.left - math.min(self.left, #(self.current_page or {}) - self.position) end
  if self.left == 0 or not turn_page(self) then self:close() end
end

--- About how many items there are, asked of the server; nil where it does not tell.
---@package
---@return integer?
function Pages:count()
  local count = self.counts and self.counts()
  return count and self.left and math.min(count, self.left) or count
end

function Pages:__tostring() return self.title end

--- Makes an iterator for a generic `for`.
---@param options table start = function(token, limit) → operation whose results are the items, the next token and the
---  message that has the items; call = and subject =, the native function that it stands for and that one's first
---  argument; title =; map = function(item, position, message), or list =, the field of the message that has the items;
---  read = function(…), which makes these three of other results; limit = number?, next_page_token = string?,
---  fetches_ahead = boolean, of_executions = boolean, count = function() → about how many there are
---@return moondial.Pages # iterator, nil, nil, closer: what a generic `for` takes
function M.new(options)
  local pages = setmetatable({
    start = options.start,
    call = options.call,
    subject = options.subject,
    map = options.map,
    counts = options.count,
    list = options.list,
    of_executions = options.of_executions,
    read = options.read,
    title = options.title,
    left = options.limit,
    fetches_ahead = options.fetches_ahead,
    next_page_token = options.next_page_token,
    position = 0,
    finished = false,
    turn = new_semaphore(1),
  }, Pages)
  if pages.left and pages.left < 0 then errors.raise("ValueError", "limit must not be negative") end
  return pages, nil, nil, pages
end

return M
