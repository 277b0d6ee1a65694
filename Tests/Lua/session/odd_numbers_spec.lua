--- Every number that a declared method takes, at the ends of what numbers are: an error of a kind, or a result.

local declare = require "moondial.declare"
local spec = require "support.spec"

-- Nothing listens there.
local nowhere = temporal.connect { target_host = "127.0.0.1:1", lazy = true }
local handle = nowhere:get_workflow_handle("order")

local selves = {
  AsyncActivityHandle = nowhere:get_async_activity_handle { task_token = "token" },
  BatchOperationHandle = nowhere:get_batch_operation_handle("batch"),
  Client = nowhere,
  ScheduleHandle = nowhere:get_schedule_handle("schedule"),
  WorkflowHandle = handle,
  WorkflowUpdateHandle = handle:get_update_handle("update"),
}

local odd = { 1e300, -1e300, math.huge, -math.huge, 0 / 0, 1e-300, 2 ^ 31, 2 ^ 53, 2 ^ 62, 2 ^ 63, -2 ^ 63, -1,
  math.maxinteger, math.mininteger }
local is_number = { count = true, integer = true, number = true, duration = true, time = true, any = true }

-- A value that passes for a parameter.
local usual = {
  boolean = true, count = 1, definition = temporal.update_definition { name = "update" }, duration = 1,
  list = { "item" }, name = "name", number = 1, query = "a = 1", string = "text", table = {}, time = temporal.now(),
  any = "value", ["function"] = function() end,
  operation = temporal.with_start_workflow_operation { "Order", id = "order", task_queue = "orders",
    id_conflict_policy = "FAIL" },
}

local function arguments(method)
  local given = {}
  for _, parameter in ipairs(method.parameters) do
    if parameter.required then given[parameter.name] = (parameter.values or { usual[parameter.type] })[1] end
  end
  if method.by_name.rpc_timeout then given.rpc_timeout = 0.001 end
  return given
end

-- Every place where a number can stand: { method, set = function(arguments, number), words }.
local function places(declaration)
  local list = {}
  local function within(method, fields, path)
    for name, kind in pairs(fields) do
      local here = table.move(path, 1, #path, 1, {})
      here[#here + 1] = name
      if type(kind) == "table" then
        within(method, kind, here)
      elseif is_number[kind] then
        list[#list + 1] = { method = method, path = here }
      end
    end
  end
  for _, method in pairs(declaration.methods) do
    local fields = {}
    for _, parameter in ipairs(method.parameters) do fields[parameter.name] = parameter.fields or parameter.type end
    if not method.verbatim then within(method, fields, {}) end
  end
  return list
end

local function given_at(place, number)
  local given = arguments(place.method)
  local inner = given
  for index = 1, #place.path - 1 do
    local name = place.path[index]
    inner[name] = type(inner[name]) == "table" and inner[name] or {}
    inner = inner[name]
  end
  inner[place.path[#place.path]] = number
  return given
end

spec.suite("odd numbers", function(it)
  for name, self in pairs(selves) do
    local declaration = declare.types[name]
    declare.complete(declaration)
    it("end no call of " .. name .. " in any other way than others", function()
      local calls = {}
      for _, place in ipairs(places(declaration)) do
        for _, number in ipairs(odd) do calls[#calls + 1] = { place = place, number = number } end
      end
      spec.truthy(#calls > 0, "there is no number to be given")
      async.map(calls, function(call)
        local ok, e = pcall(async.timeout, 0.05, declaration.bound[call.place.method.name], self,
          given_at(call.place, call.number))
        spec.truthy(ok or temporal.is_error(e), ("%s{ %s = %s }: %s"):format(call.place.method.title,
          table.concat(call.place.path, "."), call.number, e))
      end, { limit = 200 })
    end)
  end
end)
