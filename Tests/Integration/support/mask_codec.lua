--- The same as MaskCodec in Tests/Support/payload_codecs.py.

local function flipped(data)
  return (data:gsub(".", function(byte) return string.char(byte:byte() ~ 0x5A) end))
end

local function map(payloads, f)
  local list = {}
  for i, payload in ipairs(payloads) do list[i] = f(payload) end
  return list
end

return temporal.codec {
  encode = function(payloads)
    return map(payloads, function(payload)
      local metadata = { encoding = "binary/masked" }
      for key, value in pairs(payload.metadata) do metadata["masked-" .. key] = value end
      return temporal.payload { metadata = metadata, data = flipped(payload.data) }
    end)
  end,
  decode = function(payloads)
    return map(payloads, function(payload)
      if payload.metadata.encoding ~= "binary/masked" then return payload end
      local metadata = {}
      for key, value in pairs(payload.metadata) do
        local name = key:match("^masked%-(.*)$")
        if name then metadata[name] = value end
      end
      return temporal.payload { metadata = metadata, data = flipped(payload.data) }
    end)
  end,
}
