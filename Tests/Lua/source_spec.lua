--- The source of functions is found where it is known.

local chunk = require "moondial.chunk"
local source = require "moondial.source"
local spec = require "support.spec"

local equal = spec.equal

local env = {}

local function enter(text)
  source.note(text)
  return assert(chunk.compile(text, "=prompt", env))()
end

spec.suite("source", function(it)
  it("is known of functions from the prompt, of the entry that defined them", function()
    enter "function one(a)\n  return a + 1\nend"
    enter "local two = function(a) return a + 2 end\nthree = {\n  f = function() return two end,\n}"
    equal({ source.of(env.one) }, { "prompt:1", "function one(a)\n  return a + 1\nend" })
    equal({ source.of(env.three.f) }, { "prompt:3", "  f = function() return two end," })
    local old = env.one
    enter "function one(a)\n  return a + 100\nend"
    equal(select(2, source.of(env.one)), "function one(a)\n  return a + 100\nend")
    equal(select(2, source.of(old)), "function one(a)\n  return a + 1\nend")
  end)

  it("is known of functions in files", function()
    local place, text = source.of(spec.truthy)
    equal(place:match("spec%.lua:%d+$") ~= nil, true)
    equal(text:match("^function spec%.truthy"), "function spec.truthy")
    equal(text:match("\nend$"), "\nend")
  end)

  it("is not known of functions in C, nor of what was never noted", function()
    equal(source.of(print), nil)
    local place, text = source.of(assert(load("return function() end", "=prompt"))())
    equal({ place, text }, { "prompt:1" })
  end)
end)
