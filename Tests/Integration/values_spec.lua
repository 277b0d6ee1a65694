local spec = require "support.spec"
local live = require "support.live"

local equal, raises, is_json = spec.equal, live.raises, live.is_json

local function plain(data)
  return { encoding = "json/plain", data = data }
end

-- What a value is sent as, and the JSON of what the worker gives back for it.
local table_of_values = {
  { "nil", nil, { encoding = "binary/null", data = "" }, "null" },
  { "json.null", json.null, { encoding = "binary/null", data = "" }, "null" },
  { "true", true, plain "true", "true" },
  { "false", false, plain "false", "false" },
  { "an integer", 1, plain "1", "1" },
  { "a float without a fraction", 1.0, plain "1.0", "1.0" },
  { "a float", 0.1, plain "0.1", "0.1" },
  { "a negative zero", -0.0, plain "-0.0", "-0.0" },
  { "the smallest float", 5e-324, plain "5e-324", "5e-324" },
  { "a large float", 2.0 ^ 70, plain "1.1805916207174113e+21", "1.1805916207174113e+21" },
  { "the largest integer", math.maxinteger, plain "9223372036854775807", "9223372036854775807" },
  { "the smallest integer", math.mininteger, plain "-9223372036854775808", "-9223372036854775808" },
  { "an integer that no float holds", (1 << 53) + 1, plain "9007199254740993", "9007199254740993" },
  { "an empty string", "", plain '""', '""' },
  { "a string with all kinds of characters", "ä漢\u{1F600}\"\\/\n\t\0\127", plain '"ä漢😀\\"\\\\/\\n\\t\\u0000\127"',
    '"ä漢😀\\"\\\\/\\n\\t\\u0000\127"' },
  { "an empty table", {}, plain "{}", "{}" },
  { "an empty array", json.array {}, plain "[]", "[]" },
  { "an empty object", json.object {}, plain "{}", "{}" },
  { "an array", { 1, "two", { 3 } }, plain '[1,"two",[3]]', '[1,"two",[3]]' },
  { "an array with nulls", { 1, json.null, 3, json.null }, plain "[1,null,3,null]", "[1,null,3,null]" },
  { "empty ones in tables", { a = json.array {}, o = json.object {}, n = {} }, plain '{"a":[],"n":{},"o":{}}',
    '{"a":[],"n":{},"o":{}}' },
  { "an object", { b = 1, a = { c = json.null } }, plain '{"a":{"c":null},"b":1}', '{"a":{"c":null},"b":1}' },
  { "an object with numbers for keys", { [2] = "a", [4] = "c" }, plain '{"2":"a","4":"c"}', '{"2":"a","4":"c"}' },
  { "an object by its mark", json.object { [1] = "a", [3] = "c" }, plain '{"1":"a","3":"c"}', '{"1":"a","3":"c"}' },
  { "an array by its mark", json.array { 1, 2 }, plain "[1,2]", "[1,2]" },
  { "a key with unicode", { ["ключ"] = 1 }, plain '{"ключ":1}', '{"ключ":1}' },
  { "a time", temporal.timestamp("2026-01-02T03:04:05.678Z"), plain '"2026-01-02T03:04:05.678Z"',
    '"2026-01-02T03:04:05.678Z"' },
  { "bytes", temporal.bytes("ab"), { encoding = "binary/plain", data = "ab" }, "[97,98]" },
  { "a payload", temporal.payload { metadata = { encoding = "json/plain", more = "m" }, data = "[1 , 2.0]" },
    { encoding = "json/plain", more = "m", data = "[1 , 2.0]" }, "[1,2.0]" },
}

live.suite("values: round trips", function(it)
  for _, row in ipairs(table_of_values) do
    local title, value, payload, back = row[1], row[2], row[3], row[4]
    it(title, function()
      equal(live.execute { "Arrived", args = { n = 1, value } }, payload)
      is_json(live.execute { "Echo", args = { n = 1, value } }, "[" .. back .. "]")
    end)
  end

  it("integers and floats stay apart, at any depth", function()
    local result = live.execute("Echo", 1, 1.0, { x = { 2, 2.0, -0.0 } }, 1e15, 10 ^ 15 // 1)
    equal({ math.type(result[1]), math.type(result[2]) }, { "integer", "float" })
    equal({ result[3].x[1], result[3].x[2] }, { 2, 2.0 })
    equal(1 / result[3].x[3], -math.huge)
    equal({ result[4], result[5] }, { 1e15, 1e15 })
  end)

  it("nil is nil at the top, and json.null inside", function()
    equal(live.execute("Nothing"), nil)
    local result = live.execute("Echo", nil, { json.null, a = nil })
    equal(rawequal(result[1], json.null), true)
    equal(rawequal(result[2][1], json.null), true)
    equal(tostring(json.null), "null")
    equal(json.null ~= nil and json.null ~= false, true)
  end)

  it("arrays stay arrays through several trips", function()
    local value = { json.array {}, { json.array {}, json.object {} }, { list = json.array {} } }
    for _ = 1, 3 do
      value = live.execute("Echo", value)[1]
    end
    is_json(value, '[[],[[],{}],{"list":[]}]')
    value[1][1] = "not empty any more"
    table.remove(value[2], 1)
    table.remove(value[2], 1)
    is_json(live.execute("Echo", value), '[[["not empty any more"],[],{"list":[]}]]')
  end)

  it("bytes come back as a string", function()
    local all = {}
    for byte = 0, 255 do all[#all + 1] = string.char(byte) end
    equal(live.execute("ReturnBytes"), table.concat(all))
    equal(live.execute { "ReturnBytes", result_type = "bytes" }, table.concat(all))
    local sent = live.execute { "Arrived", args = { temporal.bytes(table.concat(all, "", 1, 128)) } }
    equal(sent, { encoding = "binary/plain", data = table.concat(all, "", 1, 128) })
    equal(tostring(temporal.bytes("abc")), "temporal.bytes(3 bytes)")
  end)

  it("a payload goes out as it came", function()
    local payload = live.execute { "ReturnPayload", args = { "binary/odd", "xyz" }, result_type = "raw" }
    equal(payload.metadata, { encoding = "binary/odd" })
    equal(payload.data, "xyz")
    equal(tostring(payload), "temporal.payload(binary/odd, 3 bytes)")
    equal(live.execute("Arrived", payload), { encoding = "binary/odd", data = "xyz" })
  end)

  it("json/protobuf comes back as its JSON", function()
    is_json(live.execute("ReturnProto"), '{"count":3.0,"name":"moondial","tags":["a","b"]}')
    local id = live.id()
    local execution = live.execute { "ReturnProto", args = { true }, id = id }
    equal(execution.workflowId, id)
  end)

  it("an integer beyond 64 bits comes as the nearest float, as Lua's own numerals do", function()
    equal(live.execute("ReturnPayload", "json/plain", "9223372036854775808"), 2.0 ^ 63)
    equal(live.execute("ReturnPayload", "json/plain", "-18446744073709551616"), -2.0 ^ 64)
    equal(live.execute("ReturnPayload", "json/plain", "-9223372036854775808"), math.mininteger)
  end)

  it("what Python writes and JSON has not is an error, and its payload there for the asking", function()
    raises("PayloadError", "invalid token near 'NaN'", live.execute, "Echo", temporal.payload {
      metadata = { encoding = "json/plain" }, data = "NaN" })
    equal(live.execute { "ReturnPayload", args = { "json/plain", "NaN" }, result_type = "raw" }.data, "NaN")
  end)

  it("an unknown encoding is an error that names it", function()
    raises("PayloadError", "Unknown payload encoding binary/odd", live.execute, "ReturnPayload", "binary/odd", "xyz")
    raises("PayloadError", "The data of a json/plain payload is not JSON", live.execute, "ReturnPayload", "json/plain",
      "{")
    raises("PayloadError", "binary/null", live.execute, "ReturnPayload", "binary/null", "x")
  end)

  it("an unknown encoding stays a payload where it is shown", function()
    local handle = live.start { "ReturnPayload", args = { "binary/odd", "xyz" },
      memo = { odd = temporal.payload { metadata = { encoding = "binary/other" }, data = "m" } } }
    pcall(handle.result, handle)
    local memo = handle:describe().memo
    equal({ memo.odd.metadata.encoding, memo.odd.data }, { "binary/other", "m" })
    local close_event = handle:fetch_history_events { event_filter_type = "CLOSE_EVENT" }()
    local result = close_event.workflow_execution_completed_event_attributes.result
    equal({ result[1].metadata.encoding, result[1].data }, { "binary/odd", "xyz" })
  end)

  it("1.9 MiB of text go there and back", function()
    local text = ("0123456789abcdef"):rep(1945 * 64)
    equal(live.execute { "Echo", args = { text }, result_type = function(v) return v[1] == text end }, true)
    local h = live.start("Mailbox")
    h:signal("put", text)
    equal(h:query("nth", 0) == text, true)
  end)

  it("more than the server takes is its error", function()
    local e = raises("RPCError", "Blob data size exceeds limit", live.execute, "Echo", ("x"):rep(2 * 1024 * 1024 + 1))
    equal(e.status, "INVALID_ARGUMENT")
    e = raises("RPCError", "larger than max", live.execute, "Echo", ("x"):rep(5 * 1024 * 1024))
    equal(e.status, "RESOURCE_EXHAUSTED")
  end)
end)

live.suite("values: what cannot be sent", function(it)
  -- Refused before anything is sent: elsewhere there is nobody to send it to.
  local handle = live.nowhere:get_workflow_handle("any")
  local function refused(part, ...)
    return raises("TypeError", part, handle.signal, handle, "put", ...)
  end

  it("names the place", function()
    refused("args[1].items[3]: JSON cannot hold a function", { items = { 1, 2, print } })
    refused("args[2]: JSON cannot hold a coroutine", 1, coroutine.create(print))
    refused("args[1][1].x: JSON cannot hold a userdata", { { x = client } })
    raises("TypeError", "memo.a.b: JSON cannot hold a function", live.nowhere.start_workflow, live.nowhere,
      { "T", id = "i", task_queue = "q", memo = { a = { b = print } } })
    raises("TypeError", "args[1].x", handle.query, handle, "q", { x = print })
    raises("TypeError", "args[1].x", handle.execute_update, handle, "u", { x = print })
    raises("TypeError", "args[1].x", handle.terminate, handle, json.object { x = print })
    raises("TypeError", "start_signal_args[2]", live.nowhere.start_workflow, live.nowhere,
      { "T", id = "i", task_queue = "q", start_signal = "s", start_signal_args = { 1, print } })
  end)

  it("names numbers that JSON has not", function()
    refused("args[1].x: JSON has no number for", { x = 0 / 0 })
    refused("args[1]: JSON has no number for inf", math.huge)
  end)

  it("names text that is not UTF-8, and temporal.bytes", function()
    refused("args[1].k[2]: the string is not valid UTF-8; send bytes with temporal.bytes(…)", { k = { "a", "\xff" } })
    refused("args[1]: the string is not valid UTF-8", "\xed\xa0\x80")
    refused("args[1]: the string is not valid UTF-8", { ["\xff"] = 1 })
  end)

  it("names where a table contains itself", function()
    local cycle = {}
    cycle.self = { cycle }
    refused("args[1].items[2].self[1]: the table contains itself", { items = { 1, cycle } })
    refused("args[2].self[1]: the table contains itself", nil, cycle)
    local shared = { 1 }
    is_json(live.execute("Echo", { shared, shared }), "[[[1],[1]]]")
  end)

  it("names tables that are neither list nor object", function()
    refused("args[1].t: a table has both a list's keys and an object's", { t = { 1, a = 2 } })
    refused("args[1]: a table's key must be text or an integer, not a boolean", { [true] = 1 })
    refused("args[1]: a table's key must be text or an integer, not a number", { [1.5] = 1 })
  end)

  it("names what only a whole argument can be", function()
    refused("args[1].b: JSON cannot hold bytes", { b = temporal.bytes("x") })
    refused("args[1].p: JSON cannot hold a payload", { p = temporal.payload { metadata = {} } })
  end)

  it("bounds the depth", function()
    local deep, deeper = 1, 1
    for _ = 1, 90 do deep = { deep } end
    for _ = 1, 1000 do deeper = { deeper } end
    is_json(live.execute("Echo", deep), ("["):rep(91) .. "1" .. ("]"):rep(91))
    refused("nested more than", deeper)
  end)
end)
