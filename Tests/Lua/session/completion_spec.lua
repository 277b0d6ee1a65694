--- Completion, hints and suggestions, without a server; nothing of the user's is run for them.

local completion = require "moondial.completion"
local documents = require "moondial.documents"
local hint = require "moondial.completion.hint"
local spec = require "support.spec"
local suggest = require "moondial.completion.suggest"

local contains, equal, lacks, truthy = spec.contains, spec.equal, spec.lacks, spec.truthy

local env = { client = client, temporal = temporal, json = json, async = async, help = help, string = string }
env.h = client:get_workflow_handle("order")

-- What is found where a text has "|", or at its end.
local function found(text)
  local cursor = (text:find("|", 1, true) or #text + 1) - 1
  return completion.at(text:sub(1, cursor) .. text:sub(cursor + 2), cursor, env)
end

-- The candidates, sorted, each with what stands behind it when it is the only one.
local function texts(text)
  local out = {}
  for index, candidate in ipairs(found(text).candidates) do
    out[index] = candidate.text .. (candidate.suffix or "")
  end
  return table.concat(out, ";")
end

spec.suite("completion: names", function(it)
  it("are globals, locals of the text, and keywords", function()
    equal(texts "cl", "client")
    equal(texts "lo", "local")
    equal(texts "local alpha, alp = 1\nal", "alp;alpha")
    equal(texts "function f(beta, ...) be", "beta")
    equal(texts "for key in pairs(t) do ke", "key")
    lacks(texts "", "local")
    contains(texts "", "client")
  end)

  it("stand for what their values are", function()
    equal(found("cl").candidates[1].detail, "Client")
    equal(found("jso").candidates[1].detail, documents.of("json").help)
    env.plain = function(a, b, ...) return a, b, ... end
    equal({ texts "plai", found("plai").candidates[1].detail }, { "plain(", "function(a, b, ...)" })
    env.plain = nil
  end)

  it("begin where the word does, with nothing in comments", function()
    equal(found("x = cl|ie").first, 5)
    equal(texts "-- cl", "")
  end)

  it("show those with an underscore to those who begin so", function()
    env._hidden = 1
    lacks(texts "", "_hidden")
    equal(texts "_h", "_hidden")
    env._hidden = nil
  end)
end)

spec.suite("completion: members", function(it)
  it("are the declared fields and methods", function()
    equal(texts "h.", "first_execution_run_id;id;result_run_id;run_id")
    equal(texts "h:fetch_history", "fetch_history(;fetch_history_events(")
    equal(texts "help(h.que", "query(")
    contains(texts "client:", "list_workflows(")
    contains(texts "json.", "null")
    equal(texts "h:que|(1)", "query")
  end)

  it("follow the declared types through calls", function()
    equal(texts 'client:get_workflow_handle("x"):que', "query(")
    equal(texts "h:describe().start_ti", "start_time")
    equal(texts "h:describe().start_time:", "format(")
    equal(texts "h:start_update{ 'x' }:res", "result(")
    equal(texts "temporal.connect('x'):count_workf", "count_workflows(")
    equal(texts "('x'):forma", "format(")
    equal(texts "local d = h:describe()\nprint(d.stat",
      "state_transition_count;static_details;static_summary;status")
    equal(texts "for w in client:list_workflows() do w.statu", "status")
    equal(texts "nothing().x:", "")
  end)

  it("are the RPCs of the raw services", function()
    equal(texts "client.workflow_service:describe_name", "describe_namespace(")
    equal(texts "client.operator_service:list_sea", "list_search_attributes(")
  end)

  it("are the keys of tables, and those of tables behind them", function()
    env.t = setmetatable({ alpha = 1, ["not a name"] = 2, ["end"] = 3, act = print }, { __index = { alps = 4 } })
    equal(texts "t.", "act(;alpha;alps")
    equal(texts "t:", "act(")
    equal(texts "t.al", "alpha;alps")
    env.list = { { deep = env.t } }
    equal(texts "list[1].deep.alph", "alpha")
    equal(texts "list[1]['deep'].alph", "alpha")
    equal(texts "list[i].d", "")
    env.t, env.list = nil, nil
  end)

  it("run none of the user's code", function()
    local calls = 0
    local function count() calls = calls + 1 error("it was run") end
    local events = {}
    for _, event in ipairs { "__index", "__newindex", "__call", "__tostring", "__name", "__pairs", "__len", "__eq",
      "__lt", "__le", "__concat", "__unm", "__close", "__mode" } do
      events[event] = count
    end
    -- The metatable has a metatable, and an __eq, too.
    env.trap = setmetatable({ field = setmetatable({}, events) }, setmetatable(events, events))
    env.other = setmetatable({}, { __index = function() count() end })
    env.f = count
    for _, text in ipairs { "tra", "trap.", "trap:", "trap.field.", "trap.field.x.", "trap.f", "trap[1].", "other.",
      "other:x", "f().", "f():", "f(", "trap(", 'trap("', 'trap.field:x("', "trap{ ", "f{ x = ", "trap().",
      "x = trap.\n", "local y = trap.field\ny.", "local y = f()\ny.", "for x in trap do x.", "for x in f() do x:",
      "trap[f()].", 'h:query(trap, "', "h:query{ trap, " } do
      found(text)
      hint.at(text, #text, env)
    end
    suggest.of("prompt:1: attempt to call a nil value (field 'fild')", "trap.fild()", env)
    suggest.of("prompt:1: attempt to call a nil value (global 'trp')", "trp()", env)
    equal(calls, 0)
    local strict = setmetatable({ client = client }, { __index = count, __newindex = count })
    equal(#completion.at("clie", 4, strict).candidates, 1)
    equal(#completion.at("missing.x", 9, strict).candidates, 0)
    equal(calls, 0)
    env.trap, env.other, env.f = nil, nil, nil
  end)
end)

spec.suite("completion: arguments", function(it)
  it("are the named parameters that are not given yet", function()
    equal(texts 'h:query{ "x", re', "reject_condition = ;repeat;result_type = ;return")
    lacks(texts 'h:query{ "x", result_type = 1, ', "result_type")
    lacks(texts 'h:query{ "x", |, result_type = 1 }', "result_type")
    lacks(texts 'h:query{ "x", ', "query")
    contains(texts "h:query{ ", "query = ")
    equal(texts 'client:get_workflow_handle("x", { ', "first_execution_run_id = ;result_type = ;run_id = ")
    equal(texts "h:result{ follow|= true }", "")
    equal(texts 'client:create_schedule("x", { ', "action = ;policy = ;spec = ;state = ")
    equal(texts 'client:create_schedule("x", { state = { pau', "paused = ")
    equal(texts 'client:create_schedule{ id = "x", schedule = { spec = { ji', "jitter = ")
    contains(texts 'client:create_schedule("x", {}, { ', "trigger_immediately = ")
  end)

  it("are the fields of tables within", function()
    contains(texts 'client:start_workflow{ "W", retry_policy = { ', "maximum_attempts = ")
    equal(texts "client:list_workflows{ query = { start_t", "start_time = ")
    equal(texts 'client:start_workflow{ "W", versioning_override = { pinned = { ', "build_id = ;deployment_name = ")
  end)

  it("are the fields of tables in lists", function()
    equal(texts 'client:create_schedule("x", { spec = { intervals = { { every = "1h" }, { of', "offset = ")
    equal(texts 'client:create_schedule("x", { spec = { calendars = { { day_of_w', "day_of_week = ")
    equal(texts 'client:create_schedule("x", { spec = { intervals = { ev', "")
    equal(texts 'client:create_schedule("x", {}, { backfill = { { over', "overlap = ")
    equal(texts 'client:create_schedule("x", { action = { retry_policy = { maximum_at', "maximum_attempts = ")
    equal(texts 'h:signal{ "add", args = { { re', texts "re")
  end)

  it("are the values of enums within tables", function()
    equal(texts 'client:create_schedule("x", { policy = { overlap = "BUFFER', 'BUFFER_ALL";BUFFER_ONE"')
    equal(texts 'client:create_schedule("x", { policy = { overlap = |"SKIP"', table.concat({ '"ALLOW_ALL"',
      '"BUFFER_ALL"', '"BUFFER_ONE"', '"CANCEL_OTHER"', '"SKIP"', '"TERMINATE_OTHER"' }, ";"))
    equal(texts 'client:create_schedule("x", { state = { paused = ', "false;true")
    equal(texts 'h:reset{ reapply_exclude = { "SIGNAL", "N', 'NEXUS"')
    equal(texts "h:reset{ reapply_exclude = { ", '"ALL";"CANCEL_REQUEST";"NEXUS";"SIGNAL";"UPDATE"')
    equal(texts 'h:result{ follow_runs = { "', "")
  end)

  it("are the conditions and values of a filter that is a table", function()
    equal(texts 'client:list_workflows{ query = { status = "C', 'CANCELED";COMPLETED";CONTINUED_AS_NEW"')
    equal(texts 'client:list_workflows{ query = { status = { "RUNNING", "F', 'FAILED"')
    equal(texts 'client:list_workflows{ query = { status = { ["not"] = "x", not = "F', 'FAILED"')
    equal(texts "client:list_workflows{ query = { start_time = { ",
      "after = ;at_least = ;at_most = ;before = ;is_set = ;not = ;prefix = ;since = ")
    equal(texts "client:list_workflows{ query = { start_time = { is_set = ", "false;true")
    equal(texts "client:list_workflows{ query = { nothing = { ", texts "")
    equal(texts "client:list_schedules{ query = { ", "id = ;paused = ")
    equal(texts "client:list_schedules{ query = { paused = ", "false;true")
    for _, text in ipairs { 'id = "', 'workflow_type = { prefix = "', 'task_queue = { "a", "' } do
      truthy(found("client:list_workflows{ query = { " .. text).later, text)
    end
    truthy(found('client:count_schedules{ query = { id = { prefix = "').later)
  end)

  it("are the values of enums, in quotes and without them", function()
    equal(texts 'h:query{ "x", reject_condition = "NOT_', 'NOT_COMPLETED_CLEANLY";NOT_OPEN"')
    equal(texts 'h:query{ "x", reject_condition = "NON|"', "NONE")
    equal(texts "h:query{ 'x', reject_condition = 'NON", "NONE'")
    equal(texts 'h:query{ "x", reject_condition = ', '"NONE";"NOT_COMPLETED_CLEANLY";"NOT_OPEN"')
    equal(texts "h:result{ follow_runs = ", "false;true")
  end)

  it("are the names that help knows", function()
    equal(texts 'help("Workflow.Hand', "")
    contains(texts 'help("WorkflowHandle:q', 'WorkflowHandle:query"')
  end)

  it("are asked of the server where only it knows", function()
    for _, text in ipairs {
      'client:get_workflow_handle("', 'client:list_workflows("', 'client:count_workflows{ query = "',
      'client:start_workflow{ "', 'client:start_workflow{ "W", task_queue = "', 'h:query("', 'h:signal{ "',
      'h:execute_update("', 'client:get_workflow_handle("x"):query("', 'temporal.connect("x", { namespace = "',
      'client:list_schedules("', 'client:create_schedule("x", { action = { task_queue = "' } do
      truthy(found(text).later, text)
    end
    for _, text in ipairs { 'print("', 'h:query(x, "', 'client:get_workflow_handle(x):query("', "h:query(", "h:",
      'client:list_workflows("a\\"b' } do
      equal(found(text).later, nil, text)
    end
  end)
end)

spec.suite("completion: requests of the raw services", function(it)
  it("have the fields of their messages, and the values of enums", function()
    contains(texts "client.workflow_service:describe_namespace{ ", "namespace = ")
    equal(texts "client.workflow_service:describe_workflow_execution{ namespace = 'x', execution = { workf",
      "workflow_id = ")
    equal(texts "client.operator_service:list_search_attributes{ names", "namespace = ")
    equal(texts 'client.workflow_service:start_workflow_execution{ workflow_id_reuse_policy = "REJ',
      'REJECT_DUPLICATE"')
    truthy(found("client.workflow_service:describe_namespace{ namespace = '").later)
    equal(texts "client.workflow_service:frobnicate{ ", texts "")
  end)
end)

spec.suite("completion: commands", function(it)
  it("are those that begin with a dot, with the words that may follow", function()
    equal(texts ".outp", "output ")
    equal(texts ".output js", "json;jsonl")
    contains(texts ".", "help")
  end)

  it("may be followed by Lua", function()
    equal(texts ".watch 2 h:descr", "describe(")
  end)
end)

spec.suite("completion: hints", function(it)
  local function line(text) return hint.at(text, #text, env) end

  it("tell how the call is written around the cursor", function()
    equal(line "h:query(", "query(query, …)   query: the query's name or definition")
    equal(line "h:query('x', ", "query(query, …)")
    equal(line "h:query{ 'x', reject_condition = 'NONE', ",
      "query{ result_type=, headers=, args=, arg=, rpc_metadata=, rpc_timeout= }")
    equal(line "h:cancel(", "cancel{ reason=, rpc_metadata=, rpc_timeout= }")
    equal(line "client:get_workflow_handle('x', { run_id = 'y', ",
      "get_workflow_handle{ first_execution_run_id=, result_type= }")
    equal(line "h:query{ 'x', reject_condition = ", "reject_condition: when the server shall refuse")
    equal(line "h:query('x', json.encode(", "encode(value, indent)   value: the value")
    equal(line "client:create_schedule('x', { spec = { intervals = { { ", "{ every=, offset= }")
    equal(line "client:create_schedule('x', { policy = { overlap = ",
      "overlap: one of SKIP, BUFFER_ONE, BUFFER_ALL, CANCEL_OTHER, TERMINATE_OTHER, ALLOW_ALL")
  end)

  it("name the parameters of functions in Lua", function()
    env.add = function(a, b, ...) return a, b, ... end
    equal(line "add(1, ", "add(a, b, ...)")
    env.add = nil
    equal({ line "print(", line "h", line "x = 1", line "unknown(" }, {})
  end)
end)

spec.suite("completion: names that were meant", function(it)
  local function of(kind, name, text)
    return suggest.of(("prompt:1: attempt to call a nil value (%s '%s')"):format(kind, name), text, env)
  end

  it("are globals, fields and methods", function()
    equal(of("global", "clint", "clint()"), "; did you mean 'client'?")
    equal(of("field", "conect", "temporal.conect('x')"), "; did you mean 'connect'?")
    equal(of("method", "formt", "('x'):formt()"), "; did you mean 'format'?")
    equal(of("field", "frobnicate", "json.frobnicate()"), "")
    equal(of("local", "clint", "clint()"), "")
  end)

  it("are looked for in errors of the prompt's own text alone", function()
    equal(suggest.of("tools.lua:1: attempt to call a nil value (global 'clint')", "x", env), "")
    equal(suggest.of({}, "x", env), "")
  end)
end)
