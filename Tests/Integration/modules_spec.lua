local spec = require "support.spec"
local live = require "support.live"

local equal, truthy, raises, is_json = spec.equal, spec.truthy, live.raises, live.is_json

live.suite("temporal", function(it)
  it("connects to other places, or to the same one as somebody else", function()
    local other = temporal.connect(client.address, { namespace = client.namespace, identity = "somebody@else" })
    equal({ other.address, other.namespace, other.identity }, { client.address, client.namespace, "somebody@else" })
    equal(tostring(other), ('Client("%s", namespace = "%s")'):format(client.address, client.namespace))
    local h = live.start("Mailbox")
    other:get_workflow_handle(h.id):signal("finish")
    h:result()
    local identities = {}
    for event in h:fetch_history_events() do
      local attributes = event.workflow_execution_signaled_event_attributes
      identities[#identities + 1] = attributes and attributes.identity
    end
    equal(identities, { "somebody@else" })
    truthy(client.identity:match("^%d+@.+$"), client.identity)
    equal(temporal.connect { target_host = client.address }.namespace, "default")
  end)

  it("sends a client's metadata with each call, and a call's own in its place", function()
    local other = temporal.connect { target_host = client.address, namespace = client.namespace,
      rpc_metadata = { ["supported-features"] = "follows-next-run-id" } }
    local h = live.start { "Cron", cron_schedule = "@every 1s" }
    local same = other:get_workflow_handle(h.id, { run_id = h.result_run_id })
    equal(same:result { follow_runs = false }, 1)
    raises("WorkflowContinuedAsNewError", "", same.result, same,
      { follow_runs = false, rpc_metadata = { ["supported-features"] = "none" } })
    raises("WorkflowContinuedAsNewError", "", h.result, h, { follow_runs = false })
  end)

  it("connects lazily, if asked to", function()
    local lazy = temporal.connect(client.address, { lazy = true })
    equal(live.is_in_flight(), false)
    truthy(lazy:count_workflows().count >= 0)
    raises("ConnectError", "", temporal.connect, "127.0.0.1:1", { lazy = false })
    raises("TypeError", "did you mean 'namespace'", temporal.connect, client.address, { namespce = "x" })
    raises("ValueError", "", temporal.connect, client.address, { rpc_metadata = { ["a b"] = "c" } })
  end)

  it("of another namespace is told so by the server", function()
    local other = temporal.connect(client.address, { namespace = "no-such-namespace" })
    local h = other:get_workflow_handle("any")
    local e = raises("RPCError", "no-such-namespace", h.describe, h)
    equal(e.status, "NOT_FOUND")
  end)

  it("clients have properties to be read only", function()
    local other = live.nowhere
    raises("AttributeError", "Client.namespace is read-only", function() other.namespace = "x" end)
    raises("AttributeError", "has no field 'list_workflow'; did you mean 'list_workflows'?", function()
      return client.list_workflow
    end)
  end)

  it("makes times", function()
    local t = temporal.timestamp("2026-01-02T03:04:05.123456789+01:00")
    equal({ tostring(t), t.seconds, t.nanos }, { "2026-01-02T02:04:05.123456789Z", 1767319445, 123456789 })
    truthy(temporal.timestamp { "2026-01-02T00:00:00Z" } < t)
    equal(t - temporal.timestamp("2026-01-02T02:04:00Z"), 5.123456789)
    for _, text in ipairs { "2026", "2026-13-01T00:00:00Z", "2026-01-02T03:04:05", "" } do
      local e = raises("ValueError", ("bad timestamp '%s'"):format(text), temporal.timestamp, text)
      spec.lacks(e.message, ".lua")
    end
  end)

  it("checks what it marks", function()
    raises("TypeError", "data must be text", temporal.bytes, 5)
    raises("TypeError", "needs data", temporal.bytes)
    raises("TypeError", "needs metadata", temporal.payload, {})
    raises("TypeError", "metadata[a] is not", temporal.payload, { metadata = { a = 1 } })
    equal(temporal.bytes { data = "x" }[1], "x")
    equal(tostring(temporal.payload { metadata = {}, data = "ab" }), "temporal.payload(no encoding, 2 bytes)")
    raises("TypeError", "needs name", temporal.query_definition)
    raises("TypeError", "did you mean 'result_type'", temporal.query_definition, "q", { result_typ = "raw" })
    equal(tostring(temporal.update_definition("add")), 'update_definition("add")')
  end)
end)

live.suite("json", function(it)
  it("keeps values apart that JSON keeps apart", function()
    local text = '{"a":[],"b":{},"c":[1,1.0,-0.0,1e+300,9223372036854775807,null,true,"\\u0000é"]}'
    is_json(json.decode(text), text)
    equal({ math.type(json.decode("1")), math.type(json.decode("1.0")), math.type(json.decode("1e2")) },
      { "integer", "float", "float" })
    equal({ json.decode("9223372036854775807"), json.decode("-9223372036854775808") },
      { math.maxinteger, math.mininteger })
    equal({ json.decode('"\\ud83d\\ude00"'), json.decode(" true ") }, { "\u{1F600}", true })
    equal(json.decode("null"), nil)
    equal(rawequal(json.decode("[null]")[1], json.null), true)
    equal(json.encode(nil), "null")
    equal(json.encode(), "null")
  end)

  it("writes keys in order, and levels if asked to", function()
    equal(json.encode({ b = { 1, 2 }, a = { c = json.array {} } }), '{"a":{"c":[]},"b":[1,2]}')
    equal(json.encode({ b = { 1, 2 }, a = json.object {} }, 2), '{\n  "a": {},\n  "b": [\n    1,\n    2\n  ]\n}')
    equal({ json.encode {}, json.encode(json.array()), json.encode(json.object()) }, { "{}", "[]", "{}" })
  end)

  it("names the place of what it cannot write", function()
    local cycle = { {} }
    cycle[1].back = cycle
    raises("ValueError", "[1].back", json.encode, cycle)
    raises("ValueError", "a.b[2]: JSON cannot hold a function", json.encode, { a = { b = { 1, print } } })
    raises("ValueError", "JSON has no number for", json.encode, 0 / 0)
    raises("ValueError", "not valid UTF-8", json.encode, "\xff")
    raises("ValueError", "it can be only one", json.encode, { 1, a = 2 })
    raises("TypeError", "indent must be a whole number", json.encode, {}, "2")
    raises("ValueError", "indent must be at most 100", json.encode, {}, math.maxinteger)
  end)

  it("says where text is no JSON", function()
    for _, text in ipairs { "", "{", "[1,]", "nul", "1 2", '"\\ud800"', "[1e999]", "'a'" } do
      raises("ValueError", "", json.decode, text)
    end
    raises("ValueError", "line 2", json.decode, "{\n  \"a\": }")
    raises("TypeError", "needs text", json.decode)
    raises("TypeError", "text must be text, not 5", json.decode, 5)
    -- An integer that Lua has no integer for must not become another number.
    local ok, value = pcall(json.decode, "9223372036854775808")
    truthy(not ok or math.type(value) == "float", value)
  end)
end)
