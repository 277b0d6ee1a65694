#!/usr/bin/env moondial
-- A tour of Moondial: a workflow's life from start to result, driven from Lua.
--
--     scripts/run Examples/tour.lua
--
-- It needs the demo worker (Examples/demo_worker.py), which scripts/run starts with a dev server of its own.

local function step(text) print("\n-- " .. text) end

step("start a workflow; the handle is an object whose methods wait for the server by themselves")
local id = "tour-" .. os.time()
local h = client:start_workflow { "Greeting", args = { "Moon" }, id = id, task_queue = "moondial-demo" }
print(h)

step("ask it something: a query")
print(h:query("greeting"))
print(table.concat(h:query("languages"), ", "))

step("tell it something: a signal")
h:signal("rename", "Luna")
print(h:query("greeting"))

step("change it and hear what came of it: an update")
print("the language before was " .. h:execute_update("set_language", "fi"))
print(h:query("greeting"))

step("errors are values with a kind and a cause, here from the update's validator")
local ok, e = pcall(h.execute_update, h, "set_language", "xx")
print(ok, e.kind, e.cause.type, e.cause.message)

step("describe it")
local d = h:describe()
print(d.workflow_type, d.status, "started " .. tostring(d.start_time))

step("wait for several things at once")
local answers = async.map({ "greeting", "languages" }, function(name) return h:query(name) end)
print(answers[1], #answers[2] .. " languages")

step("follow its history as it grows, while a task lets it finish")
async.scope(function(scope)
  scope:spawn("finish", h.signal, h, "finish")
  for event in h:fetch_history_events { wait_new_event = true } do
    print(("%3d  %s  %s"):format(event.event_id, event.event_time:format("%H:%M:%S"), event.event_type))
  end
end)

step("its result")
print(h:result())
