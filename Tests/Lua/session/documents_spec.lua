--- What is documented is what there is.

local description = require "moondial.description"
local documents = require "moondial.documents"
local spec = require "support.spec"

local root = ...

local equal, truthy = spec.equal, spec.truthy

local function read(path)
  local file = assert(io.open(root .. "/" .. path))
  local text = file:read("a")
  file:close()
  return text
end

local function each_method(visit)
  for _, document in ipairs(documents.list) do
    for _, method in ipairs(document.methods) do visit(method, document) end
  end
end

spec.suite("documents", function(it)
  it("has a sentence for each module, type and method", function()
    for _, document in ipairs(documents.list) do
      truthy(document.help and document.help:find("%.$"), document.name .. ": a sentence")
    end
    each_method(function(method) truthy(method.help:find("%.$"), method.title .. ": a sentence") end)
  end)

  it("has words for each parameter, and no other parameters than there are", function()
    each_method(function(method)
      for _, parameter in ipairs(method.parameters) do
        truthy(parameter.help and parameter.help ~= "", method.title .. ": words for " .. parameter.name)
      end
      if method.names then
        local names = {}
        for i, parameter in ipairs(method.parameters) do names[i] = parameter.name end
        if not method.name:find("^__") then equal(names, method.names, method.title) end
      end
    end)
  end)

  it("has words for each field", function()
    for _, document in ipairs(documents.list) do
      for _, property in ipairs(document.properties) do
        truthy(property.help and property.help ~= "", document.name .. "." .. property.name .. ": words")
      end
    end
  end)

  it("has examples that are Lua", function()
    local count = 0
    each_method(function(method)
      if method.example then
        local text = method.example
        truthy(load("return " .. text) or load(text), method.title .. ": " .. text)
        count = count + 1
      else
        truthy(method.name:find("^__"), method.title .. " has no example")
      end
    end)
    truthy(count > 40, "examples were found")
  end)

  it("knows every function of async", function()
    local count = 0
    for name, f in pairs(async) do
      equal(documents.method(f).title, "async." .. name)
      count = count + 1
    end
    equal(count, 13)
  end)

  it("knows every function of a session by its name alone", function()
    for _, name in ipairs { "spawn", "jobs", "fg", "kill", "wait" } do
      equal(documents.method(_G[name]).title, name)
      equal(documents.method(name).title, name)
    end
  end)

  it("finds a document by a value, and by its name", function()
    equal(documents.of(client).name, "Client")
    equal(documents.of(temporal).name, "temporal")
    equal(documents.of(async.channel()).name, "Channel")
    equal(documents.of(temporal.timestamp("2026-11-23T12:00:00Z")).name, "Timestamp")
    equal(documents.of(client:list_workflows()).name, "Pages")
    local rpc = documents.method(client.workflow_service.describe_namespace)
    equal(rpc.help, "An RPC of the workflow service.")
    equal({ rpc.parameters[1].name, rpc.parameters[1].help }, { "namespace", "string" })
    equal(documents.of(client.workflow_service).name, "Service")
    equal(documents.of("Payload").name, "Payload")
    equal(documents.of({}), nil)
    equal(documents.of("Nonsense"), nil)
  end)

  it("finds methods by themselves, and by their names", function()
    equal(documents.method(client.list_workflows).title, "Client:list_workflows")
    equal(documents.method(json.encode).title, "json.encode")
    equal(documents.method(async.channel().send).title, "Channel:send")
    equal(documents.method("WorkflowHandle.query").title, "WorkflowHandle:query")
    equal(documents.method("Scope:failed"), nil)
  end)

  it("has all fields of an execution, and no others", function()
    local at = temporal.timestamp("2026-11-23T12:00:00Z")
    local given = description.new("n", {
      pending_workflow_task = { attempt = 1 }, workflow_extended_info = { cancel_requested = true },
      execution_config = { user_metadata = { summary = "s", details = "d" } },
      workflow_execution_info = {
        execution = { workflow_id = "w", run_id = "r" }, type = { name = "T" }, status = "RUNNING", task_queue = "q",
        start_time = at, execution_time = at, close_time = at, history_length = 1,
        parent_execution = { workflow_id = "p", run_id = "pr" }, root_execution = { workflow_id = "o", run_id = "or" },
        execution_duration = 1.0, history_size_bytes = 2, state_transition_count = 3, first_run_id = "f",
        priority = { priority_key = 1 }, versioning_info = { behavior = "PINNED" }, worker_deployment_name = "d",
      },
    })
    local documented = {}
    for _, name in ipairs { "WorkflowExecution", "WorkflowDescription" } do
      for _, property in ipairs(documents.of(name).properties) do documented[property.name] = true end
    end
    for name in pairs(given) do truthy(documented[name], name .. " is documented") end
    for name in pairs(documented) do truthy(given[name] ~= nil, name .. " is given") end
  end)

  it("knows every kind of error that the program names", function()
    local listing = assert(io.popen(
      ('ls "%s"/Sources/TemporalClient/Errors/*.swift "%s"/stdlib/*.lua "%s"/stdlib/*/*.lua'):format(root, root, root)))
    local count = 0
    for path in listing:lines() do
      local text = read(path:sub(#root + 2))
      for _, pattern in ipairs { 'kind: String { "(%u%a+)" }', 'case %.%a+: "(%u%a+Error)"',
        'errors%.new%("(%u%a+)"', 'errors%.raise%("(%u%a+)"', 'fail%("(%u%a+)"' } do
        for kind in text:gmatch(pattern) do
          -- What os.exit raises ends the program before anybody sees it.
          if kind ~= "Exit" then truthy(documents.error_kind(kind), kind .. " is documented") end
          count = count + 1
        end
      end
    end
    listing:close()
    truthy(count > 30, "kinds were found")
  end)

  it("knows every field that errors are given", function()
    -- The second line is within `details`.
    local documented = { kind = true, message = true, cause = true, traceback = true,
      type_name = true, bytes = true, cancel_requested = true, paused = true, reset = true }
    for _, group in ipairs(documents.errors) do
      for _, kind in ipairs(group) do
        for _, field in ipairs(documents.fields_of(kind)) do documented[field.name] = true end
      end
    end
    local count = 0
    for field in read("Sources/Shell/LuaErrors.swift"):gmatch('set%u%a+%([^\n]-"([%a_]+)"') do
      truthy(documented[field], field .. " is documented")
      count = count + 1
    end
    truthy(count > 30, "fields were found")
  end)
end)
