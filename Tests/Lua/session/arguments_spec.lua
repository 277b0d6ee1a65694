local arguments = require "moondial.arguments"
local spec = require "support.spec"

local equal = spec.equal

local declaration = {
  help = "Cancels what a filter matches.",
  { name = "filter", required = true, help = "a list filter" },
  { name = "values", type = "json", rest = true, help = "JSON" },
  { name = "--limit", type = "count", default = 20, help = "how many at once" },
  { name = "--pause", type = "duration", help = "between two" },
  { name = "--mode", values = { "fast", "slow" }, help = "how" },
  { name = "--dry-run", type = "boolean", help = "say only" },
}

local function read(...) return arguments.read(declaration, { ... }) end

spec.suite("arguments of scripts", function(it)
  it("reads words and options in any order", function()
    local expected = { filter = "f", values = { 1, { a = true }, n = 2 }, limit = 3, pause = 90, mode = "slow",
      dry_run = true }
    equal(read("f", "1", '{"a":true}', "--limit", "3", "--pause=1m30s", "--mode=slow", "--dry-run"), expected)
    equal(read("--dry-run", "--limit=3", "f", "--mode", "slow", "1", "--pause", "90", '{"a":true}'), expected)
    equal(read("-"), { filter = "-", values = { n = 0 }, limit = 20, dry_run = false })
    equal(read("--", "--limit"), { filter = "--limit", values = { n = 0 }, limit = 20, dry_run = false })
    equal(read("f", "-5").values, { -5, n = 1 })
    equal(read("f", "null").values.n, 1)
    equal(read("f", "--help"), nil)
  end)

  it("says in a sentence what is wrong", function()
    for words, problem in pairs {
      [{}] = "filter is missing",
      [{ "f", "--limt", "3" }] = "there is no option --limt; did you mean --limit?",
      [{ "f", "--limit" }] = "--limit takes a value",
      [{ "f", "--limit", "-3" }] = "--limit must be a whole number of at least 0, not '-3'",
      [{ "f", "--limit=1.5" }] = "--limit must be a whole number of at least 0, not '1.5'",
      [{ "f", "--dry-run=yes" }] = "--dry-run takes no value",
      [{ "f", "--mode", "fat" }] = "--mode must be one of fast, slow, not 'fat'; did you mean 'fast'?",
      [{ "f", "{" }] = "values must be JSON, not '{'",
    } do
      local e = spec.raises(function() arguments.read(declaration, words) end)
      equal(e.message, problem)
    end
    local e = spec.raises(function() arguments.read({ { name = "only", help = "" } }, { "one", "two" }) end)
    equal(e.message, "there is no place for 'two'")
    e = spec.raises(function() read("f", "--pause", "soon") end)
    spec.contains(e.message, "--pause: bad duration 'soon'")
  end)

  it("refuses a declaration that is none", function()
    for message, argument in pairs {
      ["arguments: [1].name must be text, not nil"] = { help = "" },
      ["arguments: a.help must be text, not nil"] = { name = "a" },
      ["arguments: a.type must be one of string, integer, count, number, duration, boolean, json"] =
        { name = "a", help = "", type = "text" },
      ["arguments: a is a boolean, which only an option can be"] = { name = "a", help = "", type = "boolean" },
    } do
      equal(spec.raises(function() arguments.read({ argument }, {}) end).message, message)
    end
  end)

  it("explains all", function()
    equal(arguments.help(declaration, "cancel.lua"), [[
usage: cancel.lua FILTER [VALUES …] [--limit COUNT] [--pause DURATION]
    [--mode MODE] [--dry-run]

  Cancels what a filter matches.

  FILTER            a list filter
  VALUES …          JSON
  --limit COUNT     how many at once (without: 20)
  --pause DURATION  between two
  --mode MODE       how: fast, slow
  --dry-run         say only]])
  end)

  it("says nothing of a default that is nothing", function()
    local help = arguments.help({ { name = "--prefix", default = "", help = "of the ids" } }, "x.lua")
    equal(help, "usage: x.lua [--prefix PREFIX]\n\n  --prefix PREFIX  of the ids")
  end)
end)
