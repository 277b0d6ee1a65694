--- `require` in Lua, so that the top level of a module may await: the stock one, a C function, cannot be suspended.
--- Same searchers, same package.loaded, same results and messages as those of Lua 5.4.

local cancel = require "moondial.scheduler.cancel"
local shared = require "moondial.scheduler.state"

local concat = table.concat
local error, rawget, setmetatable, tostring, type = error, rawget, setmetatable, tostring, type

-- Looks for a loader as ll_require's findloader does.
local function find_loader(package, name)
  local searchers = package.searchers
  if type(searchers) ~= "table" then
    error("'package.searchers' must be a table", 3)
  end
  local messages, index = {}, 1
  while true do
    local searcher = rawget(searchers, index)
    if searcher == nil then
      error(("module '%s' not found:%s"):format(name, concat(messages)), 3)
    end
    local loader, data = searcher(name)
    if type(loader) == "function" then
      return loader, data
    elseif type(loader) == "string" or type(loader) == "number" then
      messages[#messages + 1] = "\n\t" .. loader
    end
    index = index + 1
  end
end

--- Builds the replacement for a package table.
---@param package table
---@return fun(name: string): any, any
local function new_require(package)
  local loaded = package.loaded
  -- Modules being loaded. Two tasks that require the same one must not load it twice: the second waits for the first.
  local loading = {}

  local function load(name, loader, data)
    local value = loader(name, data)
    if value ~= nil then
      loaded[name] = value
    end
    if loaded[name] == nil then
      loaded[name] = true
    end
  end

  return function(name)
    if type(name) == "number" then
      name = tostring(name)
    elseif type(name) ~= "string" then
      error(("bad argument #1 to 'require' (string expected, got %s)"):format(name == nil and "no value" or type(name)),
        2)
    end
    while true do
      if loaded[name] then
        return loaded[name]
      end
      local turn = loading[name]
      -- A task that requires what it is loading loops; stock Lua would overflow its stack.
      if not turn or turn.task == shared.current then
        break
      end
      cancel.check()
      cancel.wait_in(turn, "module '" .. name .. "'", "the loading of module '" .. name .. "'")
    end
    if loading[name] then
      error(("loop in require: module '%s' is being loaded"):format(name), 2)
    end
    local loader, data = find_loader(package, name)
    local turn = { task = shared.current }
    loading[name] = turn
    -- Not a pcall: the traceback of an error must reach into the module.
    local _ <close> = setmetatable({}, { __close = function()
      loading[name] = nil
      while cancel.wake_first(turn) do
      end
    end })
    load(name, loader, data)
    return loaded[name], data
  end
end

return new_require
