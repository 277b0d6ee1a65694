--- The Nexus endpoints of a server.

local errors = require("moondial.errors")
local escape = require("moondial.escape")
local record = require("moondial.record")
local rpc = require("moondial.client.rpc")

--- A Nexus endpoint: a name that operations are called by, and where those calls go.
---@class moondial.NexusEndpoint
---@field name string its name
---@field id string its id
---@field version integer how often it was changed, from 1 on
---@field description? string what it is for
---@field target_namespace? string the namespace of the workers that it goes to
---@field target_task_queue? string the task queue of those
---@field target_url? string the URL that it goes to instead
---@field url_prefix? string what the URLs of its operations begin with
---@field created_time moondial.Timestamp when it was created
---@field last_modified_time? moondial.Timestamp when it was changed last
---@field raw table all that the server sent: an Endpoint by its field names
local NexusEndpoint = record.class("NexusEndpoint", {
  "name", "id", "version", "description", "target_namespace", "target_task_queue", "target_url", "url_prefix",
  "created_time", "last_modified_time",
}, "nexus_endpoint")

local function endpoint(raw, ...)
  local spec = raw.spec or {}
  local target = spec.target or {}
  local worker, external = target.worker or {}, target.external or {}
  return record.new(NexusEndpoint, {
    name = spec.name, id = raw.id, version = raw.version, description = spec.description,
    target_namespace = worker.namespace, target_task_queue = worker.task_queue, target_url = external.url,
    url_prefix = raw.url_prefix, created_time = raw.created_time, last_modified_time = raw.last_modified_time,
  }, raw, ...)
end

-- The server finds them by id; people by name.
local function find(self, a)
  local raw, response = rpc.call(self, "operator", "list_nexus_endpoints", { name = a.name }, a)
  local found = (raw.endpoints or {})[1]
  if not found then errors.raise("ValueError", "there is no Nexus endpoint " .. escape.quote(a.name)) end
  return found, response
end

local function target_of(a)
  if a.target_url then
    if a.target_namespace or a.target_task_queue then
      errors.raise("ValueError", "a target is a target_url, or a target_namespace and a target_task_queue, not both")
    end
    return { external = { url = a.target_url } }
  end
  if a.target_namespace or a.target_task_queue then
    if not (a.target_namespace and a.target_task_queue) then
      errors.raise("ValueError", "target_namespace and target_task_queue go together")
    end
    return { worker = { namespace = a.target_namespace, task_queue = a.target_task_queue } }
  end
end

local function subject(a) return "Nexus endpoint " .. escape.quote(a.name) end

local name = { name = "name", type = "string", position = 1, required = true, completes = "nexus_endpoint",
  help = "the endpoint's name" }
local settings = {
  { name = "target_namespace", type = "string", completes = "namespace",
    help = "the namespace of the workers that it goes to" },
  { name = "target_task_queue", type = "string", completes = "task_queue", help = "the task queue of those" },
  { name = "target_url", type = "string", help = "a URL that it goes to instead" },
  { name = "description", type = "string", help = "what it is for" },
}

return {
  create_nexus_endpoint = {
    help = "Creates a Nexus endpoint.",
    parameters = { name, table.unpack(settings) },
    returns = "a NexusEndpoint",
    changes_state = true, subject = subject,
    example = [[
client:create_nexus_endpoint("payments",
  { target_namespace = "payments", target_task_queue = "nexus" })]],
    call = function(self, a)
      rpc.check_may_change(self, "create_nexus_endpoint")
      local target = target_of(a)
      if not target then
        errors.raise("TypeError", "an endpoint needs a target_namespace and a target_task_queue, or a target_url")
      end
      local raw, response = rpc.call(self, "operator", "create_nexus_endpoint",
        { spec = { name = a.name, description = a.description, target = target } }, a)
      return endpoint(raw.endpoint or {}, response)
    end,
  },

  delete_nexus_endpoint = {
    help = "Deletes a Nexus endpoint; calls by its name fail from then on.",
    parameters = { name },
    raises = { "ValueError" },
    changes_state = true, destructive = true, subject = subject,
    example = "client:delete_nexus_endpoint(\"payments\")",
    call = function(self, a)
      rpc.check_may_change(self, "delete_nexus_endpoint")
      local found = find(self, a)
      rpc.call(self, "operator", "delete_nexus_endpoint", { id = found.id, version = found.version }, a)
    end,
  },

  get_nexus_endpoint = {
    help = "Gives a Nexus endpoint by its name.",
    parameters = { name },
    returns = "a NexusEndpoint: target_namespace, target_task_queue, …",
    raises = { "ValueError" },
    example = "client:get_nexus_endpoint(\"payments\").target_task_queue",
    call = function(self, a)
      local found, response = find(self, a)
      return endpoint(found, response, "endpoints", 1)
    end,
  },

  list_nexus_endpoints = {
    help = "Iterates over the Nexus endpoints of the server.",
    parameters = rpc.page_parameters(),
    returns = "an iterator (Pages) of NexusEndpoint: name, target_namespace, target_task_queue, …",
    example = "for e in client:list_nexus_endpoints() do print(e.name) end",
    call = function(self, a)
      return rpc.pages(self, "operator", "list_nexus_endpoints", {}, a, {
        title = "NexusEndpoints", list = "endpoints",
        map = function(raw, position, page) return endpoint(raw, page, "endpoints", position) end,
      })
    end,
  },

  update_nexus_endpoint = {
    help = "Changes what is given of a Nexus endpoint, and leaves the rest.",
    notes = "If somebody else changed it meanwhile, it is an RPCError.",
    parameters = { name,
      { name = "unset_description", type = "boolean", help = "take the description away" },
      table.unpack(settings) },
    returns = "a NexusEndpoint as it is now",
    raises = { "ValueError" },
    changes_state = true, subject = subject,
    example = "client:update_nexus_endpoint(\"payments\", { description = \"card payments\" })",
    call = function(self, a)
      rpc.check_may_change(self, "update_nexus_endpoint")
      local found = find(self, a)
      local spec = found.spec or {}
      local description = a.description or not a.unset_description and spec.description or nil
      local raw, response = rpc.call(self, "operator", "update_nexus_endpoint", {
        id = found.id, version = found.version,
        spec = { name = a.name, description = description, target = target_of(a) or spec.target },
      }, a)
      return endpoint(raw.endpoint or {}, response, nil)
    end,
  },
}
