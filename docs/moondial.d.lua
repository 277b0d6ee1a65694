---@meta

-- Made by scripts/generate-reference: names and types of Moondial's session for the Lua language server, whose setting
-- `workspace.library` takes this file.

---@class moondial.follow.arguments
---@field [1]? any a WorkflowHandle
---@field handle? any a WorkflowHandle
---@field depth? integer how many levels of child workflows to follow, too
---@field output? "text"|"json"|"jsonl"|"lua" text; json and jsonl give a line for each event
---@field times? "iso"|"relative" the time of day, or the time since the start

--- Shows a workflow's history as it goes on, with the runs that it continues as, until it has closed.
---@param handle any a WorkflowHandle
---@param options? moondial.follow.arguments
---@overload fun(arguments: moondial.follow.arguments)
function follow(handle, options) end

---@class moondial.show.arguments
---@field [1]? any the value
---@field value? any the value
---@field output? "text"|"json"|"jsonl"|"lua" without: what .output or the option -o says
---@field width? integer columns; without: the terminal's, or 80
---@field times? "iso"|"relative" times in UTC, or relative to now
---@field expanded? boolean a card for each record of a list; without: if it is too wide
---@field columns? any[] which fields of a list's records, as in { "id", "memo.customer" }

--- Prints a value as the prompt shows it: a description as a card, a list as a table, a history as events.
---@param value? any the value
---@param options? moondial.show.arguments
function show(value, options) end

---@class moondial.watch.arguments
---@field [1]? number|string the time between two calls
---@field every? number|string the time between two calls
---@field [2]? function what to call
---@field call? function what to call

--- Calls a function and shows what it gives, again and again, until Ctrl-C.
---@param every number|string the time between two calls
---@param call function what to call
---@overload fun(arguments: moondial.watch.arguments)
function watch(every, call) end

--- Connections, values, definitions and errors of Temporal.
---@field version string Moondial's version
temporal = {}

---@class moondial.temporal.application_error.arguments
---@field [1]? string what happened
---@field message? string what happened
---@field type? string what it is, for retry policies and for whoever handles it
---@field details? any[] values that say more
---@field non_retryable? boolean whether trying again is pointless
---@field next_retry_delay? number|string the time to wait before the next attempt
---@field category? "BENIGN" how loudly to report it
---@field cause? any the error that led to it

--- Makes an ApplicationError: an error as the code of a workflow or an activity raises it.
---@param message string what happened
---@param options? moondial.temporal.application_error.arguments
---@return any # an error value, to be raised, or to fail an activity with
---@overload fun(arguments: moondial.temporal.application_error.arguments): any
function temporal.application_error(message, options) end

--- Reads the command line of a script, by what it may have.
---@param declaration table a list of arguments; its help says what the script does
---@return any # a table of the values by name
function temporal.arguments(declaration) end

---@class moondial.temporal.bulk.arguments
---@field [1]? any a list or an iterator
---@field items? any a list or an iterator
---@field [2]? function function(item, index), which is called for each
---@field call? function function(item, index), which is called for each
---@field limit? integer how many at once
---@field rate? number how many a second are begun at most
---@field key? function gives an item's id, and its run id if it has one; without: those of handles, executions and texts
---@field save? string a file to write a line of JSON to for each item as it ends: id, run_id, ok, value or error
---@field resume? string such a file: what it says is done is skipped; it is written on, or copied to another one to save to
---@field dry_run? boolean only count what there is to do

--- Calls a function for many items, several at once, and gives counts and the errors, which it does not raise.
---@param items any a list or an iterator
---@param call function function(item, index), which is called for each
---@param options? moondial.temporal.bulk.arguments
---@return moondial.BulkResult
function temporal.bulk(items, call, options) end

---@class moondial.temporal.bytes.arguments
---@field [1]? string the bytes
---@field data? string the bytes

--- Marks a string as bytes: it is sent as binary/plain instead of as text.
---@param data string the bytes
---@return any # a value to pass as an argument
---@overload fun(arguments: moondial.temporal.bytes.arguments): any
function temporal.bytes(data) end

---@class moondial.temporal.codec.arguments
---@field encode function makes what is sent of payloads
---@field decode function makes payloads of what came
---@field name? string what errors call it

--- Makes a codec of two functions, for temporal.connect{ codec = … }.
---@param arguments moondial.temporal.codec.arguments
---@return Codec
function temporal.codec(arguments) end

---@class moondial.temporal.connect.arguments
---@field [1]? string host and port; without: localhost:7233
---@field target_host? string host and port; without: localhost:7233
---@field namespace? string the namespace of its calls; without: default
---@field api_key? string sent with every call that has no authorization header
---@field tls? boolean|table true, false, or a table: server_root_ca_cert, domain, client_cert, client_private_key
---@field identity? string who the histories say it was; without: process@host
---@field read_only? boolean refuse every call that changes the server's state
---@field lazy? boolean connect on the first call instead of now
---@field rpc_metadata? table<string, string> headers for every RPC of this client
---@field profile? string a profile of the configuration file to begin with
---@field config_file? string the configuration file; without: the one of the command line
---@field connect_timeout? number|string how long to wait for the first answer; without: 30 s
---@field keep_alive_config? boolean|table a table: interval and timeout of pings, 30 and 15 seconds without; false for no pings
---@field http_connect_proxy_config? table the HTTP proxy to go through, a table: target_host, basic_auth = { user, password }
---@field codec? table encodes all payloads that are sent, and decodes those that come: what temporal.codec made; or a table with a server's endpoint, and auth, headers, timeout, server_root_ca_cert; or a list of these
---@field default_workflow_query_reject_condition? "NONE"|"NOT_OPEN"|"NOT_COMPLETED_CLEANLY" for queries without a condition of their own

--- Connects to a namespace of a server.
---@param target_host? string host and port; without: localhost:7233
---@param options? moondial.temporal.connect.arguments
---@return moondial.Client
---@overload fun(arguments: moondial.temporal.connect.arguments): moondial.Client
function temporal.connect(target_host, options) end

---@class moondial.temporal.history_from_json.arguments
---@field [1]? string the workflow id, which the text does not have
---@field workflow_id? string the workflow id, which the text does not have
---@field [2]? string the JSON
---@field text? string the JSON

--- Reads a history from JSON: that of to_json, of the CLI's `workflow show -o json`, or of the Web UI.
---@param workflow_id string the workflow id, which the text does not have
---@param text string the JSON
---@return moondial.WorkflowHistory
---@overload fun(arguments: moondial.temporal.history_from_json.arguments): moondial.WorkflowHistory
function temporal.history_from_json(workflow_id, text) end

--- Whether a value is an error of a kind, with certain fields.
---@param value? any what pcall caught
---@param kind? string as in "RPCError"; without: any error of Temporal's
---@param fields? table fields that must be equal
---@return boolean
function temporal.is_error(value, kind, fields) end

--- Gives the present time.
---@return moondial.Timestamp
function temporal.now() end

---@class moondial.temporal.payload.arguments
---@field metadata table<string, string> its metadata; `encoding` names the format
---@field data? string its bytes

--- Makes a payload that is sent as it is.
---@param arguments moondial.temporal.payload.arguments
---@return any # a value to pass as an argument
function temporal.payload(arguments) end

--- Tells what a client is connected by; keys, certificates and headers are not in it.
---@param client? any a Client; without: the global client
---@return any # a table: profile, address, namespace, identity, tls, production, read_only
function temporal.profile(client) end

---@class moondial.temporal.query_definition.arguments
---@field [1]? string the query's name
---@field name? string the query's name
---@field result_type? string|table|function what its result is to become

--- Names a query for typed calls: usable wherever its name is.
---@param name string the query's name
---@param options? moondial.temporal.query_definition.arguments
---@return moondial.Definition
---@overload fun(arguments: moondial.temporal.query_definition.arguments): moondial.Definition
function temporal.query_definition(name, options) end

---@class moondial.temporal.signal_definition.arguments
---@field [1]? string the signal's name
---@field name? string the signal's name

--- Names a signal for typed calls: usable wherever its name is.
---@param name string the signal's name
---@return moondial.Definition
---@overload fun(arguments: moondial.temporal.signal_definition.arguments): moondial.Definition
function temporal.signal_definition(name) end

---@class moondial.temporal.start_options_of.arguments
---@field [1]? moondial.WorkflowHandle a WorkflowHandle
---@field handle? moondial.WorkflowHandle a WorkflowHandle
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Gives what a run was started with, as a table for start_workflow: change it, and start another like it.
---@param handle moondial.WorkflowHandle a WorkflowHandle
---@param options? moondial.temporal.start_options_of.arguments
---@return any # a table: workflow, id, task_queue, args, memo, …
---@overload fun(arguments: moondial.temporal.start_options_of.arguments): any
function temporal.start_options_of(handle, options) end

---@class moondial.temporal.timestamp.arguments
---@field [1]? string as in 2026-11-23T12:00:00Z
---@field text? string as in 2026-11-23T12:00:00Z

--- Makes a time from RFC 3339 text.
---@param text string as in 2026-11-23T12:00:00Z
---@return moondial.Timestamp
---@overload fun(arguments: moondial.temporal.timestamp.arguments): moondial.Timestamp
function temporal.timestamp(text) end

---@class moondial.temporal.update_definition.arguments
---@field [1]? string the update's name
---@field name? string the update's name
---@field result_type? string|table|function what its result is to become

--- Names an update for typed calls: usable wherever its name is.
---@param name string the update's name
---@param options? moondial.temporal.update_definition.arguments
---@return moondial.Definition
---@overload fun(arguments: moondial.temporal.update_definition.arguments): moondial.Definition
function temporal.update_definition(name, options) end

---@class moondial.temporal.with_start_workflow_operation.arguments
---@field [1]? string|moondial.Definition the workflow type's name or definition
---@field workflow? string|moondial.Definition the workflow type's name or definition
---@field id string the workflow id
---@field task_queue string the task queue of its workers
---@field result_type? string|table|function what the result is to become
---@field execution_timeout? number|string the time for all runs together
---@field run_timeout? number|string the time for one run
---@field task_timeout? number|string the time for one workflow task
---@field id_reuse_policy? "ALLOW_DUPLICATE"|"ALLOW_DUPLICATE_FAILED_ONLY"|"REJECT_DUPLICATE"|"TERMINATE_IF_RUNNING" what to do when a closed workflow has the id
---@field id_conflict_policy "FAIL"|"USE_EXISTING"|"TERMINATE_EXISTING" what to do when a running workflow has the id
---@field retry_policy? table initial_interval, backoff_coefficient, maximum_interval, maximum_attempts, non_retryable_error_types
---@field cron_schedule? string when to run again, as crontab says it
---@field memo? table values by name, to be shown and not searched
---@field search_attributes? table values by name, to be searched; the server knows their types, and a time is a Timestamp
---@field static_summary? string one line for the Web UI
---@field static_details? string some text for the Web UI
---@field start_delay? number|string how long to wait before the first workflow task
---@field headers? table values by name for the interceptors of its workers
---@field priority? table priority_key, of which 1 comes first; fairness_key, fairness_weight
---@field versioning_override? table one of pinned = { deployment_name =, build_id = }, one_time = the same, and auto_upgrade = true
---@field args? any[] the arguments for the workflow, in a list
---@field arg? any a single argument, instead of `args`

--- Says how to start a workflow that an update may find not running.
---@param arguments moondial.temporal.with_start_workflow_operation.arguments
---@return moondial.WithStartWorkflowOperation
function temporal.with_start_workflow_operation(arguments) end

---@class moondial.temporal.workflow_definition.arguments
---@field [1]? string the workflow's name
---@field name? string the workflow's name
---@field result_type? string|table|function what its result is to become

--- Names a workflow for typed calls: usable wherever its name is.
---@param name string the workflow's name
---@param options? moondial.temporal.workflow_definition.arguments
---@return moondial.Definition
---@overload fun(arguments: moondial.temporal.workflow_definition.arguments): moondial.Definition
function temporal.workflow_definition(name, options) end

--- Structured concurrency for scripts: tasks that end before the block that started them. Any function may suspend.
async = {}

--- Tells whether the running code has been cancelled.
---@return any # the error that the next suspension will raise, or nil
function async.cancelled() end

--- Creates a channel that holds up to `capacity` values that nobody has received yet; with none, a send waits for its receiver.
---@param capacity? integer 0 by default
---@return moondial.Channel # a Channel
function async.channel(capacity) end

--- Lets the other tasks run once; raises the cancellation, if there is one. For long loops that never wait.
function async.checkpoint() end

--- `for item, ok, value in async.each(items, fn) do`: calls `fn(item, index)` for all items, several at once, and gives the results as they come; where `ok` is false, `value` is the error. Leaving the loop cancels the rest.
---@param items any[]|function a list without nils, or an iterator, which is read to its end first
---@param fn fun(item: any, index: integer): any what to call for each
---@param options? {limit?: number, rate?: number} `limit`: how many at once; 16 by default, math.huge for all; `rate`: how many a second at most
---@return function # an iterator for a generic `for`
function async.each(items, fn, options) end

--- Calls `fn(item, index)` for all items, several at once, and returns the results in the order of the items. The first failure cancels the rest and is raised.
---@param items any[]|function a list, whose `n`, where it has one, is its length; or an iterator, read to its end first
---@param fn fun(item: any, index: integer): any what to call for each
---@param options? {limit?: number, rate?: number} `limit`: how many at once; 16 by default, math.huge for all; `rate`: how many a second at most
---@return any[] # the results, a list
function async.map(items, fn, options) end

--- Opens a scope for the rest of a block. Leaving the block waits for the tasks; leaving it by an error cancels them. A scope that is not closed so is closed when its task ends.
---@return moondial.Scope # a Scope
function async.open_scope() end

--- Calls all functions at once and returns what the first to end returns, or raises its error. The others are cancelled, and have ended, by then.
---@param functions function[] at least one
---@return any # what the fastest returned
function async.race(functions) end

--- Runs `fn(scope)`, waits for all tasks spawned in the scope, and returns what the function returned. The first failure, of a child or of the function, cancels the others, and is raised once they have ended.
---@param fn fun(scope: moondial.Scope, ...): any what to call
---@param ... any its arguments, after the scope
---@return any # what `fn` returns
function async.scope(fn, ...) end

--- Creates a semaphore with so many permits.
---@param permits? integer 1 by default
---@return moondial.Semaphore # a Semaphore
function async.semaphore(permits) end

--- Calls all functions, several at once, and returns how each ended: `{ok = true, value = …}` or `{ok = false, error = …}`, in their order. Raises nothing of theirs.
---@param functions function[] a list
---@param options? {limit?: number, rate?: number} `limit`: how many at once; 16 by default, math.huge for all; `rate`: how many a second at most
---@return table[] # a list of tables, one for each function
function async.settle(functions, options) end

--- Calls `fn()` shielded from the cancellation of what surrounds it: for cleanup that has to await.
---@param fn function what to call
---@param options? {timeout?: number|string} `timeout`: the time after which it is cancelled itself
---@return any # what `fn` returns
function async.shield(fn, options) end

--- Suspends the running task for a time.
---@param time number|string seconds, or text such as "1m30s"
function async.sleep(time) end

--- Calls `fn(…)` and returns what it returns, unless it takes longer than a time: then it is cancelled by an error of kind "TimeoutError", which is raised here when it has stopped.
---@param time number|string seconds, or text such as "1m30s"
---@param fn function what to call
---@param ... any its arguments
---@return any # what `fn` returns
function async.timeout(time, fn, ...) end

--- Brings a job to the foreground: as `wait`, but Ctrl-C interrupts the job, as if it had been called here.
---@param job integer|string|moondial.Task its number, its name, or the Task that spawn gave
---@return any # what its function returned
function fg(job) end

--- Lists the jobs that run, and those that have ended and whose result nobody has taken yet.
---@return moondial.Job[] # a list of Job
function jobs() end

--- Cancels a job; its end is told when it has come. What it waits for on the server goes on.
---@param job integer|string|moondial.Task its number, its name, or the Task that spawn gave
function kill(job) end

--- Starts a job: a function that runs beside what follows. At the prompt it belongs to the session, and its end is told before the next prompt; in a script it belongs to the script, which fails when it does.
---@param first string|function a name for messages, if wanted, and then the function
---@param ... any the function, after a name, and its arguments
---@return moondial.Task # the Task
function spawn(first, ...) end

--- Waits for a job, gives its result or raises its error, and forgets it. Ctrl-C ends the wait; the job goes on.
---@param job integer|string|moondial.Task its number, its name, or the Task that spawn gave
---@return any # what its function returned
function wait(job) end

--- JSON text and Lua values.
---@field null? any JSON's null inside tables, where nil would be a hole
json = {}

--- Marks a table as a JSON array, so that it stays one when it is empty.
---@param values? any the table to mark; without: an empty one
---@return table
function json.array(values) end

---@class moondial.json.decode.arguments
---@field [1]? string the text
---@field text? string the text

--- Gives the value that JSON text stands for.
---@param text string the text
---@return any # the value; null at the top is nil
---@overload fun(arguments: moondial.json.decode.arguments): any
function json.decode(text) end

--- Gives the JSON text of a value, its objects' keys in order.
---@param value? any the value
---@param indent? integer spaces per level; without: one line
---@return string
function json.encode(value, indent) end

--- Marks a table as a JSON object, so that it stays one when it is empty.
---@param values? any the table to mark; without: an empty one
---@return table
function json.object(values) end

--- A namespace on a Temporal server; it connects on its first call.
---@class moondial.Client
---@field address string the server's host and port
---@field namespace string the namespace of its calls
---@field codec? string what encodes and decodes payloads, in words; nil for nothing
---@field identity string who the server's histories say it was
---@field api_key? string what later calls are authorized by, nil for nothing; it can be set, but not read
---@field read_only boolean whether it refuses every call that changes the server's state
---@field workflow_service moondial.Service every RPC of the workflow service by its snake_case name
---@field operator_service moondial.Service every RPC of the operator service by its snake_case name
local Client = {}

---@class moondial.Client.add_search_attributes.arguments
---@field search_attributes table their types by name: Bool, Datetime, Double, Int, Keyword, KeywordList or Text
---@field namespace? string without: the client's
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Adds search attributes to a namespace.
---@param arguments moondial.Client.add_search_attributes.arguments
function Client:add_search_attributes(arguments) end

---@class moondial.Client.check_health.arguments
---@field [1]? string the full name of a service; without: the workflow service
---@field service? string the full name of a service; without: the workflow service
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Whether a service of the server says that it is well.
---@param service? string the full name of a service; without: the workflow service
---@param options? moondial.Client.check_health.arguments
---@return boolean
---@overload fun(self: moondial.Client, arguments: moondial.Client.check_health.arguments): boolean
function Client:check_health(service, options) end

---@class moondial.Client.count_schedules.arguments
---@field [1]? string a list filter, as in "TemporalSchedulePaused = true"; without: all
---@field query? string a list filter, as in "TemporalSchedulePaused = true"; without: all
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Counts the schedules that a query of the visibility store matches.
---@param query? string a list filter, as in "TemporalSchedulePaused = true"; without: all
---@param options? moondial.Client.count_schedules.arguments
---@return any # a table: count, and groups, which are those of a query that says GROUP BY
---@overload fun(self: moondial.Client, arguments: moondial.Client.count_schedules.arguments): any
function Client:count_schedules(query, options) end

---@class moondial.Client.count_workers.arguments
---@field [1]? string a filter such as TaskQueue = 'orders'; without: all
---@field query? string a filter such as TaskQueue = 'orders'; without: all
---@field include_system_workers? boolean also those of the server itself
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Counts the workers that send heartbeats.
---@param query? string a filter such as TaskQueue = 'orders'; without: all
---@param options? moondial.Client.count_workers.arguments
---@return any # a table: count
---@overload fun(self: moondial.Client, arguments: moondial.Client.count_workers.arguments): any
function Client:count_workers(query, options) end

---@class moondial.Client.count_workflows.arguments
---@field [1]? string|table a list filter, as text or as a table such as { status = "RUNNING" }; without: all
---@field query? string|table a list filter, as text or as a table such as { status = "RUNNING" }; without: all
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Counts the workflows that a query of the visibility store matches.
---@param query? string|table a list filter, as text or as a table such as { status = "RUNNING" }; without: all
---@param options? moondial.Client.count_workflows.arguments
---@return moondial.WorkflowExecutionCount
---@overload fun(self: moondial.Client, arguments: moondial.Client.count_workflows.arguments): moondial.WorkflowExecutionCount
function Client:count_workflows(query, options) end

---@class moondial.Client.create_namespace.arguments
---@field [1]? string the namespace's name
---@field name? string the namespace's name
---@field retention? number|string how long closed workflows are kept; 3 days without
---@field is_global? boolean whether it can be replicated to other clusters
---@field description? string what it is for
---@field owner_email? string whose it is
---@field data? table<string, string> texts by name, to keep with it
---@field history_archival_state? "ENABLED"|"DISABLED" whether histories are archived
---@field history_archival_uri? string where; it cannot be changed later
---@field visibility_archival_state? "ENABLED"|"DISABLED" whether what lists say is archived
---@field visibility_archival_uri? string where; it cannot be changed later
---@field active_cluster? string the cluster that changes it
---@field clusters? any[] the names of the clusters that have it
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Registers a namespace.
---@param name string the namespace's name
---@param options? moondial.Client.create_namespace.arguments
---@overload fun(self: moondial.Client, arguments: moondial.Client.create_namespace.arguments)
function Client:create_namespace(name, options) end

---@class moondial.Client.create_nexus_endpoint.arguments
---@field [1]? string the endpoint's name
---@field name? string the endpoint's name
---@field target_namespace? string the namespace of the workers that it goes to
---@field target_task_queue? string the task queue of those
---@field target_url? string a URL that it goes to instead
---@field description? string what it is for
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Creates a Nexus endpoint.
---@param name string the endpoint's name
---@param options? moondial.Client.create_nexus_endpoint.arguments
---@return moondial.NexusEndpoint
---@overload fun(self: moondial.Client, arguments: moondial.Client.create_nexus_endpoint.arguments): moondial.NexusEndpoint
function Client:create_nexus_endpoint(name, options) end

---@class moondial.Client.create_schedule.arguments
---@field [1]? string the schedule's id
---@field id? string the schedule's id
---@field [2]? table what it starts and when: action, spec, policy, state
---@field schedule? table what it starts and when: action, spec, policy, state
---@field trigger_immediately? boolean whether to take one action at once
---@field backfill? any[] ranges of time whose actions to take at once: a list of { start_at =, end_at =, overlap = }
---@field memo? table values by name, to be shown and not searched
---@field search_attributes? table values by name, for the lists of schedules
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Creates a schedule, which starts a workflow at the times that it says.
---@param id string the schedule's id
---@param schedule table what it starts and when: action, spec, policy, state
---@param options? moondial.Client.create_schedule.arguments
---@return moondial.ScheduleHandle
---@overload fun(self: moondial.Client, arguments: moondial.Client.create_schedule.arguments): moondial.ScheduleHandle
function Client:create_schedule(id, schedule, options) end

---@class moondial.Client.create_worker_deployment.arguments
---@field [1]? string the deployment's name
---@field deployment_name? string the deployment's name
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Creates a worker deployment before its first worker comes.
---@param deployment_name string the deployment's name
---@param options? moondial.Client.create_worker_deployment.arguments
---@overload fun(self: moondial.Client, arguments: moondial.Client.create_worker_deployment.arguments)
function Client:create_worker_deployment(deployment_name, options) end

---@class moondial.Client.delete_namespace.arguments
---@field [1]? string the namespace's name
---@field name? string the namespace's name
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Deletes a namespace with all that is in it.
---@param name string the namespace's name
---@param options? moondial.Client.delete_namespace.arguments
---@return any # a table: deleted_namespace, the name that it has until it is gone
---@overload fun(self: moondial.Client, arguments: moondial.Client.delete_namespace.arguments): any
function Client:delete_namespace(name, options) end

---@class moondial.Client.delete_nexus_endpoint.arguments
---@field [1]? string the endpoint's name
---@field name? string the endpoint's name
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Deletes a Nexus endpoint; calls by its name fail from then on.
---@param name string the endpoint's name
---@param options? moondial.Client.delete_nexus_endpoint.arguments
---@overload fun(self: moondial.Client, arguments: moondial.Client.delete_nexus_endpoint.arguments)
function Client:delete_nexus_endpoint(name, options) end

---@class moondial.Client.delete_worker_deployment.arguments
---@field [1]? string the deployment's name
---@field deployment_name? string the deployment's name
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Deletes a worker deployment that has no versions.
---@param deployment_name string the deployment's name
---@param options? moondial.Client.delete_worker_deployment.arguments
---@overload fun(self: moondial.Client, arguments: moondial.Client.delete_worker_deployment.arguments)
function Client:delete_worker_deployment(deployment_name, options) end

---@class moondial.Client.delete_worker_deployment_version.arguments
---@field [1]? string the deployment's name
---@field deployment_name? string the deployment's name
---@field [2]? string the version in it
---@field build_id? string the version in it
---@field skip_drainage? boolean even if workflows may need it still
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Deletes a version that is neither current nor ramping, and that no workflow and no worker needs.
---@param deployment_name string the deployment's name
---@param build_id string the version in it
---@param options? moondial.Client.delete_worker_deployment_version.arguments
---@overload fun(self: moondial.Client, arguments: moondial.Client.delete_worker_deployment_version.arguments)
function Client:delete_worker_deployment_version(deployment_name, build_id, options) end

---@class moondial.Client.describe_cluster.arguments
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Describes the cluster of the server: its version, its stores, the clients that it takes.
---@return moondial.ClusterInfo
---@overload fun(self: moondial.Client, arguments?: moondial.Client.describe_cluster.arguments): moondial.ClusterInfo
function Client:describe_cluster() end

---@class moondial.Client.describe_namespace.arguments
---@field [1]? string without: the client's
---@field name? string without: the client's
---@field id? string the namespace's id, instead of its name
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Describes a namespace.
---@param name? string without: the client's
---@param options? moondial.Client.describe_namespace.arguments
---@return moondial.NamespaceDescription
---@overload fun(self: moondial.Client, arguments: moondial.Client.describe_namespace.arguments): moondial.NamespaceDescription
function Client:describe_namespace(name, options) end

---@class moondial.Client.describe_task_queue.arguments
---@field [1]? string the task queue's name
---@field task_queue? string the task queue's name
---@field task_queue_types? string|string[] of which tasks, one or a list; without: the first two
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Describes a task queue: who polls it, how much waits in it, and which versions get its tasks.
---@param task_queue string the task queue's name
---@param options? moondial.Client.describe_task_queue.arguments
---@return moondial.TaskQueueDescription
---@overload fun(self: moondial.Client, arguments: moondial.Client.describe_task_queue.arguments): moondial.TaskQueueDescription
function Client:describe_task_queue(task_queue, options) end

---@class moondial.Client.describe_worker.arguments
---@field [1]? string what it is told by, as list_workers gives it
---@field worker_instance_key? string what it is told by, as list_workers gives it
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Describes a worker by what its last heartbeat said.
---@param worker_instance_key string what it is told by, as list_workers gives it
---@param options? moondial.Client.describe_worker.arguments
---@return moondial.WorkerInfo
---@overload fun(self: moondial.Client, arguments: moondial.Client.describe_worker.arguments): moondial.WorkerInfo
function Client:describe_worker(worker_instance_key, options) end

---@class moondial.Client.describe_worker_deployment.arguments
---@field [1]? string the deployment's name
---@field deployment_name? string the deployment's name
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Describes a worker deployment with its versions.
---@param deployment_name string the deployment's name
---@param options? moondial.Client.describe_worker_deployment.arguments
---@return moondial.WorkerDeployment
---@overload fun(self: moondial.Client, arguments: moondial.Client.describe_worker_deployment.arguments): moondial.WorkerDeployment
function Client:describe_worker_deployment(deployment_name, options) end

---@class moondial.Client.describe_worker_deployment_version.arguments
---@field [1]? string the deployment's name
---@field deployment_name? string the deployment's name
---@field [2]? string the version in it
---@field build_id? string the version in it
---@field report_task_queue_stats? boolean tell how its task queues go, too
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Describes a version of a worker deployment.
---@param deployment_name string the deployment's name
---@param build_id string the version in it
---@param options? moondial.Client.describe_worker_deployment_version.arguments
---@return moondial.WorkerDeploymentVersion
---@overload fun(self: moondial.Client, arguments: moondial.Client.describe_worker_deployment_version.arguments): moondial.WorkerDeploymentVersion
function Client:describe_worker_deployment_version(deployment_name, build_id, options) end

---@class moondial.Client.execute_update_with_start_workflow.arguments
---@field [1]? string|moondial.Definition the update's name or definition
---@field update? string|moondial.Definition the update's name or definition
---@field start_workflow_operation moondial.WithStartWorkflowOperation what temporal.with_start_workflow_operation gives: the workflow, and how to start it
---@field id? string the update's id, for deduplication; a random one without
---@field result_type? string|table|function what the result is to become
---@field timeout? number|string how long to wait at most, by this program's clock; nothing on the server ends with it
---@field args? any[] the arguments for the workflow, in a list
---@field arg? any a single argument, instead of `args`
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Sends an update, starting its workflow where it does not run, and waits for the update's result.
---@param arguments moondial.Client.execute_update_with_start_workflow.arguments
---@return any # the update's result
function Client:execute_update_with_start_workflow(arguments) end

---@class moondial.Client.execute_workflow.arguments
---@field [1]? string|moondial.Definition the workflow type's name or definition
---@field workflow? string|moondial.Definition the workflow type's name or definition
---@field id string the workflow id
---@field task_queue string the task queue of its workers
---@field result_type? string|table|function what the result is to become
---@field execution_timeout? number|string the time for all runs together
---@field run_timeout? number|string the time for one run
---@field task_timeout? number|string the time for one workflow task
---@field id_reuse_policy? "ALLOW_DUPLICATE"|"ALLOW_DUPLICATE_FAILED_ONLY"|"REJECT_DUPLICATE"|"TERMINATE_IF_RUNNING" what to do when a closed workflow has the id
---@field id_conflict_policy? "FAIL"|"USE_EXISTING"|"TERMINATE_EXISTING" what to do when a running workflow has the id
---@field retry_policy? table initial_interval, backoff_coefficient, maximum_interval, maximum_attempts, non_retryable_error_types
---@field cron_schedule? string when to run again, as crontab says it
---@field memo? table values by name, to be shown and not searched
---@field search_attributes? table values by name, to be searched; the server knows their types, and a time is a Timestamp
---@field static_summary? string one line for the Web UI
---@field static_details? string some text for the Web UI
---@field start_delay? number|string how long to wait before the first workflow task
---@field start_signal? string|moondial.Definition a signal to send, starting the workflow where it does not run
---@field start_signal_args? any[] the signal's arguments
---@field headers? table values by name for the interceptors of its workers
---@field priority? table priority_key, of which 1 comes first; fairness_key, fairness_weight
---@field versioning_override? table one of pinned = { deployment_name =, build_id = }, one_time = the same, and auto_upgrade = true
---@field args? any[] the arguments for the workflow, in a list
---@field arg? any a single argument, instead of `args`
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Starts a workflow and waits for its result.
---@param arguments moondial.Client.execute_workflow.arguments
---@return any # the workflow's result
function Client:execute_workflow(arguments) end

---@class moondial.Client.get_async_activity_handle.arguments
---@field workflow_id? string the workflow that has it
---@field run_id? string the run that has it; without: the latest
---@field activity_id? string the activity's id, as in pending_activities
---@field task_token? string the token of its task, instead of the ids

--- Gives a handle to an activity that its worker has left to somebody else to complete.
---@return moondial.AsyncActivityHandle
---@overload fun(self: moondial.Client, arguments?: moondial.Client.get_async_activity_handle.arguments): moondial.AsyncActivityHandle
function Client:get_async_activity_handle() end

---@class moondial.Client.get_batch_operation_handle.arguments
---@field [1]? string the batch operation's id
---@field job_id? string the batch operation's id

--- Gives a handle to a batch operation by its id; nothing is sent and nothing is checked.
---@param job_id string the batch operation's id
---@return moondial.BatchOperationHandle
---@overload fun(self: moondial.Client, arguments: moondial.Client.get_batch_operation_handle.arguments): moondial.BatchOperationHandle
function Client:get_batch_operation_handle(job_id) end

---@class moondial.Client.get_nexus_endpoint.arguments
---@field [1]? string the endpoint's name
---@field name? string the endpoint's name
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Gives a Nexus endpoint by its name.
---@param name string the endpoint's name
---@param options? moondial.Client.get_nexus_endpoint.arguments
---@return moondial.NexusEndpoint
---@overload fun(self: moondial.Client, arguments: moondial.Client.get_nexus_endpoint.arguments): moondial.NexusEndpoint
function Client:get_nexus_endpoint(name, options) end

---@class moondial.Client.get_schedule_handle.arguments
---@field [1]? string the schedule's id
---@field id? string the schedule's id

--- Gives a handle to a schedule by its id; nothing is sent and nothing is checked.
---@param id string the schedule's id
---@return moondial.ScheduleHandle
---@overload fun(self: moondial.Client, arguments: moondial.Client.get_schedule_handle.arguments): moondial.ScheduleHandle
function Client:get_schedule_handle(id) end

---@class moondial.Client.get_system_info.arguments
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Gives the version of the server, and what it can.
---@return moondial.SystemInfo
---@overload fun(self: moondial.Client, arguments?: moondial.Client.get_system_info.arguments): moondial.SystemInfo
function Client:get_system_info() end

---@class moondial.Client.get_task_queue_config.arguments
---@field [1]? string the task queue's name
---@field task_queue? string the task queue's name
---@field [2]? "WORKFLOW"|"ACTIVITY"|"NEXUS" the type of its tasks
---@field task_queue_type? "WORKFLOW"|"ACTIVITY"|"NEXUS" the type of its tasks
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Gives the settings of a task queue.
---@param task_queue string the task queue's name
---@param task_queue_type "WORKFLOW"|"ACTIVITY"|"NEXUS" the type of its tasks
---@param options? moondial.Client.get_task_queue_config.arguments
---@return any # a table: queue_rate_limit, fairness_keys_rate_limit_default, …; nil where nothing was ever set
---@overload fun(self: moondial.Client, arguments: moondial.Client.get_task_queue_config.arguments): any
function Client:get_task_queue_config(task_queue, task_queue_type, options) end

---@class moondial.Client.get_workflow_handle.arguments
---@field [1]? string the workflow id
---@field workflow_id? string the workflow id
---@field run_id? string one run; without: the latest
---@field first_execution_run_id? string the first run of the chain, to guard changes by
---@field result_type? string|table|function what the result is to become

--- Gives a handle to a workflow by its id; nothing is sent and nothing is checked.
---@param workflow_id string the workflow id
---@param options? moondial.Client.get_workflow_handle.arguments
---@return moondial.WorkflowHandle
---@overload fun(self: moondial.Client, arguments: moondial.Client.get_workflow_handle.arguments): moondial.WorkflowHandle
function Client:get_workflow_handle(workflow_id, options) end

---@class moondial.Client.list_archived_workflows.arguments
---@field [1]? string|table a list filter, as text or as a table; without: all
---@field query? string|table a list filter, as text or as a table; without: all
---@field limit? integer how many at most
---@field page_size? integer how many per page
---@field next_page_token? string where to begin: another iterator's next_page_token
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Iterates over the workflows in the server's archive that a query matches.
---@param query? string|table a list filter, as text or as a table; without: all
---@param options? moondial.Client.list_archived_workflows.arguments
---@return moondial.Pages
---@overload fun(self: moondial.Client, arguments: moondial.Client.list_archived_workflows.arguments): moondial.Pages
function Client:list_archived_workflows(query, options) end

---@class moondial.Client.list_batch_operations.arguments
---@field limit? integer how many at most
---@field page_size? integer how many per page
---@field next_page_token? string where to begin: another iterator's next_page_token
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Iterates over the batch operations of the namespace, the latest first.
---@return moondial.Pages
---@overload fun(self: moondial.Client, arguments?: moondial.Client.list_batch_operations.arguments): moondial.Pages
function Client:list_batch_operations() end

---@class moondial.Client.list_clusters.arguments
---@field limit? integer how many at most
---@field page_size? integer how many per page
---@field next_page_token? string where to begin: another iterator's next_page_token
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Iterates over the clusters that the server knows, itself among them.
---@return moondial.Pages
---@overload fun(self: moondial.Client, arguments?: moondial.Client.list_clusters.arguments): moondial.Pages
function Client:list_clusters() end

---@class moondial.Client.list_namespaces.arguments
---@field limit? integer how many at most
---@field page_size? integer how many per page
---@field next_page_token? string where to begin: another iterator's next_page_token
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Iterates over the namespaces of the server.
---@return moondial.Pages
---@overload fun(self: moondial.Client, arguments?: moondial.Client.list_namespaces.arguments): moondial.Pages
function Client:list_namespaces() end

---@class moondial.Client.list_nexus_endpoints.arguments
---@field limit? integer how many at most
---@field page_size? integer how many per page
---@field next_page_token? string where to begin: another iterator's next_page_token
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Iterates over the Nexus endpoints of the server.
---@return moondial.Pages
---@overload fun(self: moondial.Client, arguments?: moondial.Client.list_nexus_endpoints.arguments): moondial.Pages
function Client:list_nexus_endpoints() end

---@class moondial.Client.list_schedules.arguments
---@field [1]? string a list filter, as in "TemporalSchedulePaused = true"; without: all
---@field query? string a list filter, as in "TemporalSchedulePaused = true"; without: all
---@field limit? integer how many at most
---@field page_size? integer how many per page
---@field next_page_token? string where to begin: another iterator's next_page_token
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Iterates over the schedules that a query of the visibility store matches.
---@param query? string a list filter, as in "TemporalSchedulePaused = true"; without: all
---@param options? moondial.Client.list_schedules.arguments
---@return moondial.Pages
---@overload fun(self: moondial.Client, arguments: moondial.Client.list_schedules.arguments): moondial.Pages
function Client:list_schedules(query, options) end

---@class moondial.Client.list_search_attributes.arguments
---@field namespace? string without: the client's
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Lists the search attributes of a namespace.
---@return moondial.SearchAttributes
---@overload fun(self: moondial.Client, arguments?: moondial.Client.list_search_attributes.arguments): moondial.SearchAttributes
function Client:list_search_attributes() end

---@class moondial.Client.list_task_queue_partitions.arguments
---@field [1]? string the task queue's name
---@field task_queue? string the task queue's name
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Lists the partitions of a task queue, and which of the server's machines have them.
---@param task_queue string the task queue's name
---@param options? moondial.Client.list_task_queue_partitions.arguments
---@return any # a table: activity_task_queue_partitions, workflow_task_queue_partitions: lists of key, owner_host_name
---@overload fun(self: moondial.Client, arguments: moondial.Client.list_task_queue_partitions.arguments): any
function Client:list_task_queue_partitions(task_queue, options) end

---@class moondial.Client.list_worker_deployments.arguments
---@field limit? integer how many at most
---@field page_size? integer how many per page
---@field next_page_token? string where to begin: another iterator's next_page_token
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Iterates over the worker deployments of the namespace.
---@return moondial.Pages
---@overload fun(self: moondial.Client, arguments?: moondial.Client.list_worker_deployments.arguments): moondial.Pages
function Client:list_worker_deployments() end

---@class moondial.Client.list_workers.arguments
---@field [1]? string a filter such as TaskQueue = 'orders'; without: all
---@field query? string a filter such as TaskQueue = 'orders'; without: all
---@field include_system_workers? boolean also those of the server itself
---@field limit? integer how many at most
---@field page_size? integer how many per page
---@field next_page_token? string where to begin: another iterator's next_page_token
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Iterates over the workers that send heartbeats.
---@param query? string a filter such as TaskQueue = 'orders'; without: all
---@param options? moondial.Client.list_workers.arguments
---@return moondial.Pages
---@overload fun(self: moondial.Client, arguments: moondial.Client.list_workers.arguments): moondial.Pages
function Client:list_workers(query, options) end

---@class moondial.Client.list_workflows.arguments
---@field [1]? string|table a list filter, as text or as a table such as { status = "RUNNING" }; without: all
---@field query? string|table a list filter, as text or as a table such as { status = "RUNNING" }; without: all
---@field limit? integer how many at most
---@field page_size? integer how many per page
---@field next_page_token? string where to begin: another iterator's next_page_token
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Iterates over the workflows that a query of the visibility store matches.
---@param query? string|table a list filter, as text or as a table such as { status = "RUNNING" }; without: all
---@param options? moondial.Client.list_workflows.arguments
---@return moondial.Pages
---@overload fun(self: moondial.Client, arguments: moondial.Client.list_workflows.arguments): moondial.Pages
function Client:list_workflows(query, options) end

---@class moondial.Client.remove_remote_cluster.arguments
---@field [1]? string its name
---@field cluster_name? string its name
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Makes the server forget a cluster.
---@param cluster_name string its name
---@param options? moondial.Client.remove_remote_cluster.arguments
---@overload fun(self: moondial.Client, arguments: moondial.Client.remove_remote_cluster.arguments)
function Client:remove_remote_cluster(cluster_name, options) end

---@class moondial.Client.remove_search_attributes.arguments
---@field [1]? string|string[] a name, or a list of names
---@field names? string|string[] a name, or a list of names
---@field namespace? string without: the client's
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Removes search attributes from a namespace; workflows that have them lose them for lists.
---@param names string|string[] a name, or a list of names
---@param options? moondial.Client.remove_search_attributes.arguments
---@overload fun(self: moondial.Client, arguments: moondial.Client.remove_search_attributes.arguments)
function Client:remove_search_attributes(names, options) end

---@class moondial.Client.service.arguments
---@field [1]? string the full name
---@field name? string the full name
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Gives a service of the server by its full name, with every RPC by its snake_case name.
---@param name string the full name
---@param options? moondial.Client.service.arguments
---@return moondial.Service
---@overload fun(self: moondial.Client, arguments: moondial.Client.service.arguments): moondial.Service
function Client:service(name, options) end

---@class moondial.Client.set_worker_deployment_current_version.arguments
---@field [1]? string the deployment's name
---@field deployment_name? string the deployment's name
---@field [2]? string the version; without: workers that have no version
---@field build_id? string the version; without: workers that have no version
---@field allow_no_pollers? boolean also one whose workers have not come yet
---@field ignore_missing_task_queues? boolean also one without all task queues of the current
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Makes a version the current one, which all new workflows get.
---@param deployment_name string the deployment's name
---@param build_id? string the version; without: workers that have no version
---@param options? moondial.Client.set_worker_deployment_current_version.arguments
---@overload fun(self: moondial.Client, arguments: moondial.Client.set_worker_deployment_current_version.arguments)
function Client:set_worker_deployment_current_version(deployment_name, build_id, options) end

---@class moondial.Client.set_worker_deployment_manager.arguments
---@field [1]? string the deployment's name
---@field deployment_name? string the deployment's name
---@field manager_identity? string an identity
---@field self? boolean this client's identity
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Says who alone may change a worker deployment; without a manager_identity, that everybody may.
---@param deployment_name string the deployment's name
---@param options? moondial.Client.set_worker_deployment_manager.arguments
---@overload fun(self: moondial.Client, arguments: moondial.Client.set_worker_deployment_manager.arguments)
function Client:set_worker_deployment_manager(deployment_name, options) end

---@class moondial.Client.set_worker_deployment_ramping_version.arguments
---@field [1]? string the deployment's name
---@field deployment_name? string the deployment's name
---@field [2]? string the version; without: workers that have no version
---@field build_id? string the version; without: workers that have no version
---@field percentage? number how many of a hundred new workflows
---@field delete? boolean no version is ramping any more
---@field allow_no_pollers? boolean also one whose workers have not come yet
---@field ignore_missing_task_queues? boolean also one without all task queues of the current
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Gives a part of the new workflows to a version.
---@param deployment_name string the deployment's name
---@param build_id? string the version; without: workers that have no version
---@param options? moondial.Client.set_worker_deployment_ramping_version.arguments
---@overload fun(self: moondial.Client, arguments: moondial.Client.set_worker_deployment_ramping_version.arguments)
function Client:set_worker_deployment_ramping_version(deployment_name, build_id, options) end

---@class moondial.Client.start_batch_operation.arguments
---@field [1]? "signal"|"cancel"|"terminate"|"delete"|"reset"|"update_options"|"unpause_activities"|"reset_activities"|"update_activity_options"|"cancel_activities"|"terminate_activities"|"delete_activities" what is done to each
---@field operation? "signal"|"cancel"|"terminate"|"delete"|"reset"|"update_options"|"unpause_activities"|"reset_activities"|"update_activity_options"|"cancel_activities"|"terminate_activities"|"delete_activities" what is done to each
---@field query? string|table a list filter, as text or as a table: the workflows, as they are when it runs
---@field executions? any[] instead of a query: a list of ids, handles or executions, 1,000 at most
---@field reason? string why, for those who look at the batch; without: who asked for it
---@field job_id? string its id; a random one without
---@field max_operations_per_second? number how fast; without: as the server is set
---@field signal? string|moondial.Definition the signal's name or definition
---@field args? any[] the signal's arguments, or the details of a termination
---@field type? "FIRST_WORKFLOW_TASK"|"LAST_WORKFLOW_TASK" of a reset: where to
---@field build_id? string of a reset: before the first task that this build processed
---@field reapply_exclude? any[] of a reset: what not to apply again: "SIGNAL", "UPDATE", "NEXUS", "CANCEL_REQUEST", "ALL"
---@field current_run_only? boolean of a reset: not to a run before the current one
---@field versioning_override? table one of pinned = { deployment_name =, build_id = }, one_time = the same, and auto_upgrade = true; {} takes one away
---@field priority? table priority_key, fairness_key, fairness_weight
---@field activity_type? string activities of one type; without: all
---@field reset_attempts? boolean count their attempts from 1 again
---@field reset_heartbeat? boolean forget their heartbeat details
---@field keep_paused? boolean leave paused what is paused
---@field jitter? number|string spread them over so much time
---@field restore_original_options? boolean back to what the workflow gave them
---@field activity_options? table task_queue, heartbeat_timeout, start_to_close_timeout, schedule_to_close_timeout, schedule_to_start_timeout, start_delay, retry_policy, priority
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Starts a batch operation: the server does something to each workflow that a query matches.
---@param operation "signal"|"cancel"|"terminate"|"delete"|"reset"|"update_options"|"unpause_activities"|"reset_activities"|"update_activity_options"|"cancel_activities"|"terminate_activities"|"delete_activities" what is done to each
---@param options? moondial.Client.start_batch_operation.arguments
---@return moondial.BatchOperationHandle
---@overload fun(self: moondial.Client, arguments: moondial.Client.start_batch_operation.arguments): moondial.BatchOperationHandle
function Client:start_batch_operation(operation, options) end

---@class moondial.Client.start_update_with_start_workflow.arguments
---@field [1]? string|moondial.Definition the update's name or definition
---@field update? string|moondial.Definition the update's name or definition
---@field start_workflow_operation moondial.WithStartWorkflowOperation what temporal.with_start_workflow_operation gives: the workflow, and how to start it
---@field wait_for_stage "ACCEPTED"|"COMPLETED" how far the update must have come before the call returns
---@field id? string the update's id, for deduplication; a random one without
---@field result_type? string|table|function what the result is to become
---@field timeout? number|string how long to wait at most, by this program's clock; nothing on the server ends with it
---@field args? any[] the arguments for the workflow, in a list
---@field arg? any a single argument, instead of `args`
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Sends an update, starting its workflow where it does not run, and returns a handle to the update.
---@param arguments moondial.Client.start_update_with_start_workflow.arguments
---@return moondial.WorkflowUpdateHandle
function Client:start_update_with_start_workflow(arguments) end

---@class moondial.Client.start_workflow.arguments
---@field [1]? string|moondial.Definition the workflow type's name or definition
---@field workflow? string|moondial.Definition the workflow type's name or definition
---@field id string the workflow id
---@field task_queue string the task queue of its workers
---@field result_type? string|table|function what the result is to become
---@field execution_timeout? number|string the time for all runs together
---@field run_timeout? number|string the time for one run
---@field task_timeout? number|string the time for one workflow task
---@field id_reuse_policy? "ALLOW_DUPLICATE"|"ALLOW_DUPLICATE_FAILED_ONLY"|"REJECT_DUPLICATE"|"TERMINATE_IF_RUNNING" what to do when a closed workflow has the id
---@field id_conflict_policy? "FAIL"|"USE_EXISTING"|"TERMINATE_EXISTING" what to do when a running workflow has the id
---@field retry_policy? table initial_interval, backoff_coefficient, maximum_interval, maximum_attempts, non_retryable_error_types
---@field cron_schedule? string when to run again, as crontab says it
---@field memo? table values by name, to be shown and not searched
---@field search_attributes? table values by name, to be searched; the server knows their types, and a time is a Timestamp
---@field static_summary? string one line for the Web UI
---@field static_details? string some text for the Web UI
---@field start_delay? number|string how long to wait before the first workflow task
---@field start_signal? string|moondial.Definition a signal to send, starting the workflow where it does not run
---@field start_signal_args? any[] the signal's arguments
---@field headers? table values by name for the interceptors of its workers
---@field priority? table priority_key, of which 1 comes first; fairness_key, fairness_weight
---@field versioning_override? table one of pinned = { deployment_name =, build_id = }, one_time = the same, and auto_upgrade = true
---@field args? any[] the arguments for the workflow, in a list
---@field arg? any a single argument, instead of `args`
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Starts a workflow.
---@param arguments moondial.Client.start_workflow.arguments
---@return moondial.WorkflowHandle
function Client:start_workflow(arguments) end

---@class moondial.Client.update_namespace.arguments
---@field [1]? string the namespace's name
---@field name? string the namespace's name
---@field retention? number|string how long closed workflows are kept
---@field promote_to_global? boolean make it one that can be replicated; for good
---@field replication_state? "NORMAL"|"HANDOVER" whether it is being handed over to another cluster
---@field description? string what it is for
---@field owner_email? string whose it is
---@field data? table<string, string> texts by name, to keep with it
---@field history_archival_state? "ENABLED"|"DISABLED" whether histories are archived
---@field history_archival_uri? string where; it cannot be changed later
---@field visibility_archival_state? "ENABLED"|"DISABLED" whether what lists say is archived
---@field visibility_archival_uri? string where; it cannot be changed later
---@field active_cluster? string the cluster that changes it
---@field clusters? any[] the names of the clusters that have it
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Changes what is given of a namespace, and leaves the rest.
---@param name string the namespace's name
---@param options? moondial.Client.update_namespace.arguments
---@return moondial.NamespaceDescription
---@overload fun(self: moondial.Client, arguments: moondial.Client.update_namespace.arguments): moondial.NamespaceDescription
function Client:update_namespace(name, options) end

---@class moondial.Client.update_nexus_endpoint.arguments
---@field [1]? string the endpoint's name
---@field name? string the endpoint's name
---@field unset_description? boolean take the description away
---@field target_namespace? string the namespace of the workers that it goes to
---@field target_task_queue? string the task queue of those
---@field target_url? string a URL that it goes to instead
---@field description? string what it is for
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Changes what is given of a Nexus endpoint, and leaves the rest.
---@param name string the endpoint's name
---@param options? moondial.Client.update_nexus_endpoint.arguments
---@return moondial.NexusEndpoint
---@overload fun(self: moondial.Client, arguments: moondial.Client.update_nexus_endpoint.arguments): moondial.NexusEndpoint
function Client:update_nexus_endpoint(name, options) end

---@class moondial.Client.update_task_queue_config.arguments
---@field [1]? string the task queue's name
---@field task_queue? string the task queue's name
---@field [2]? "WORKFLOW"|"ACTIVITY"|"NEXUS" the type of its tasks
---@field task_queue_type? "WORKFLOW"|"ACTIVITY"|"NEXUS" the type of its tasks
---@field queue_rate_limit? any tasks per second for all of it; false: no limit
---@field queue_rate_limit_reason? string why
---@field fairness_key_rate_limit_default? any tasks per second for each fairness key; false: no limit
---@field fairness_key_rate_limit_reason? string why
---@field fairness_weight_overrides? table weights by fairness key; false: none
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Changes what is given of the settings of a task queue, and leaves the rest.
---@param task_queue string the task queue's name
---@param task_queue_type "WORKFLOW"|"ACTIVITY"|"NEXUS" the type of its tasks
---@param options? moondial.Client.update_task_queue_config.arguments
---@return any # a table: config, the settings as they are now
---@overload fun(self: moondial.Client, arguments: moondial.Client.update_task_queue_config.arguments): any
function Client:update_task_queue_config(task_queue, task_queue_type, options) end

---@class moondial.Client.update_worker_deployment_version_metadata.arguments
---@field [1]? string the deployment's name
---@field deployment_name? string the deployment's name
---@field [2]? string the version in it
---@field build_id? string the version in it
---@field metadata? table values by name, to set
---@field remove_entries? string|string[] names to take away
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Changes what is kept about a version.
---@param deployment_name string the deployment's name
---@param build_id string the version in it
---@param options? moondial.Client.update_worker_deployment_version_metadata.arguments
---@return any # a table: metadata, with the entries as they are now
---@overload fun(self: moondial.Client, arguments: moondial.Client.update_worker_deployment_version_metadata.arguments): any
function Client:update_worker_deployment_version_metadata(deployment_name, build_id, options) end

---@class moondial.Client.upsert_remote_cluster.arguments
---@field [1]? string where its frontend is
---@field frontend_address? string where its frontend is
---@field enable_connection? boolean whether the server speaks with it
---@field enable_replication? boolean whether workflows are replicated to it
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Tells the server of another cluster, or changes whether it speaks with it.
---@param frontend_address string where its frontend is
---@param options? moondial.Client.upsert_remote_cluster.arguments
---@overload fun(self: moondial.Client, arguments: moondial.Client.upsert_remote_cluster.arguments)
function Client:upsert_remote_cluster(frontend_address, options) end

--- One workflow execution, or the latest run of a workflow id.
---@class moondial.WorkflowHandle
---@field id string the workflow id
---@field run_id? string the run that describe, query and signal reach; nil: the latest
---@field result_run_id? string the run that result starts from; nil: the latest
---@field first_execution_run_id string the first run of the chain that cancel, terminate and updates are pinned to
local WorkflowHandle = {}

---@class moondial.WorkflowHandle.cancel.arguments
---@field reason? string why, for the history
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Asks the workflow to cancel itself; a closed workflow is left as it is.
---@overload fun(self: moondial.WorkflowHandle, arguments?: moondial.WorkflowHandle.cancel.arguments)
function WorkflowHandle:cancel() end

---@class moondial.WorkflowHandle.delete.arguments
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Removes the run from the server, with its history; one that is open is terminated first.
---@overload fun(self: moondial.WorkflowHandle, arguments?: moondial.WorkflowHandle.delete.arguments)
function WorkflowHandle:delete() end

---@class moondial.WorkflowHandle.describe.arguments
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Describes the execution as the server sees it now.
---@return moondial.WorkflowDescription
---@overload fun(self: moondial.WorkflowHandle, arguments?: moondial.WorkflowHandle.describe.arguments): moondial.WorkflowDescription
function WorkflowHandle:describe() end

---@class moondial.WorkflowHandle.execute_update.arguments
---@field [1]? string|moondial.Definition the update's name or definition
---@field update? string|moondial.Definition the update's name or definition
---@field id? string the update's id, for deduplication; a random one without
---@field result_type? string|table|function what the result is to become
---@field timeout? number|string how long to wait at most, by this program's clock; nothing on the server ends with it
---@field args? any[] the arguments for the workflow, in a list
---@field arg? any a single argument, instead of `args`
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Sends an update and waits for its result.
---@param update string|moondial.Definition the update's name or definition
---@param ... any the arguments for the workflow
---@return any # the update's result
---@overload fun(self: moondial.WorkflowHandle, arguments: moondial.WorkflowHandle.execute_update.arguments): any
function WorkflowHandle:execute_update(update, ...) end

---@class moondial.WorkflowHandle.fetch_history.arguments
---@field event_filter_type? "ALL_EVENT"|"CLOSE_EVENT" which events
---@field skip_archival? boolean do not look into the archive
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Fetches the whole history of the run to its present end.
---@return moondial.WorkflowHistory
---@overload fun(self: moondial.WorkflowHandle, arguments?: moondial.WorkflowHandle.fetch_history.arguments): moondial.WorkflowHistory
function WorkflowHandle:fetch_history() end

---@class moondial.WorkflowHandle.fetch_history_events.arguments
---@field page_size? integer events per page, at the server's discretion
---@field next_page_token? string where to begin: another iterator's next_page_token
---@field wait_new_event? boolean wait for events to come, until the run has closed
---@field event_filter_type? "ALL_EVENT"|"CLOSE_EVENT" which events
---@field skip_archival? boolean do not look into the archive
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Iterates over the events of the history, page by page; nothing is sent before the first step.
---@return moondial.Pages
---@overload fun(self: moondial.WorkflowHandle, arguments?: moondial.WorkflowHandle.fetch_history_events.arguments): moondial.Pages
function WorkflowHandle:fetch_history_events() end

---@class moondial.WorkflowHandle.get_update_handle.arguments
---@field [1]? string the update's id
---@field id? string the update's id
---@field workflow_run_id? string the run that has it; without: the handle's run_id
---@field result_type? string|table|function what the result is to become

--- Gives a handle to an update by its id; nothing is sent and nothing is checked.
---@param id string the update's id
---@param options? moondial.WorkflowHandle.get_update_handle.arguments
---@return moondial.WorkflowUpdateHandle
---@overload fun(self: moondial.WorkflowHandle, arguments: moondial.WorkflowHandle.get_update_handle.arguments): moondial.WorkflowUpdateHandle
function WorkflowHandle:get_update_handle(id, options) end

---@class moondial.WorkflowHandle.get_update_handle_for.arguments
---@field [1]? moondial.Definition the update's definition, for its result_type
---@field update? moondial.Definition the update's definition, for its result_type
---@field [2]? string the update's id
---@field id? string the update's id
---@field workflow_run_id? string the run that has it; without: the handle's run_id

--- Gives a handle to an update by its definition and its id; nothing is sent and nothing is checked.
---@param update moondial.Definition the update's definition, for its result_type
---@param id string the update's id
---@param options? moondial.WorkflowHandle.get_update_handle_for.arguments
---@return moondial.WorkflowUpdateHandle
---@overload fun(self: moondial.WorkflowHandle, arguments: moondial.WorkflowHandle.get_update_handle_for.arguments): moondial.WorkflowUpdateHandle
function WorkflowHandle:get_update_handle_for(update, id, options) end

---@class moondial.WorkflowHandle.pause.arguments
---@field reason? string why, for those who look at it
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Keeps the workflow and its activities from going on.
---@overload fun(self: moondial.WorkflowHandle, arguments?: moondial.WorkflowHandle.pause.arguments)
function WorkflowHandle:pause() end

---@class moondial.WorkflowHandle.pause_activity.arguments
---@field [1]? string the activity's id, as in pending_activities of a description
---@field activity_id? string the activity's id, as in pending_activities of a description
---@field reason? string why, for those who look at it
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Keeps an activity from being tried again.
---@param activity_id string the activity's id, as in pending_activities of a description
---@param options? moondial.WorkflowHandle.pause_activity.arguments
---@overload fun(self: moondial.WorkflowHandle, arguments: moondial.WorkflowHandle.pause_activity.arguments)
function WorkflowHandle:pause_activity(activity_id, options) end

---@class moondial.WorkflowHandle.query.arguments
---@field [1]? string|moondial.Definition the query's name or definition
---@field query? string|moondial.Definition the query's name or definition
---@field result_type? string|table|function what the result is to become
---@field reject_condition? "NONE"|"NOT_OPEN"|"NOT_COMPLETED_CLEANLY" when the server shall refuse
---@field args? any[] the arguments for the workflow, in a list
---@field arg? any a single argument, instead of `args`
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Asks the workflow for something it knows.
---@param query string|moondial.Definition the query's name or definition
---@param ... any the arguments for the workflow
---@return any # the query's result
---@overload fun(self: moondial.WorkflowHandle, arguments: moondial.WorkflowHandle.query.arguments): any
function WorkflowHandle:query(query, ...) end

---@class moondial.WorkflowHandle.reset.arguments
---@field [1]? "FIRST_WORKFLOW_TASK"|"LAST_WORKFLOW_TASK"|"LAST_CONTINUED_AS_NEW" where to
---@field type? "FIRST_WORKFLOW_TASK"|"LAST_WORKFLOW_TASK"|"LAST_CONTINUED_AS_NEW" where to
---@field event_id? integer the event that ended a workflow task, or should have
---@field build_id? string before the first workflow task that this build processed
---@field reason? string why, for those who look at it
---@field reapply_exclude? any[] what not to apply again: "SIGNAL", "UPDATE", "NEXUS", "CANCEL_REQUEST" or "ALL"
---@field versioning_override? table one of pinned = { deployment_name =, build_id = }, one_time = the same, and auto_upgrade = true; {} takes it away
---@field priority? table priority_key, fairness_key, fairness_weight; {} takes it away
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Starts a new run that goes on from a point in the history, and ends this one.
---@param type? "FIRST_WORKFLOW_TASK"|"LAST_WORKFLOW_TASK"|"LAST_CONTINUED_AS_NEW" where to
---@param options? moondial.WorkflowHandle.reset.arguments
---@return moondial.WorkflowHandle
---@overload fun(self: moondial.WorkflowHandle, arguments: moondial.WorkflowHandle.reset.arguments): moondial.WorkflowHandle
function WorkflowHandle:reset(type, options) end

---@class moondial.WorkflowHandle.reset_activity.arguments
---@field [1]? string the activity's id, as in pending_activities of a description
---@field activity_id? string the activity's id, as in pending_activities of a description
---@field keep_paused? boolean leave it paused if it is
---@field clear_heartbeat_details? boolean forget what the last attempt reported
---@field restore_original_options? boolean give it back what the workflow gave it
---@field jitter? number|string start it within so much time, at random
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Starts an activity over: with its first attempt, at once.
---@param activity_id string the activity's id, as in pending_activities of a description
---@param options? moondial.WorkflowHandle.reset_activity.arguments
---@overload fun(self: moondial.WorkflowHandle, arguments: moondial.WorkflowHandle.reset_activity.arguments)
function WorkflowHandle:reset_activity(activity_id, options) end

---@class moondial.WorkflowHandle.result.arguments
---@field follow_runs? boolean whether to go on in the run that a run continued as, was retried as or scheduled next
---@field result_type? string|table|function what the result is to become
---@field timeout? number|string how long to wait at most, by this program's clock; nothing on the server ends with it
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Waits for the workflow to end and gives its result, following it into new runs.
---@return any # the workflow's result
---@overload fun(self: moondial.WorkflowHandle, arguments?: moondial.WorkflowHandle.result.arguments): any
function WorkflowHandle:result() end

---@class moondial.WorkflowHandle.signal.arguments
---@field [1]? string|moondial.Definition the signal's name or definition
---@field signal? string|moondial.Definition the signal's name or definition
---@field args? any[] the arguments for the workflow, in a list
---@field arg? any a single argument, instead of `args`
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Sends the workflow a signal.
---@param signal string|moondial.Definition the signal's name or definition
---@param ... any the arguments for the workflow
---@overload fun(self: moondial.WorkflowHandle, arguments: moondial.WorkflowHandle.signal.arguments)
function WorkflowHandle:signal(signal, ...) end

---@class moondial.WorkflowHandle.start_update.arguments
---@field [1]? string|moondial.Definition the update's name or definition
---@field update? string|moondial.Definition the update's name or definition
---@field id? string the update's id, for deduplication; a random one without
---@field result_type? string|table|function what the result is to become
---@field timeout? number|string how long to wait at most, by this program's clock; nothing on the server ends with it
---@field wait_for_stage "ACCEPTED"|"COMPLETED" how far the update must have come before the call returns
---@field args? any[] the arguments for the workflow, in a list
---@field arg? any a single argument, instead of `args`
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Sends an update and returns a handle to it when it has come to the stage asked for.
---@param arguments moondial.WorkflowHandle.start_update.arguments
---@return moondial.WorkflowUpdateHandle
function WorkflowHandle:start_update(arguments) end

---@class moondial.WorkflowHandle.terminate.arguments
---@field reason? string why, for the history and the error of result
---@field args? any[] the arguments for the workflow, in a list
---@field arg? any a single argument, instead of `args`
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Ends the workflow at once; its code does not get to run.
---@param ... any the arguments for the workflow
---@overload fun(self: moondial.WorkflowHandle, arguments: moondial.WorkflowHandle.terminate.arguments)
function WorkflowHandle:terminate(...) end

---@class moondial.WorkflowHandle.unpause.arguments
---@field reason? string why, for those who look at it
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Lets a workflow that is paused go on.
---@overload fun(self: moondial.WorkflowHandle, arguments?: moondial.WorkflowHandle.unpause.arguments)
function WorkflowHandle:unpause() end

---@class moondial.WorkflowHandle.unpause_activity.arguments
---@field [1]? string the activity's id, as in pending_activities of a description
---@field activity_id? string the activity's id, as in pending_activities of a description
---@field reason? string why, for those who look at it
---@field jitter? number|string start it within so much time, at random
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Lets an activity that is paused go on.
---@param activity_id string the activity's id, as in pending_activities of a description
---@param options? moondial.WorkflowHandle.unpause_activity.arguments
---@overload fun(self: moondial.WorkflowHandle, arguments: moondial.WorkflowHandle.unpause_activity.arguments)
function WorkflowHandle:unpause_activity(activity_id, options) end

---@class moondial.WorkflowHandle.update_activity_options.arguments
---@field [1]? string the activity's id, as in pending_activities of a description
---@field activity_id? string the activity's id, as in pending_activities of a description
---@field task_queue? string the task queue of its workers
---@field schedule_to_close_timeout? number|string the time for all attempts together
---@field schedule_to_start_timeout? number|string the time until a worker takes it
---@field start_to_close_timeout? number|string the time for one attempt
---@field heartbeat_timeout? number|string the time from one heartbeat to the next
---@field retry_policy? table initial_interval, backoff_coefficient, maximum_interval, maximum_attempts: those that change
---@field priority? table priority_key, of which 1 comes first; fairness_key, fairness_weight
---@field restore_original_options? boolean give it back what the workflow gave it
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Changes what an activity was scheduled with.
---@param activity_id string the activity's id, as in pending_activities of a description
---@param options? moondial.WorkflowHandle.update_activity_options.arguments
---@return any # a table of the options as they are then: task_queue, start_to_close_timeout, retry_policy, …
---@overload fun(self: moondial.WorkflowHandle, arguments: moondial.WorkflowHandle.update_activity_options.arguments): any
function WorkflowHandle:update_activity_options(activity_id, options) end

---@class moondial.WorkflowHandle.update_options.arguments
---@field versioning_override? table one of pinned = { deployment_name =, build_id = }, one_time = the same, and auto_upgrade = true; {} takes it away
---@field priority? table priority_key, fairness_key, fairness_weight; {} takes it away
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Changes what the workflow was started with: the versioning override, and the priority.
---@return any # a table of the options as they are then: versioning_override, priority
---@overload fun(self: moondial.WorkflowHandle, arguments?: moondial.WorkflowHandle.update_options.arguments): any
function WorkflowHandle:update_options() end

--- An update that was sent to a workflow.
---@class moondial.WorkflowUpdateHandle
---@field id string the update's id
---@field workflow_id string the workflow that has it
---@field workflow_run_id? string the run that has it; nil: the latest
local WorkflowUpdateHandle = {}

---@class moondial.WorkflowUpdateHandle.result.arguments
---@field result_type? string|table|function what the result is to become
---@field timeout? number|string how long to wait at most, by this program's clock; the update goes on
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Waits for the update to complete and gives its result.
---@return any # the update's result
---@overload fun(self: moondial.WorkflowUpdateHandle, arguments?: moondial.WorkflowUpdateHandle.result.arguments): any
function WorkflowUpdateHandle:result() end

--- How to start a workflow that an update may find not running; for one update.
---@class moondial.WithStartWorkflowOperation
---@field id string the workflow id
local WithStartWorkflowOperation = {}

--- Waits until the server has answered the update for the first time; the workflow runs then.
---@return moondial.WorkflowHandle
function WithStartWorkflowOperation:workflow_handle() end

--- An activity that its worker has left to somebody else to complete.
---@class moondial.AsyncActivityHandle
---@field activity_id? string the activity's id; nil where it is known by its token
---@field workflow_id? string the workflow that has it; nil where a client started it
---@field run_id? string the run that has it; nil: the latest
local AsyncActivityHandle = {}

---@class moondial.AsyncActivityHandle.complete.arguments
---@field [1]? any its result; without: none at all
---@field result? any its result; without: none at all
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Completes the activity.
---@param result? any its result; without: none at all
---@param options? moondial.AsyncActivityHandle.complete.arguments
---@overload fun(self: moondial.AsyncActivityHandle, arguments: moondial.AsyncActivityHandle.complete.arguments)
function AsyncActivityHandle:complete(result, options) end

---@class moondial.AsyncActivityHandle.fail.arguments
---@field [1]? any why: text, what pcall caught, or what temporal.application_error makes
---@field error? any why: text, what pcall caught, or what temporal.application_error makes
---@field last_heartbeat_details? any[] how far it came, for the next attempt
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Fails this attempt of the activity; its retry policy says whether there is another.
---@param error any why: text, what pcall caught, or what temporal.application_error makes
---@param options? moondial.AsyncActivityHandle.fail.arguments
---@overload fun(self: moondial.AsyncActivityHandle, arguments: moondial.AsyncActivityHandle.fail.arguments)
function AsyncActivityHandle:fail(error, options) end

---@class moondial.AsyncActivityHandle.heartbeat.arguments
---@field args? any[] the arguments for the workflow, in a list
---@field arg? any a single argument, instead of `args`
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Reports that the activity goes on, and how far it is.
---@param ... any the arguments for the workflow
---@overload fun(self: moondial.AsyncActivityHandle, arguments: moondial.AsyncActivityHandle.heartbeat.arguments)
function AsyncActivityHandle:heartbeat(...) end

---@class moondial.AsyncActivityHandle.report_cancellation.arguments
---@field args? any[] the arguments for the workflow, in a list
---@field arg? any a single argument, instead of `args`
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Reports that the activity has stopped because it was to be cancelled.
---@param ... any the arguments for the workflow
---@overload fun(self: moondial.AsyncActivityHandle, arguments: moondial.AsyncActivityHandle.report_cancellation.arguments)
function AsyncActivityHandle:report_cancellation(...) end

--- The events of a workflow's run, from the server or from a file.
---@class moondial.WorkflowHistory
---@field workflow_id string the workflow id
---@field run_id? string the run that the events are of; nil where the first of them is not the start of a run
---@field events table the events in a list, each as fetch_history_events gives it; changing it does not change to_json
local WorkflowHistory = {}

--- Gives the history as JSON, as the replayers of the SDKs take it; the workflow id is not in it.
---@return string
function WorkflowHistory:to_json() end

--- A workflow execution as `list_workflows` gives it. What the server did not say is nil; lists do not have it all.
---@class moondial.WorkflowExecution
---@field id string the workflow id
---@field run_id string the run
---@field namespace string the namespace it is in
---@field workflow_type string the name of its type
---@field status string "RUNNING", "COMPLETED", "FAILED", "CANCELED", "TERMINATED", "CONTINUED_AS_NEW", "TIMED_OUT" or "PAUSED"
---@field task_queue string the task queue of its workers
---@field start_time moondial.Timestamp when it was started
---@field execution_time moondial.Timestamp when its first workflow task was due
---@field close_time? moondial.Timestamp when it closed
---@field execution_duration? number the seconds it took, once it has closed
---@field history_length integer how many events its history has; in lists only of a closed one
---@field history_size_bytes? integer how large its history is
---@field state_transition_count? integer how often its state has changed
---@field parent_id? string the workflow that started it as a child
---@field parent_run_id? string that workflow's run
---@field root_id string the workflow at the top of all parents
---@field root_run_id string that workflow's run
---@field first_run_id? string the first run of its chain
---@field memo table<string, any> the values of its memo by name
---@field search_attributes table<string, any> its search attributes by name, each by its type
---@field priority? table its place among the tasks of its queue: priority_key, fairness_key, fairness_weight
---@field versioning_info? table how its workers are versioned: behavior, deployment_version, versioning_override, …
---@field worker_deployment_name? string the deployment of the workers that last ran it
---@field raw table all that the server sent: a WorkflowExecutionInfo by its field names

--- What `describe` gives. It has all that a WorkflowExecution has, and more. Failures in it are error values, as those that are raised, with their causes; payloads are the values they carry.
---@class moondial.WorkflowDescription: moondial.WorkflowExecution
---@field static_summary? string one line for the Web UI
---@field static_details? string some text for the Web UI
---@field pending_activities table[] what runs or waits to be tried again: activity_id, activity_type, state, attempt, maximum_attempts, last_failure, heartbeat_details, next_attempt_schedule_time, …
---@field pending_children table[] children that have not closed: workflow_id, run_id, workflow_type_name, initiated_id, parent_close_policy
---@field pending_nexus_operations table[] operations that have not ended: endpoint, service, operation, state, attempt, last_attempt_failure, …
---@field pending_workflow_task? table the workflow task that is due: state, attempt, scheduled_time, started_time, …
---@field callbacks table[] what is called when it closes: callback, trigger, state, attempt, last_attempt_failure, …
---@field reset_points table[] where it can be reset to: run_id, first_workflow_task_completed_id, build_id, …
---@field execution_config? table what it was started with: the timeouts, task_queue, user_metadata
---@field extended_info? table when it expires, cancel_requested, pause_info, reset_run_id, request_id_infos, …
---@field raw table all that the server sent: a DescribeWorkflowExecutionResponse by its field names

--- One schedule, by its id.
---@class moondial.ScheduleHandle
---@field id string the schedule's id
local ScheduleHandle = {}

---@class moondial.ScheduleHandle.backfill.arguments
---@field start_at? moondial.Timestamp|string the beginning of the range, which is not part of it
---@field end_at? moondial.Timestamp|string the end of the range
---@field overlap? "SKIP"|"BUFFER_ONE"|"BUFFER_ALL"|"CANCEL_OTHER"|"TERMINATE_OTHER"|"ALLOW_ALL" what to do when an action runs already; without: what the schedule says
---@field backfill? any[] several ranges: a list of { start_at =, end_at =, overlap = }
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Takes the actions of a range of time, or of several, as if it passed right now.
---@overload fun(self: moondial.ScheduleHandle, arguments?: moondial.ScheduleHandle.backfill.arguments)
function ScheduleHandle:backfill() end

---@class moondial.ScheduleHandle.delete.arguments
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Deletes the schedule; the workflows that it has started go on.
---@overload fun(self: moondial.ScheduleHandle, arguments?: moondial.ScheduleHandle.delete.arguments)
function ScheduleHandle:delete() end

---@class moondial.ScheduleHandle.describe.arguments
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Describes the schedule: what it starts and when, what it has done and does next.
---@return moondial.ScheduleDescription
---@overload fun(self: moondial.ScheduleHandle, arguments?: moondial.ScheduleHandle.describe.arguments): moondial.ScheduleDescription
function ScheduleHandle:describe() end

---@class moondial.ScheduleHandle.matching_times.arguments
---@field [1]? moondial.Timestamp|string the beginning of the range
---@field start_at? moondial.Timestamp|string the beginning of the range
---@field [2]? moondial.Timestamp|string the end of the range
---@field end_at? moondial.Timestamp|string the end of the range
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Tells at which times of a range the schedule takes actions, were it not paused.
---@param start_at moondial.Timestamp|string the beginning of the range
---@param end_at moondial.Timestamp|string the end of the range
---@param options? moondial.ScheduleHandle.matching_times.arguments
---@return any # a list of Timestamps
---@overload fun(self: moondial.ScheduleHandle, arguments: moondial.ScheduleHandle.matching_times.arguments): any
function ScheduleHandle:matching_times(start_at, end_at, options) end

---@class moondial.ScheduleHandle.pause.arguments
---@field [1]? string why; without: "Paused via Moondial"
---@field note? string why; without: "Paused via Moondial"
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Pauses the schedule: it takes no action by itself until it is unpaused.
---@param note? string why; without: "Paused via Moondial"
---@param options? moondial.ScheduleHandle.pause.arguments
---@overload fun(self: moondial.ScheduleHandle, arguments: moondial.ScheduleHandle.pause.arguments)
function ScheduleHandle:pause(note, options) end

---@class moondial.ScheduleHandle.trigger.arguments
---@field overlap? "SKIP"|"BUFFER_ONE"|"BUFFER_ALL"|"CANCEL_OTHER"|"TERMINATE_OTHER"|"ALLOW_ALL" what to do when an action runs already; without: what the schedule says
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Takes one action at once, also when the schedule is paused.
---@overload fun(self: moondial.ScheduleHandle, arguments?: moondial.ScheduleHandle.trigger.arguments)
function ScheduleHandle:trigger() end

---@class moondial.ScheduleHandle.unpause.arguments
---@field [1]? string why; without: "Unpaused via Moondial"
---@field note? string why; without: "Unpaused via Moondial"
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Lets the schedule go on; what it missed is not made up for.
---@param note? string why; without: "Unpaused via Moondial"
---@param options? moondial.ScheduleHandle.unpause.arguments
---@overload fun(self: moondial.ScheduleHandle, arguments: moondial.ScheduleHandle.unpause.arguments)
function ScheduleHandle:unpause(note, options) end

---@class moondial.ScheduleHandle.update.arguments
---@field [1]? function function(input): the schedule to write, from input.description.schedule
---@field updater? function function(input): the schedule to write, from input.description.schedule
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Reads the schedule, lets a function change it, and writes it back unless somebody else has changed it.
---@param updater function function(input): the schedule to write, from input.description.schedule
---@param options? moondial.ScheduleHandle.update.arguments
---@return any # true or false: whether anything was written
---@overload fun(self: moondial.ScheduleHandle, arguments: moondial.ScheduleHandle.update.arguments): any
function ScheduleHandle:update(updater, options) end

--- A schedule as its handle describes it. Its `schedule` is a table to be changed, given back by an update, or given to `create_schedule`: action, spec, policy and state.
---@class moondial.ScheduleDescription
---@field id string the schedule's id
---@field schedule table what it starts and when; `client:create_schedule` tells of its fields
---@field info table what it has done and does next: num_actions, running_actions, recent_actions, next_action_times, …
---@field memo table<string, any> the values of its memo by name
---@field search_attributes table<string, any> its search attributes by name, each by its type
---@field raw table all that the server sent: a DescribeScheduleResponse by its field names

--- A schedule as `list_schedules` gives it: less than a description has.
---@class moondial.ScheduleListDescription
---@field id string the schedule's id
---@field schedule? table its action, of which there is the workflow, its spec, and its state: note and paused
---@field info? table what it has done and does next: recent_actions, next_action_times
---@field memo table<string, any> the values of its memo by name
---@field search_attributes table<string, any> its search attributes by name, each by its type
---@field raw table all that the server sent: a ScheduleListEntry by its field names

--- A batch operation: something that the server does to many workflows by itself.
---@class moondial.BatchOperationHandle
---@field job_id string the batch operation's id
local BatchOperationHandle = {}

---@class moondial.BatchOperationHandle.describe.arguments
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Describes the batch operation: what it does, and how far it is.
---@return moondial.BatchOperation
---@overload fun(self: moondial.BatchOperationHandle, arguments?: moondial.BatchOperationHandle.describe.arguments): moondial.BatchOperation
function BatchOperationHandle:describe() end

---@class moondial.BatchOperationHandle.result.arguments
---@field timeout? number|string how long to wait at most, by this program's clock; the batch operation goes on
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Waits for the batch operation to end and describes it then; on a terminal it shows how far it is.
---@return moondial.BatchOperation
---@overload fun(self: moondial.BatchOperationHandle, arguments?: moondial.BatchOperationHandle.result.arguments): moondial.BatchOperation
function BatchOperationHandle:result() end

---@class moondial.BatchOperationHandle.stop.arguments
---@field [1]? string why
---@field reason? string why
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Ends the batch operation; what it has done already stays done.
---@param reason string why
---@param options? moondial.BatchOperationHandle.stop.arguments
---@overload fun(self: moondial.BatchOperationHandle, arguments: moondial.BatchOperationHandle.stop.arguments)
function BatchOperationHandle:stop(reason, options) end

--- How a batch operation stands: what `describe` gives; what lists give has no counts, reason and query.
---@class moondial.BatchOperation
---@field job_id string its id
---@field operation_type string what it does, as in "TERMINATE_WORKFLOW"
---@field state string "RUNNING", "COMPLETED" or "FAILED"; one that was stopped has failed, too
---@field start_time moondial.Timestamp when it was started
---@field close_time? moondial.Timestamp when it ended
---@field total_operation_count? integer how many workflows it is for, as far as it knows
---@field complete_operation_count? integer how many it is done with
---@field failure_operation_count? integer how many it could not do it to
---@field identity? string who started it
---@field reason? string why
---@field query? string the list filter of its workflows
---@field executions? table[] those that were named, where there is no query
---@field raw table all that the server sent: BatchOperationInfo or DescribeBatchOperationResponse, by its field names

--- What came of `temporal.bulk`.
---@class moondial.BulkResult
---@field total integer the items that there were
---@field done integer those that went well
---@field failed integer those that raised an error
---@field skipped integer those that the file to resume from says are done
---@field errors table[] what went wrong, the most frequent first: kind, message, count, and ids, of which are a few
---@field seconds number how long it took
---@field dry_run? boolean true where nothing was done: the items are only counted
---@field ids? string[] of a dry run: the first of the items that there would be something to do to
---@field saved? string the file that has a line for each item

--- How many workflows a query matches.
---@class moondial.WorkflowExecutionCount
---@field count integer how many in all
---@field groups table[] those of a query that says GROUP BY: count, and group_values, what those of a group have in common

--- A namespace. What the server did not say is nil.
---@class moondial.NamespaceDescription
---@field name string its name
---@field id string its id, which stays when it is renamed
---@field state string "REGISTERED", "DEPRECATED" or "DELETED"
---@field description? string what it is for
---@field owner_email? string whose it is
---@field data table<string, string> what its owners keep about it
---@field retention number how long closed workflows are kept, in seconds
---@field history_archival_state? string "ENABLED" or "DISABLED"
---@field history_archival_uri? string where histories are archived
---@field visibility_archival_state? string "ENABLED" or "DISABLED"
---@field visibility_archival_uri? string where what lists say is archived
---@field is_global boolean whether it can be replicated to other clusters
---@field active_cluster? string the cluster that changes it
---@field clusters string[] the clusters that have it
---@field capabilities? table what it can: eager_workflow_start, sync_update, …
---@field limits? table how large things may be: blob_size_limit_error, memo_size_limit_error, …
---@field raw table all that the server sent: a DescribeNamespaceResponse by its field names

--- The search attributes of a namespace, each with its type: "BOOL", "DATETIME", "DOUBLE", "INT", "KEYWORD", "KEYWORD_LIST" or "TEXT".
---@class moondial.SearchAttributes
---@field custom_attributes table<string, string> those that somebody added, by name
---@field system_attributes table<string, string> those of the server, by name
---@field raw table all that the server sent: a ListSearchAttributesResponse by its field names

--- A task queue, of all types that were asked for.
---@class moondial.TaskQueueDescription
---@field name string its name
---@field backlog integer how many tasks wait, approximately
---@field pollers table[] who asked for tasks in the last minutes: task_queue_type, identity, last_access_time, rate_per_second, deployment_name, build_id
---@field stats table[] how it goes, by type: task_queue_type, approximate_backlog_count, approximate_backlog_age (in seconds), tasks_add_rate, tasks_dispatch_rate, backlog_increase_rate (per second)
---@field versioning_info? table which versions its tasks go to: current_deployment_version, ramping_deployment_version, ramping_version_percentage, …
---@field config table<string, table> its settings by type: queue_rate_limit, fairness_keys_rate_limit_default, …
---@field effective_rate_limit table<string, table> how fast it may go by type: requests_per_second, rate_limit_source
---@field raw table<string, table> all that the server sent by type: a DescribeTaskQueueResponse by its field names

--- A worker deployment. What the server did not say is nil; lists do not have it all.
---@class moondial.WorkerDeployment
---@field name string its name
---@field create_time moondial.Timestamp when its first worker came
---@field current_build_id? string the version that new workflows get; nil: workers without a version
---@field ramping_build_id? string the version that some of them get
---@field ramping_percentage? number how many of a hundred
---@field routing_config table all about that: current_deployment_version, current_version_changed_time, …
---@field versions table[] its versions: deployment_version, status, drainage_status, create_time, …; none in lists
---@field last_modifier_identity? string who changed it last
---@field manager_identity? string who alone may change it
---@field raw table all that the server sent, by the API's field names

--- A version of a worker deployment. What the server did not say is nil.
---@class moondial.WorkerDeploymentVersion
---@field deployment_name string the deployment
---@field build_id string the version in it
---@field status? string "CURRENT", "RAMPING", "DRAINING", "DRAINED" or "INACTIVE"
---@field create_time moondial.Timestamp when its first worker came
---@field current_since_time? moondial.Timestamp since when it is current
---@field ramping_since_time? moondial.Timestamp since when it is ramping
---@field ramp_percentage? number how many of a hundred new workflows it gets
---@field drainage_info? table whether workflows still need it: status, last_changed_time, last_checked_time
---@field task_queues table[] the task queues of its workers: name, type, and stats where they were asked for
---@field metadata table<string, any> what its owners keep about it, by name
---@field last_modifier_identity? string who changed it last
---@field raw table all that the server sent: a DescribeWorkerDeploymentVersionResponse by its field names

--- A worker that sends heartbeats, as those of newer SDKs do.
---@class moondial.WorkerInfo
---@field worker_instance_key string what it is told by
---@field worker_identity string who it says it is
---@field status string "RUNNING", "SHUTTING_DOWN" or "SHUTDOWN"
---@field task_queue string the task queue that it polls
---@field host_name? string where it runs
---@field process_id? string which process it is
---@field sdk_name? string its SDK
---@field sdk_version? string the version of that
---@field deployment_name? string the deployment that it is of
---@field build_id? string its version
---@field start_time? moondial.Timestamp when it started
---@field heartbeat_time? moondial.Timestamp when it was heard of last
---@field raw table all that the server sent: a WorkerInfo by its field names, with its slots and pollers

--- What the server says of its cluster.
---@class moondial.ClusterInfo
---@field cluster_name string its name
---@field cluster_id string its id
---@field server_version string the version of the server
---@field persistence_store string where it keeps its state
---@field visibility_store string where it keeps what lists say
---@field history_shard_count integer how many shards its histories are in
---@field supported_clients table<string, string> the versions of clients that it takes, by name
---@field version_info? table newer versions that there are: current, recommended, alerts, …
---@field raw table all that the server sent: a GetClusterInfoResponse by its field names

--- What the server can.
---@class moondial.SystemInfo
---@field server_version string the version of the server
---@field capabilities table<string, boolean> what it can: supports_schedules, eager_workflow_start, nexus, …
---@field raw table all that the server sent: a GetSystemInfoResponse by its field names

--- A cluster that the server knows, itself among them.
---@class moondial.ClusterMetadata
---@field cluster_name string its name
---@field cluster_id string its id
---@field address string where its frontend is
---@field http_address? string where it speaks HTTP
---@field history_shard_count integer how many shards its histories are in
---@field initial_failover_version integer the number that it tells its changes by
---@field is_connection_enabled boolean whether the server speaks with it
---@field is_replication_enabled boolean whether workflows are replicated to it
---@field raw table all that the server sent: a ClusterMetadata by its field names

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

--- What `list_workflows` and `fetch_history_events` give: an iterator for a generic `for` that fetches page by page. Nothing is sent before the first step; leaving the loop releases the call that is under way.
---@class moondial.Pages
---@field next_page_token? string where the page after the current one begins; nil before the first and after the last
---@field current_page? any[] the items of the current page, as the server sent them
local Pages = {}

--- Fetches the next page, and makes it the current one.
---@return boolean # whether there was one
function Pages:fetch_next_page() end

--- Releases the call that fetches ahead; the iterator gives nothing more.
function Pages:close() end

--- Goes on to the histories of the workflows: an iterator over WorkflowHistory, in the order of the workflows.  Nothing is sent before the first step.
---@param options? table event_filter_type, which is "ALL_EVENT" or "CLOSE_EVENT", skip_archival, concurrency, which is how many are fetched at once (4 without), rpc_metadata and rpc_timeout
---@return any # an iterator over WorkflowHistory
function Pages:map_histories(options) end

--- Every RPC of a service as a method by its snake_case name. A request and its response are plain tables by the field names of the API; `rpc_metadata` and `rpc_timeout` go into the request's table. What is not known here, an RPC, a field or a value of an enum, is looked up by the server's reflection service.
---@class moondial.Service

--- A name of a workflow, signal, query or update, and what its result is to become: usable wherever the name is.
---@class moondial.Definition
---@field kind string "workflow", "signal", "query" or "update"
---@field name string the name that is sent
---@field result_type? string|table|function what the result is to become

--- A point in time, to the nanosecond. Times compare with ==, < and <=; in JSON a time is its text.
---@class moondial.Timestamp
---@field seconds integer since 1970-01-01T00:00:00Z, before it negative
---@field nanos integer 0 to 999999999, always added
local Timestamp = {}

--- The time in UTC by a format of os.date; without one, as tostring has it.
---@param how? string such as "%H:%M"
---@return string # the text
function Timestamp:format(how) end

--- Bytes that are sent as binary/plain: what `temporal.bytes` makes.
---@class moondial.Bytes
---@field [1] string the bytes

--- A payload as it is on the wire: what `temporal.payload` makes, `result_type = "raw"` asks for, and what stands in for a value that cannot be decoded where it is shown.
---@class moondial.Payload
---@field metadata table<string, string> its metadata; `encoding` names the format
---@field data string its bytes

--- Tasks that end before the block that spawned them.
---@class moondial.Scope
local Scope = {}

--- Spawns a task as a child of the scope. It starts when the caller is next suspended.
---@param first string|function a name for messages, if wanted, and then the function
---@param ... any the function, after a name, and its arguments
---@return moondial.Task # the Task
function Scope:spawn(first, ...) end

--- Cancels the children, and what is left of the body: `async.scope` then returns nothing.
---@param reason? string why, for the message of the error that it raises in them
function Scope:cancel(reason) end

--- What `jobs()` tells of a job: how it was when that was called.
---@class moondial.Job
---@field number integer what fg, kill and wait take
---@field name? string the name it was given
---@field state string "ready", "running", "waiting", "done", "failed" or "cancelled"
---@field waits_for? string what it waits for, where it waits
---@field age number the seconds since it was spawned; of one that has ended, since it ended
---@field spawned_at string where it was spawned
---@field task moondial.Task the task itself

--- A function that runs beside others; a Scope spawns it.
---@class moondial.Task
---@field name string|integer the name it was given, or its number
local Task = {}

--- The name for people: the name it was given, in quotes, or its number.
---@return string # text such as "task 'one'" or "task #3"
function Task:label() end

--- Suspends the caller until the task has ended; raises its error, if it failed.
---@return any # what its function returned
function Task:await() end

--- Asks the task, and all below it, to stop: every suspension in it raises an error of kind "CancelledError".
---@param reason? string why, for that error's message
function Task:cancel(reason) end

--- How far the task has come: "ready", "running", "waiting", "done", "failed" or "cancelled".
---@return string # the word and, where it waits, what for
function Task:status() end

--- Where the task waits, through all its coroutines; of a failed task, where it failed. Without the scheduler's frames.
---@return string # lines, empty if there is nothing to show
function Task:traceback() end

--- Values handed from task to task, in order. `for value in channel do` receives until it is closed and empty.
---@class moondial.Channel
local Channel = {}

--- Sends a value; waits while the channel is full. Raises when it is closed, before or meanwhile.
---@param value any anything but nil
function Channel:send(value) end

--- Receives the next value; waits for it.
---@return any # the value; nil when the channel is closed and empty
function Channel:recv() end

--- Closes the channel: what it holds can still be received, waiting senders fail. May be called again.
function Channel:close() end

--- Lets no more than so many tasks at once into a stretch of code.
---@class moondial.Semaphore
---@field free integer the permits that nobody holds
local Semaphore = {}

--- Waits for a permit.
---@return moondial.Permit # a Permit, which the end of the block gives back
function Semaphore:acquire() end

--- The right to go on that a Semaphore gave; `local _ <close> = semaphore:acquire()` gives it back by itself.
---@class moondial.Permit
local Permit = {}

--- Gives the permit back, to the task that waited longest. Only the first call counts.
function Permit:release() end

--- An error value. Its other fields are those of its kind.
---@class moondial.Error
---@field kind string what happened, in a word: where the Python SDK has a class for it, that class
---@field message string what happened, in one line
---@field cause? any the error that led to this one
---@field traceback? string|false of the coroutine that raised it; false where there is none to keep
---@field also? any[] further failures of the same scope
---@field task? string the task that failed
---@field spawned_at? string where that task was spawned
---@field through? string[] the tasks above it that failed with it, and where they were spawned
---@field explanation? string more lines for the report
local Error = {}

--- The session's client.
---@type moondial.Client
client = nil

--- Prints the help for a value, or for the name of one; without, an overview.
---@param value? any
function help(value) end
