local spec = require "support.spec"
local inspect = require "moondial.inspect"
local escape = require "moondial.escape"

local equal, contains, lacks = spec.equal, spec.contains, spec.lacks
local show = inspect.format

spec.suite("inspect: plain values", function(it)
  it("shows numbers so that they read back", function()
    equal({ show(1), show(1.0), show(0.1), show(-0.0), show(1e100), show(2 ^ 53), show(1 / 3) },
      { "1", "1.0", "0.1", "-0.0", "1e+100", "9007199254740992.0", "0.3333333333333333" })
    equal({ show(math.huge), show(-math.huge), show(0 / 0), show(math.mininteger) },
      { "math.huge", "-math.huge", "nan", "-9223372036854775808" })
  end)

  it("quotes and escapes strings so that they read back", function()
    for _, text in ipairs { "plain", 'quote " and \\', "\0\1\0012\27[31mred\127", "tab\tline\nend\r", "\u{85}\u{9b}31m",
      "a\u{202E}b\u{2066}c", "grüße 日本", "bad \xff\xc0\x80 bytes \xe2\x80", "\u{7FF}\u{FFFF}\u{10FFFF}" } do
      local shown = show(text)
      equal(load("return " .. shown)(), text)
      equal(shown:find("[\0-\31\127]"), nil, "controls")
    end
    contains(show("grüße 日本"), "grüße 日本")
    equal(show("\27[2J\u{9B}\u{202E}\xFF"), '"\\027[2J\\u{9B}\\u{202E}\\xFF"')
    equal(escape.text("a\\b"), "a\\b")
    equal(escape.block("a\n\tb\27"), "a\n\tb\\027")
  end)

  it("escapes every byte sequence so that no control remains", function()
    local seed = 20240229
    math.randomseed(seed)
    for _ = 1, 2000 do
      local bytes = {}
      for index = 1, math.random(1, 12) do
        bytes[index] = string.char(math.random(0, 255))
      end
      local text = table.concat(bytes)
      local shown = show(text)
      equal(load("return " .. shown)(), text, "seed " .. seed)
      assert(utf8.len(shown), "seed " .. seed .. ": not UTF-8")
      for _, code in utf8.codes(shown) do
        assert(code >= 32 and not (code >= 0x7F and code < 0xA0) and not (code >= 0x202A and code <= 0x202E)
          and not (code >= 0x2066 and code <= 0x2069), "seed " .. seed .. ": control left")
      end
    end
  end)
end)

spec.suite("inspect: tables and objects", function(it)
  it("shows the sequence first, then the keys by type and value", function()
    equal(show { "a", "b", z = 1, a = 2, ["end"] = 3, ["two words"] = 4, [10] = 5, [2.5] = 6, [true] = 7,
      [false] = 8 },
      '{\n  "a",\n  "b",\n  [2.5] = 6,\n  [10] = 5,\n  a = 2,\n  ["end"] = 3,\n  ["two words"] = 4,\n  z = 1,\n'
      .. '  [false] = 8,\n  [true] = 7,\n}')
    equal(show {}, "{}")
    equal(show { nil, 2 }, "{ [2] = 2 }")
    equal(show { [1] = { x = {} } }, "{ { x = {} } }")
  end)

  it("breaks lines at the width, and only there", function()
    local value = { name = "order", items = { 1, 2, 3 }, nested = { deep = { "x" } } }
    local one_line = '{ items = { 1, 2, 3 }, name = "order", nested = { deep = { "x" } } }'
    equal(show(value, { width = #one_line }), one_line)
    equal(show(value, { width = #one_line - 1 }),
      '{\n  items = { 1, 2, 3 },\n  name = "order",\n  nested = { deep = { "x" } },\n}')
    for width = 10, 70 do
      equal(not show(value, { width = width }):find("\n"), width >= #one_line, "width " .. width)
    end
  end)

  it("marks cycles, depth and what is left out", function()
    local value = { x = 1 }
    value.me = value
    equal(show(value), "{ me = <cycle>, x = 1 }")
    local shared = {}
    equal(show { shared, shared }, "{ {}, {} }")
    equal(show({ { { 1 } } }, { depth = 2 }), "{ { {…} } }")
    local long = {}
    for index = 1, 12 do
      long[index] = index
    end
    long.key = true
    equal(show(long, { items = 3 }), "{ 1, 2, 3, … (+10 more) }")
    equal(show({ a = 1, b = 2, c = 3 }, { items = 2 }), "{ a = 1, b = 2, … (+1 more) }")
  end)

  it("asks objects for their text, and escapes it", function()
    local handle = setmetatable({ id = 1 }, { __tostring = function() return 'WorkflowHandle("greet-1")' end })
    equal(show(handle), 'WorkflowHandle("greet-1")')
    equal(show { h = handle }, '{ h = WorkflowHandle("greet-1") }')
    equal(show(setmetatable({}, { __tostring = function() return "a\27[0m\nb" end })), "a\\027[0m\\nb")
    contains(show(setmetatable({}, { __name = "Odd", __tostring = function() error("oh\27") end })),
      "<Odd: error in __tostring:")
    contains(show(setmetatable({}, { __tostring = function() return {} end })), "error in __tostring")
    equal(show(setmetatable({ 1 }, { __name = "Point" })), "Point { 1 }")
    contains(show(io.stdout), "file (0x")
    contains(show(print), "function: ")
    contains(show(function() end), "function <Tests")
    contains(show(coroutine.create(print)), "thread: ")
  end)

  it("runs no other code of the object's", function()
    local function trap()
      error("touched")
    end
    local value = setmetatable({ real = 1 }, { __index = trap, __pairs = trap, __len = trap, __eq = trap, __lt = trap,
      __call = trap, __metatable = "hidden" })
    equal(show(value), "{ real = 1 }")
    equal(show(setmetatable({}, setmetatable({}, { __index = trap }))), "{}")
  end)

  it("paints by a palette, and does not count it for the width", function()
    local palette = { number = "<n>", key = "<k>", reset = "</>" }
    equal(show({ a = 1, b = "x" }, { palette = palette }), '{ <k>a</> = <n>1</>, <k>b</> = "x" }')
    equal(show({ a = 1 }, { palette = palette, width = 9 }), "{ <k>a</> = <n>1</> }")
    lacks(show { a = 1 }, "\27")
  end)
end)
