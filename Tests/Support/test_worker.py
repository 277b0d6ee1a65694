"""The worker of the tests and benchmarks, on task queue "moondial-test"; `serve.py` runs it beside a dev server.

The workflows run outside the SDK's sandbox: they are deterministic, and thousands of them start faster without it.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from google.protobuf.struct_pb2 import Struct
from temporalio import activity, workflow
from temporalio.api.common.v1 import Payload, WorkflowExecution
from temporalio.common import RawValue, RetryPolicy, SearchAttributeKey
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Examples"))
import eventful  # noqa: E402
import failing  # noqa: E402
from demo_worker import serve  # noqa: E402

TASK_QUEUE = "moondial-test"


# Results


@workflow.defn(sandboxed=False)
class Echo:
    """Returns the list of its arguments."""

    @workflow.run
    async def run(self, *args: Any) -> list[Any]:
        return list(args)


@workflow.defn(sandboxed=False)
class Arrived:
    """Returns how its argument arrived: the metadata of the payload, and its data as text."""

    @workflow.run
    async def run(self, value: RawValue) -> dict[str, str]:
        metadata = {key: text.decode() for key, text in value.payload.metadata.items()}
        return metadata | {"data": value.payload.data.decode(errors="replace")}


@workflow.defn(sandboxed=False)
class Nothing:
    """Returns nothing: a binary/null payload."""

    @workflow.run
    async def run(self) -> None:
        pass


@workflow.defn(sandboxed=False)
class ReturnBytes:
    """Returns a binary/plain payload of every byte value."""

    @workflow.run
    async def run(self) -> bytes:
        return bytes(range(256))


@workflow.defn(sandboxed=False)
class ReturnProto:
    """Returns a json/protobuf payload: a Struct, or a WorkflowExecution when asked for one."""

    @workflow.run
    async def run(self, execution: bool = False) -> Struct | WorkflowExecution:
        if execution:
            return WorkflowExecution(workflow_id=workflow.info().workflow_id, run_id=workflow.info().run_id)
        result = Struct()
        result.update({"name": "moondial", "count": 3, "tags": ["a", "b"]})
        return result


@workflow.defn(sandboxed=False)
class ReturnPayload:
    """Returns a payload with the encoding and data it is given, also where no SDK knows that encoding."""

    @workflow.run
    async def run(self, encoding: str, data: str) -> RawValue:
        return RawValue(Payload(metadata={"encoding": encoding.encode()}, data=data.encode()))


# Ends


@workflow.defn(sandboxed=False)
class Sleep:
    """Sleeps until it is cancelled, terminated or timed out; cancelled, it ends so."""

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: False)


@workflow.defn(sandboxed=False)
class OutliveCancel:
    """Completes with a result when it is cancelled."""

    @workflow.run
    async def run(self) -> str:
        try:
            await workflow.wait_condition(lambda: False)
        except asyncio.CancelledError:
            pass
        return "outlived"


@workflow.defn(sandboxed=False)
class Fail:
    """Fails with an ApplicationError of the given type and details, caused by an error of type "Root"."""

    @workflow.run
    async def run(self, message: str, type: str, details: list[Any], non_retryable: bool = False) -> None:
        try:
            raise ApplicationError("the root of it", {"depth": 1}, type="Root")
        except ApplicationError as cause:
            raise ApplicationError(message, *details, type=type, non_retryable=non_retryable) from cause


@workflow.defn(sandboxed=False)
class FailUntil:
    """Fails until the given attempt, which returns its number; for a start with a retry policy."""

    @workflow.run
    async def run(self, attempt: int) -> int:
        if workflow.info().attempt < attempt:
            raise ApplicationError(f"attempt {workflow.info().attempt}", type="TooEarly")
        return workflow.info().attempt


@workflow.defn(sandboxed=False)
class ContinueAsNew:
    """Continues as new the given number of times, then returns how many runs there were."""

    @workflow.run
    async def run(self, times: int, runs: int = 1) -> int:
        if times > 0:
            workflow.continue_as_new(args=[times - 1, runs + 1])
        return runs


@workflow.defn(sandboxed=False)
class Cron:
    """Returns how often it has run under its cron schedule."""

    @workflow.run
    async def run(self) -> int:
        return (workflow.get_last_completion_result(int) or 0) + 1


# Messages


@workflow.defn(sandboxed=False)
class Mailbox:
    """Keeps what signals and updates put in, until `finish`; returns all of it."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self.released = False
        self.finished = False

    @workflow.run
    async def run(self) -> list[Any]:
        await workflow.wait_condition(lambda: self.finished)
        return self.items

    @workflow.signal
    def put(self, *items: Any) -> None:
        self.items.extend(items)

    @workflow.signal
    def release(self) -> None:
        """Lets the slow updates end."""
        self.released = True

    @workflow.signal
    def finish(self) -> None:
        self.finished = True

    @workflow.query
    def contents(self) -> list[Any]:
        return self.items

    @workflow.query
    def nth(self, index: int) -> Any:
        return self.items[index]

    @workflow.query
    def echo(self, value: Any) -> Any:
        return value

    @workflow.query
    def failing_query(self) -> None:
        raise ApplicationError("this query always fails", type="QueryBroke")

    @workflow.update
    def append(self, item: Any) -> int:
        self.items.append(item)
        return len(self.items)

    @append.validator
    def check_append(self, item: Any) -> None:
        if item is None:
            raise ApplicationError("nothing cannot be appended", type="Rejected")

    @workflow.update
    def bounce(self, value: Any) -> Any:
        return value

    @workflow.update
    async def append_slowly(self, item: Any) -> int:
        """Is accepted at once, and ends after the signal `release`."""
        await workflow.wait_condition(lambda: self.released)
        self.items.append(item)
        return len(self.items)

    @workflow.update
    def failing_update(self, message: str) -> None:
        raise ApplicationError(message, {"update": True}, type="UpdateBroke")


@workflow.defn(sandboxed=False)
class Chain(Mailbox):
    """A Mailbox that first continues as new the given number of times."""

    @workflow.run
    async def run(self, times: int) -> list[Any]:
        if times > 0:
            workflow.continue_as_new(times - 1)
        return await super().run()


# Activities and children


@activity.defn
async def echo_activity(value: Any) -> Any:
    return value


@activity.defn
async def failing_activity(message: str) -> None:
    raise ApplicationError(message, {"from": "activity"}, type="ActivityBroke")


@activity.defn
async def heartbeating_activity() -> None:
    """Heartbeats until it is cancelled."""
    while True:
        activity.heartbeat({"alive": True})
        await asyncio.sleep(0.1)


@activity.defn
async def completed_elsewhere() -> Any:
    """Ends when a client completes it: by its task token, or by the workflow and the activity id "elsewhere"."""
    activity.raise_complete_async()


@activity.defn
async def completed_by_token() -> Any:
    """The same, and its heartbeat tells its task token."""
    activity.heartbeat(activity.info().task_token)
    activity.raise_complete_async()


@activity.defn
async def serve_queue(queue: str) -> None:
    """A worker for mailboxes on a queue nobody served; it ends with the workflow that has the queue's name as its id."""
    client = activity.client()
    async with Worker(client, task_queue=queue, workflows=[Mailbox]):
        await client.get_workflow_handle(queue).result()


@workflow.defn(sandboxed=False)
class RunActivity:
    """Runs one of the activities above and returns what it returned; cancelled, it may wait for the activity's end."""

    @workflow.run
    async def run(self, name: str, args: list[Any], maximum_attempts: int = 1, waits: bool = False) -> Any:
        cancellation = workflow.ActivityCancellationType
        return await workflow.execute_activity(
            name,
            args=args,
            activity_id="elsewhere" if name in ("completed_elsewhere", "completed_by_token") else None,
            start_to_close_timeout=timedelta(minutes=10),
            heartbeat_timeout=timedelta(seconds=30),
            retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=10), maximum_attempts=maximum_attempts),
            cancellation_type=cancellation.WAIT_CANCELLATION_COMPLETED if waits else cancellation.TRY_CANCEL,
        )


@workflow.defn(sandboxed=False)
class Parent:
    """Runs a child workflow of the given type, with the id of this one and "-child", and returns its result."""

    @workflow.run
    async def run(self, child_type: str, args: list[Any]) -> Any:
        return await workflow.execute_child_workflow(child_type, args=args, id=f"{workflow.info().workflow_id}-child")


# What a description shows


@workflow.defn(sandboxed=False)
class Described:
    """Sets memo, search attributes and current details, then waits for `finish`."""

    def __init__(self) -> None:
        self.finished = False

    @workflow.run
    async def run(self, details: str) -> None:
        workflow.upsert_memo({"from_workflow": [1, 2, 3]})
        workflow.upsert_search_attributes(
            [
                SearchAttributeKey.for_int("CustomIntField").value_set(42),
                SearchAttributeKey.for_keyword("CustomKeywordField").value_set("from-workflow"),
            ]
        )
        workflow.set_current_details(details)
        await workflow.wait_condition(lambda: self.finished)

    @workflow.signal
    def finish(self) -> None:
        self.finished = True


# Size


@workflow.defn(sandboxed=False)
class ManyEvents:
    """Writes a history of exactly as many events as it is told (5 at least), in several pages.

    A round is 66 events in 3 batches: 60 memos and an activity, whose end starts the next round. The server counts a
    page in batches, 256 of them. Timers would not do: the server fires them only about once a second.
    """

    memos_per_round = 60
    events_per_round = memos_per_round + 6
    events_of_an_empty_run = 5

    @workflow.run
    async def run(self, events: int) -> None:
        rounds, rest = divmod(events - self.events_of_an_empty_run, self.events_per_round)
        for number in range(rounds):
            self.write(self.memos_per_round)
            await workflow.execute_activity(echo_activity, number, start_to_close_timeout=timedelta(minutes=1))
        self.write(rest)

    def write(self, memos: int) -> None:
        for number in range(memos):
            workflow.upsert_memo({"number": number})


WORKFLOWS = [
    Echo,
    Arrived,
    Nothing,
    ReturnBytes,
    ReturnProto,
    ReturnPayload,
    Sleep,
    OutliveCancel,
    Fail,
    FailUntil,
    ContinueAsNew,
    Cron,
    Mailbox,
    Chain,
    RunActivity,
    Parent,
    Described,
    ManyEvents,
    *failing.WORKFLOWS,
    *eventful.WORKFLOWS,
]
ACTIVITIES = [
    echo_activity,
    failing_activity,
    heartbeating_activity,
    completed_elsewhere,
    completed_by_token,
    serve_queue,
    *failing.ACTIVITIES,
    *eventful.ACTIVITIES,
]

if __name__ == "__main__":
    asyncio.run(serve(TASK_QUEUE, WORKFLOWS, ACTIVITIES, [service() for service in eventful.NEXUS_SERVICES]))
