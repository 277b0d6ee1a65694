--- Declared methods: the two forms of a call, and what is said when one is wrong.

local declare = require "moondial.declare"
local spec = require "support.spec"

local contains, equal, raises = spec.contains, spec.equal, spec.raises

-- Functions that give back what they were called with.
local function echo(a) return a end

local probe = declare.module {
  name = "probe",
  help = "For this spec.",
  functions = {
    plain = { help = "Echoes.", rpc = false, call = echo, parameters = {
      { name = "first", type = "string", position = 1, required = true, help = "some text" },
      { name = "second", type = "count", position = 2, help = "a count" },
      { name = "timeout", type = "duration", help = "a time" },
      { name = "mode", type = "string", default = "fast", help = "a mode" },
    } },
    send = { help = "Echoes.", arguments = true, call = echo, parameters = {
      { name = "signal", type = "name", position = 1, required = true, help = "a name" },
    } },
    verbatim = { help = "Echoes.", rpc = false, verbatim = true, call = echo, parameters = {
      { name = "value", type = "any", position = 1, help = "a value" },
    } },
  },
}

local function message_of(kind, ...)
  local e = raises(...)
  spec.truthy(temporal.is_error(e, kind), "an error of kind " .. kind .. ", not " .. tostring(e))
  return e.message
end

-- Nothing listens there, and nothing is to be sent.
local nowhere = temporal.connect { target_host = "127.0.0.1:1", lazy = true }
local handle = nowhere:get_workflow_handle("order", { run_id = "run" })

spec.suite("declare: by position", function(it)
  it("takes positional parameters in their order", function()
    equal(probe.plain("a", 2), { first = "a", second = 2, mode = "fast" })
  end)

  it("takes a table of options last", function()
    equal(probe.plain("a", 2, { timeout = "1m30s", mode = "slow" }),
      { first = "a", second = 2, timeout = 90, mode = "slow" })
    equal(probe.plain("a", 2, nil), { first = "a", second = 2, mode = "fast" })
  end)

  it("keeps nils among a workflow's arguments, also the last ones", function()
    equal(probe.send("add", nil, 2, nil), { signal = "add", args = { n = 3, nil, 2, nil } })
    equal(probe.send("add"), { signal = "add" })
  end)

  it("takes tables as a workflow's arguments", function()
    equal(probe.send("add", { rpc_timeout = 1 }), { signal = "add", args = { n = 1, { rpc_timeout = 1 } } })
  end)

  it("says how many arguments there may be", function()
    contains(message_of("TypeError", probe.plain, "a", 2, "b"),
      "probe.plain takes 2 arguments and a table of options; this call passes 3")
  end)

  it("refuses options that were given by position already", function()
    contains(message_of("TypeError", probe.plain, "a", 2, { first = "b" }), "probe.plain was given 'first' twice")
  end)
end)

spec.suite("declare: by name", function(it)
  it("takes [1] or the name of a positional parameter", function()
    equal(probe.plain { "a", 2 }, { first = "a", second = 2, mode = "fast" })
    equal(probe.plain { first = "a" }, { first = "a", mode = "fast" })
    contains(message_of("TypeError", probe.plain, { "a", first = "b" }), "given 'first' twice: as [1] and by name")
  end)

  it("takes the workflow's arguments as args or arg", function()
    equal(probe.send { "add", args = { n = 3, 1 } }.args, { n = 3, 1 })
    equal(probe.send { "add", args = { 1, 2 } }.args, { n = 2, 1, 2 })
    equal(probe.send { "add", arg = false }.args, { n = 1, false })
    contains(message_of("ValueError", probe.send, { "add", arg = 1, args = { 1 } }), "Cannot have arg and args")
  end)

  it("names the parameter that was meant", function()
    contains(message_of("TypeError", probe.plain, { "a", timout = 1 }),
      "probe.plain has no parameter 'timout'; did you mean 'timeout'?")
    spec.lacks(message_of("TypeError", probe.plain, { "a", nonsense = 1 }), "did you mean")
  end)

  it("says where a workflow's arguments go", function()
    contains(message_of("TypeError", probe.send, { "add", 1 }),
      "probe.send{…} has no element [2]; the workflow's arguments go in args = {…}")
  end)

  it("refuses more than the one table", function()
    contains(message_of("TypeError", probe.plain, { "a" }, 2), "takes one table; this call passes 2 arguments")
  end)

  it("does not take a value with a metatable for a table of parameters", function()
    equal(probe.send(temporal.signal_definition("add")).args, nil)
  end)

  it("has no such form where a table is a value like any other", function()
    local value = { value = 1 }
    spec.truthy(rawequal(probe.verbatim(value).value, value))
  end)
end)

spec.suite("declare: checks", function(it)
  it("names what is missing, and what it is", function()
    contains(message_of("TypeError", probe.plain), "probe.plain needs first: some text")
  end)

  it("names the parameter of the wrong type", function()
    contains(message_of("TypeError", probe.plain, 1), "probe.plain: first must be text, not 1")
    contains(message_of("TypeError", probe.plain, "a", -1), "second must be a whole number of at least 0, not -1")
    contains(message_of("ValueError", probe.plain, { "a", timeout = "soon" }), "probe.plain: timeout: bad duration")
    contains(message_of("TypeError", probe.send, { "add", rpc_metadata = { key = 1 } }), "rpc_metadata[key]")
  end)

  it("checks the workflow's arguments before anything is sent", function()
    contains(message_of("TypeError", probe.send, { "add", args = { one = 1 } }),
      "args must be a list; it has the key one")
  end)
end)

spec.suite("declare: types", function(it)
  it("wants a colon", function()
    contains(message_of("TypeError", handle.query, "status"), "call it as WorkflowHandle:query, with a colon")
  end)

  it("gives properties and refuses to set them", function()
    equal({ handle.id, handle.run_id, handle.first_execution_run_id }, { "order", "run" })
    contains(message_of("AttributeError", function() handle.id = "other" end), "WorkflowHandle.id is read-only")
    contains(message_of("AttributeError", function() handle.other = 1 end), "has no field 'other' to set")
  end)

  it("names the field that was meant", function()
    contains(message_of("AttributeError", function() return handle.querry end),
      "WorkflowHandle has no field 'querry'; did you mean 'query'?")
    contains(message_of("AttributeError", function() return nowhere.start_workflw end), "mean 'start_workflow'?")
  end)

  it("knows its own values only", function()
    spec.truthy(declare.types.WorkflowHandle.is(handle))
    spec.truthy(not declare.types.WorkflowHandle.is(nowhere))
    spec.truthy(not declare.types.WorkflowHandle.is({}))
  end)

  it("lists the enums' names as the program knows them", function()
    local function refusal(document, name, method)
      local call = { start_workflow = { nowhere, { "W", id = "i", task_queue = "q" } },
        start_batch_operation = { nowhere, { "reset", query = "q", type = "FIRST_WORKFLOW_TASK" } },
        execute_workflow = { nowhere, { "W", id = "i", task_queue = "q" } },
        start_update_with_start_workflow = { nowhere, { "u", start_workflow_operation =
          temporal.with_start_workflow_operation { "W", id = "i", task_queue = "q", id_conflict_policy = "FAIL" } } } }
      local target, arguments = table.unpack(call[method.name] or { handle, { method.positional[1] and "x" } })
      local first = method.positional[1]
      arguments[first and first.name == name and 1 or name] = "NONSENSE"
      if document.methods.fetch_history_events == method then
        return message_of("ValueError", target[method.name](target, arguments))
      end
      return message_of("ValueError", target[method.name], target, arguments)
    end
    local count = 0
    for _, document in pairs { declare.types.Client, declare.types.WorkflowHandle } do
      for _, method in pairs(document.methods) do
        for _, parameter in ipairs(method.parameters) do
          if parameter.type == "enum" then
            local message = refusal(document, parameter.name, method)
            for _, value in ipairs(parameter.values) do contains(message, '"' .. value .. '"') end
            count = count + 1
          end
        end
      end
    end
    spec.truthy(count >= 6, "enums were found")
  end)
end)

spec.suite("declare: methods in modules of their own", function(it)
  local is_loaded = false
  package.preload["spec.more"] = function()
    is_loaded = true
    return { distant = { help = "Echoes.", rpc = false, call = function() return "from afar" end } }
  end
  local near = { help = "Echoes.", rpc = false, call = function() return "from here" end }
  local metatable = {}
  local function value() return setmetatable({}, metatable) end
  local declaration = declare.type { name = "SpecProbe", help = "For this spec.", metatable = metatable,
    methods = { near = near }, more = { "spec.more" } }

  it("are loaded when a name is none of the type's own", function()
    equal({ value():near(), is_loaded }, { "from here", false })
    equal({ value():distant(), is_loaded }, { "from afar", true })
    equal(declaration.fields, { "distant", "near" })
  end)

  it("are among those that a misspelt name is told of", function()
    contains(message_of("AttributeError", function() return value().distnt end), "did you mean 'distant'?")
    contains(message_of("AttributeError", function() return client.list_worker end), "did you mean 'list_workers'?")
  end)
end)
