--- Error values: tables with a kind, a message, a cause and the traceback of the coroutine that raised them.
--
-- The host builds the same values: a table with the fields `kind` and `message` and the metatable `errors.Error`.

local escape = require "moondial.escape"

local concat, error = table.concat, error
local getmetatable, ipairs, pairs, rawequal, rawget = getmetatable, ipairs, pairs, rawequal, rawget
local rawset, setmetatable, tostring, type = rawset, setmetatable, tostring, type
local gmatch, gsub, match = string.gmatch, string.gsub, string.match
local huge = math.huge
local traceback = debug.traceback

--- An error value. Its other fields are those of its kind.
---@class moondial.Error
---@field kind string       what happened, in a word: where the Python SDK has a class for it, that class
---@field message string    what happened, in one line
---@field cause? any        the error that led to this one
---@field traceback? string|false  of the coroutine that raised it; false where there is none to keep
---@field also? any[]       further failures of the same scope
---@field task? string      the task that failed
---@field spawned_at? string  where that task was spawned
---@field through? string[]  the tasks above it that failed with it, and where they were spawned
---@field explanation? string  more lines for the report
local Error = { __name = "Error" }
Error.__index = Error

---@class moondial.errors
local errors = { Error = Error }

-- A chain longer than this is a cycle or a joke.
local longest_chain = 32

local function is_object(value)
  return getmetatable(value) == Error
end

--- Builds an error value; does not raise it.
---@param kind string
---@param message string
---@param fields? table further fields, taken over as they are
---@return moondial.Error
function errors.new(kind, message, fields)
  local e = setmetatable({ kind = kind, message = message }, Error)
  if fields then
    for name, value in pairs(fields) do
      e[name] = value
    end
  end
  return e
end

--- Raises an error value.
---@param kind string
---@param message string
---@param fields? table
function errors.raise(kind, message, fields)
  error(errors.new(kind, message, fields), 0)
end

--- Whether a value is an error value, of a kind, with fields.
---@param e any
---@param kind? string
---@param fields? table each must be equal in `e`
---@return boolean
function errors.is_error(e, kind, fields)
  if not is_object(e) or (kind ~= nil and e.kind ~= kind) then
    return false
  end
  for name, value in pairs(fields or {}) do
    if e[name] ~= value then
      return false
    end
  end
  return true
end

local function as_text(value)
  if type(value) == "string" then
    return value
  elseif type(value) == "table" and not (getmetatable(value) or {}).__tostring then
    return require "moondial.inspect".format(value, { width = huge })
  end
  return tostring(value)
end

-- One link of the chain, without its cause. A LuaError is what Lua itself would have printed.
local function headline(e)
  if not is_object(e) then
    return as_text(e)
  end
  local message = e.message == nil and "" or as_text(e.message)
  local kind = e.kind == nil and "Error" or as_text(e.kind)
  if kind == "LuaError" then
    return message
  elseif kind == "ApplicationError" and type(e.type) == "string" and e.type ~= "" then
    kind = e.type
  elseif kind == "WorkflowAlreadyStartedError" and type(e.workflow_id) == "string" then
    message = ("%s: %s, run %s"):format(message, e.workflow_id, as_text(e.run_id))
  elseif kind == "RPCError" and type(e.status) == "string" then
    kind = kind .. ": " .. e.status
  end
  return message == "" and kind or kind .. ": " .. message
end

--- An error value of any type as one line, with its causes.
---@param e any
---@return string
function errors.line(e)
  return is_object(e) and tostring(e) or escape.text(as_text(e))
end

-- Calls visit(link) for an error and its causes, outermost first.
local function each_cause(e, visit)
  for _ = 1, longest_chain do
    visit(e)
    if not is_object(e) or e.cause == nil then
      return
    end
    e = e.cause
  end
end

--- One line: the error and, after it, its causes. Control characters are escaped.
function Error.__tostring(e)
  local out = {}
  each_cause(e, function(link)
    out[#out + 1] = escape.text(headline(link))
  end)
  return concat(out, "; caused by ")
end

-- Tracebacks of values that are tables of the user's own, and the last one noted for a string: neither can carry it.
local noted = setmetatable({}, { __mode = "k" })
local noted_text, noted_trace

--- Keeps the traceback of a value that is about to be raised again from another coroutine.
---@param value any
---@param trace string
function errors.note(value, trace)
  if is_object(value) then
    if rawget(value, "traceback") == nil then
      rawset(value, "traceback", trace)
    end
  elseif type(value) == "table" or type(value) == "userdata" then
    noted[value] = noted[value] or trace
  else
    noted_text, noted_trace = value, trace
  end
end

--- Notes down the task that failed with an error, and then those above it that failed with it, too.
---@param e moondial.Error
---@param task string
---@param site string where it was spawned
function errors.note_task(e, task, site)
  if rawget(e, "spawned_at") == nil then
    e.task, e.spawned_at = task, site
  else
    local through = rawget(e, "through") or {}
    e.through = through
    through[#through + 1] = ("%s, spawned at %s"):format(task, site)
  end
end

--- The traceback kept for an error value or a value noted before.
---@param value any
---@return string?
function errors.traceback(value)
  if is_object(value) then
    return rawget(value, "traceback") or nil
  elseif value ~= nil and rawequal(value, noted_text) then
    return noted_trace
  end
  return noted[value]
end

--- What is raised at the border of a task: error values and the user's own objects stay what they are, and get the
--- traceback; strings and other plain values become a LuaError.
---@param value any
---@param trace? string
---@return any
function errors.wrap(value, trace)
  if type(value) == "table" or type(value) == "userdata" then
    if trace then
      errors.note(value, trace)
    end
    return value
  end
  trace = errors.traceback(value) or trace
  noted_text, noted_trace = nil, nil
  return errors.new("LuaError", as_text(value), { traceback = trace })
end

--- A message handler for xpcall: attaches the traceback once.
---@param value any
---@return any
function errors.handler(value)
  if is_object(value) and rawget(value, "traceback") ~= nil then
    return value
  end
  return errors.wrap(value, traceback(nil, 2))
end

--- Adds a further failure to an error that will be raised.
---@param e any
---@param other any
function errors.add_also(e, other)
  if type(e) ~= "table" or rawequal(e, other) then
    return
  end
  local also = rawget(e, "also")
  if type(also) ~= "table" then
    also = {}
    rawset(e, "also", also)
  end
  for _, known in ipairs(also) do
    if rawequal(known, other) then
      return
    end
  end
  also[#also + 1] = other
end

local c_function = "^%s*%[C%]: in function '([^']+)'$"
local hidden_functions = { error = true, xpcall = true, ["coroutine.yield"] = true }

-- Frames of Moondial's own chunks tell the user nothing.
local function is_hidden(line)
  return match(line, "^%s*@?moondial/") or match(line, "^%s*%[C%]: in upvalue 'take'$")
    or match(line, "^%s*%[C%]: in upvalue 'co_yield'$")
    or match(line, "^%s*%[C%]: in function 'moondial%.native%.") or hidden_functions[match(line, c_function) or ""]
end

--- A traceback without the frames of the scheduler and its helpers.
---@param trace string
---@return string
function errors.visible(trace)
  local out, after_hidden = {}, true
  for line in gmatch(trace, "[^\n]+") do
    if line ~= "stack traceback:" then
      -- A tail call out of a hidden frame was made by another hidden one.
      local hidden = is_hidden(line) or after_hidden and match(line, "^%s*%(%.%.%.tail calls%.%.%.%)$")
      if not hidden then
        out[#out + 1] = line
      end
      after_hidden = hidden
    end
  end
  return concat(out, "\n")
end

local function report_links(e, indent, out)
  local depth = indent
  each_cause(e, function(link)
    local lead = depth == indent and depth or depth .. "caused by "
    out[#out + 1] = lead .. gsub(escape.block(headline(link)), "\n", "\n" .. depth .. "  ")
    depth = depth .. "  "
  end)
end

--- The text for stderr: the message, the chain of causes, the traceback, where the task was spawned, other failures.
---@param e any
---@return string lines without a line end after the last
function errors.report(e)
  local out = {}
  report_links(e, "", out)
  if is_object(e) and e.explanation then
    out[#out + 1] = escape.block(as_text(e.explanation))
  end
  local trace = errors.traceback(e)
  local visible = trace and errors.visible(trace) or ""
  if visible ~= "" then
    out[#out + 1] = "stack traceback:"
    out[#out + 1] = escape.block(visible)
  end
  if is_object(e) and e.spawned_at then
    out[#out + 1] = "in " .. escape.text(as_text(e.task)) .. ", spawned at " .. escape.text(as_text(e.spawned_at))
    for _, task in ipairs(e.through or {}) do
      out[#out + 1] = "in " .. escape.text(as_text(task))
    end
  end
  local also = type(e) == "table" and rawget(e, "also")
  for _, other in ipairs(type(also) == "table" and also or {}) do
    out[#out + 1] = "also failed:"
    report_links(other, "  ", out)
  end
  return concat(out, "\n")
end

return errors
