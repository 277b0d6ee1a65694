"""Workflows of the test worker that fail in every way a failure can be written."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from google.protobuf.json_format import ParseDict
from temporalio import activity, workflow
from temporalio.api.failure.v1 import Failure
from temporalio.common import RetryPolicy
from temporalio.exceptions import FailureError


@workflow.defn(sandboxed=False)
class FailAs:
    """Fails with exactly the failure it is given, in the JSON of a temporal.api.failure.v1.Failure."""

    @workflow.run
    async def run(self, failure: dict[str, Any]) -> None:
        # The SDK writes the failure of an error as it is, where the error has one.
        raise FailureError("as told", failure=ParseDict(failure, Failure()))


@activity.defn
async def silent_activity(*details: Any) -> None:
    """Heartbeats once, with the given details, and then never again."""
    activity.heartbeat(*details)
    await asyncio.Event().wait()


@workflow.defn(sandboxed=False)
class RunActivityWithin:
    """Runs an activity with the given options: timeouts are in seconds."""

    @workflow.run
    async def run(self, name: str, args: list[Any], options: dict[str, Any]) -> Any:
        policy = RetryPolicy(
            initial_interval=timedelta(seconds=options.pop("initial_interval", 0.01)),
            maximum_attempts=options.pop("maximum_attempts", 0),
            non_retryable_error_types=options.pop("non_retryable_error_types", None),
        )
        options = {key: timedelta(seconds=value) if key.endswith("_timeout") else value for key, value in options.items()}
        return await workflow.execute_activity(name, args=args, retry_policy=policy, **options)


@workflow.defn(sandboxed=False)
class ParentOf:
    """Runs a child workflow with the given options, and returns its result; cancels it at once where told to."""

    @workflow.run
    async def run(self, child_type: str, args: list[Any], options: dict[str, Any]) -> Any:
        cancelled = options.pop("cancelled", False)
        if "maximum_attempts" in options:
            options["retry_policy"] = RetryPolicy(timedelta(milliseconds=10), maximum_attempts=options.pop("maximum_attempts"))
        options = {key: timedelta(seconds=value) if key.endswith("_timeout") else value for key, value in options.items()}
        id = options.pop("id", f"{workflow.info().workflow_id}-child")
        child = await workflow.start_child_workflow(child_type, args=args, id=id, **options)
        if cancelled:
            child.cancel()
        return await child


WORKFLOWS = [FailAs, RunActivityWithin, ParentOf]
ACTIVITIES = [silent_activity]
