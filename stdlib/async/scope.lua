--- Scopes: tasks that end before the block that spawned them.

local cancel = require "moondial.scheduler.cancel"
local errors = require "moondial.errors"
local shared = require "moondial.scheduler.state"
local tasks = require "moondial.scheduler.tasks"

local error, getmetatable, setmetatable, type, xpcall = error, getmetatable, setmetatable, type, xpcall
local CLOSING, SCOPE = shared.CLOSING, shared.SCOPE

-- A region of its owner's code, and a wait queue for its owner.

--- Tasks that end before the block that spawned them.
---@class moondial.Scope
---@field private children moondial.Task[]  in the order in which they were spawned; false where one has ended
---@field private count integer  the places in use in `children`
---@field private live integer  the children that have not ended
---@field private failure any  the first failure, the one that is raised
local Scope = { __name = "Scope" }
Scope.__index = Scope

---@class moondial.async.scope
local scope = { Scope = Scope }

local function is_callable(value)
  return type(value) == "function" or (getmetatable(value) or {}).__call ~= nil
end

local function new()
  return tasks.own(setmetatable({ children = {}, count = 0, live = 0, owner = shared.current,
    sheltered = cancel.is_sheltered() }, Scope))
end

local function open(what)
  if not shared.current then
    error(what .. " outside of a task", 3)
  end
  cancel.check()
  local self = new()
  cancel.enter(self)
  return self
end

--- A scope that is no region of its owner's code: nothing in it cancels the owner. To be ended by `abort`.
---@return moondial.Scope
function scope.open_detached()
  local self = new()
  self.detached = true
  return self
end

--- Spawns a child, from a place given by the caller.
---@param self moondial.Scope
---@param site string
---@param name string?
---@param fn function
---@return moondial.Task
function scope.spawn(self, site, name, fn, ...)
  local child = tasks.spawn(self, site, name, fn, ...)
  child.cancelled = self.cancelled or self.closing or not self.sheltered and self.owner.cancelled or nil
  return child
end

--- Spawns a task as a child of the scope. It starts when the caller is next suspended.
---     local task = scope:spawn("the order", h.result, h)
---@param first string|function a name for messages, if wanted, and then the function
---@param ... any the function, after a name, and its arguments
---@return moondial.Task # the Task
function Scope:spawn(first, ...)
  local fn = first
  if type(first) == "string" then
    fn = ...
  end
  if self.closed then
    error("the scope has ended", 2)
  elseif not is_callable(fn) then
    error("bad argument to 'spawn' (function expected, got " .. type(fn) .. ")", 2)
  end
  if type(first) == "string" then
    return scope.spawn(self, tasks.site(2), first, ...)
  end
  return scope.spawn(self, tasks.site(2), nil, first, ...)
end

-- Cancels the children and the body.
local function stop(self, marker)
  if self.cancelled then
    return
  elseif self.detached then
    self.cancelled = marker
    if self.is_whole then
      cancel.task(self.owner, marker)
    end
  else
    cancel.region(self, marker)
  end
  cancel.children(self, marker)
end

--- Cancels the children, and what is left of the body: `async.scope` then returns nothing.
---     scope:cancel("the first answer is enough")
---@param reason? string why, for the message of the error that it raises in them
function Scope:cancel(reason)
  if not self.closed then
    stop(self, errors.new("CancelledError", reason or "the scope was cancelled", { traceback = false }))
  end
end

--- A child, or the body, has failed: the first failure cancels the rest, the others are kept in its `also`.
---@package
---@param reason any
function Scope:failed(reason)
  if self.failure ~= nil then
    errors.add_also(self.failure, reason)
    return
  end
  self.failure = reason
  stop(self, errors.new("CancelledError", "another task of the scope failed", { cause = reason, traceback = false }))
end

local function body_failed(self, reason)
  if rawequal(reason, self.cancelled) then
    return
  elseif rawequal(reason, cancel.cancellation(shared.current)) then
    -- Meant for a region or task further out, which will raise it on.
    self.closing = reason
    cancel.children(self, reason)
  else
    self:failed(reason)
  end
end

-- Waits for the children. When the owner is cancelled, so are they, and they are waited for all the same.
local function drain(self)
  while self.live > 0 do
    local marker = cancel.cancellation(shared.current)
    if marker and not self.cancelled and not self.closing then
      self.closing = marker
      cancel.children(self, marker)
    end
    cancel.wait_in(self, marker and CLOSING or SCOPE, "the tasks of a scope")
  end
  self.closed = true
  if not self.detached then
    cancel.exit(self)
  end
  tasks.disown(self, self.owner)
end

local function leave(self, ok, ...)
  if not ok then
    body_failed(self, (...))
  end
  drain(self)
  if self.failure ~= nil then
    error(self.failure, 0)
  end
  cancel.check()
  if ok then
    return ...
  elseif not rawequal((...), self.cancelled) then
    error((...), 0)
  end
end

--- Runs `fn(scope)`, waits for all tasks spawned in the scope, and returns what the function returned.
--- The first failure, of a child or of the function, cancels the others, and is raised once they have ended.
---     async.scope(function(scope)
---       for _, h in ipairs(handles) do scope:spawn(h.cancel, h) end
---     end)
---@param fn fun(scope: moondial.Scope, ...): any what to call
---@param ... any its arguments, after the scope
---@return any ... # what `fn` returns
function scope.run(fn, ...)
  local self = open("async.scope")
  return leave(self, xpcall(fn, tasks.handler, self, ...))
end

--- The same for a function that is all of its task, and does not know its scope. It is no region of the task, whose
--- awaits would be slower for it.
---@param tell fun(scope: moondial.Scope) is told it
---@param fn function
---@return any ... # what `fn` returns
function scope.run_whole(tell, fn, ...)
  local self = scope.open_detached()
  self.is_whole = true
  tell(self)
  return leave(self, xpcall(fn, tasks.handler, ...))
end

--- Opens a scope for the rest of a block. Leaving the block waits for the tasks; leaving it by an error cancels them.
--- A scope that is not closed so is closed when its task ends.
---     local scope <close> = async.open_scope()
---@return moondial.Scope # a Scope
function scope.open()
  return open("async.open_scope")
end

--- Cancels what is left of a detached scope and waits for it.
---@param self moondial.Scope
function scope.abort(self)
  if not self.closed then
    self:cancel("its results are not wanted any more")
    drain(self)
  end
end

function Scope:__close(reason)
  if self.closed then
    return
  elseif self.detached then
    return scope.abort(self)
  end
  local wrapped = nil
  if reason ~= nil then
    wrapped = errors.wrap(reason)
    body_failed(self, wrapped)
  end
  drain(self)
  local failure = self.failure
  -- The error that is being raised goes on by itself, unless it must be replaced or says less.
  if failure ~= nil and (not rawequal(failure, wrapped) or type(failure) == "table" and failure.also) then
    error(failure, 0)
  elseif reason == nil then
    cancel.check()
  end
end

function Scope:__tostring()
  return ("Scope(%s)"):format(self.closed and "ended" or self.live .. (self.live == 1 and " task" or " tasks"))
end

return scope
