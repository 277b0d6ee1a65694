--- Payload codecs written in Lua, and what `temporal.connect` says of codecs.

local spec = require "support.spec"
local live = require "support.live"
local masked = require "support.mask_codec"

local equal, raises = spec.equal, live.raises

local function connect(codec)
  return temporal.connect { client.address, namespace = client.namespace, codec = codec }
end

-- One whose functions are the masking codec's, but for those given.
local function like_masked(functions)
  return temporal.codec { encode = functions.encode or masked.encode, decode = functions.decode or masked.decode }
end

local function broken() error("the key is lost") end

local function refuse_poison(payloads)
  for _, payload in ipairs(payloads) do
    if payload.metadata.poison then broken() end
  end
  return masked.decode(payloads)
end

local function json_payload(text) return temporal.payload { metadata = { encoding = "json/plain" }, data = text } end

local poison = temporal.payload { metadata = { encoding = "binary/masked", poison = "yes" }, data = "?" }

local function start(c, type, ...)
  return c:start_workflow { type, args = table.pack(...), id = live.id(type), task_queue = live.task_queue }
end

local function input_of(handle)
  return live.first_event(handle).workflow_execution_started_event_attributes.input
end

live.suite("codecs", function(it)
  it("hide what is sent from the server and from workers without them", function()
    local arrived = start(connect(masked), "Arrived", { a = 1 }):result()
    equal({ arrived.encoding, arrived["masked-encoding"] }, { "binary/masked", "json/plain" })
  end)

  it("are asked once for all payloads of a message", function()
    local calls = {}
    local function counting(name)
      return function(payloads)
        calls[#calls + 1] = name .. " " .. #payloads
        return masked[name](payloads)
      end
    end
    local c = connect(temporal.codec { encode = counting "encode", decode = counting "decode" })
    local h = c:start_workflow { "Sleep", args = { 1, 2, 3 }, memo = { a = 1, b = 2 }, static_summary = "s",
      id = live.id("once"), task_queue = live.id("nobody") }
    h:fetch_history()
    h:terminate(4, 5)
    equal(calls, { "encode 6", "decode 6", "encode 2" })
  end)

  it("are not asked where there are no payloads", function()
    local c = connect(temporal.codec { encode = broken, decode = broken })
    equal(c:count_workflows("WorkflowType = 'none'").count, 0)
  end)

  it("leave search attributes and headers alone", function()
    local id = live.id("headers")
    connect(masked).workflow_service:start_workflow_execution {
      namespace = client.namespace, workflow_id = id, request_id = id, workflow_type = { name = "Sleep" },
      task_queue = { name = live.id("nobody") }, input = { payloads = { "hidden" } },
      header = { fields = { trace = "shown" } },
      search_attributes = { indexed_fields = { CustomKeywordField = "found" } },
    }
    local h = client:get_workflow_handle(id)
    local started = live.first_event(h).workflow_execution_started_event_attributes
    equal(started.header.fields.trace, "shown")
    equal(started.search_attributes.indexed_fields.CustomKeywordField, "found")
    equal(started.input[1].metadata.encoding, "binary/masked")
    h:terminate()
  end)

  it("may suspend, also where the call cannot", function()
    local c = connect(like_masked {
      decode = function(payloads)
        async.sleep(0.01)
        return masked.decode(payloads)
      end,
    })
    local handles = async.map({ 3, 1, 2 }, function(n) return start(c, "Sleep", n) end)
    equal(async.map(handles, function(h) return input_of(h)[1] end), { 3, 1, 2 })
    table.sort(handles, function(a, b) return input_of(a)[1] < input_of(b)[1] end)
    equal(async.map(handles, function(h) return input_of(h)[1] end), { 1, 2, 3 })
    for _, h in ipairs(handles) do h:terminate() end
  end)

  it("may make calls of their own", function()
    local c = connect(like_masked {
      encode = function(payloads)
        equal(client:count_workflows("WorkflowType = 'none'").count, 0)
        return masked.encode(payloads)
      end,
    })
    equal(start(c, "Arrived", 1):result().encoding, "binary/masked")
  end)

  it("raise their errors where the call is, with the traceback", function()
    local c = connect(temporal.codec { encode = broken, decode = masked.decode })
    local _, text = pcall(start, c, "Sleep", 1)
    spec.contains(text, "the key is lost")
    local _, in_a_task = pcall(async.scope, function(s) s:spawn(start, c, "Sleep", 1) end)
    spec.contains(in_a_task.traceback, "codec_spec.lua:" .. debug.getinfo(broken, "S").linedefined)
    local value = { code = 5 }
    local raising = connect(temporal.codec { encode = function() error(value) end, decode = masked.decode })
    local _, caught = pcall(start, raising, "Sleep", 1)
    assert(rawequal(caught, value))
  end)

  it("give back as many payloads as they are given", function()
    local fewer = connect(temporal.codec { name = "half a codec", encode = function() return {} end, decode = broken })
    raises("CodecError", "half a codec made 0 payloads of 2", start, fewer, "Sleep", 1, 2)
    local first = "element 1"
    for what, part in pairs { [7] = "not a number", [{ {} }] = first, [{ { metadata = { a = 1 } } }] = first } do
      local wrong = connect(temporal.codec { encode = function() return what end, decode = broken })
      raises("TypeError", part, start, wrong, "Sleep", 1)
    end
  end)

  it("may take payloads as they are for tables", function()
    local plain = { metadata = { encoding = "json/plain" }, data = "[1]" }
    local c = connect(temporal.codec { encode = function() return { plain } end, decode = masked.decode })
    live.is_json(start(c, "Echo", "anything"):result(), "[[1]]")
  end)

  it("are left alone with what they cannot decode where it is shown", function()
    local c = connect(like_masked { decode = refuse_poison })
    local arguments = masked.encode { json_payload "1", json_payload "2", json_payload "4" }
    table.insert(arguments, 3, poison)
    local h = start(client, "Sleep", table.unpack(arguments))
    local input = input_of(c:get_workflow_handle(h.id))
    equal({ input[1], input[2], input[4] }, { 1, 2, 4 })
    equal(input[3].metadata, poison.metadata)
    h:terminate()
  end)

  it("raise where a value is asked for", function()
    local c = connect(temporal.codec { encode = masked.encode, decode = broken })
    local done = start(client, "Echo", 1)
    done:result()
    spec.contains(select(2, pcall(function() return c:get_workflow_handle(done.id):result() end)), "the key is lost")
    local open = start(client, "Mailbox")
    local h = c:get_workflow_handle(open.id)
    spec.contains(select(2, pcall(h.query, h, "contents")), "the key is lost")
    open:terminate()
  end)

  it("do not hide a failure by its details", function()
    local c = connect(temporal.codec { encode = masked.encode, decode = broken })
    local h = start(client, "Fail", "it broke", "Broken", { 1 })
    raises("WorkflowFailureError", "Broken: it broke", function() return c:get_workflow_handle(h.id):result() end)
  end)

  it("end with their call", function()
    local c = connect(like_masked { encode = function() async.sleep(3600) end })
    raises("TimeoutError", "timed out", async.timeout, 0.05, start, c, "Sleep", 1)
    equal(live.is_in_flight(), false)
    local decoding
    local slow = connect(like_masked { decode = function() decoding = true async.sleep(3600) end })
    local h = start(client, "Sleep", 1)
    equal(async.race {
      function() return slow:get_workflow_handle(h.id):fetch_history() end,
      function()
        live.wait_until(function() return decoding end)
        return "decoding"
      end,
    }, "decoding")
    equal(live.is_in_flight(), false)
    h:terminate()
  end)

  it("are not asked for a page that nobody wants any more", function()
    local asked = 0
    local c = connect(like_masked {
      decode = function(payloads)
        asked = asked + 1
        return masked.decode(payloads)
      end,
    })
    local id = live.id("pages")
    for i = 1, 3 do
      local h = client:start_workflow { "Sleep", id = id .. i, memo = { i = i }, task_queue = id }
      h:terminate()
    end
    local query = ("TaskQueue = '%s' AND ExecutionStatus = 'Terminated'"):format(id)
    live.wait_until(function() return client:count_workflows(query).count == 3 end)
    local workflows = c:list_workflows { query = query, page_size = 1 }
    equal(math.type(workflows().memo.i), "integer")
    workflows:close()
    equal(live.is_in_flight(), false)
    equal(asked, 1)
  end)

  it("chain: they encode from the first to the last", function()
    local function tag(name)
      return temporal.codec {
        encode = function(payloads)
          for _, payload in ipairs(payloads) do payload.data = payload.data .. name end
          return payloads
        end,
        decode = function(payloads)
          for _, payload in ipairs(payloads) do payload.data = assert(payload.data:match("^(.*)" .. name .. "$")) end
          return payloads
        end,
      }
    end
    local c = connect { tag "a", tag "b" }
    local h = start(c, "Sleep", 1)
    equal(input_of(h)[1], 1)
    equal(input_of(client:get_workflow_handle(h.id))[1].data, "1ab")
    h:terminate()
  end)

  it("go with a client's handles and its namespaces", function()
    local h = start(connect(masked), "Sleep", { secret = true })
    collectgarbage()
    equal(input_of(h)[1], { secret = true })
    h:terminate()
  end)
end)

live.suite("settings of codecs", function(it)
  local function connect_with(codec) return temporal.connect { "localhost:1", lazy = true, codec = codec } end

  it("are checked before anything is sent", function()
    raises("TypeError", "codec needs an endpoint", connect_with, {})
    raises("TypeError", "temporal.codec makes a codec of functions", connect_with, { encode = print, decode = print })
    raises("TypeError", "did you mean 'endpoint'?", connect_with, { endpont = "http://localhost" })
    raises("TypeError", "codec must be a table", connect_with, "http://localhost")
    raises("ValueError", "no URL such as http://", connect_with, { endpoint = "localhost:80" })
    raises("ValueError", "cannot read", connect_with, { endpoint = "https://localhost", server_root_ca_cert = "/none" })
    raises("TypeError", "temporal.codec needs decode", temporal.codec, { encode = broken })
  end)

  it("tell no secret", function()
    local secret <const> = "s3cr3t"
    for _, given in ipairs {
      { endpoint = "http://localhost", auth = secret .. "\n" },
      { endpoint = "http://localhost", headers = { ["x-key"] = secret .. "\n" } },
    } do
      local e = raises("ValueError", "a header of the codec", connect_with, given)
      assert(not tostring(e):find(secret, 1, true))
    end
    local c = connect_with { endpoint = ("http://me:%s@localhost:1/a?key=%s"):format(secret, secret), auth = secret }
    equal(c.codec, "the codec at http://localhost:1/a")
    local e = raises("CodecError", "the codec at http://localhost:1/a gave no answer to /encode: nobody answers there",
      start, c, "Sleep", 1)
    assert(not tostring(e):find(secret, 1, true))
  end)

  it("say which codec a client has", function()
    equal(client.codec, nil)
    local own = temporal.codec { encode = broken, decode = broken }
    equal(connect_with { { endpoint = "http://localhost/a" }, own }.codec,
      "the codec at http://localhost/a, the codec in Lua")
  end)
end)
