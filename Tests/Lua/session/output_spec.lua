--- Values as JSON, settings and commands.

local commands = require "moondial.commands"
local errors = require "moondial.errors"
local plain = require "moondial.show.plain"
local settings = require "moondial.settings"
local show = require "moondial.show"
local spec = require "support.spec"

local contains, equal, truthy = spec.contains, spec.equal, spec.truthy

spec.suite("output: JSON", function(it)
  it("has a form for whatever a value is", function()
    local cycle = { 1 }
    cycle[2] = cycle
    for _, case in ipairs {
      { nil, "null" }, { true, "true" }, { 1, "1" }, { 1.0, "1.0" }, { 0 / 0, '"NaN"' }, { -math.huge, '"-Infinity"' },
      { "a\nb", '"a\\nb"' }, { "\xff\xfe\xfd", '"//79"' }, { "\xff", '"/w=="' },
      { temporal.bytes("abcd"), '"YWJjZA=="' },
      { {}, "{}" }, { json.array {}, "[]" }, { { 1, { 2 } }, "[1,[2]]" }, { { 1, nil, 3 }, '{"1":1,"3":3}' },
      { { 1, x = 2 }, '{"1":1,"x":2}' }, { { [1] = "a", ["1"] = "b", [2.5] = 0 }, '{"1":"a","1\'":"b","2.5":0}' },
      { cycle, '[1,"<cycle>"]' }, { json.null, "null" },
      { temporal.timestamp("2026-11-23T12:00:00.5Z"), '"2026-11-23T12:00:00.500Z"' },
      { temporal.payload { metadata = { encoding = "x" }, data = "\0" },
        '{"data":"AA==","metadata":{"encoding":"eA=="}}' },
      { client:get_workflow_handle("w", { run_id = "r" }),
        '{"id":"w","kind":"WorkflowHandle","result_run_id":"r","run_id":"r"}' },
      { errors.new("RPCError", "no", { status = "NOT_FOUND", traceback = "x" }),
        '{"kind":"RPCError","message":"no","status":"NOT_FOUND"}' },
    } do
      equal(plain.encode(case[1]), case[2])
    end
    contains(plain.encode(print), '"function')
  end)

  it("is always valid, however odd or deep", function()
    local seed = 20261123
    math.randomseed(seed)
    local function random(depth)
      local kind = math.random(depth > 6 and 5 or 8)
      if kind == 1 then return math.random(-9, 9) / math.random(0, 2) end
      if kind == 2 then return string.char(math.random(0, 255), math.random(0, 255)) end
      if kind == 3 then return math.random() < 0.5 end
      if kind == 4 then return print end
      if kind == 5 then return json.null end
      local t = {}
      for _ = 1, math.random(0, 4) do
        local key = random(9)
        if key ~= key or key == nil then key = "nan" end
        t[math.random() < 0.5 and #t + 1 or key] = random(depth + 1)
      end
      return t
    end
    for _ = 1, 500 do
      local ok, problem = pcall(function() return json.decode(plain.encode(random(0), 2)) end)
      truthy(ok, "seed " .. seed .. ": " .. tostring(problem))
    end
    local deep = {}
    for _ = 1, 2000 do deep = { deep } end
    contains(plain.encode(deep), "too deep")
    truthy(pcall(json.decode, plain.encode(deep)), "deep")
  end)

  it("is one document for a history, as the replayers take it", function()
    local history = temporal.history_from_json("w", '{"events":[{"eventId":"1","eventType":"TimerFired"}]}')
    local function shown(output)
      local lines = {}
      show.lay_out(history, show.context { output = output }, function(line) lines[#lines + 1] = line end)
      return lines
    end
    equal(table.concat(shown("json"), "\n"), history:to_json())
    equal(shown("jsonl"), { '{"events":[{"eventId":"1","eventType":"EVENT_TYPE_TIMER_FIRED"}]}' })
  end)
end)

spec.suite("output: Lua", function(it)
  local function shown(value)
    local lines = {}
    show.lay_out(value, show.context { output = "lua", width = 60 }, function(line) lines[#lines + 1] = line end)
    return table.concat(lines, "\n")
  end
  local function read_back(value) return assert(load("return " .. shown(value), "=shown", "t"))() end

  it("reads back as the same", function()
    for _, value in ipairs { true, 1, -1.5, 1e300, math.mininteger, math.huge, "a\n\"\\\xff\0\u{202e}",
      { 1, { x = {}, ["end"] = "y", [2.5] = false } }, json.null } do
      equal(read_back(value), value)
    end
    local nan = read_back(0 / 0)
    truthy(nan ~= nan, "not a number")
    equal(math.type(read_back(2.0)), "float")
    local t = read_back { json.array {}, temporal.timestamp("2026-11-23T12:00:00.123456789Z"), temporal.bytes("\0\xff"),
      temporal.payload { metadata = { encoding = "x", ["a-b"] = "\1" }, data = "\xfe" },
      client:get_workflow_handle("it's \"it\"", { run_id = "r" }) }
    equal(json.encode(t[1]), "[]")
    equal(tostring(t[2]), "2026-11-23T12:00:00.123456789Z")
    equal(t[3][1], "\0\xff")
    equal({ t[4].metadata, t[4].data }, { { encoding = "x", ["a-b"] = "\1" }, "\xfe" })
    equal({ t[5].id, t[5].run_id }, { "it's \"it\"", "r" })
  end)

  it("has a text for what has no source, and shows errors with their fields", function()
    local cycle = {}
    cycle.again = cycle
    equal(read_back(cycle), { again = "<cycle>" })
    contains(read_back { print }[1], "function")
    contains(read_back(client), "Client(")
    equal(read_back(errors.new("RPCError", "no", { status = "NOT_FOUND" })).status, "NOT_FOUND")
    equal(read_back(setmetatable({ 1 }, { __name = "Named" })), { 1 })
  end)
end)

spec.suite("output: settings", function(it)
  it("take their values and the words for them, and nothing else", function()
    equal(settings.set("output", "json"), nil)
    equal(settings.current.output, "json")
    equal(settings.set("output", "text"), nil)
    equal(settings.set("output", "xml"), "output is text, json, jsonl or lua, not 'xml'")
    equal(settings.set("nosuch", 1), "there is no setting 'nosuch'")
    equal(settings.set("timing", "on"), nil)
    equal(settings.current.timing, true)
    equal(settings.set("timing", false), nil)
    equal(settings.set("expanded", "off"), nil)
    equal(settings.current.expanded, false)
    equal(settings.set("expanded", "auto"), nil)
  end)
end)

spec.suite("output: commands", function(it)
  it("are declared in full", function()
    local count = 0
    for _, name in ipairs(commands.names()) do
      local command = commands.of(name)
      equal(command.name, name)
      truthy(command.help:find("%.$"), name .. ": a sentence")
      truthy(command.form == nil or command.form:find("^%." .. name), name .. ": its form")
      truthy(type(command.run) == "function", name .. ": run")
      count = count + 1
    end
    truthy(count >= 13, "commands were found")
  end)

  it("say which was meant", function()
    local function refusal(line)
      local ok, e = pcall(commands.run, line, {})
      equal(ok, false)
      equal(e.kind, "CommandError")
      return e.message
    end
    equal(refusal(".ouput"), "there is no command '.ouput'; did you mean '.output'?")
    equal(refusal(".zzzzzz"), "there is no command '.zzzzzz'; .help lists them")
    equal(refusal(".times noon"), "times is iso or relative, not 'noon'")
    equal(refusal(".watch h:describe()"), ".watch takes a time and an expression, as in .watch 2 h:describe()")
    equal(refusal(".load /nosuch/file"), "cannot open the file /nosuch/file: No such file or directory")
    equal(refusal(".bt"), "there has been no error")
    equal(refusal(".more"), "the last result is no iterator")
  end)

  it("set what they are named for", function()
    commands.run(".times  relative ", {})
    equal(settings.current.times, "relative")
    commands.run(".times iso", {})
    equal(settings.current.times, "iso")
  end)
end)
