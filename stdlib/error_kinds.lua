--- The kinds of errors that a program meets, with the fields that only they have: for `help` and the reference.
---
--- The fields are those that `Sources/Shell/LuaErrors.swift` fills in.

local status = { name = "status", type = "string", help = "gRPC's name of the status, as in \"NOT_FOUND\"" }
local details = { name = "details", type = "any[]", help = "the values that were attached, decoded" }
local workflow_id = { name = "workflow_id", type = "string", help = "the workflow's id" }
local workflow_type = { name = "workflow_type", type = "string", help = "the name of its type" }
local run_id = { name = "run_id", type = "string", help = "its run" }
local scheduled_event_id = { name = "scheduled_event_id", type = "integer", help = "the event that scheduled it" }
local started_event_id = { name = "started_event_id", type = "integer", help = "the event that started it" }
local retry_state = { name = "retry_state", type = "string?", help = "why it is not tried again" }

--- Fields of every failure that was reported by a workflow, an activity or the server: it is a cause of another error.
local failure_fields = {
  { name = "stack_trace", type = "string", help = "the stack trace where it was raised; often empty" },
  { name = "source", type = "string", help = "the SDK that wrote it, as in \"PythonSDK\"; often empty" },
}

return {
  failure_fields = failure_fields,

  {
    title = "Errors of calls",
    { kind = "RPCError", help = "The server, or gRPC on the way to it, answered a call with an error status.",
      fields = {
        status,
        { name = "details", type = "table[]", help = "what the server attached: tables with their `type_name`" },
        { name = "raw_grpc_status", type = "string", help = "the google.rpc.Status as it came" },
        { name = "task_queue", type = "string?", help = "of a query that nobody answered: where its workers poll" },
        { name = "last_poll", type = "Timestamp?", help = "when one last did, if the server knows of any" },
      } },
    { kind = "ConnectError", help = "The server did not answer the first call of a client.",
      fields = { { name = "target", type = "string", help = "the host and port that were tried" }, status } },
    { kind = "WorkflowAlreadyStartedError",
      help = "A workflow with the id exists, and the policies of the start do not allow another.",
      fields = { workflow_id, workflow_type, run_id,
        { name = "first_run_id", type = "string?", help = "the first run of its chain" } } },
    { kind = "ScheduleAlreadyRunningError", help = "A schedule with the id exists." },
    { kind = "ScheduleUpdateConflictError",
      help = "A schedule was not updated: somebody else changed it each time that it was read and written.",
      fields = {
        { name = "schedule_id", type = "string", help = "the schedule's id" },
        { name = "attempts", type = "integer", help = "how often it was read and written" },
      } },
    { kind = "WorkflowFailureError",
      help = "The workflow failed, was cancelled or terminated, or timed out; see cause." },
    { kind = "WorkflowContinuedAsNewError", help = "The run continued as a new one, which was not to be followed.",
      fields = { { name = "new_execution_run_id", type = "string", help = "the run that took over" } } },
    { kind = "WorkflowQueryRejectedError", help = "The query was not run because of its reject_condition.",
      fields = { { name = "status", type = "string?", help = "the workflow's status, as in \"COMPLETED\"" } } },
    { kind = "WorkflowQueryFailedError",
      help = "The query was run and failed, or there is none of that name; see cause, if the worker's SDK gives one." },
    { kind = "WorkflowUpdateFailedError",
      help = "The update was rejected by its validator, or its handler failed; see cause." },
    { kind = "WorkflowUpdateRPCTimeoutOrCancelledError",
      help = "Waiting for the update was cut short; the update itself may still be accepted and complete." },
    { kind = "AsyncActivityCancelledError", help = "An activity that reported a heartbeat is to stop.",
      fields = { { name = "details", type = "table",
        help = "why: cancel_requested, paused and reset, which are true or false" } } },
  },

  {
    title = "Causes: what a workflow, an activity or the server reported",
    { kind = "ApplicationError", failure = true, help = "Raised by the code of a workflow or an activity.",
      fields = {
        { name = "type", type = "string?", help = "the type its author gave it, often an exception's class" },
        { name = "non_retryable", type = "boolean", help = "whether trying again is pointless" },
        details,
        { name = "next_retry_delay", type = "number?", help = "the seconds to wait that its author asked for" },
        { name = "category", type = "string?", help = "how loudly to report it, as in \"BENIGN\"" },
      } },
    { kind = "CancelledError", failure = true,
      help = "It was cancelled. A task of `async` that was cancelled gets this error, too.", fields = { details } },
    { kind = "TerminatedError", failure = true, help = "The workflow was terminated.", fields = { details } },
    { kind = "TimeoutError", failure = true,
      help = "It took longer than allowed. `async.timeout` raises this error, too.",
      fields = {
        { name = "type", type = "string?", help = "which time, as in \"START_TO_CLOSE\"" },
        { name = "last_heartbeat_details", type = "any[]", help = "what the activity last reported" },
      } },
    { kind = "ActivityError", failure = true, help = "An activity failed; see cause.",
      fields = {
        { name = "activity_type", type = "string", help = "the name of its type" },
        { name = "activity_id", type = "string", help = "its id" },
        { name = "identity", type = "string", help = "the worker that ran it" },
        retry_state, scheduled_event_id, started_event_id,
      } },
    { kind = "ChildWorkflowError", failure = true, help = "A child workflow failed; see cause.",
      fields = {
        workflow_id, workflow_type, run_id,
        { name = "namespace", type = "string", help = "the namespace it ran in" },
        retry_state,
        { name = "initiated_event_id", type = "integer", help = "the event with which the parent asked for it" },
        started_event_id,
      } },
    { kind = "NexusOperationError", failure = true, help = "A Nexus operation failed; see cause.",
      fields = {
        { name = "endpoint", type = "string", help = "the endpoint it was sent to" },
        { name = "service", type = "string", help = "the service it belongs to" },
        { name = "operation", type = "string", help = "its name" },
        { name = "operation_token", type = "string", help = "what identifies it at its handler" },
        scheduled_event_id,
      } },
    { kind = "HandlerError", failure = true, help = "The handler of a Nexus operation failed.",
      fields = {
        { name = "type", type = "string", help = "the type of the failure, as in \"NOT_FOUND\"" },
        { name = "retryable", type = "boolean?", help = "whether it may be tried again, where that is said" },
      } },
    { kind = "ServerError", failure = true, help = "The server itself failed something.",
      fields = { { name = "non_retryable", type = "boolean", help = "whether trying again is pointless" } } },
    { kind = "FailureError", failure = true, help = "A failure of a kind that this version does not know." },
  },

  {
    title = "Errors of the program itself",
    { kind = "TypeError", help = "A call has a wrong or missing argument; nothing was sent." },
    { kind = "ValueError", help = "An argument has a value that cannot be; nothing was sent." },
    { kind = "ReadOnlyError",
      help = "The call would change the server's state, and the client is read-only; nothing was sent." },
    { kind = "DeclinedError",
      help = "At the prompt, somebody was asked whether the call is to be made in production, and did not agree." },
    { kind = "AttributeError", help = "An object has no such field." },
    { kind = "PayloadError", help = "A value that was asked for cannot be decoded from its payload.",
      fields = { { name = "encoding", type = "string", help = "the encoding that the payload says it has" } } },
    { kind = "CodecError",
      help = "A codec did not encode what was to be sent, so that nothing was, or did not decode a value that came." },
    { kind = "RuntimeError", help = "The server's answer cannot be read." },
    { kind = "LuaError", help = "Lua code raised text, as `error(\"text\")` and Lua itself do; message is that text." },
    { kind = "CommandError", help = "A command of the prompt does not exist, or cannot do what it was asked to." },
    { kind = "SyntaxError", help = "What was entered at the prompt is not Lua." },
    { kind = "YieldError", help = "Lua code outside of all coroutines yielded a value." },
    { kind = "DeadlockError", help = "Every task waits for another; explanation says where.",
      fields = { { name = "explanation", type = "string", help = "what each task waits for, and where" } } },
    { kind = "Interrupted", help = "Ctrl-C ended the wait; what runs on the server goes on." },
  },
}
