--- Client-side bulk: calls a function for many items, so many at once and so many a second; collects what fails, keeps
--- a file of what is done, and goes on from it.

local async = require("moondial.async")
local await = require("moondial.scheduler.await")
local declare = require("moondial.declare")
local errors = require("moondial.errors")
local escape = require("moondial.escape")
local native = require("moondial.native")
local new_pace = require("moondial.async.pace")
local new_semaphore = require("moondial.async.semaphore")
local progress = require("moondial.show.progress")
local records = require("moondial.bulk.record")
local results = require("moondial.bulk.result")
local scheduler = require("moondial.scheduler")
local tasks = require("moondial.scheduler.tasks")

local concat, getmetatable, math_type, min, pcall = table.concat, debug.getmetatable, math.type, math.min, pcall
local rawequal, rawget, setmetatable, tostring, type, xpcall =
  rawequal, rawget, setmetatable, tostring, type, xpcall

local M = {}

--- What is called before the first item is done: function(words), where words() tells how many there are and which are
--- the first. What it gives is closed at the end. nil where nobody is to be asked.
---@type function?
M.before_items = nil

local function refuse(problem) errors.raise("TypeError", "temporal.bulk: " .. problem) end

-- The id of an item, and its run where it is one run of a workflow.
local function id_of(item)
  if type(item) == "string" or math_type(item) == "integer" then
    return tostring(item)
  elseif declare.types.WorkflowHandle.is(item) then
    return native.handle_property(item, "id"), native.handle_property(item, "run_id")
  elseif type(item) == "table" then
    return rawget(item, "id") or rawget(item, "workflow_id"), rawget(item, "run_id")
  end
end

local function check_id(id, run_id)
  if math_type(id) == "integer" then id = tostring(id) end
  if type(id) ~= "string" or run_id ~= nil and type(run_id) ~= "string" then
    refuse("an item has no id; give key = function(item) … end, which returns one, and a run id if it has one")
  end
  return id, run_id
end

-- The next item by a function, how many there are where that is known, and what counts them where it can be asked.
local function source_of(items)
  local metatable = getmetatable(items)
  if type(items) == "table" and not (metatable and rawget(metatable, "__call")) then
    local position, n = 0, items.n or #items
    return function()
      position = position + 1
      return items[position]
    end, n
  elseif type(items) ~= "table" and type(items) ~= "function" then
    refuse("a list or an iterator expected, got " .. type(items))
  end
  local turn, is_over = new_semaphore(1), false
  local function next_item()
    local _ <close> = turn:acquire()
    if is_over then return nil end
    local item = items()
    is_over = item == nil
    return item
  end
  local is_pages = metatable and rawget(metatable, "__name") == "Pages"
  return next_item, nil, is_pages and function() return items:count() end or nil
end

local seconds_to_count = 3
local most_named = 3

-- What a bulk is about, for as long as it runs.
local Bulk = {}
Bulk.__index = Bulk

-- The store may be slow to count, or not be able to.
function Bulk:count()
  if self.total or not self.ask_count then return end
  local ask = self.ask_count
  self.ask_count = nil
  local ok, count = pcall(async.timeout, seconds_to_count, ask)
  if ok then self.total = count end
end

-- How many items there are, and the first of them.
function Bulk:words()
  self:count()
  local total, named = self.total, {}
  for index = 1, #self.first do named[index] = escape.quote(self.first[index]) end
  local more = total and total > #named or not total
  return ("%s item%s (%s%s)"):format(total or "an unknown number of", total == 1 and "" or "s", concat(named, ", "),
    more and ", …" or "")
end

function Bulk:show()
  local result = self.result
  local ended = self.dry_run and result.total or result.done + result.failed + result.skipped
  self.bar:set(ended, self.total, result.failed)
end

function Bulk:record(entry)
  if self.file then self.file:write(entry) end
end

-- One item, after its turn has come.
function Bulk:do_one(item, index, id, run_id)
  local result = self.result
  local ok, value = xpcall(self.call, tasks.handler, item, index)
  if not ok and rawequal(value, async.cancelled()) then
    self.cut_short = self.cut_short + 1
    self:record { id = id, run_id = run_id, ok = false, error = { kind = value.kind, message = "it was cut short" } }
    error(value, 0)
  elseif not ok and errors.is_error(value, "DeclinedError") then
    error(value, 0)
  elseif ok then
    result.done = result.done + 1
    self:record { id = id, run_id = run_id, ok = true, value = value }
  else
    results.add_error(result, self.groups, id, run_id, value)
    self:record { id = id, run_id = run_id, ok = false,
      error = { kind = type(value) == "table" and value.kind or nil, message = errors.line(value) } }
  end
end

function Bulk:work()
  local result, key, done = self.result, self.key, self.done
  while true do
    -- What catches its cancellation must not keep the others from it.
    scheduler.check()
    local item = self.next_item()
    if item == nil then return end
    local id, run_id = check_id(key(item))
    local index = result.total + 1
    result.total = index
    if done[records.key(id, run_id)] then
      result.skipped = result.skipped + 1
    elseif self.dry_run then
      results.add_id(result, id)
    else
      if #self.first < most_named then self.first[#self.first + 1] = id end
      if self.pace then self.pace:wait() end
      self:do_one(item, index, id, run_id)
    end
    self:show()
  end
end

-- Said when it ends before its time, by Ctrl-C or by an error of the iterator.
function Bulk:tell()
  local path = self.file and self.file.path
  local text = "bulk: it has not come to its end: " .. results.words(self.result, self.total)
  if self.cut_short > 0 then text = text .. (", %d cut short"):format(self.cut_short) end
  io.stderr:write(text, path and ("; resume = %s goes on from here\n"):format(escape.quote(path))
    or self.result.total == 0 and "\n" or "; nothing was saved to resume from, save = \"FILE\" would\n")
end

function Bulk:run(limit)
  local began = await.now()
  local bar <close> = progress.new(self.dry_run and "dry run" or "bulk")
  self.bar = bar
  self:show()
  async.scope(function(scope)
    local helper = bar.is_shown and scope:spawn("progress", function()
      scope:spawn("count", self.count, self)
      bar:follow()
    end)
    async.scope(function(workers)
      for _ = 1, limit do workers:spawn(self.work, self) end
    end)
    if helper then scope:cancel("it is done") end
  end)
  self.result.seconds = await.now() - began
end

local options = {
  { name = "limit", type = "count", default = 16, help = "how many at once" },
  { name = "rate", type = "number", help = "how many a second are begun at most" },
  { name = "key", type = "function",
    help = "gives an item's id, and its run id if it has one; without: those of handles, executions and texts" },
  { name = "save", type = "string",
    help = "a file to write a line of JSON to for each item as it ends: id, run_id, ok, value or error" },
  { name = "resume", type = "string",
    help = "such a file: what it says is done is skipped; it is written on, or copied to another one to save to" },
  { name = "dry_run", type = "boolean", help = "only count what there is to do" },
}

--- The declaration of `temporal.bulk`.
M.declaration = {
  help = "Calls a function for many items, several at once, and gives counts and the errors, which it does not raise.",
  notes = [[
The items are a list, or an iterator such as client:list_workflows(…), which is read as it goes, so that memory does not
grow with it. On a terminal a line tells how far it is. Ctrl-C begins no more of them and cuts short what is under way;
that is done again when it is resumed, and so is what failed. In production the prompt asks once, before the first
change.]],
  rpc = false, verbatim = true,
  parameters = {
    { name = "items", type = "any", position = 1, required = true, help = "a list or an iterator" },
    { name = "call", type = "function", position = 2, required = true,
      help = "function(item, index), which is called for each" },
    table.unpack(options),
  },
  returns = "a BulkResult: total, done, failed, skipped, errors, seconds",
  example = [[
temporal.bulk(client:list_workflows("WorkflowType = 'Order'"), function(w)
  client:get_workflow_handle(w.id):signal("remind")
end, { limit = 50, rate = 100, save = "reminded.jsonl" })]],
  call = function(a)
    if a.limit < 1 then refuse("limit must be a whole number of at least 1") end
    if a.rate and (a.rate ~= a.rate or a.rate <= 0) then refuse("rate must be above 0") end
    local next_item, total, ask_count = source_of(a.items)
    local done, file = records.open(a.save, a.resume, not a.dry_run)
    local _ <close> = file
    local bulk = setmetatable({
      call = a.call, key = a.key or id_of, next_item = next_item, total = total, ask_count = ask_count, done = done,
      file = file, dry_run = a.dry_run, pace = a.rate and new_pace(a.rate), result = results.new(), groups = {},
      first = {}, cut_short = 0,
    }, Bulk)
    local result = bulk.result
    if a.dry_run then result.dry_run = true end
    result.saved = file and file.path
    local is_whole = false
    local _ <close> = setmetatable({}, { __close = function() if not is_whole then bulk:tell() end end })
    do
      local _ <close> = M.before_items and not a.dry_run and M.before_items(function() return bulk:words() end) or nil
      bulk:run(total and min(a.limit, total) or a.limit)
    end
    is_whole = true
    table.sort(result.errors, function(x, y) return x.count > y.count end)
    return result
  end,
}

return M
