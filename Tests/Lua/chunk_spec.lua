local spec = require "support.spec"
local chunk = require "moondial.chunk"

local equal, contains, truthy = spec.equal, spec.contains, spec.truthy

-- A session: returns a function that runs an input and returns what it returns.
local function session()
  local env = setmetatable({}, { __index = _G })
  return function(source, ...)
    return assert(chunk.compile(source, "=stdin", env))(...)
  end, env
end

spec.suite("chunk: top-level locals", function(it)
  it("live on", function()
    local run, env = session()
    run("local x = 41")
    equal(run("x + 1"), 42)
    equal(rawget(env, "x"), 41)
    run("local a, b = 1, 2 local c")
    equal({ run("a, b, c") }, { 1, 2 })
    run("local function f(n) local inner = n * 2 return inner end")
    equal(run("f(4)"), 8)
    equal(run("inner"), nil)
  end)

  it("are set to nil when declared without a value", function()
    local run = session()
    run("local x = 1")
    run("local x, y")
    equal(run("x == nil and y == nil"), true)
    run("local z;")
    run("local v -- a comment")
    equal(run("local w return 7"), 7)
  end)

  it("stay local in blocks, functions and loops", function()
    local run = session()
    run("do local d = 9 end")
    run("if true then local i1 = 1 elseif 1 then local i2 = 2 else local i3 = 3 end")
    run("for k = 1, 2 do local q = k end")
    run("while true do local w = 1 break end")
    run("repeat local r = 1 until r == 1")
    run("o = { f = function() local inner = 3 return inner end }")
    run("function g() local h = 1 return function() local hh = h return hh end end")
    equal({ run("d, i1, i2, i3, q, w, r, inner, h, hh") }, {})
    equal(run("o.f() + g()()"), 4)
  end)

  it("keep const and close variables what they are", function()
    local run, env = session()
    run("local k <const> = 5; seen = k + 1")
    equal(rawget(env, "seen"), 6)
    equal(rawget(env, "k"), nil)
    run([[
      closed = false
      local c <close> = setmetatable({}, { __close = function() closed = true end })
      during = closed
    ]])
    equal({ env.during, env.closed, rawget(env, "c") }, { false, true })
    run("local a, b <const> = 1, 2; sum = a + b")
    equal({ env.sum, rawget(env, "a") }, { 3 })
    equal(run("local n <const> = 1 local n = 2 return n"), 2)
  end)

  it("are told from text and comments", function()
    local run, env = session()
    run([==[
      s = 'local no1 = 1' --[[ local no2 = 2 ]] local u = "local \" no3 = 3"
      -- local no4 = 4
      m = [=[
      local no5 = 5 ]] ]=]
      e = "a\z
           local no6 = 6"
      n = 0x1p+4 n2 = 1e+2 n3 = 3 ..""
    ]==])
    for index = 1, 6 do
      equal(rawget(env, "no" .. index), nil)
    end
    equal(env.u, 'local " no3 = 3')
    equal({ env.n, env.n2, env.n3, env.e }, { 16.0, 100.0, "3", "alocal no6 = 6" })
  end)

  it("see goto, labels and varargs", function()
    local run = session()
    equal(run("local n = 0 ::again:: n = n + 1 if n < 3 then goto again end return n"), 3)
    equal({ run("local a, b = ... return b, a", 1, 2) }, { 2, 1 })
    equal(run("goto done local skipped = 1 ::done:: return 'ok'"), "ok")
  end)

  it("leave line numbers as they are", function()
    local run = session()
    local _, message = pcall(run, "local x = 1\nlocal y\n\nlocal function f()\n  error('here')\nend\nf()")
    contains(message, "stdin:5: here")
    equal(select(2, chunk.rewrite("local a\nlocal b = 1\nlocal c\n"):gsub("\n", "")), 3)
  end)
end)

spec.suite("chunk: completeness", function(it)
  it("tells complete, incomplete and invalid inputs", function()
    local cases = {
      complete = { "x", "x + 1", "x = 1", "local x", "local x = 1", "f(1)", "", "-- comment", "return 1, 2", "a, b",
        "for i = 1, 2 do end", "s = 'a\\\nb'", "goto x ::x::", "[[long\n]]", "x = 1; y = 2" },
      incomplete = { "for i = 1, 2 do", "x =", "x +", "f(1,", "if x then", "s = [[abc", "--[[ abc", "local", "local x,",
        "function f()", "t = {", "repeat x()", "'a\\", "'a\\\n", "a.", "local function", "x = function()", "return {" },
      invalid = { "x = )", "end", "x y", "for for", "'abc", "s = 'abc\nd'", "1 2", "x = = 1", "goto nowhere", "break" },
    }
    for expected, sources in pairs(cases) do
      for _, source in ipairs(sources) do
        equal(chunk.is_complete(source), expected, ("%q"):format(source))
      end
    end
  end)

  it("indents by what is open, and lines that close by what they close", function()
    local cases = {
      ["function f()"] = { 2 }, ["function f()\n  if x then"] = { 4 }, ["f({"] = { 2 }, ["{ {\n{"] = { 4 },
      ["x ="] = { 2 },
      ["function f()\n  if x then\n    g()\n    end"] = { 2, 2 }, ["do\n  f()\n  end"] = { 2, 0 },
      ["if x then\n  a()\n  else"] = { 2, 0 }, ["if x then\n  a()\n  elseif b then"] = { 2, 0 },
      ["repeat\n  x()\n  until y"] = { 2, 0 }, ["f({\n  a\n  })"] = { 2, 0 }, ["f({\n  a\n  }"] = { 2, 0 },
      ["f(function()\n  g()\n  end)"] = { 2, 0 }, ["do\n  x = { 1,\n    2 }"] = { 2 }, ["end"] = { 2 },
      -- Within text blanks would count.
      ["x = [[a"] = { 0 }, ["do\n  --[==[ a"] = { 0 }, ["do\n  x = [[\n  end"] = { 0 }, ["do -- [["] = { 2 },
      ["do x = [[\n]]"] = { 2 }, ["do\n  'end"] = { 2 },
    }
    for source, expected in pairs(cases) do equal({ chunk.indentation(source) }, expected, ("%q"):format(source)) end
  end)

  it("finds what is piped into a command of the shell", function()
    for source, expected in pairs {
      ["h:describe() |> grep Status"] = { "h:describe() ", "grep Status" }, ["x|>cat | wc -l"] = { "x", "cat | wc -l" },
      ["'a |> b' |> cat '|>'"] = { "'a |> b' ", "cat '|>'" }, ["x |> "] = { "x ", "" },
      ["x | > y"] = {}, ["1 > 2"] = {},
      ["'|>'"] = {}, ["x -- |> y"] = {}, ["[[ |> ]] |> cat"] = { "[[ |> ]] ", "cat" },
    } do
      equal({ chunk.piped(source) }, expected, source)
    end
    equal(chunk.is_complete("f(1) |> grep 'a b"), "complete")
    equal(chunk.is_complete("f(1 |> cat"), "invalid")
  end)

  it("parts what was pasted into its inputs", function()
    local inputs, rest = chunk.split("h\nh:query('x')\n\nfor i = 1, 2 do\n  print(i)\nend\nx = 5\nx")
    equal(inputs, { "h", "h:query('x')", "for i = 1, 2 do\n  print(i)\nend", "x = 5", "x" })
    equal(rest, "")
    equal(chunk.is_complete("x = 5\nx"), "complete")
    equal(chunk.is_complete("x = 5\nif x then"), "incomplete")
    equal(chunk.is_complete("x = 5\nx y"), "invalid")
    equal({ chunk.split("x = 5\ny y\nz = 1") }, { { "x = 5" }, "y y\nz = 1" })
  end)

  it("compiles expressions with all their values, and says so", function()
    local f, message, is_expression = chunk.compile("1, nil, 3", "=stdin", {})
    equal({ select("#", f()), message, is_expression }, { 3, nil, true })
    equal({ select(3, chunk.compile("x = 1", "=stdin", {})) }, { false })
    f, message = chunk.compile("x = )", "=here", {})
    equal(f, nil)
    contains(message, "here:1:")
  end)

  it("takes expressions with an equals sign in front, as stock Lua does", function()
    local run = session()
    equal({ run("=1, 2") }, { 1, 2 })
    equal(select(3, chunk.compile(" = 'x'", "=stdin", {})), true)
    equal(chunk.is_complete("=f("), "incomplete")
    for _, source in ipairs { "=x = 5", "==x", "= x y" } do equal(chunk.compile(source, "=stdin", {}), nil, source) end
  end)

  it("refuses binary chunks", function()
    local f = chunk.compile(string.dump(function() end), "=stdin", {})
    truthy(f == nil)
  end)
end)
