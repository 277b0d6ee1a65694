"""All that the server says of a workflow, decoded: `describe().raw` beside the message that the Python SDK has."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from histories import endpoint
from shown import shown
from table import Context, case
from temporalio.api.enums.v1 import PendingActivityState
from temporalio.client import WorkflowExecutionDescription


async def described(c: Context, until: Callable[[WorkflowExecutionDescription], bool]) -> None:
    """Returns when the description of the case's workflow is as wanted, and its worker has nothing to do."""
    description = await c.handle().describe()
    while description.raw_description.HasField("pending_workflow_task") or not until(description):
        # Answered after what the worker has to do before.
        await c.handle().query("__temporal_workflow_metadata")
        description = await c.handle().describe()


async def with_metadata(c: Context) -> None:
    await c.start("Described", "details", memo={"a": [1, None], "b": "ü"}, static_summary="summary", static_details="more")
    await described(c, lambda d: bool(d.raw_description.workflow_execution_info.search_attributes.indexed_fields))


async def with_a_silent_activity(c: Context) -> None:
    await c.start("RunActivityWithin", "silent_activity", [{"progress": 3}, None], {"start_to_close_timeout": 600})
    await described(c, lambda d: any(a.HasField("heartbeat_details") for a in d.raw_description.pending_activities))


async def with_a_failing_activity(c: Context) -> None:
    options = {"start_to_close_timeout": 60, "initial_interval": 1000}
    await c.start("RunActivityWithin", "failing_activity", ["gone"], options)
    backing_off = PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED
    await described(c, lambda d: any(
        a.HasField("last_failure") and a.state == backing_off for a in d.raw_description.pending_activities
    ))  # fmt: skip


async def with_a_child(c: Context) -> None:
    await c.start("Parent", "Sleep", [])
    await described(c, lambda d: any(child.run_id for child in d.raw_description.pending_children))


async def with_an_operation(c: Context) -> None:
    await c.start("RunOperation", await endpoint(c), "unstoppable", None, True, 600)
    await described(c, lambda d: any(
        operation.cancellation_info.HasField("last_attempt_failure")
        for operation in d.raw_description.pending_nexus_operations
    ))  # fmt: skip


async def with_a_callback(c: Context) -> None:
    await c.start("RunOperation", await endpoint(c), "run_workflow", "Sleep")
    await described(c, lambda d: any(o.operation_token for o in d.raw_description.pending_nexus_operations))


async def with_timeouts_and_a_cancellation(c: Context) -> None:
    h = await c.start("Sleep", task_queue=c.id, execution_timeout=timedelta(hours=1), run_timeout=timedelta(minutes=30),
                      task_timeout=timedelta(seconds=5))  # fmt: skip
    await h.cancel(reason="nobody is there to hear it")


async def closed(c: Context) -> None:
    await (await c.start("Parent", "Nothing", [])).result()


PREPARED: list[Callable[[Context], Awaitable[None]]] = [
    with_metadata, with_a_silent_activity, with_a_failing_activity, with_a_child, with_an_operation, with_a_callback,
    with_timeouts_and_a_cancellation, closed,
]  # fmt: skip

for prepare in PREPARED:

    async def describe(c: Context) -> Any:
        return shown((await c.handle().describe()).raw_description)

    describe.__name__ = f"description_of_one_{prepare.__name__}"
    case("return c.handle():describe().raw", prepared=prepare)(describe)
