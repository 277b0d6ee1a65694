local spec = require "support.spec"
local mend = require "moondial.mend"

local equal = spec.equal

-- Every chunk gets `iterate(list)`, which notes that the loop's closing value was closed, and `keep(f)`.
local function run(text, load_text)
  local closed = 0
  local env = setmetatable({ keep = function() end }, { __index = _G })
  function env.iterate(list)
    local index = 0
    return function()
      index = index + 1
      return list[index]
    end, nil, nil, setmetatable({}, { __close = function() closed = closed + 1 end })
  end
  local results = table.pack(pcall(assert(load_text(text, "=chunk", "t", env))))
  return closed, table.unpack(results, 1, results.n)
end

local function load_mended(...)
  local env = { package = { searchers = { 0, 0, 0, 0 } } }
  mend.install(env)
  return env.load(...)
end

local function mended(body)
  return run("local a, b, c = 1, 2, 3; " .. body .. "; local d, e, f, g = 4, 5, 6, 7; return d + g", load_mended)
end

spec.suite("mend", function(it)
  it("has a fault to mend, unless Lua has become better", function()
    local text = [[for x in iterate { 1 } do keep(function() return x end) break end
      local a, b, c, d = 1, 2, 3, 4 return a]]
    local closed, ok, message = run(text, load)
    local faults = mend.faults(string.dump(load(text)))
    if next(faults) then
      equal(closed, 0)
      equal(ok, false)
      spec.contains(message, "metamethod 'close'")
    else
      equal({ closed, ok }, { 1, true })
    end
  end)

  it("closes what a loop is left by break", function()
    local bodies = {
      "for x in iterate { 1 } do keep(function() return x end) break end",
      "for x in iterate { 1 } do local y = x; keep(function() return y end) break end",
      "for x in iterate { 1, 2 } do keep(function() return x end) if x == 2 then break end end",
      "for x in iterate { 1, 2 } do if x == 2 then local y = x; keep(function() return x, y end) break end end",
      "do for x in iterate { 1 } do keep(function() return x end) break end end",
      "for i = 1, 1 do for x in iterate { i } do keep(function() return x end) break end end",
      "local function f() for x in iterate { 1 } do keep(function() return x end) break end end f()",
      "for x in iterate { 1 } do break end",
      "for x in iterate { 1 } do keep(function() return x end) end",
      "for x in iterate { 1 } do keep(function() return x end) goto out end ::out::",
    }
    for _, body in ipairs(bodies) do
      local closed, ok, result = mended(body)
      equal({ closed, ok, result }, { 1, true, 11 }, body)
    end
    local closed, ok, result = mended("local function f() for x in iterate { 8 } do keep(function() return x end) "
      .. "for y in iterate { x } do keep(function() return y end) break end break end return 9 end f()")
    equal({ closed, ok, result }, { 2, true, 11 })
  end)

  it("leaves the rest of the code as it is", function()
    local text = [[
      local n, text, huge = 0x7FFFFFFFFFFFFFFF, "long enough to be no short string of Lua's, which has forty", 1e300
      for x in pairs { 1 } do keep(function() return x end) break end
      return function(...) return n, text, huge, nil, true, false, 0.5, -3, select("#", ...), _ENV end]]
    local env = { pairs = pairs, keep = function() end, select = select }
    local f = assert(load_mended(text, "@file.lua", "t", env))()
    local results = table.pack(f(1, nil, nil))
    equal(results.n, 10)
    equal(results[1], math.maxinteger)
    equal({ results[2], results[3], results[7], results[8], results[9] },
      { "long enough to be no short string of Lua's, which has forty", 1e300, 0.5, -3, 3 })
    equal(rawequal(results[10], env), true)
    equal(debug.getinfo(f, "S").short_src, "file.lua")
    equal(debug.getinfo(f, "S").linedefined, 3)
    equal({ load_mended("x =", "=chunk") }, { nil, "chunk:1: unexpected symbol near <eof>" })
    local same = load("return 1")
    equal(mend.mended(same), same)
    equal(mend.mended(print), print)
  end)

  it("reads whatever string.dump gives", function()
    local upvalues = {}
    for index = 1, 200 do upvalues[index] = ("local v%d = %d.5; keep(v%d)"):format(index, index, index) end
    local constants = {}
    for index = 1, 70000 do constants[index] = ("%d, %q"):format(index, ("s"):rep(index % 50) .. index) end
    local texts = {
      "", "return", "return ...", table.concat(upvalues, "\n"), "local t = {" .. table.concat(constants, ",") .. "}",
      ("(function() "):rep(60) .. (" end)()"):rep(60), ("\n"):rep(100000) .. "return 1",
    }
    for _, text in ipairs(texts) do
      equal(mend.faults(string.dump(assert(load(text)))), {})
      equal(mend.faults(string.dump(assert(load(text)), true)), {})
    end
  end)
end)
