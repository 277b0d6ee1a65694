"""Workflows of the test worker that together write every type of event a worker can cause."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import nexusrpc
from nexusrpc.handler import (
    CancelOperationContext,
    OperationHandler,
    StartOperationContext,
    StartOperationResultAsync,
    operation_handler,
    service_handler,
    sync_operation,
)
from temporalio import activity, nexus, workflow
from temporalio.common import RetryPolicy, SearchAttributeKey
from temporalio.exceptions import FailureError

A_SECOND = timedelta(seconds=1)
A_MINUTE = timedelta(minutes=1)
ONCE = RetryPolicy(maximum_attempts=1)


async def ended(awaitable: Any) -> str:
    """How something ended: the name of its error's class, or "well"."""
    try:
        await awaitable
    except (FailureError, asyncio.CancelledError) as error:
        return type(error).__name__
    return "well"


@activity.defn
async def terminate_workflow(workflow_id: str) -> None:
    await activity.client().get_workflow_handle(workflow_id).terminate("by an activity", reason="to see it end")


@workflow.defn(sandboxed=False)
class TimersAndMarkers:
    """Timers that fire and that do not, markers of both kinds, search attributes and a memo."""

    @workflow.run
    async def run(self) -> None:
        timer = asyncio.create_task(asyncio.sleep(3600))
        await workflow.sleep(0.001)
        timer.cancel()
        workflow.patched("a-patch")
        await workflow.execute_local_activity("echo_activity", "local", start_to_close_timeout=A_MINUTE)
        workflow.upsert_search_attributes([SearchAttributeKey.for_keyword("CustomKeywordField").value_set("found")])
        workflow.upsert_memo({"note": ["kept", 1]})


@workflow.defn(sandboxed=False)
class Activities:
    """Activities that complete, fail, time out and are cancelled."""

    @workflow.run
    async def run(self) -> list[str]:
        def start(name: str, *args: Any, **options: Any) -> Any:
            options = {"start_to_close_timeout": A_MINUTE, "retry_policy": ONCE, **options}
            return workflow.start_activity(name, args=args, **options)

        cancelled = start(
            "heartbeating_activity",
            heartbeat_timeout=A_SECOND,
            cancellation_type=workflow.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
        )
        found = [
            await ended(start("echo_activity", {"a": [1, None]})),
            await ended(start("failing_activity", "gone")),
            await ended(start("silent_activity", "still there", start_to_close_timeout=A_SECOND)),
        ]
        cancelled.cancel()
        return [*found, await ended(cancelled)]


@workflow.defn(sandboxed=False)
class Children:
    """Child workflows that end in every way, and one that cannot start."""

    @workflow.run
    async def run(self) -> list[str]:
        async def start(type: str, *args: Any, **options: Any) -> Any:
            options = {"id": f"{workflow.info().workflow_id}-{type}", **options}
            return await workflow.start_child_workflow(type, args=args, **options)

        sleeping = await start("Sleep")
        terminated = await start("Sleep", id=f"{workflow.info().workflow_id}-terminated")
        found = [
            await ended(await start("Nothing")),
            await ended(await start("Fail", "a child failed", "ChildBroke", [1])),
            await ended(await start("Sleep", id=f"{workflow.info().workflow_id}-timed-out", run_timeout=A_SECOND)),
            await ended(start("Sleep", id=sleeping.id)),
        ]
        await workflow.execute_activity(terminate_workflow, terminated.id, start_to_close_timeout=A_MINUTE)
        sleeping.cancel("no longer needed")
        return [*found, await ended(terminated), await ended(sleeping)]


@workflow.defn(sandboxed=False)
class External:
    """Signals and cancels a workflow that is there, and one that is not."""

    @workflow.run
    async def run(self, there: str) -> list[str]:
        found = []
        for id in (there, f"{there}-not"):
            other = workflow.get_external_workflow_handle(id)
            found += [await ended(other.signal("put", {"from": "outside"})), await ended(other.cancel())]
        return found


class Unstoppable(OperationHandler[Any, Any]):
    """An operation that never ends and refuses to be cancelled."""

    async def start(self, ctx: StartOperationContext, input: Any) -> StartOperationResultAsync:
        return StartOperationResultAsync("unstoppable")

    async def cancel(self, ctx: CancelOperationContext, token: str) -> None:
        raise nexusrpc.HandlerError("it goes on", type=nexusrpc.HandlerErrorType.NOT_FOUND, retryable_override=False)


@service_handler(name="Operations")
class Operations:
    """The Nexus service of the test worker."""

    @sync_operation
    async def echo(self, ctx: StartOperationContext, input: Any) -> Any:
        return input

    @sync_operation
    async def fail(self, ctx: StartOperationContext, message: str) -> None:
        raise nexusrpc.OperationError(message, state=nexusrpc.OperationErrorState.FAILED)

    @sync_operation
    async def refuse(self, ctx: StartOperationContext, message: str) -> None:
        raise nexusrpc.HandlerError(message, type=nexusrpc.HandlerErrorType.BAD_REQUEST)

    @nexus.workflow_run_operation
    async def run_workflow(self, ctx: nexus.WorkflowRunOperationContext, type: str) -> nexus.WorkflowHandle[None]:
        return await ctx.start_workflow(type, id=f"nexus-{ctx.request_id}")

    @operation_handler
    def unstoppable(self) -> OperationHandler[Any, Any]:
        return Unstoppable()


@workflow.defn(sandboxed=False)
class RunOperation:
    """Runs a Nexus operation and returns its result; cancels it, once it has started, where told to."""

    @workflow.run
    async def run(self, endpoint: str, name: str, input: Any, cancelled: bool = False, seconds: float = 60) -> Any:
        client = workflow.create_nexus_client(service="Operations", endpoint=endpoint)
        operation = await client.start_operation(name, input, schedule_to_close_timeout=timedelta(seconds=seconds))
        if cancelled:
            operation.cancel()
        return await operation


WORKFLOWS = [TimersAndMarkers, Activities, Children, External, RunOperation]
ACTIVITIES = [terminate_workflow]
NEXUS_SERVICES = [Operations]
