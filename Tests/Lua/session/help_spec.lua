--- Help, as it stands on a terminal.

local documents = require "moondial.documents"
local errors = require "moondial.errors"
local help = require "moondial.help"
local spec = require "support.spec"

local contains, equal = spec.contains, spec.equal

local handle = client:get_workflow_handle("order")

-- What a call of help prints.
local function printed(...)
  local out, stock = {}, print
  _G.print = function(...) out[#out + 1] = table.concat({ ... }, "\t") end
  local ok, e = pcall(_G.help, ...)
  _G.print = stock
  if not ok then error(e, 0) end
  equal(#out, 1, "calls of print")
  return out[1]
end

spec.suite("help", function(it)
  it("gives an overview", function()
    contains(printed(), "Workflows are objects")
    equal(printed(_G.help), printed())
  end)

  it("tells what a handle has", function()
    local text = printed(handle)
    contains(text, "WorkflowHandle: One workflow execution")
    contains(text, "\n  run_id ")
    contains(text, "\n  query ")
    equal(printed("WorkflowHandle"), text)
  end)

  it("tells how a method is called", function()
    local text = printed(handle.query)
    equal(text:match("^[^\n]+\n[^\n]+"), "WorkflowHandle:query(query, ...)\nWorkflowHandle:query{ query, … }")
    contains(text, "the query's name or definition (required)")
    contains(text, 'when the server shall refuse ("NONE", "NOT_OPEN"')
    contains(text, "Raises WorkflowQueryFailedError, WorkflowQueryRejectedError, RPCError.")
    contains(text, '\n  h:query("status")')
    equal(printed("WorkflowHandle:query"), text)
  end)

  it("shows only the form that works where a required parameter has no position", function()
    equal(printed(client.start_workflow):match("^[^\n]+"), "Client:start_workflow{ workflow, id =, task_queue =, … }")
  end)

  it("says what a call changes, and does not where it changes nothing", function()
    contains(printed(handle.signal), "Changes the server's state.")
    spec.lacks(printed(handle.query), "Changes the server's state.")
    spec.lacks(printed(client.get_workflow_handle), "RPCError")
  end)

  it("tells of modules and their functions", function()
    contains(printed(async), "\n  map ")
    contains(printed(json), "\n  null ")
    contains(printed(async.map), "async.map(items, fn, options)")
    contains(printed("temporal.is_error"), "temporal.is_error(value, kind, fields)")
  end)

  it("tells of properties", function()
    contains(printed("WorkflowHandle.run_id"), "nil:")
  end)

  it("explains an error value, its causes too", function()
    local cause = errors.new("ApplicationError", "no", { type = "Refused" })
    local text = printed(errors.new("WorkflowUpdateFailedError", "Workflow update failed", { cause = cause }))
    contains(text, "WorkflowUpdateFailedError: The update was rejected")
    contains(text, "ApplicationError: Raised by the code of a workflow or an activity.")
    contains(text, "\n  non_retryable ")
    contains(printed("RPCError"), "\n  status ")
  end)

  it("lets no text of a server drive the terminal", function()
    local text = printed(errors.new("RPCError", "\27[2Jgone\n\r\u{202E}", { status = "INTERNAL" }))
    spec.lacks(text, "\27")
    spec.lacks(text, "\r")
    spec.lacks(text, "\u{202E}")
    contains(text, [[\027[2Jgone\n\r\u{202E}]])
    spec.lacks(printed("\27[2J"), "\27")
  end)

  it("names what was probably meant", function()
    contains(printed("WorkflowHandel"), 'Did you mean "WorkflowHandle"?')
    contains(printed("async.mapp"), 'Did you mean "async.map"?')
    contains(printed(42), "There is no help for this number.")
    contains(printed("cancle"), 'Did you mean "cancel"?')
  end)

  it("finds methods by their bare names", function()
    equal(printed("fetch_history_events"), printed("WorkflowHandle:fetch_history_events"))
    local text = printed("cancel")
    for _, title in ipairs { "WorkflowHandle:cancel", "Task:cancel" } do contains(text, "  " .. title .. " ") end
  end)

  it("shows the doc comment of a script's own function", function()
    local path = os.tmpname()
    local file = assert(io.open(path, "w"))
    file:write("--- Doubles a number.\n---@param x number what to double\nfunction double(x) return 2 * x end\n")
    file:close()
    local env = {}
    assert(loadfile(path, "t", env))()
    local text = printed(env.double)
    os.remove(path)
    equal(text, "double(x)\n\n  Doubles a number.\n\n  x  what to double")
  end)

  it("lists all that there is", function()
    local text = "\n" .. printed("types")
    for _, document in ipairs(documents.list) do contains(text, "\n  " .. document.name .. " ") end
  end)

  it("keeps to eighty columns", function()
    local values = { "types", handle, client, temporal, async, json, _G.help }
    for _, name in ipairs(documents.names()) do values[#values + 1] = name end
    spec.truthy(#values > 90, "there is much to look at")
    for _, value in ipairs(values) do
      for line in help.text(value):gmatch("[^\n]+") do
        spec.truthy(utf8.len(line) <= 80, ("help(%s): %s"):format(tostring(value), line))
      end
    end
  end)
end)
