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

--- Reads the command line of a script, by what it may have.
---@param declaration table a list of arguments; its help says what the script does
---@return any # a table of the values by name
function temporal.arguments(declaration) end

---@class moondial.temporal.bytes.arguments
---@field [1]? string the bytes
---@field data? string the bytes

--- Marks a string as bytes: it is sent as binary/plain instead of as text.
---@param data string the bytes
---@return any # a value to pass as an argument
---@overload fun(arguments: moondial.temporal.bytes.arguments): any
function temporal.bytes(data) end

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
---@param options? {limit?: number} `limit`: how many at once; 16 by default, math.huge for all
---@return function # an iterator for a generic `for`
function async.each(items, fn, options) end

--- Calls `fn(item, index)` for all items, several at once, and returns the results in the order of the items. The first failure cancels the rest and is raised.
---@param items any[]|function a list, whose `n`, where it has one, is its length; or an iterator, read to its end first
---@param fn fun(item: any, index: integer): any what to call for each
---@param options? {limit?: number} `limit`: how many at once; 16 by default, math.huge for all
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
---@param options? {limit?: number} `limit`: how many at once; 16 by default, math.huge for all
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
---@field identity string who the server's histories say it was
---@field api_key? string what later calls are authorized by, nil for nothing; it can be set, but not read
---@field read_only boolean whether it refuses every call that changes the server's state
---@field workflow_service moondial.Service every RPC of the workflow service by its snake_case name
---@field operator_service moondial.Service every RPC of the operator service by its snake_case name
local Client = {}

---@class moondial.Client.count_workflows.arguments
---@field [1]? string|table a list filter, as text or as a table such as { status = "RUNNING" }; without: all
---@field query? string|table a list filter, as text or as a table such as { status = "RUNNING" }; without: all
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Counts the workflows that a query of the visibility store matches.
---@param query? string|table a list filter, as text or as a table such as { status = "RUNNING" }; without: all
---@param options? moondial.Client.count_workflows.arguments
---@return any # a table: count, and groups, which are those of a query that says GROUP BY
---@overload fun(self: moondial.Client, arguments: moondial.Client.count_workflows.arguments): any
function Client:count_workflows(query, options) end

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

---@class moondial.Client.list_workflows.arguments
---@field [1]? string|table a list filter, as text or as a table such as { status = "RUNNING" }; without: all
---@field query? string|table a list filter, as text or as a table such as { status = "RUNNING" }; without: all
---@field limit? integer how many at most
---@field page_size? integer executions per page
---@field next_page_token? string where to begin: another iterator's next_page_token
---@field rpc_metadata? table<string, string> headers for every RPC of this call; they win over the client's
---@field rpc_timeout? number|string the time that one RPC may take, per attempt

--- Iterates over the workflows that a query of the visibility store matches.
---@param query? string|table a list filter, as text or as a table such as { status = "RUNNING" }; without: all
---@param options? moondial.Client.list_workflows.arguments
---@return moondial.Pages
---@overload fun(self: moondial.Client, arguments: moondial.Client.list_workflows.arguments): moondial.Pages
function Client:list_workflows(query, options) end

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
