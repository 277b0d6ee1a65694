"""Errors with every field that a failure can have: written by a workflow to the letter, and as they come to be."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from histories import OPERATIONS, closed, operation
from table import Context, case


def payload(encoding: str, data: bytes) -> dict[str, Any]:
    return {"metadata": {"encoding": base64.b64encode(encoding.encode()).decode()}, "data": base64.b64encode(data).decode()}


def payloads(*data: str) -> dict[str, Any]:
    return {"payloads": [payload("json/plain", text.encode()) for text in data]}


def chain(*failures: dict[str, Any]) -> dict[str, Any]:
    """Failures in one, each caused by the next."""
    first, *rest = failures
    return {**first, "cause": chain(*rest)} if rest else first


DETAILS = {
    "payloads": [
        payload("json/plain", b'{"a": [1, 2.5, null], "b": "\\u00fc"}'),
        payload("binary/null", b""),
        payload("binary/plain", b"\0\xff"),
    ]
}
WRITTEN = {"message": "written", "source": "SomeSDK", "stackTrace": "here\n  there\n"}
RETRY_STATES = range(8)
TIMEOUT_TYPES = range(5)
ACTIVITY = {"scheduledEventId": "5", "startedEventId": "6", "identity": "someone", "activityType": {"name": "Type"},
            "activityId": "7"}  # fmt: skip
CHILD = {"namespace": "somewhere", "workflowExecution": {"workflowId": "w", "runId": "r"},
         "workflowType": {"name": "Type"}, "initiatedEventId": "8", "startedEventId": "9"}  # fmt: skip
OPERATION = {"scheduledEventId": "5", "endpoint": "e", "service": "s", "operation": "o", "operationToken": "t"}

#: Failures as JSON of temporal.api.failure.v1.Failure, by the name of the case.
FAILURES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "a_message_alone": {"message": "only this"},
    "application_error": {**WRITTEN, "applicationFailureInfo": {"type": "T", "nonRetryable": True, "details": DETAILS,
                          "nextRetryDelay": "1.5s", "category": "APPLICATION_ERROR_CATEGORY_BENIGN"}},
    "application_error_without_fields": {"applicationFailureInfo": {}},
    "cancelled_error": {**WRITTEN, "canceledFailureInfo": {"details": DETAILS}},
    "cancelled_error_without_fields": {"canceledFailureInfo": {}},
    "terminated_error": {**WRITTEN, "terminatedFailureInfo": {}},
    "terminated_error_without_fields": {"terminatedFailureInfo": {}},
    "server_error": {**WRITTEN, "serverFailureInfo": {"nonRetryable": True}},
    "server_error_without_fields": {"serverFailureInfo": {}},
    "timeout_errors": chain(*({"message": f"timeout {number}", "timeoutFailureInfo": {"timeoutType": number,
                              "lastHeartbeatDetails": DETAILS}} for number in TIMEOUT_TYPES)),
    "timeout_error_without_fields": {"timeoutFailureInfo": {}},
    "activity_errors": chain(*({**WRITTEN, "activityFailureInfo": {**ACTIVITY, "retryState": number}}
                               for number in RETRY_STATES)),
    "activity_error_without_fields": {"activityFailureInfo": {}},
    "child_workflow_errors": chain(*({**WRITTEN, "childWorkflowExecutionFailureInfo": {**CHILD, "retryState": number}}
                                     for number in RETRY_STATES)),
    "child_workflow_error_without_fields": {"childWorkflowExecutionFailureInfo": {}},
    "nexus_operation_error": {**WRITTEN, "nexusOperationExecutionFailureInfo": OPERATION},
    "nexus_operation_error_without_fields": {"nexusOperationExecutionFailureInfo": {}},
    "nexus_handler_errors": chain(*({**WRITTEN, "nexusHandlerFailureInfo": {"type": type, "retryBehavior": behavior}}
                                    for type, behavior in (("NOT_FOUND", 0), ("INTERNAL", 1), ("UNAVAILABLE", 2)))),
    "a_reset": {**WRITTEN, "resetWorkflowFailureInfo": {"lastHeartbeatDetails": DETAILS}},
    "encoded_attributes": {"message": "Encoded failure", "applicationFailureInfo": {"type": "T"}, "encodedAttributes":
                           payload("json/plain", b'{"message": "the real one", "stack_trace": "its stack"}')},
    "encoded_attributes_in_part": {**WRITTEN, "encodedAttributes": payload("json/plain", b'{"message": "the real one"}')},
    "encoded_attributes_of_other_types": {**WRITTEN, "encodedAttributes": payload("json/plain", b'{"message": 5}')},
    "encoded_attributes_that_are_none": {**WRITTEN, "encodedAttributes": payload("json/plain", b"[1]")},
    "encoded_attributes_that_are_broken": {**WRITTEN, "encodedAttributes": payload("json/plain", b"{")},
    "encoded_attributes_in_a_cipher": {**WRITTEN, "encodedAttributes": payload("binary/encrypted", b"\1\2")},
    "a_long_chain": chain(*({"message": f"link {number}", "applicationFailureInfo": {"type": f"T{number}"}}
                            for number in range(30))),
    "a_mixed_chain": chain({"activityFailureInfo": ACTIVITY}, {"nexusOperationExecutionFailureInfo": OPERATION},
                           {"childWorkflowExecutionFailureInfo": CHILD}, {"timeoutFailureInfo": {"timeoutType": 4}},
                           {"serverFailureInfo": {}}, {"canceledFailureInfo": {}}, {"message": "unknown"}),
}  # fmt: skip

#: Failures that the Python SDK fails to read, with the row of docs/differences.md.
UNREADABLE: dict[str, tuple[str, dict[str, Any]]] = {
    "a_category_to_come": ("unknown-enums", {"applicationFailureInfo": {"category": 99}}),
    "a_timeout_type_to_come": ("unknown-enums", {"timeoutFailureInfo": {"timeoutType": 99}}),
    "a_retry_state_to_come": ("unknown-enums", {"activityFailureInfo": {"retryState": 99}}),
    "details_in_a_cipher": ("unreadable-details", {"applicationFailureInfo": {"details": {
                            "payloads": [payload("binary/encrypted", b"secret")]}}}),
    "details_that_are_broken": ("unreadable-details", {"applicationFailureInfo": {"details": payloads("{")}}),
}  # fmt: skip


def written(failure: dict[str, Any]) -> Callable[[Context], Awaitable[None]]:
    async def prepare(c: Context) -> None:
        await closed_anyway(await c.start("FailAs", failure))

    return prepare


async def closed_anyway(handle: Any) -> None:
    """Returns when a workflow has ended, also where the SDK cannot tell how."""
    async for _ in handle.fetch_history_events(wait_new_event=True):
        pass


async def result(c: Context) -> Any:
    return await c.handle().result()


def result_case(name: str, prepared: Callable[[Context], Awaitable[Any]], differs: dict[str, list[str]] | None = None) -> None:
    async def half(c: Context) -> Any:
        return await result(c)

    half.__name__ = name
    case("return c.handle():result()", differs, prepared)(half)


for name, failure in FAILURES.items():
    result_case(f"error_of_{name}", written(failure))

for name, (row, failure) in UNREADABLE.items():
    result_case(f"error_of_{name}", written(failure), {row: ["outcome.error.*"]})

result_case(
    "error_of_a_handler_type_to_come",
    written({"nexusHandlerFailureInfo": {"type": "SOMETHING_NEW"}}),
    {"handler-type": ["outcome.error.cause.type"]},
)

for name in ("fails", "is_refused", "is_cancelled", "times_out", "goes_on_when_cancelled"):
    result_case(f"error_of_an_operation_that_{name}", operation(name))


#: What RunActivityWithin is told, by the name of the case.
ACTIVITIES: dict[str, list[Any]] = {
    "takes_too_long": ["silent_activity", ["last", 1], {"start_to_close_timeout": 1, "maximum_attempts": 1}],
    "is_not_started": ["echo_activity", [1], {"schedule_to_start_timeout": 1, "start_to_close_timeout": 60,
                       "task_queue": "nobody-is-there"}],
    "is_not_done_in_time": ["silent_activity", [], {"schedule_to_close_timeout": 1}],
    "stops_beating": ["silent_activity", [{"progress": 3}, None], {"start_to_close_timeout": 60, "heartbeat_timeout": 1,
                      "maximum_attempts": 1}],
    "has_no_time_for_another_try": ["failing_activity", ["gone"], {"schedule_to_close_timeout": 1, "initial_interval": 100}],
    "fails_for_good": ["failing_activity", ["gone"], {"start_to_close_timeout": 60,
                       "non_retryable_error_types": ["ActivityBroke"]}],
    "fails_too_often": ["failing_activity", ["gone"], {"start_to_close_timeout": 60, "maximum_attempts": 2}],
    "is_not_known": ["no_such_activity", [], {"start_to_close_timeout": 60, "maximum_attempts": 1}],
}  # fmt: skip

#: What ParentOf is told.
CHILDREN: dict[str, list[Any]] = {
    "fails": ["Fail", ["m", "T", [1]], {}],
    "fails_too_often": ["Fail", ["m", "T", [1]], {"maximum_attempts": 2}],
    "fails_for_good": ["Fail", ["m", "T", [1], True], {"maximum_attempts": 2}],
    "times_out": ["Sleep", [], {"run_timeout": 1}],
    "is_cancelled": ["Sleep", [], {"cancelled": True}],
}


def prepared(workflow: str, args: list[Any]) -> Callable[[Context], Awaitable[None]]:
    async def prepare(c: Context) -> None:
        await closed(await c.start(workflow, *args))

    return prepare


for name, args in ACTIVITIES.items():
    result_case(f"error_of_an_activity_that_{name}", prepared("RunActivityWithin", args))

for name, args in CHILDREN.items():
    result_case(f"error_of_a_child_that_{name}", prepared("ParentOf", args))


async def child_with_a_taken_id(c: Context) -> None:
    other = await c.start("Sleep", id=f"{c.id}-child")
    await closed(await c.start("ParentOf", "Sleep", [], {}))
    await other.terminate()


async def terminated_child(c: Context) -> None:
    parent = await c.start("ParentOf", "Sleep", [], {})
    async for event in parent.fetch_history_events(wait_new_event=True):
        if event.HasField("child_workflow_execution_started_event_attributes"):
            await c.client.get_workflow_handle(f"{c.id}-child").terminate("why", reason="because")
    await closed(parent)


async def cancelled_activity(c: Context) -> None:
    handle = await c.start("RunActivityWithin", "silent_activity", [1], {"start_to_close_timeout": 60})
    async for event in handle.fetch_history_events(wait_new_event=True):
        if event.HasField("activity_task_scheduled_event_attributes"):
            await handle.cancel()
    await closed(handle)


result_case("error_of_a_child_with_a_taken_id", child_with_a_taken_id)
result_case("error_of_a_child_that_is_terminated", terminated_child)
result_case("error_of_an_activity_that_is_cancelled", cancelled_activity)


async def nothing(c: Context) -> None:
    pass


@case("""
  local _, e = pcall(c.handle().describe, c.handle())
  return { e.status, e.message, c.hex(e.raw_grpc_status) }
""", prepared=nothing)
async def error_as_it_came(c: Context):
    try:
        await c.handle().describe()
    except Exception as e:
        return [e.status.name, e.message, e.raw_grpc_status.hex()]
