--- Settings, and the prompt that they change.

local commands = require "moondial.commands"
local errors = require "moondial.errors"
local prompt = require "moondial.prompt"
local settings = require "moondial.settings"
local spec = require "support.spec"

local equal, truthy = spec.equal, spec.truthy

spec.suite("prompt", function(it)
  local function shown(namespace)
    return (prompt.of(temporal.connect { namespace = namespace, lazy = true }))
  end

  it("is plain in the usual place, and without a client", function()
    equal(shown("default"), "moondial>")
    equal(prompt.of(nil), "moondial>")
    equal(prompt.of(42), "moondial>")
  end)

  it("has the namespace, without its middle where it is long", function()
    equal(shown("orders"), "orders moondial>")
    -- Without a terminal there are 80 columns.
    equal(shown("payments-europe.a1b2c7"), "payments….a1b2c7 moondial>")
  end)

  it("shows no control characters of a name", function()
    truthy(not shown("a\27[31mb"):find("\27", 1, true))
  end)

  it("warns where the mark, or the setting, says so", function()
    equal({ prompt.is_production(true), prompt.is_production(false) }, { true, false })
    settings.set("production", "on")
    equal(prompt.is_production(false), true)
    settings.set("production", "off")
    equal(prompt.is_production(true), false)
    settings.set("production", "auto")
  end)
end)

spec.suite("commands", function(it)
  it("are all declared in full", function()
    for _, name in ipairs(commands.names()) do
      local command = commands.of(name)
      equal(command.name, name)
      truthy(command.help:find("%.$"))
      if command.form then equal(command.form:sub(1, #name + 1), "." .. name) end
    end
  end)

  it("raise what is wrong with them", function()
    local ok, e = pcall(commands.run, ".use a b", _G)
    truthy(not ok and errors.is_error(e, "CommandError"))
    equal(e.message, ".use takes a namespace")
  end)
end)
