--- temporal.bulk on a scheduler with a virtual clock, and what it keeps and shows.

local errors = require "moondial.errors"
local plain = require "moondial.show.plain"
local show = require "moondial.show"
local spec = require "support.spec"
local world = require "support.world"

local contains, equal, lacks, raises, truthy = spec.contains, spec.equal, spec.lacks, spec.raises, spec.truthy

-- temporal.bulk in the scheduler of this world.
local function bulk(items, call, options)
  local a = { items = items, call = call, limit = 16 }
  for name, value in pairs(options or {}) do a[name] = value end
  return require "moondial.bulk".declaration.call(a)
end

local function ids(n, prefix)
  local list = {}
  for index = 1, n do list[index] = (prefix or "w") .. "-" .. index end
  return list
end

-- A function that gives the items of a list, one by one.
local function each_of(list)
  local position = 0
  return function()
    position = position + 1
    return list[position]
  end
end

-- A path where there is no file yet, and which is removed at the end.
local function new_path()
  local path = os.tmpname()
  os.remove(path)
  return path, setmetatable({}, { __close = function() os.remove(path) end })
end

local function read(path)
  local file <close> = assert(io.open(path))
  return file:read("a")
end

local function write(path, text)
  local file <close> = assert(io.open(path, "w"))
  file:write(text)
end

-- Runs f with what is written to standard error in a list.
local function catching_errors(f)
  local stderr, lines = io.stderr, {}
  rawset(io, "stderr", {
    write = function(_, ...) lines[#lines + 1] = table.concat({ ... }) end,
    flush = function() end,
  })
  local _ <close> = setmetatable({}, { __close = function() rawset(io, "stderr", stderr) end })
  f()
  return table.concat(lines)
end

local function text_of(value, options)
  local lines = {}
  show.lay_out(value, show.context(options or { width = 80 }), function(line) lines[#lines + 1] = line end)
  return table.concat(lines, "\n")
end

spec.suite("bulk: limit and rate", function(it)
  it("does all, no more than the limit at once", world.task(function(w)
    for _, items in ipairs { ids(100), each_of(ids(100)) } do
      local now, most, seen = 0, 0, {}
      local r = bulk(items, function(id, index)
        now = now + 1
        most = math.max(most, now)
        w.op(1)
        now = now - 1
        seen[index] = id
      end, { limit = 7 })
      equal({ r.total, r.done, r.failed, r.skipped, #r.errors }, { 100, 100, 0, 0, 0 })
      equal(most, 7)
      equal(seen, ids(100))
    end
  end))

  it("keeps to the rate", world.task(function(w)
    for _, items in ipairs { ids(500), each_of(ids(500)) } do
      local at = {}
      bulk(items, function(_, index)
        at[index] = w.host.now()
        w.op(0.2)
      end, { rate = 50, limit = 100 })
      truthy(math.abs(499 / (at[500] - at[1]) / 50 - 1) < 0.001)
    end
  end))

  it("takes from an iterator only what it has room for", world.task(function(w)
    local given = 0
    local function endless()
      given = given + 1
      return "w-" .. given
    end
    local text = catching_errors(function()
      equal(raises(w.async.timeout, 10.5, bulk, endless, function() w.op(1) end, { limit = 5 }).kind, "TimeoutError")
    end)
    equal(given, 55)
    contains(text, "it has not come to its end: 50 done, 5 cut short; nothing was saved to resume from")
  end))

  it("waits for an iterator that waits, with one asking at a time", world.task(function(w)
    local asking, list = 0, each_of(ids(9))
    local r = bulk(function()
      asking = asking + 1
      equal(asking, 1)
      w.op(1)
      asking = asking - 1
      return list()
    end, function() w.op(5) end)
    equal(r.done, 9)
  end))

  it("takes whole words for ids, and puts together what says the same", world.task(function()
    local r = bulk({ 1, 2, 127 }, function() error("cannot reach 127.0.0.1 port 2712", 0) end)
    equal({ #r.errors, r.errors[1].message }, { 1, "cannot reach 127.0.0.1 port 2712" })
    r = bulk({ "order-1", "order-12" }, function(id) error("no order-12 (" .. id .. "), nor order-1.5", 0) end)
    equal({ r.errors[1].message, r.errors[2].message },
      { "no order-12 (<id>), nor order-1.5", "no <id> (<id>), nor order-1.5" })
  end))

  it("refuses what makes no sense", world.task(function()
    for _, case in ipairs {
      { { 5, print }, "a list or an iterator expected, got number" },
      { { ids(1), print, { limit = 0 } }, "limit must be a whole number of at least 1" },
      { { ids(1), print, { rate = 0 } }, "rate must be above 0" },
    } do
      contains(raises(bulk, table.unpack(case[1])), case[2])
    end
    local text = catching_errors(function()
      contains(raises(bulk, { {} }, print), "an item has no id; give key")
    end)
    contains(text, "0 of 1 done")
  end))
end)

spec.suite("bulk: errors", function(it)
  it("collects them, in groups, whatever ids are in them", world.task(function(w)
    local r = bulk(ids(40), function(id, index)
      if index % 4 == 0 then w.fail(1, errors.new("RPCError", "no workflow " .. id, { status = "NOT_FOUND" })) end
      if index % 10 == 1 then error("broken", 0) end
    end)
    equal({ r.total, r.done, r.failed }, { 40, 26, 14 })
    equal(r.errors[1], { kind = "RPCError", message = "RPCError: NOT_FOUND: no workflow <id>", count = 10,
      ids = json.array { "w-4", "w-8", "w-12", "w-16", "w-20" } })
    equal(r.errors[2], { kind = "LuaError", message = "broken", count = 4,
      ids = json.array { "w-1", "w-11", "w-21", "w-31" } })
  end))

  it("takes no more memory for ever more kinds of them", world.task(function()
    local r = bulk(ids(1000), function(_, index) error("error number " .. index, 0) end)
    equal(r.failed, 1000)
    equal(#r.errors, 51)
    equal({ r.errors[1].message, r.errors[1].count, #r.errors[1].ids }, { "other errors", 950, 5 })
  end))

  it("raises what the iterator raises, and says how far it came", world.task(function()
    local list = each_of(ids(3))
    local text = catching_errors(function()
      contains(raises(bulk, function() return list() or error("no more pages", 0) end, function() end), "no more pages")
    end)
    contains(text, "3 done")
  end))
end)

spec.suite("bulk: the file", function(it)
  it("has a line for each item as it ends", world.task(function(w)
    local path <const>, _ <close> = new_path()
    local lines_seen = {}
    bulk({ "a", { id = "b", run_id = "r" }, 7, client:get_workflow_handle("h", { run_id = "r2" }) }, function(_, index)
      w.op(index)
      if index > 1 then lines_seen[index] = select(2, read(path):gsub("\n", "")) end
      if index == 2 then error("bad", 0) end
      if index == 3 then return { answer = 42 } end
    end, { save = path })
    equal(lines_seen, { [2] = 1, [3] = 2, [4] = 3 })
    equal(read(path), '{"id":"a","ok":true}\n'
      .. '{"error":{"kind":"LuaError","message":"bad"},"id":"b","ok":false,"run_id":"r"}\n'
      .. '{"id":"7","ok":true,"value":{"answer":42}}\n'
      .. '{"id":"h","ok":true,"run_id":"r2"}\n')
  end))

  it("is gone on with: what is done is skipped, what failed is done again", world.task(function(w)
    local path <const>, _ <close> = new_path()
    local broken = true
    local function call(_, index)
      w.op(1)
      if broken and index % 5 == 0 then error("broken", 0) end
    end
    equal(bulk(ids(20), call, { save = path }).failed, 4)
    broken = false
    local calls = {}
    local r = bulk(ids(22), function(id) calls[#calls + 1] = id end, { resume = path })
    equal(calls, { "w-5", "w-10", "w-15", "w-20", "w-21", "w-22" })
    equal({ r.total, r.done, r.failed, r.skipped, r.saved }, { 22, 6, 0, 16, path })
    equal(bulk(ids(22), call, { resume = path, save = path }).skipped, 22)
  end))

  it("tells runs of one id apart", world.task(function()
    local path <const>, _ <close> = new_path()
    local runs = { { id = "w", run_id = "1" }, { id = "w", run_id = "2" }, "w" }
    bulk({ runs[1], runs[3] }, function() end, { save = path })
    local r = bulk(runs, function(item) equal(item, runs[2]) end, { resume = path })
    equal({ r.done, r.skipped, r.failed }, { 1, 2, 0 })
  end))

  it("has what is cut short as not done", world.task(function(w)
    local path <const>, _ <close> = new_path()
    local text = catching_errors(function()
      raises(w.async.timeout, 1.5, bulk, ids(10), function() w.op(1) end, { save = path, limit = 2 })
    end)
    contains(text, ('2 of 10 done, 2 cut short; resume = "%s" goes on from here\n'):format(path))
    equal(read(path), '{"id":"w-1","ok":true}\n{"id":"w-2","ok":true}\n'
      .. '{"error":{"kind":"TimeoutError","message":"it was cut short"},"id":"w-3","ok":false}\n'
      .. '{"error":{"kind":"TimeoutError","message":"it was cut short"},"id":"w-4","ok":false}\n')
    local calls = {}
    bulk(ids(10), function(id) calls[#calls + 1] = id end, { resume = path })
    equal(calls, { table.unpack(ids(10), 3) })
  end))

  it("may end in what a kill left of a line", world.task(function()
    for _, torn in ipairs { '{"id":"w-3","ok":tr', '{"id":"w-3","ok":true}', "{" } do
      local path <const>, _ <close> = new_path()
      write(path, '{"id":"w-1","ok":true}\n{"id":"w-2","ok":true}\n' .. torn)
      local calls = {}
      bulk(ids(4), function(id) calls[#calls + 1] = id end, { resume = path })
      equal(calls, { "w-3", "w-4" })
      bulk(ids(4), error, { resume = path })
      equal(select(2, read(path):gsub('"ok":true}%s*\n', "")), 4)
    end
  end))

  it("has all that is done when it is another than the one that is resumed", world.task(function()
    local first <const>, _ <close> = new_path()
    local second <const>, _ <close> = new_path()
    bulk(ids(2), function() end, { save = first })
    bulk(ids(3), function() end, { resume = first, save = second })
    equal(bulk(ids(3), error, { resume = second }).skipped, 3)
    contains(raises(bulk, ids(1), error, { save = "/" }), "/: Is a directory")
  end))

  it("is neither overwritten nor taken for what it is not", world.task(function(w)
    local path <const>, _ <close> = new_path()
    contains(raises(bulk, ids(1), w.op, { resume = path }), "there is no such file to resume from")
    write(path, "my notes\n")
    contains(raises(bulk, ids(1), w.op, { resume = path }), "line 1 is no result of a bulk")
    write(path, '{"id":"w-1","ok":true}\n')
    contains(raises(bulk, ids(1), w.op, { save = path }), "there is such a file already")
    contains(raises(bulk, ids(1), w.op, { save = "/nowhere/at/all" }), "cannot open /nowhere/at/all")
  end))

  it("is for keys of one's own, too", world.task(function()
    local path <const>, _ <close> = new_path()
    local orders = { { number = 1 }, { number = 2 } }
    local function key(order) return "order " .. order.number end
    bulk({ orders[1] }, function() end, { save = path, key = key })
    local r = bulk(orders, function(order) equal(order.number, 2) end, { resume = path, key = key })
    equal({ r.done, r.skipped }, { 1, 1 })
  end))
end)

spec.suite("bulk: dry runs and results", function(it)
  it("counts without doing anything", world.task(function()
    local path <const>, _ <close> = new_path()
    write(path, '{"id":"w-1","ok":true}\n')
    local before = read(path)
    local r = bulk(each_of(ids(25)), error, { dry_run = true, resume = path })
    equal({ r.total, r.skipped, r.done, r.dry_run, #r.ids, r.ids[1] }, { 25, 1, 0, true, 10, "w-2" })
    equal(read(path), before)
    contains(text_of(r), "Dry run  would do 24 of 25")
    equal(tostring(r), "BulkResult(a dry run, 24 to do)")
  end))

  it("are shown as counts, and the errors as a table", world.task(function(w)
    local r = bulk(ids(12), function(id)
      w.op(0.5)
      if id:find("1", 1, true) then error("no \27[31m " .. id, 0) end
    end)
    equal(r.seconds, 0.5)
    local text = text_of(r)
    contains(text, "Done    8 of 12\nFailed  4\nTook    500ms  24.0 a second\n\nCount  Error")
    contains(text, "    4  no \\027[31m <id>  w-1, w-10, w-11, w-12")
    equal(tostring(r), "BulkResult(8 done, 4 failed)")
    lacks(text_of(bulk(ids(3), function() w.op(0.5) end)), "a second")
    local long = text_of(bulk(ids(3), function() error(("why "):rep(30) .. "it failed", 0) end))
    contains(long, "── 1 of 1 ──\nCount  3\nError  why why")
    contains(long, "it failed\nOf     w-1, w-2, w-3")
    local decoded = json.decode(plain.encode(r))
    equal({ decoded.total, decoded.done, decoded.errors[1].count }, { 12, 8, 4 })
    lacks(plain.encode(bulk({}, error)), "BulkResult")
    equal(json.decode(plain.encode(bulk({}, error))).errors, json.array {})
  end))
end)
