"""Workflows whose histories, taken together, have an event of every type that the dev server can be made to write.

Each function makes those of one case; what it returns are the runs to read, where it is not the latest one of the case's
id alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from google.protobuf.field_mask_pb2 import FieldMask
from table import Context
from temporalio.api.common.v1 import TimeSkippingConfig, WorkflowExecution, WorkflowType
from temporalio.api.enums.v1 import WorkflowTaskFailedCause
from temporalio.api.nexus.v1 import EndpointSpec, EndpointTarget
from temporalio.api.operatorservice.v1 import CreateNexusEndpointRequest
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflow.v1 import VersioningOverride, WorkflowExecutionOptions
from temporalio.api.workflowservice.v1 import (
    PauseWorkflowExecutionRequest,
    PollWorkflowTaskQueueRequest,
    ResetWorkflowExecutionRequest,
    RespondWorkflowTaskFailedRequest,
    StartWorkflowExecutionRequest,
    UnpauseWorkflowExecutionRequest,
    UpdateWorkflowExecutionOptionsRequest,
)
from temporalio.client import WorkflowFailureError, WorkflowHandle, WorkflowUpdateFailedError, WorkflowUpdateStage

Runs = list[list[str | None]] | None

A_SECOND = timedelta(seconds=1)


async def closed(handle: WorkflowHandle[Any, Any]) -> None:
    """Returns when a workflow has ended, however it did."""
    try:
        await handle.result()
    except WorkflowFailureError:
        pass


async def running(c: Context) -> WorkflowHandle[Any, Any]:
    """A workflow that has had its first task."""
    handle = await c.start("Sleep")
    await handle.query("__temporal_workflow_metadata")
    return handle


async def completed(c: Context) -> Runs:
    memo = {"ü": [1, None], "bytes": b"\0\xff"}
    await closed(await c.start("Echo", {"ü": [1, None, 2**63 - 1, 0.5]}, b"\0\xff", "\u2028\x7f", memo=memo,
                               static_summary="sum ü", static_details="mary"))  # fmt: skip


async def failed(c: Context) -> Runs:
    await closed(await c.start("Fail", "it broke", "Broken", [1, {"two": 2}], True))


async def cancelled(c: Context) -> Runs:
    handle = await running(c)
    await handle.cancel(reason="no longer needed")
    await closed(handle)


async def terminated(c: Context) -> Runs:
    await (await running(c)).terminate("why", {"a": 1}, reason="stuck")


async def timed_out(c: Context) -> Runs:
    await closed(await c.start("Sleep", run_timeout=A_SECOND))


async def continued_as_new(c: Context) -> Runs:
    handle = await c.start("ContinueAsNew", 1)
    await handle.result()
    return [[c.id, handle.result_run_id], [c.id, None]]


async def timers_and_markers(c: Context) -> Runs:
    await closed(await c.start("TimersAndMarkers"))


async def activities(c: Context) -> Runs:
    await closed(await c.start("Activities"))


async def children(c: Context) -> Runs:
    await closed(await c.start("Children"))
    return [[c.id, None], *([f"{c.id}-{name}", None] for name in ("Nothing", "Fail", "Sleep", "terminated", "timed-out"))]


async def other_workflows(c: Context) -> Runs:
    other = await c.start("Mailbox", id=f"{c.id}-other")
    await closed(await c.start("External", other.id))
    await closed(other)
    return [[c.id, None], [other.id, None]]


async def updates_and_reset(c: Context) -> Runs:
    handle = await c.start("Mailbox")
    await handle.signal("put", args=[{"a": 1}, None])
    await handle.execute_update("append", 1, id="completed")
    for name, argument in (("append", None), ("failing_update", "no")):
        try:
            await handle.execute_update(name, argument, id=f"{name} {argument}")
        except WorkflowUpdateFailedError:
            pass
    await handle.start_update("append_slowly", 5, id="slow", wait_for_stage=WorkflowUpdateStage.ACCEPTED)
    await reset(c, handle.result_run_id)
    latest = c.handle()
    await latest.signal("release")
    await latest.signal("finish")
    await closed(latest)
    return [[c.id, handle.result_run_id], [c.id, None]]


async def reset(c: Context, run_id: str | None) -> str:
    """Resets a run to before its first task, and gives the new run."""
    request = ResetWorkflowExecutionRequest(
        namespace=c.client.namespace,
        workflow_execution=WorkflowExecution(workflow_id=c.id, run_id=run_id or ""),
        reason="once more",
        workflow_task_finish_event_id=4,
        request_id="reset",
    )
    return (await c.client.workflow_service.reset_workflow_execution(request)).run_id


async def task_that_fails(c: Context) -> Runs:
    handle = await c.start("Sleep", task_queue=c.id)
    task = await next_task(c)
    request = RespondWorkflowTaskFailedRequest(
        namespace=c.client.namespace,
        task_token=task.task_token,
        cause=WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE,
    )
    await c.client.workflow_service.respond_workflow_task_failed(request)
    await handle.terminate()


async def task_that_times_out(c: Context) -> Runs:
    handle = await c.start("Sleep", task_queue=c.id, task_timeout=A_SECOND)
    await next_task(c)
    # There is a second task once the first has timed out.
    await next_task(c)
    await handle.terminate()


async def next_task(c: Context) -> Any:
    """Takes a workflow task from the queue that has the case's id."""
    request = PollWorkflowTaskQueueRequest(namespace=c.client.namespace, task_queue=TaskQueue(name=c.id), identity="nobody")
    return await c.client.workflow_service.poll_workflow_task_queue(request)


async def options_updated(c: Context) -> Runs:
    handle = await running(c)
    request = UpdateWorkflowExecutionOptionsRequest(
        namespace=c.client.namespace,
        workflow_execution=WorkflowExecution(workflow_id=c.id),
        workflow_execution_options=WorkflowExecutionOptions(versioning_override=VersioningOverride(auto_upgrade=True)),
        update_mask=FieldMask(paths=["versioning_override"]),
    )
    await c.client.workflow_service.update_workflow_execution_options(request)
    await handle.terminate()


async def paused(c: Context) -> Runs:
    handle = await running(c)
    common = {"namespace": c.client.namespace, "workflow_id": c.id, "identity": "nobody"}
    service = c.client.workflow_service
    await service.pause_workflow_execution(PauseWorkflowExecutionRequest(**common, reason="a break", request_id="1"))
    await service.unpause_workflow_execution(UnpauseWorkflowExecutionRequest(**common, reason="over", request_id="2"))
    await handle.terminate()


async def time_skipped(c: Context) -> Runs:
    request = StartWorkflowExecutionRequest(
        namespace=c.client.namespace,
        workflow_id=c.id,
        workflow_type=WorkflowType(name="TimersAndMarkers"),
        task_queue=TaskQueue(name=c.queue),
        request_id="1",
        time_skipping_config=TimeSkippingConfig(enabled=True),
    )
    await c.client.workflow_service.start_workflow_execution(request)
    await closed(c.handle())


async def endpoint(c: Context) -> str:
    """A Nexus endpoint at which the test worker answers."""
    name = "endpoint-" + c.id.rpartition("-")[2]
    target = EndpointTarget.Worker(namespace=c.client.namespace, task_queue=c.queue)
    spec = EndpointSpec(name=name, target=EndpointTarget(worker=target))
    await c.client.operator_service.create_nexus_endpoint(CreateNexusEndpointRequest(spec=spec))
    return name


#: Arguments of the workflow RunOperation: what is run, with what, whether it is cancelled, the seconds it may take.
OPERATIONS: dict[str, list[Any]] = {
    "completes_at_once": ["echo", {"a": [1]}],
    "completes_later": ["run_workflow", "Nothing"],
    "fails": ["fail", "it broke"],
    "is_refused": ["refuse", "not like this"],
    "is_cancelled": ["run_workflow", "Sleep", True],
    "times_out": ["run_workflow", "Sleep", False, 1],
    "goes_on_when_cancelled": ["unstoppable", None, True, 3],
}


def operation(name: str) -> Callable[[Context], Awaitable[Runs]]:
    """Makes a workflow that runs a Nexus operation."""

    async def run(c: Context) -> Runs:
        await closed(await c.start("RunOperation", await endpoint(c), *OPERATIONS[name]))

    run.__name__ = f"nexus_operation_that_{name}"
    return run


HISTORIES = [
    completed,
    failed,
    cancelled,
    terminated,
    timed_out,
    continued_as_new,
    timers_and_markers,
    activities,
    children,
    other_workflows,
    updates_and_reset,
    task_that_fails,
    task_that_times_out,
    options_updated,
    paused,
    time_skipped,
    *map(operation, OPERATIONS),
]
