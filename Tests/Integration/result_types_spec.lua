local spec = require "support.spec"
local live = require "support.live"

local equal, raises, is_json = spec.equal, live.raises, live.is_json

-- The value as the worker returns it, in the form that is asked for.
local function returned(value, result_type)
  local h = live.start("Mailbox")
  h:signal { "put", args = { n = 1, value } }
  return h:query { "nth", arg = 0, result_type = result_type }
end

live.suite("result types", function(it)
  it("check a Lua type by name", function()
    equal(returned(5, "integer"), 5)
    equal(returned(5.0, "integer"), 5)
    equal(returned(5, "number"), 5)
    equal(returned(5.5, "number"), 5.5)
    equal(returned("5", "string"), "5")
    equal(returned(true, "boolean"), true)
    is_json(returned({ 1 }, "table"), "[1]")
    equal(live.execute { "ReturnBytes", result_type = "bytes" }:byte(256), 255)
  end)

  it("say what the result is instead", function()
    raises("TypeError", "the result is of type float, where result_type asks for an integer", returned, 5.5, "integer")
    raises("TypeError", "the result is of type string, where result_type asks for an integer", returned, "5", "integer")
    raises("TypeError", "the result is nil, where result_type asks for a string", returned, nil, "string")
    raises("TypeError", "the result is of type integer, where result_type asks for a boolean", returned, 1, "boolean")
    raises("TypeError", "the result is of type string, where result_type asks for a table", returned, "x", "table")
    raises("TypeError", "the result is of type integer, where result_type asks for a table", returned, 1, {})
  end)

  it("put a metatable on the decoded table", function()
    local Order = {}
    Order.__index = Order
    function Order:total() return self.price * self.count end
    equal(returned({ price = 3, count = 4 }, Order):total(), 12)
  end)

  it("call a function with the decoded value, which may await", function()
    equal(returned({ 1, 2, 3 }, function(list) return #list end), 3)
    equal(returned(nil, function(value) return value == nil and "nothing" end), "nothing")
    local h = live.start("Mailbox")
    h:signal("put", 7)
    equal(h:query { "nth", arg = 0, result_type = function(value) return value + #h:query("contents") end }, 8)
    equal(tostring(select(2, pcall(returned, 1, function() error("no", 0) end))), "no")
  end)

  it("leave the payload as it is, if asked for", function()
    local payload = returned({ 1, 2.0 }, "raw")
    equal({ payload.metadata.encoding, payload.data }, { "json/plain", "[1,2.0]" })
    equal(live.execute { "Nothing", result_type = "raw" }.metadata.encoding, "binary/null")
  end)

  it("belong to a call, a handle or a definition, in this order", function()
    local handle = live.start { "Echo", args = { 1 }, result_type = "raw" }
    equal(handle:result().data, "[1]")
    is_json(handle:result { result_type = "table" }, "[1]")
    equal(client:get_workflow_handle(handle.id, { result_type = "raw" }):result().data, "[1]")
    is_json(client:get_workflow_handle(handle.id):result(), "[1]")
    local echo = temporal.workflow_definition { name = "Echo", result_type = "raw" }
    equal(live.execute { echo, args = { 2 } }.data, "[2]")
    equal(live.start { echo, args = { 3 } }:result().data, "[3]")
    is_json(live.execute { echo, args = { 4 }, result_type = "table" }, "[4]")
    is_json(live.start { echo, args = { 5 }, result_type = "table" }:result(), "[5]")
  end)

  it("make typed calls by definitions, wherever a name is", function()
    local h = live.start("Mailbox")
    local put, finish = temporal.signal_definition("put"), temporal.signal_definition { name = "finish" }
    local nth = temporal.query_definition { name = "nth", result_type = "integer" }
    local append = temporal.update_definition("append", { result_type = "integer" })
    h:signal(put, 1.0)
    h:signal { put, args = { "text" } }
    equal(h:query(nth, 0), 1)
    raises("TypeError", "asks for an integer", h.query, h, nth, 1)
    equal(h:query { nth, args = { 1 }, result_type = "string" }, "text")
    equal(h:execute_update(append, true), 3)
    equal(h:execute_update { append, args = { true } }, 4)
    local raw = temporal.update_definition { name = "append", result_type = "raw" }
    local update = h:start_update { raw, args = { 0 }, wait_for_stage = "COMPLETED" }
    equal(update:result().data, "5")
    equal(update:result { result_type = "integer" }, 5)
    equal(h:get_update_handle(update.id, { result_type = "raw" }):result().data, "5")
    h:signal(finish)
    equal(#h:result(), 5)
    local started = live.start { "Mailbox", start_signal = put, start_signal_args = { "first" } }
    is_json(started:query("contents"), '["first"]')
  end)

  it("refuse a definition of another kind", function()
    local h = live.nowhere:get_workflow_handle("any")
    local append = temporal.update_definition("append")
    raises("TypeError", 'update_definition("append") is no query definition', h.query, h, append)
    raises("TypeError", "is no signal definition", h.signal, h, append)
    raises("TypeError", "is no workflow definition", live.nowhere.start_workflow, live.nowhere,
      { append, id = "i", task_queue = "q" })
    raises("TypeError", "is no update definition", h.execute_update, h, temporal.query_definition("q"))
    raises("TypeError", "temporal.signal_definition has no parameter 'result_type'", temporal.signal_definition,
      { name = "s", result_type = "raw" })
    raises("ValueError", "result_type must be integer", h.query, h, temporal.query_definition {
      name = "q", result_type = "str" })
  end)
end)
