local spec = require "support.spec"
local live = require "support.live"

local equal, raises, is_json = spec.equal, live.raises, live.is_json
local options_of = temporal.start_options_of

-- What the server keeps of a start, without what is each run's own.
local function kept(h)
  local event = live.first_event(h)
  local started = event.workflow_execution_started_event_attributes
  for _, name in ipairs { "identity", "workflow_id", "original_execution_run_id", "first_execution_run_id",
    "workflow_execution_expiration_time", "root_workflow_execution" } do
    started[name] = nil
  end
  return { started, event.user_metadata }
end

live.suite("start_options_of", function(it)
  it("gives all of a start, to start another", function()
    local h = live.start { "Sleep", args = { 1, nil, { a = json.array {} }, temporal.bytes("\xff"), n = 4 },
      execution_timeout = "1h", run_timeout = "30m", task_timeout = 7, start_delay = "1h", headers = { trace = "t" },
      retry_policy = { maximum_attempts = 3, non_retryable_error_types = { "A" } }, memo = { m = { 1 } },
      search_attributes = { CustomIntField = 5, CustomDoubleField = 2, CustomBoolField = true,
        CustomKeywordField = "k", CustomTextField = "some text", CustomKeywordListField = { "one" },
        CustomDatetimeField = temporal.timestamp("2026-11-23T12:00:00Z") },
      static_summary = "s", static_details = "d", versioning_override = { auto_upgrade = true },
      priority = { priority_key = 2, fairness_key = "f", fairness_weight = 1.5 } }
    local options = options_of(h)
    equal({ options.workflow, options.id, options.task_queue }, { "Sleep", h.id, live.task_queue })
    is_json(options.args[3], '{"a":[]}')
    equal({ #options.args, options.args[2], options.start_delay }, { 4, json.null, 3600.0 })
    options.id = live.id("again")
    equal(kept(live.start(options)), kept(h))
  end)

  it("gives what a file of JSON can keep", function()
    local h = live.start { "Sleep", args = { "a", nil, { b = 1 }, n = 4 }, memo = { m = { 1 } } }
    local options = json.decode(json.encode(options_of(h)))
    is_json(options.args, '["a",null,{"b":1},null]')
    options.id = live.id("again")
    equal(kept(live.start(options)), kept(h))
    is_json(options_of(live.start { "Sleep", args = {} }).args, "[]")
  end)

  it("gives values to change where sending them gives the same again, and payloads elsewhere", function()
    local function json_payload(data, more)
      local metadata = { encoding = "json/plain", more = more }
      return temporal.payload { metadata = metadata, data = data }
    end
    local h = live.start { "Sleep", args = { json_payload('{ "b":1.5,\t"a": ["\\u00fc", 2] }'), json_payload("1.10"),
      json_payload("123456789012345678901"), json_payload("1", "x"), json_payload('{"n": "1.10"}') } }
    local args = options_of(h).args
    is_json(args[1], '{"a":["ü",2],"b":1.5}')
    for i = 2, 4 do equal(getmetatable(args[i]).__name, "Payload") end
    is_json(args[5], '{"n":"1.10"}')
  end)

  it("leaves out what a run has of its own", function()
    local h = live.start { "Sleep", search_attributes = { TemporalScheduledById = "nightly", BuildIds = { "b" } } }
    equal(options_of(h).search_attributes, nil)
    local failing = live.start { "FailUntil", args = { 2 }, retry_policy = { initial_interval = 0.01 } }
    failing:result()
    local options = options_of(failing)
    equal({ options.start_delay, options.args[1] }, { nil, 2 })
  end)

  it("reads the run of the handle", function()
    local h = live.start("ContinueAsNew", 1)
    h:result()
    equal(options_of(h).args[1], 0)
    equal(options_of(client:get_workflow_handle(h.id, { run_id = h.result_run_id })).args[1], 1)
    raises("TypeError", "handle must be a WorkflowHandle, not string", options_of, h.id)
    equal(raises("RPCError", "", options_of, client:get_workflow_handle(live.id())).status, "NOT_FOUND")
  end)
end)
