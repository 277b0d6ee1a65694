--- The client's methods for services beside those of every Temporal server.

local call = require("moondial.scheduler").call
local native = require("moondial.native")
local service = require("moondial.service")

return {
  service = {
    help = "Gives a service of the server by its full name, with every RPC by its snake_case name.",
    notes = [[
Which RPCs a service has that is not known here, and the types of their requests and responses, is asked of the server's
reflection service, which the dev server has.]],
    parameters = {
      { name = "name", type = "string", position = 1, required = true, completes = "service",
        help = "the full name" },
    },
    returns = "a Service",
    raises = { "AttributeError" },
    example = [[
admin = client:service("temporal.server.api.adminservice.v1.AdminService")
print(admin:describe_cluster().server_version)]],
    call = function(self, a)
      if not native.knows_service(self, a.name) then call(native.learn_service, self, a.name, a) end
      return service.of(self, a.name)
    end,
  },
}
