--- The guard of production: at the prompt, a call that destroys something, or one of many that change something, is
--- asked about before it is made. Scripts are never asked.

local async = require("moondial.async")
local bulk = require("moondial.bulk")
local declare = require("moondial.declare")
local errors = require("moondial.errors")
local escape = require("moondial.escape")
local native = require("moondial.native")
local progress = require("moondial.show.progress")
local prompt = require("moondial.prompt")
local scheduler = require("moondial.scheduler")
local service = require("moondial.service")

local concat = table.concat
local find, lower, match = string.find, string.lower, string.match
local setmetatable, tostring, type = setmetatable, tostring, type

---@class moondial.guard
local guard = {}

-- So many changes of one entry are few.
local few = 5
local most_named = 3

-- What the entry that is evaluated has done: `count` changes, the `ids` of the first, and whether it `may` go on
-- without further questions, and what `bulk` they are of; nil while the prompt waits.
local current

--- Begins an entry.
---@return any # to be closed at its end
function guard.entry()
  local entry = { count = 0, ids = {}, turn = async.semaphore(1) }
  current = entry
  return setmetatable({}, { __close = function()
    if current == entry then current = nil end
  end })
end

local function refuse(what)
  errors.raise("DeclinedError", what .. " was not done: this is production, and nobody agreed", { traceback = false })
end

local function agrees(question)
  io.stdout:flush()
  local _ <close> = progress.hold()
  local answer = scheduler.call(native.ask, question .. " [y/N] ")
  return answer ~= nil and find(lower(answer), "^%s*y") ~= nil
end

-- One change in production. Of tasks that come at the same time one after the other is asked about.
local function check(what, id, is_destructive)
  local entry = current
  if not entry then refuse(what .. ", by a job while the prompt waits,") end
  local _ <close> = entry.turn:acquire()
  entry.count = entry.count + 1
  if #entry.ids < most_named then entry.ids[#entry.ids + 1] = id end
  if entry.may == nil and entry.bulk then
    entry.may = agrees(("In production: %s, of a bulk of %s. Go on with all?"):format(what, entry.bulk()))
  elseif entry.may == nil and entry.count > few then
    entry.may = agrees(("%d changes in production so far: %s%s. Go on, however many come?"):format(entry.count,
      concat(entry.ids, ", "), entry.count > #entry.ids and ", …" or ""))
  elseif entry.may == nil and is_destructive then
    if not agrees("In production: " .. what .. "?") then refuse(what) end
  end
  if entry.may == false then refuse(what) end
end

-- A bulk is asked about once, before its first change: what it only reads is nobody's concern.
local function before_items(words)
  local entry = current
  if not entry or entry.may ~= nil then return nil end
  entry.bulk = words
  return setmetatable({}, { __close = function() entry.bulk, entry.may = nil, nil end })
end

local function before_change(self, method, arguments)
  local client = method.owner.name == "Client" and self or method.owner.client_of and method.owner.client_of(self)
  local property = client and native.client_property or native.handle_property
  if property(client or self, "read_only") or not prompt.is_production(property(client or self, "production")) then
    return
  end
  local is_destructive = method.destructive
  if type(is_destructive) == "function" then is_destructive = is_destructive(arguments) end
  if method.words then
    local words = method.words(self, arguments)
    return check(words, words, is_destructive)
  end
  local subject = method.subject and method.subject(arguments)
  local id = arguments.id
  if method.owner.name == "WorkflowHandle" then id = native.handle_property(self, "id") end
  id = subject or escape.quote(id)
  check(("%s of %s"):format(method.name, subject or "workflow " .. id), id, is_destructive)
end

-- The verbs of RPCs that end or undo something; a batch does so to many.
local verbs = { "^terminate_", "^delete_", "^reset_", "^remove_", "^request_cancel_", "^deprecate_", "batch" }

local function is_destructive_rpc(name, request)
  for _, verb in ipairs(verbs) do
    if find(name, verb) then return true end
  end
  -- A policy of a start, wherever it is in the request; by number, as the API counts.
  for key, value in pairs(request) do
    if type(value) == "table" then
      if is_destructive_rpc("", value) then return true end
    elseif match(tostring(value), "TERMINATE_") or key == "workflow_id_conflict_policy" and value == 3
      or key == "workflow_id_reuse_policy" and value == 4 then
      return true
    end
  end
  return false
end

local function before_call(client, of, name, request)
  local property = native.client_property
  if property(client, "read_only") or not prompt.is_production(property(client, "production")) then return end
  if native.only_reads(client, of, name) then return end
  local execution = request.workflow_execution or request.execution
  local id = request.workflow_id or type(execution) == "table" and execution.workflow_id
  id = id and escape.quote(tostring(id))
  check(id and ("%s of workflow %s"):format(name, id) or name, id or name, is_destructive_rpc(name, request))
end

--- From now on calls are asked about.
function guard.install()
  bulk.before_items = before_items
  declare.before_change = before_change
  service.before_call = before_call
end

return guard
