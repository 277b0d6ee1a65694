--- What `temporal.connect` takes, and what it does.

local call = require("moondial.scheduler").call
local codec = require("moondial.codec")
local declare = require("moondial.declare")
local native = require("moondial.native")

-- The fields of the tables among the parameters, with their types.
local fields = {
  tls = { server_root_ca_cert = "string", domain = "string", client_cert = "string", client_private_key = "string" },
  keep_alive_config = { interval = "duration", timeout = "duration" },
  http_connect_proxy_config = { target_host = "string", basic_auth = "list" },
  retry_config = { initial_interval = "duration", randomization_factor = "number", multiplier = "number",
    max_interval = "duration", max_elapsed_time = "duration", max_retries = "count" },
}

return {
  help = "Connects to a namespace of a server.",
  notes = [[
Nothing is taken from the command line, the variables or the configuration file, unless a profile or a config_file is
named: then they are read as for the session's client, and what is given here goes over them.
A certificate or a key is the path of a PEM file, or PEM itself. The server's certificate is always verified: by the CAs
that the system trusts, or by server_root_ca_cert alone.
A codec encodes arguments, results, memos and the like. Search attributes and headers stay as they are. The codecs of a
list encode from the first to the last.
An api_key switches TLS on. With `tls = false` it is sent in the clear.]],
  rpc = false,
  parameters = {
    { name = "target_host", type = "string", position = 1, help = "host and port; without: localhost:7233" },
    { name = "namespace", type = "string", completes = "namespace",
      help = "the namespace of its calls; without: default" },
    { name = "api_key", type = "string", help = "sent with every call that has no authorization header" },
    { name = "tls", type = "switch", fields = fields.tls,
      help = "true, false, or a table: server_root_ca_cert, domain, client_cert, client_private_key" },
    { name = "identity", type = "string", help = "who the histories say it was; without: process@host" },
    { name = "read_only", type = "boolean", default = false,
      help = "refuse every call that changes the server's state" },
    { name = "lazy", type = "boolean", default = false, help = "connect on the first call instead of now" },
    { name = "rpc_metadata", type = "metadata", help = "headers for every RPC of this client" },
    { name = "profile", type = "string", completes = "profile",
      help = "a profile of the configuration file to begin with" },
    { name = "config_file", type = "string", help = "the configuration file; without: the one of the command line" },
    { name = "connect_timeout", type = "duration", help = "how long to wait for the first answer; without: 30 s" },
    { name = "keep_alive_config", type = "switch", fields = fields.keep_alive_config,
      help = "a table: interval and timeout of pings, 30 and 15 seconds without; false for no pings" },
    { name = "retry_config", type = "table", fields = fields.retry_config,
      help = "how calls are tried that may go well a moment later, a table: max_retries, 10 without, is how often in "
        .. "all; initial_interval, multiplier, max_interval, randomization_factor, max_elapsed_time" },
    { name = "http_connect_proxy_config", type = "table", fields = fields.http_connect_proxy_config,
      help = "the HTTP proxy to go through, a table: target_host, basic_auth = { user, password }" },
    { name = "grpc_compression", type = "choice", default = "NONE", values = { "NONE", "GZIP" },
      help = "how requests are compressed" },
    { name = "codec", type = "table",
      help = "encodes all payloads that are sent, and decodes those that come: what temporal.codec made; or a table "
        .. "with a server's endpoint, and auth, headers, timeout, server_root_ca_cert; or a list of these" },
    { name = "default_workflow_query_reject_condition", type = "enum",
      help = "for queries without a condition of their own", values = { "NONE", "NOT_OPEN", "NOT_COMPLETED_CLEANLY" } },
  },
  returns = "a Client",
  raises = { "ConnectError", "ValueError" },
  example = [[
cloud = temporal.connect{ "prod.a1b2c.tmprl.cloud:7233",
  namespace = "prod.a1b2c", tls = {
    client_cert = "client.pem", client_private_key = "client.key" } }]],
  call = function(a)
    for name, kinds in pairs(fields) do
      if type(a[name]) == "table" then a[name] = declare.record(name, a[name], kinds) end
    end
    if a.codec then a.codec = codec.settings(a.codec) end
    local client = native.client(a)
    if not a.lazy then call(native.connect, client) end
    return client
  end,
}
