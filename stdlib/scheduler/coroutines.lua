--- Coroutines that let awaits pass through: a user's own coroutine may await as if it were not there.
--
-- A task suspends by yielding TOKEN. When a coroutine that the user resumed yields it, the replaced `resume` yields it
-- on outward, up to the scheduler, and resumes the inner coroutine when it is resumed itself. The user sees none of
-- it; plain yields go where they always went. Where the outer coroutine cannot yield (inside table.sort, say), the
-- inner one is pinned: what it awaits is waited for in place.

local errors = require "moondial.errors"

local co_close, co_create, co_isyieldable = coroutine.close, coroutine.create, coroutine.isyieldable
local co_resume, co_running, co_status, co_yield =
  coroutine.resume, coroutine.running, coroutine.status, coroutine.yield
local error, ipairs, pairs, setmetatable, type, xpcall = error, ipairs, pairs, setmetatable, type, xpcall
local getinfo, raw_traceback = debug.getinfo, debug.traceback
local concat = table.concat

local resumed_by = "\n\t(resumed by)\n"

---@class moondial.scheduler.coroutines
local coroutines = {}

-- A function, not a table: comparing with it can call no __eq of a user's value.
local function TOKEN() end
coroutines.TOKEN = TOKEN

-- While a coroutine is resumed, also while it waits in an await: who resumed it, and whom it resumed.
local weak = { __mode = "k" }
local resumer = setmetatable({}, weak)
local resumed = setmetatable({}, weak)
coroutines.resumers = resumer
-- Coroutines below which some frame cannot yield. Set anew at each resume, so that an error raised by a hook at the
-- wrong moment leaves nothing behind for long.
local pinned = setmetatable({}, weak)
coroutines.pinned = pinned
-- Bodies of tasks that a user got hold of through coroutine.running.
local bodies = setmetatable({}, weak)

--- Makes `resume` the primitive for every resume; the stock one until then.
---@param resume function
function coroutines.attach(resume)
  co_resume = resume
end

--- Whether the running coroutine can be suspended up to the scheduler. The hot paths have this written out.
---@return boolean
function coroutines.can_suspend()
  return co_isyieldable() and not pinned[co_running()]
end

--- The coroutine in which a task with this body waits or runs.
---@param body thread
---@return thread
function coroutines.innermost(body)
  while resumed[body] do
    body = resumed[body]
  end
  return body
end

local function check_thread(co, name)
  if type(co) ~= "thread" then
    error("bad argument #1 to '" .. name .. "' (coroutine expected)", 3)
  end
end

local function unlink(outer, co, ...)
  resumer[co], resumed[outer], pinned[co] = nil, nil, nil
  return ...
end

local function link(outer, co)
  resumer[co], resumed[outer] = outer, co
  pinned[co] = (pinned[outer] or not co_isyieldable()) or nil
end

local function relay(outer, co, ok, ...)
  if ok and (...) == TOKEN then
    return relay(outer, co, co_resume(co, co_yield(TOKEN)))
  end
  return unlink(outer, co, ok, ...)
end

--- `coroutine.resume`, through which awaits pass.
function coroutines.resume(co, ...)
  check_thread(co, "resume")
  if resumer[co] or bodies[co] then
    return false, "cannot resume non-suspended coroutine"
  end
  local outer = co_running()
  if outer == co then
    return false, "cannot resume non-suspended coroutine"
  end
  link(outer, co)
  return relay(outer, co, co_resume(co, ...))
end
local resume = coroutines.resume

--- `coroutine.close`. What the closers await is waited for in place.
function coroutines.close(co)
  check_thread(co, "close")
  if resumer[co] or bodies[co] then
    error("cannot close a " .. coroutines.status(co) .. " coroutine", 2)
  end
  local outer = co_running()
  if outer == co then
    error("cannot close a running coroutine", 2)
  end
  if co_status(co) == "normal" then
    error("cannot close a normal coroutine", 2)
  end
  link(outer, co)
  return unlink(outer, co, co_close(co))
end

local function finished(ok, ...)
  if not ok then
    error((...), 0)
  end
  return ...
end

-- Called in tail position, so that level 2 is whoever called the wrapped function.
local function unwrap(co, ok, ...)
  if not ok then
    -- Resuming failed: as in stock Lua, the caller's position goes before the message. Or not even xpcall caught it.
    local closed, value = true, nil
    if co_status(co) == "dead" then
      closed, value = co_close(co)
    end
    error(closed and (...) or value, closed and 2 or 0)
  elseif co_status(co) ~= "dead" then
    return ...
  end
  return finished(...)
end

local function keep_traceback(value)
  errors.note(value, coroutines.traceback(co_running()))
  return value
end

--- `coroutine.wrap`. Errors pass through unmodified, with the traceback of the coroutine that raised them.
--- The body runs under xpcall: the closers of a body that fails run while its coroutine can still be suspended.
function coroutines.wrap(f)
  if type(f) ~= "function" then
    error("bad argument #1 to 'wrap' (function expected)", 2)
  end
  local co, started = co_create(xpcall), false
  return function(...)
    if started then
      return unwrap(co, resume(co, ...))
    end
    started = true
    return unwrap(co, resume(co, f, keep_traceback, ...))
  end
end

--- `coroutine.status`: a coroutine waiting in an await is as good as running.
function coroutines.status(co)
  check_thread(co, "status")
  local status = co_status(co)
  if status == "suspended" and (resumer[co] or bodies[co]) then
    return "normal"
  end
  return status
end

--- `coroutine.running`: the body of a task is a main coroutine to the user.
function coroutines.running()
  local co, is_main = co_running()
  if not is_main and not resumer[co] then
    bodies[co] = true
    return co, true
  end
  return co, is_main
end

--- `coroutine.isyieldable`: false at the level of a task, as nobody would take what is yielded.
function coroutines.isyieldable(co)
  if co ~= nil then
    check_thread(co, "isyieldable")
    return co_isyieldable(co) and not bodies[co]
  end
  return co_isyieldable() and resumer[co_running()] ~= nil
end

--- `coroutine.yield`; at the level of a task a named error.
function coroutines.yield(...)
  local co, is_main = co_running()
  if not is_main and not resumer[co] then
    error(coroutines.stray_yield(), 0)
  end
  return co_yield(...)
end

--- The error for a yield that no resume waits for.
---@return moondial.Error
function coroutines.stray_yield()
  return errors.new("YieldError", "attempt to yield from outside a coroutine: no resume waits for the value; "
    .. "a task is suspended by what it awaits")
end

--- The traceback of a task: of its innermost coroutine and of those that resumed it.
---@param co thread the innermost coroutine
---@return string
function coroutines.traceback(co)
  local out = { co == co_running() and raw_traceback(nil, 2) or raw_traceback(co) }
  co = resumer[co]
  while co do
    out[#out + 1] = raw_traceback(co)
    co = resumer[co]
  end
  return concat(out, resumed_by)
end

-- C functions that can be suspended in, or are our own.
local transparent = { [pcall] = true, [xpcall] = true, [dofile] = true, [co_yield] = true }
local names
local function name_of(info)
  if not names then
    names = {}
    for _, library in ipairs { _G, table, string, coroutine, debug, io, os, utf8 } do
      for name, value in pairs(library) do
        if type(value) == "function" then
          names[value] = names[value] or name
        end
      end
    end
    names[co_close] = "coroutine.close"
  end
  return names[info.func] or info.name or "a C function"
end

--- Looks for the frame that keeps the running coroutine from being suspended.
---@return string? name of the C function
---@return string? where it was called, "file:line"
---@return boolean? in_finaliser
function coroutines.barrier()
  local co, skip = co_running(), 2
  local name, where
  while co do
    for level = skip, math.huge do
      local info = getinfo(co, level, "Snfl")
      if not info then
        break
      end
      if name and not where and info.what ~= "C" then
        where = info.short_src .. ":" .. info.currentline
      end
      if info.namewhat == "metamethod" and info.name == "__gc" then
        return "__gc", where, true
      end
      if not name and info.what == "C" and not transparent[info.func] and info.func ~= co_resume then
        name = name_of(info)
      end
    end
    co, skip = resumer[co], 0
  end
  return name, where, false
end

--- Puts the replacements into a coroutine table.
---@param library table
function coroutines.install(library)
  for _, name in ipairs { "close", "isyieldable", "resume", "running", "status", "wrap", "yield" } do
    library[name] = coroutines[name]
  end
end

return coroutines
