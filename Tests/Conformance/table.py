"""The table of cases: what one is, and what its two halves find."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from temporalio.api.enums.v1 import PendingActivityState
from temporalio.api.workflow.v1 import PendingActivityInfo
from temporalio.client import Client, WorkflowHandle

#: How many cases of an area run at once: of those that only wait, all.
CONCURRENCY = 8
CONCURRENCY_OF = {"idle": 100}

#: Seconds that a case may take.
PATIENCE = 60

#: The fields of errors that are compared, by kind; `kind`, `message` and `cause` always are.
OF_FAILURES = ["stack_trace", "source"]
FIELDS: dict[str, list[str]] = {
    "RPCError": ["status", "details"],
    "WorkflowAlreadyStartedError": ["workflow_id", "workflow_type", "run_id", "first_run_id"],
    "WorkflowContinuedAsNewError": ["new_execution_run_id"],
    "WorkflowQueryRejectedError": ["status"],
    "ApplicationError": ["type", "non_retryable", "details", "next_retry_delay", "category", *OF_FAILURES],
    "CancelledError": ["details", *OF_FAILURES],
    "TerminatedError": ["details", *OF_FAILURES],
    "TimeoutError": ["type", "last_heartbeat_details", *OF_FAILURES],
    "ServerError": ["non_retryable", *OF_FAILURES],
    "ActivityError": ["activity_type", "activity_id", "identity", "retry_state", "scheduled_event_id",
                      "started_event_id", *OF_FAILURES],
    "ChildWorkflowError": ["workflow_id", "workflow_type", "run_id", "namespace", "retry_state", "initiated_event_id",
                           "started_event_id", *OF_FAILURES],
    "NexusOperationError": ["endpoint", "service", "operation", "operation_token", "scheduled_event_id", *OF_FAILURES],
    "HandlerError": ["type", "retryable", "stack_trace"],
    "FailureError": OF_FAILURES,
}  # fmt: skip

#: What differs in every case, by row of docs/differences.md: the pattern of the path, and the text of each client there.
EVERYWHERE: dict[str, tuple[str, str | None, str | None]] = {
    "priority": ("*.priority", "{}", None),
    "category": ("outcome.*.category", '"UNSPECIFIED"', None),
}


class Context:
    """What a case's Python half is given, as `c`; harness.lua gives the Lua half the same."""

    def __init__(self, client: Client, tag: str, queue: str, prepared: Any = None):
        self.client = client
        self.id = tag
        self.queue = queue
        self.prepared = prepared

    async def start(self, workflow: str, *args: Any, **options: Any) -> WorkflowHandle[Any, Any]:
        """Starts a workflow with the case's id, and on the test worker's task queue, unless told otherwise."""
        options = {"id": self.id, "task_queue": self.queue, **options}
        return await self.client.start_workflow(workflow, args=args, **options)

    def handle(self, **options: str) -> WorkflowHandle[Any, Any]:
        """A handle to the case's id."""
        return self.client.get_workflow_handle(self.id, **options)

    async def running_activity(self, handle: WorkflowHandle[Any, Any]) -> PendingActivityInfo:
        """Waits until a worker has a workflow's activity; gives its description."""
        while True:
            description = await handle.describe(rpc_metadata={"conformance-unseen": "1"})
            for activity in description.raw_description.pending_activities:
                if activity.state == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED:
                    return activity
            await asyncio.sleep(0.02)

    async def caught(self, call: Awaitable[Any]) -> Any:
        """The error that a call raises, as a value."""
        from normal import error_value

        try:
            return {"no error": await call}
        except Exception as error:
            return error_value(error)


@dataclass(frozen=True)
class Case:
    """One thing done by both clients. `differs` gives, by row of docs/differences.md, patterns of the differing paths.

    What is `prepared` is done once, before, and both clients then look at the same workflows: what they find has to be
    the same to the letter. Where a case `repeats` requests as often as time allows, each is compared once.
    """

    name: str
    area: str
    lua: str
    python: Callable[[Context], Awaitable[Any]]
    differs: dict[str, list[str]]
    prepared: Callable[[Context], Awaitable[Any]] | None
    repeats: bool = False
    tags: dict[str, str] = field(default_factory=dict)

    def tag(self, client: str) -> str:
        """A workflow id of this case and, unless it is prepared, client alone; requests are told by it."""
        whose = "both" if self.prepared else client
        return self.tags.setdefault(whose, f"{self.name}-{uuid.uuid4().hex[:12]}")


CASES: list[Case] = []


def case(
    lua: str,
    differs: dict[str, list[str]] | None = None,
    prepared: Callable[[Context], Awaitable[Any]] | None = None,
    repeats: bool = False,
) -> Callable[[Any], Any]:
    """Makes a case of a Python function, by its name, and the Lua that does the same.

    What `prepared` returns is `c.prepared` in both halves.
    """

    def add(python: Callable[[Context], Awaitable[Any]]) -> Any:
        assert all(other.name != python.__name__ for other in CASES), f"two cases are called {python.__name__}"
        area = python.__module__.removeprefix("cases_")
        CASES.append(Case(python.__name__, area, lua, python, differs or {}, prepared, repeats))
        return python

    return add
