--- Runs the Lua halves of cases and prints what each found, one line of JSON per case.

local function hex(s)
  return (s:gsub(".", function(byte) return ("%02x"):format(byte:byte()) end))
end

local array, object = getmetatable(json.array {}), getmetatable(json.object {})

-- A value for JSON, with what is no UTF-8 in hexadecimal, and payloads as tables.
local function printable(value)
  if type(value) == "string" then return utf8.len(value) and value or "hex " .. hex(value) end
  local metatable = getmetatable(value)
  -- A time is text for JSON as it is.
  if type(value) ~= "table" or type(metatable) == "table" and metatable.__name == "Timestamp" then return value end
  local found = setmetatable({}, (metatable == array or metatable == object) and metatable or nil)
  for key, item in next, value do found[key] = printable(item) end
  return found
end

-- What an error is as a value: the kind, the message, the fields of the kind and the cause.
local function error_value(e, fields)
  if type(e) ~= "table" or not e.kind then
    return { kind = type(e), message = tostring(e) }
  end
  local found = { kind = e.kind, message = e.message }
  for _, name in ipairs(fields[e.kind] or {}) do
    -- The Python half leaves out a stack trace or a source that is empty, too.
    if e[name] ~= "" or name ~= "stack_trace" and name ~= "source" then
      found[name] = e[name]
    end
  end
  if e.kind == "RPCError" then
    found.details = json.array {}
    for i, detail in ipairs(e.details) do
      found.details[i] = detail.type_name
    end
  end
  if e.cause ~= nil then
    found.cause = error_value(e.cause, fields)
  end
  return found
end

-- The fields of an execution that the Python SDK has as well.
local execution_fields = { "id", "run_id", "workflow_type", "status", "task_queue", "start_time", "execution_time",
  "close_time", "parent_id", "parent_run_id", "root_id", "root_run_id", "memo", "search_attributes" }

local function context(case, queue, fields)
  local tag = case.tag
  local c = { id = tag, queue = queue, client = client, prepared = case.prepared }

  --- `c.start(type, argument…)` or `c.start{ type, args =, … }`.
  function c.start(first, ...)
    local options = type(first) == "table" and first or { first, args = table.pack(...) }
    options.id, options.task_queue = options.id or tag, options.task_queue or queue
    return client:start_workflow(options)
  end

  function c.handle(options)
    return client:get_workflow_handle(tag, options or {})
  end

  function c.caught(f, ...)
    local outcome = table.pack(pcall(f, ...))
    if outcome[1] then
      return { ["no error"] = outcome[2] == nil and json.null or outcome[2] }
    end
    return error_value(outcome[2], fields)
  end

  --- Waits until a worker has a workflow's activity; gives its description.
  function c.running_activity(h)
    while true do
      local activity = h:describe { rpc_metadata = { ["conformance-unseen"] = "1" } }.pending_activities[1]
      if activity and activity.state == "STARTED" then return activity end
      async.sleep(0.02)
    end
  end

  --- The message of the error that a call raises; nothing where it raises none.
  function c.said(f, ...)
    local ok, e = pcall(f, ...)
    return ok and json.null or e.message
  end

  function c.execution(w)
    local found = {}
    for _, name in ipairs(execution_fields) do
      found[name] = w[name]
    end
    return found
  end

  c.hex = hex

  --- A value for JSON in which nil is null.
  function c.nullable(value)
    return value == nil and json.null or value
  end

  return c
end

---@param cases { name: string, tag: string, prepared: any, body: fun(c: table): any }[]
---@param options { queue: string, concurrency: integer, patience: number, fields: table<string, string[]> }
return function(cases, options)
  async.map(cases, function(case)
    local ok, value = pcall(async.timeout, options.patience, case.body, context(case, options.queue, options.fields))
    local outcome
    if ok then
      outcome = { value = value == nil and json.null or printable(value) }
    else
      outcome = { error = printable(error_value(value, options.fields)) }
    end
    local encoded, line = pcall(json.encode, { name = case.name, outcome = outcome })
    print(encoded and line or json.encode { name = case.name, outcome = { unprintable = tostring(line) } })
    io.stdout:flush()
  end, { limit = options.concurrency })
end
