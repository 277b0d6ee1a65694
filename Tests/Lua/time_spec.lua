local spec = require "support.spec"
local duration = require "moondial.duration"
local timestamp = require "moondial.timestamp"

local equal, contains, raises = spec.equal, spec.contains, spec.raises

spec.suite("duration", function(it)
  it("reads numbers and text", function()
    local cases = { ["1m30s"] = 90, ["500ms"] = 0.5, ["1.5h"] = 5400, ["2d"] = 172800, ["0"] = 0,
      ["1h2m3s4ms"] = 3723.004,
      ["100us"] = 0.0001, ["100µs"] = 0.0001, ["1μs"] = 1e-6, ["7ns"] = 7e-9, ["-5s"] = -5, ["+5s"] = 5, [".5s"] = 0.5,
      ["1.s"] = 1, [" 3s "] = 3, ["1ms"] = 0.001 }
    for text, seconds in pairs(cases) do
      equal(duration.parse(text) + 0.0, seconds + 0.0, text)
    end
    equal(duration.parse("1m30s"), 90)
    equal(duration.parse(2.5), 2.5)
    equal(duration.parse(3), 3)
  end)

  it("names the text that is wrong", function()
    for _, text in ipairs { "", "10", "5 s", "s", "1x", "1m 30s", "abc", "1..5s",
      "1e3s", "--1s", "1s-", "1h30", "." } do
      local seconds, message = duration.try(text)
      equal(seconds, nil, text)
      contains(message, "bad duration '" .. text .. "'")
    end
    contains(raises(duration.parse, "1 fortnight"), "'1 fortnight'")
    contains(raises(duration.parse, nil), "got nil")
    contains(raises(duration.parse, {}), "got table")
    contains(raises(duration.parse, 0 / 0), "nan")
    contains(raises(duration.parse, math.huge), "inf")
  end)
end)

spec.suite("timestamp", function(it)
  it("prints ISO 8601 with the digits it needs", function()
    local new = timestamp.new
    equal({ tostring(new(0)), tostring(new(0, 500000000)), tostring(new(0, 1000)), tostring(new(0, 1)) },
      { "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.500Z", "1970-01-01T00:00:00.000001Z",
        "1970-01-01T00:00:00.000000001Z" })
    equal(tostring(new(-1)), "1969-12-31T23:59:59Z")
    equal(tostring(new(0, -1)), "1969-12-31T23:59:59.999999999Z")
    equal(tostring(new(0, 1500000000)), "1970-01-01T00:00:01.500Z")
    equal(tostring(new(-62135596800)), "0001-01-01T00:00:00Z")
    equal(tostring(new(253402300799)), "9999-12-31T23:59:59Z")
  end)

  it("agrees with os.date on every day of four centuries", function()
    for seconds = -6857222400, 6000000000, 86400 * 7 + 3599 do
      equal(tostring(timestamp.new(seconds)), os.date("!%Y-%m-%dT%H:%M:%SZ", seconds))
      equal(timestamp.parse(tostring(timestamp.new(seconds))).seconds, seconds)
    end
  end)

  it("parses RFC 3339 with offsets and fractions", function()
    local function parsed(text)
      local t = timestamp.parse(text)
      return { t.seconds, t.nanos }
    end
    equal(parsed("2024-02-29T12:34:56Z"), { 1709210096, 0 })
    equal(parsed("2024-02-29T14:34:56+02:00"), { 1709210096, 0 })
    equal(parsed("2024-02-29t04:04:56.5-08:30"), { 1709210096, 500000000 })
    equal(parsed("2024-02-29 12:34:56.123456789z"), { 1709210096, 123456789 })
    equal(parsed("2024-02-29T12:34:56.1234567891Z"), { 1709210096, 123456789 })
    equal(parsed("2016-12-31T23:59:60Z"), { 1483228800, 0 })
    for _, text in ipairs { "2024-02-30T00:00:00Z", "2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-01-01",
      "2024-01-01T24:00:00Z", "2024-01-01T00:00:00", "2024-01-01T00:00:00+1", "now", "2024-01-01T00:00:00.Z",
      "2024-01-01T00:00:00Z trailing", "1900-02-29T00:00:00Z" } do
      contains(raises(timestamp.parse, text), "bad timestamp '" .. text .. "'")
    end
    contains(raises(timestamp.parse, 5), "bad timestamp '5'")
  end)

  it("compares and counts", function()
    local a, b = timestamp.new(10, 500000000), timestamp.new(12, 250000000)
    equal({ a < b, a <= b, a > b, a == b, a == timestamp.new(10, 500000000), a <= a }, -- luacheck: ignore
      { true, true, false, false, true, true })
    equal(b - a, 1.75)
    equal(a - b, -1.75)
    equal(tostring(a + 1.75), tostring(b))
    equal(tostring(1.75 + a), tostring(b))
    equal(tostring(b - 1.75), tostring(a))
    equal(timestamp.new(1) + 1 == timestamp.new(2), true)
    contains(raises(function() return a < 5 end), "Timestamp")
    contains(raises(function() return a + "x" end), "number of seconds expected")
    contains(raises(function() return a + 1e300 end), "out of range")
    contains(raises(function() return 5 - a end), "number")
  end)

  it("formats like os.date, in UTC", function()
    local t = timestamp.new(1709210096, 5)
    equal({ t:format("%H:%M"), t:format("!%Y"), t:format() }, { "12:34", "2024", "2024-02-29T12:34:56.000000005Z" })
  end)

  it("takes the present from its clock", function()
    local clock = timestamp.clock
    timestamp.clock = function()
      return 7, 8
    end
    local now = timestamp.now()
    timestamp.clock = clock
    equal({ now.seconds, now.nanos }, { 7, 8 })
    equal(math.type(timestamp.now().seconds), "integer")
  end)
end)
