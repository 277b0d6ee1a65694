--- A small spec driver: suites of named checks, counted per suite.

local spec = {}

local passed, failed = 0, 0

local function show(value)
  return type(value) == "string" and ("%q"):format(value) or tostring(value)
end

--- Raises unless both are equal, by `==` or, for tables, field by field.
---@param actual any
---@param expected any
---@param what? string
function spec.equal(actual, expected, what)
  local function compare(a, b, path)
    local metatable = getmetatable(a)
    local is_data = type(a) == "table" and type(b) == "table" and metatable == getmetatable(b)
    if is_data and not (metatable and metatable.__eq) then
      for key in pairs(a) do
        compare(a[key], b[key], path .. "." .. tostring(key))
      end
      for key in pairs(b) do
        compare(a[key], b[key], path .. "." .. tostring(key))
      end
    elseif a ~= b or math.type(a) ~= math.type(b) then
      error(("%s: expected %s, got %s"):format(path, show(b), show(a)), 0)
    end
  end
  local ok, message = pcall(compare, actual, expected, what or "value")
  if not ok then
    error(message, 2)
  end
end

--- Raises unless the value is true in Lua's sense.
---@param value any
---@param what? string
function spec.truthy(value, what)
  if not value then
    error((what or "value") .. ": expected something true, got " .. tostring(value), 2)
  end
end

--- Raises unless the text, or the value as text, contains a plain string.
---@param value any
---@param part string
function spec.contains(value, part)
  if not tostring(value):find(part, 1, true) then
    error(("expected to find %q in %q"):format(part, tostring(value)), 2)
  end
end

--- Raises unless the text does not contain a plain string.
---@param value any
---@param part string
function spec.lacks(value, part)
  if tostring(value):find(part, 1, true) then
    error(("expected not to find %q in %q"):format(part, tostring(value)), 2)
  end
end

--- Calls a function that must raise; returns what it raised.
---@param fn function
---@return any
function spec.raises(fn, ...)
  local ok, e = pcall(fn, ...)
  if ok then
    error("expected an error, and there was none", 2)
  end
  return e
end

--- Runs a suite: `body(it)` calls `it(title, check)` for each check.
---@param name string
---@param body fun(it: fun(title: string, check: function))
function spec.suite(name, body)
  local good, bad = 0, 0
  body(function(title, check)
    local ok, message = xpcall(check, function(e)
      return debug.traceback(tostring(e), 2)
    end)
    if ok then
      good = good + 1
    else
      bad = bad + 1
      print(("FAIL %s: %s\n  %s"):format(name, title, (message:gsub("\n", "\n  "))))
    end
  end)
  print(("%-34s %3d passed, %d failed"):format(name, good, bad))
  passed, failed = passed + good, failed + bad
end

--- The totals.
---@return integer passed
---@return integer failed
function spec.totals()
  return passed, failed
end

return spec
