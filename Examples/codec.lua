-- Payloads that only those who have the codec can read, by a codec written in Lua.
--
--   moondial --dev Examples/codec.lua
--
-- What this codec does hides nothing from anybody who wants to know: put a real cipher in its place, or have a server
-- do the work, with temporal.connect{ codec = { endpoint = "http://localhost:8888" } } or --codec-endpoint.

local encoding <const>, mask <const> = "binary/masked", 0x5A

local function flip(data)
  return (data:gsub(".", function(byte) return string.char(byte:byte() ~ mask) end))
end

local function each(payloads, f)
  local list = {}
  for i, payload in ipairs(payloads) do list[i] = f(payload) end
  return list
end

local codec = temporal.codec {
  name = "the example's codec",
  encode = function(payloads)
    return each(payloads, function(payload)
      return { metadata = { encoding = encoding, was = payload.metadata.encoding }, data = flip(payload.data) }
    end)
  end,
  decode = function(payloads)
    return each(payloads, function(payload)
      if payload.metadata.encoding ~= encoding then return payload end
      return { metadata = { encoding = payload.metadata.was }, data = flip(payload.data) }
    end)
  end,
}

local mine = temporal.connect { client.address, namespace = client.namespace, codec = codec }

-- No worker is needed to see what the server has: this workflow never runs.
local h = mine:start_workflow { "Secret", args = { { card = "4111 1111" } }, task_queue = "nobody", id = "secret" }

local function input_of(c)
  local history = c:get_workflow_handle(h.id):fetch_history()
  return history.events[1].workflow_execution_started_event_attributes.input[1]
end

print("with the codec:   ", input_of(mine).card)
print("without the codec:", input_of(client))
h:terminate("the example is over")
