local spec = require "support.spec"
local live = require "support.live"

local equal, truthy, raises, is_json = spec.equal, spec.truthy, live.raises, live.is_json

-- An open workflow whose contents are the arguments.
local function holding(...)
  local handle = live.start("Mailbox")
  handle:signal("put", ...)
  return handle
end

-- Whether other tasks ran while `f` awaited.
local function lets_others_run(f)
  local turns = 0
  async.scope(function(scope)
    local other = scope:spawn(function()
      while true do
        async.checkpoint()
        turns = turns + 1
      end
    end)
    async.checkpoint()
    local before = turns
    f()
    turns = turns - before
    other:cancel()
  end)
  return turns > 0
end

live.suite("suspension", function(it)
  it("passes through generators", function()
    local h = holding(3, 1, 2)
    local function items()
      return coroutine.wrap(function()
        for index = 0, 2 do coroutine.yield(index, h:query("nth", index)) end
      end)
    end
    local seen = {}
    for _, item in items() do seen[#seen + 1] = item end
    equal(seen, { 3, 1, 2 })
    -- A generator in a generator, and two that take turns.
    local outer = coroutine.wrap(function()
      for index, item in items() do coroutine.yield(h:query("nth", index) + item) end
    end)
    local other = items()
    equal({ outer(), select(2, other()), outer(), select(2, other()) }, { 6, 3, 2, 1 })
    truthy(lets_others_run(function() outer() end))
  end)

  it("passes through coroutines resumed by hand", function()
    local h = holding(1)
    local co = coroutine.create(function(a)
      local b = coroutine.yield(a + h:query("nth", 0))
      return b + h:query("nth", 0)
    end)
    equal({ coroutine.resume(co, 10) }, { true, 11 })
    equal(coroutine.status(co), "suspended")
    equal({ coroutine.resume(co, 20) }, { true, 21 })
    equal(coroutine.status(co), "dead")
  end)

  it("passes through iterators and metamethods", function()
    local h = holding(3, 1, 2)
    local meta = {}
    function meta.__index(_, key) return h:query("nth", key) end
    function meta.__newindex(_, _, value) h:signal("put", value) end
    function meta.__call(_, index) return h:query("nth", index) end
    function meta.__add(_, other) return h:query("nth", 0) + other end
    function meta.__concat(_, other) return h:query("nth", 0) .. other end
    function meta.__eq() return h:query("nth", 0) == 3 end
    function meta.__lt() return h:query("nth", 0) == 3 end
    function meta.__le() return h:query("nth", 0) ~= 3 end
    function meta.__unm() return -h:query("nth", 0) end
    function meta.__len() return #h:query("contents") end
    local t, other = setmetatable({}, meta), setmetatable({}, meta)
    equal({ t[0], t[1], t(2), t + 4, t .. "!", -t, #t }, { 3, 1, 2, 7, "3!", -3, 3 })
    equal({ t == other, t < other, t <= other }, { true, true, false })
    t.x = 9
    equal(#t, 4)
    local seen = {}
    for item in function(_, last) return last == nil and h:query("nth", 0) or nil end do seen[#seen + 1] = item end
    equal(seen, { 3 })
    truthy(lets_others_run(function() return t[0] end))
  end)

  it("passes through pcall, xpcall and error handlers", function()
    local h = holding(1)
    equal({ pcall(h.query, h, "nth", 0) }, { true, 1 })
    equal({ pcall(pcall, h.query, h, "nth", 0) }, { true, true, 1 })
    equal({ xpcall(h.query, debug.traceback, h, "nth", 0) }, { true, 1 })
    local ok, message = xpcall(function() return h:query("none") end, function(e)
      return e.kind .. " while " .. h:describe().status
    end)
    equal({ ok, message }, { false, "WorkflowQueryFailedError while RUNNING" })
    truthy(lets_others_run(function() pcall(h.query, h, "nth", 0) end))
  end)

  it("passes through <close> variables, with and without an error", function()
    local h = holding(1)
    local function closing()
      return setmetatable({}, { __close = function() h:execute_update("append", "closed") end })
    end
    do
      local _ <close> = closing()
    end
    pcall(function()
      local _ <close> = closing()
      error("x")
    end)
    coroutine.wrap(function()
      local _ <close> = closing()
    end)()
    is_json(h:query("contents"), '[1,"closed","closed","closed"]')
  end)

  it("waits in place where Lua cannot yield", function()
    local h = holding(3, 1, 2)
    local indexes = { 0, 1, 2 }
    table.sort(indexes, function(a, b) return h:query("nth", a) < h:query("nth", b) end)
    equal(indexes, { 1, 2, 0 })
    equal((("0 1 2"):gsub("%d", function(digit) return h:query("nth", math.tointeger(digit)) end)), "3 1 2")
    local shown = setmetatable({}, { __tostring = function() return h:describe().status end })
    equal(tostring(shown), "RUNNING")
    equal(("<%s>"):format(shown), "<RUNNING>")
    local done, text = false, nil
    equal(load(function()
      if done then return nil end
      done, text = true, h:query("nth", 0)
      return "return " .. text
    end)(), 3)
    -- A coroutine within such a place, and an error out of it.
    table.sort(indexes, function(a, b)
      return coroutine.wrap(function() return h:query("nth", a) > h:query("nth", b) end)()
    end)
    equal(indexes, { 0, 2, 1 })
    raises("WorkflowQueryFailedError", "expected but not found", table.sort, { 1, 2 },
      function() return h:query("none") end)
    raises("TimeoutError", "", async.timeout, 0.1, table.sort, { 1, 2 }, function() return h:result() end)
  end)

  it("passes through modules that are required", function()
    local h = holding("from a module")
    local path = os.tmpname()
    local file = assert(io.open(path, "w"))
    file:write("local name, where = ...\nreturn { given = GIVEN:query('nth', 0), name = name, where = where }\n")
    file:close()
    local stock_path = package.path
    package.path = path
    rawset(_G, "GIVEN", h)
    local ok, module = pcall(require, "a module of this spec")
    package.path = stock_path
    rawset(_G, "GIVEN", nil)
    os.remove(path)
    truthy(ok, module)
    equal({ module.given, module.name, module.where }, { "from a module", "a module of this spec", path })
    equal(rawequal(require "a module of this spec", module), true)
    for _, name in ipairs { "json", "temporal", "async" } do
      equal(rawequal((require(name)), _G[name]), true)
    end
    spec.contains(spec.raises(require, "no such module"), "module 'no such module' not found:")
  end)

  it("passes through load, dofile and what they loaded", function()
    local h = holding(5)
    equal(load("local h = ...; return h:query('nth', 0)")(h), 5)
    local path = os.tmpname()
    local file = assert(io.open(path, "w"))
    file:write("return GIVEN:query('nth', 0)\n")
    file:close()
    rawset(_G, "GIVEN", h)
    local ok, result = pcall(dofile, path)
    local loaded = loadfile(path)()
    rawset(_G, "GIVEN", nil)
    os.remove(path)
    equal({ ok, result, loaded }, { true, 5, 5 })
  end)
end)
